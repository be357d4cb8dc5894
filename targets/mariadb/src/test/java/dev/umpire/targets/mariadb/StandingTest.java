package dev.umpire.targets.mariadb;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A circle of three, of which the second has met a change that does not fit. */
class StandingTest {

    private static final List<Node> CIRCLE = List.of(N1, N2, N3);
    private static final Replication ALL = runs("1-1-9,2-2-5,3-3-7");
    private static final Replication STOPPED = stopped("1-1-8,2-2-5,3-3-7");

    @Test
    void whoHasStoppedWillNotAgreeOnceTheOthersHaveAllThatComesToThem() {
        NodeAnswers<Replication> now = answers(ALL, STOPPED, ALL);

        assertThat(Standing.stopped(CIRCLE, now, now))
                .contains("n2 applies nothing more of what others change: Duplicate entry '7'");
    }

    @Test
    void asLongAsSomethingIsToComeNobodyKnows() {
        NodeAnswers<Replication> behind = answers(ALL, STOPPED, runs("1-1-8,2-2-4,3-3-7"));
        assertThat(Standing.stopped(CIRCLE, behind, behind))
                .as("n3 has not all of n2")
                .isEmpty();

        NodeAnswers<Replication> now = answers(ALL, STOPPED, ALL);
        assertThat(Standing.stopped(CIRCLE, behind, now)).as("n3 goes on").isEmpty();
        NodeAnswers<Replication> silent = new NodeAnswers<>(
                new LinkedHashMap<>(Map.of(N1, Optional.of(ALL), N2, Optional.of(STOPPED), N3, Optional.empty())));
        assertThat(Standing.stopped(CIRCLE, silent, silent)).as("n3 is silent").isEmpty();
    }

    @Test
    void whoIsOnlyLateMayAgreeYet() {
        NodeAnswers<Replication> late = answers(ALL, runs("1-1-8,2-2-5,3-3-7"), ALL);
        assertThat(Standing.stopped(CIRCLE, late, late)).isEmpty();
    }

    private static NodeAnswers<Replication> answers(Replication n1, Replication n2, Replication n3) {
        Map<Node, Optional<Replication>> all = new LinkedHashMap<>();
        all.put(N1, Optional.of(n1));
        all.put(N2, Optional.of(n2));
        all.put(N3, Optional.of(n3));
        return new NodeAnswers<>(all);
    }

    private static Replication runs(String applied) {
        return new Replication("Yes", "Yes", "", Position.of(applied), Position.of(applied));
    }

    private static Replication stopped(String applied) {
        return new Replication("Yes", "No", "Duplicate entry '7'", Position.of(applied), Position.of(applied));
    }
}
