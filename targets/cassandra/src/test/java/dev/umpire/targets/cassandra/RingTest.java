package dev.umpire.targets.cassandra;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What two nodes say of a third. */
class RingTest {

    private static final UUID ID = new UUID(1, 2);
    private static final Optional<Ring.Listed> LISTS = Optional.of(new Ring.Listed(Optional.of(ID)));
    private static final Optional<Ring.Listed> LISTS_NOT = Optional.of(new Ring.Listed(Optional.empty()));
    private static final Optional<Ring.Listed> SILENT = Optional.empty();

    @Test
    void whoAllOthersListIsOneOfTheRingAndWhoNoneOfThemListsIsNot() {
        assertThat(told(LISTS, LISTS).observed()).isEqualTo(new Observation(true, "n1 lists n3; n2 lists n3"));
        assertThat(told(LISTS_NOT, LISTS_NOT).observed())
                .isEqualTo(new Observation(false, "n1 lists no node n3; n2 lists no node n3"));
        assertThat(told(LISTS_NOT, LISTS_NOT).isOut()).isTrue();
    }

    @Test
    void whatTheOthersDoNotAgreeOnIsUnknown() {
        assertThat(told(LISTS_NOT, LISTS).observed())
                .isEqualTo(Observation.unknown("n1 lists no node n3; n2 lists n3"));
        assertThat(told(SILENT, LISTS).observed()).isEqualTo(Observation.unknown("n1 does not answer; n2 lists n3"));
        assertThat(told(LISTS_NOT, SILENT).observed())
                .isEqualTo(Observation.unknown("n1 lists no node n3; n2 does not answer"));
        assertThat(told(SILENT, SILENT).observed())
                .isEqualTo(Observation.unknown("n1 does not answer; n2 does not answer"));
        assertThat(told(LISTS_NOT, SILENT).isOut()).isFalse();
        assertThat(told(SILENT, LISTS).isIn()).isFalse();
    }

    @Test
    void whoListsItIsToTakeItOut() {
        assertThat(told(LISTS_NOT, LISTS).listed()).isTrue();
        assertThat(told(LISTS_NOT, LISTS).lister()).contains(N2);
        assertThat(told(LISTS_NOT, LISTS).hostId()).contains(ID);
        assertThat(told(LISTS_NOT, SILENT).lister()).isEmpty();
    }

    private static Ring.Told told(Optional<Ring.Listed> first, Optional<Ring.Listed> second) {
        return new Ring.Told(N3, new NodeAnswers<>(ordered(first, second)));
    }

    private static Map<Node, Optional<Ring.Listed>> ordered(Optional<Ring.Listed> first, Optional<Ring.Listed> second) {
        Map<Node, Optional<Ring.Listed>> answers = new LinkedHashMap<>();
        answers.put(N1, first);
        answers.put(N2, second);
        return answers;
    }
}
