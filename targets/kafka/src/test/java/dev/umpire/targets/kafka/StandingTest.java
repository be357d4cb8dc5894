package dev.umpire.targets.kafka;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Node;
import dev.umpire.targets.kafka.Standing.Copy;
import dev.umpire.targets.kafka.Standing.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether a topic of two partitions goes on without the third of three brokers. */
class StandingTest {

    private static final Copy OF_FIRST = new Copy(1, Set.of(1, 2, 3), 9, 9);
    private static final Copy OF_THIRD = new Copy(3, Set.of(2, 3), 9, 9);
    private static final Copy OF_THIRD_ALONE = new Copy(3, Set.of(3), 9, 9);
    private static final Copy OF_NOBODY = new Copy(-1, Set.of(3), 9, 9);

    @Test
    void whoAnswersTellsWhetherItsFollowersAreInSync() {
        Optional<Status> other = told(1, OF_FIRST, OF_FIRST);

        assertThat(goesOn(other, other, told(3, OF_FIRST, OF_THIRD))).isTrue();
        assertThat(goesOn(other, other, told(3, OF_FIRST, OF_THIRD_ALONE))).isFalse();
        assertThat(goesOn(other, other, told(3, OF_FIRST, OF_NOBODY))).isFalse();
        assertThat(goesOn(other, other, Optional.of(new Status(3, Set.of(3), Map.of()))))
                .as("it knows no topic")
                .isFalse();
    }

    @Test
    void ofOneThatIsSilentAllOthersMustKnowAnotherLeader() {
        Optional<Status> moved = told(1, OF_FIRST, OF_FIRST);

        assertThat(goesOn(moved, moved, Optional.empty())).isTrue();
        assertThat(goesOn(moved, Optional.empty(), Optional.empty())).isTrue();
        assertThat(goesOn(moved, told(2, OF_FIRST, OF_THIRD), Optional.empty())).isFalse();
        assertThat(goesOn(moved, told(2, OF_FIRST, OF_NOBODY), Optional.empty()))
                .isFalse();
        assertThat(goesOn(Optional.empty(), Optional.empty(), Optional.empty()))
                .as("nobody has told anything")
                .isFalse();
    }

    private static Optional<Status> told(int by, Copy first, Copy second) {
        return Optional.of(new Status(by, Set.of(1, 2, 3), Map.of(0, first, 1, second)));
    }

    private static boolean goesOn(Optional<Status> first, Optional<Status> second, Optional<Status> third) {
        Map<Node, Optional<Status>> answers = new LinkedHashMap<>();
        answers.put(N1, first);
        answers.put(N2, second);
        answers.put(N3, third);
        return new Standing(new NodeAnswers<>(answers), Set.of(1, 2, 3), 2).goesOnWithout(N3, 3);
    }
}
