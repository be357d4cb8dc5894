package dev.umpire.targets.redis;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.target.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom clients follow, by what sentinels say that the test has in its hand. */
class FollowedMajorityTest {

    @AutoClose
    private final Environment environment = new SimulatedEnvironment(new KeyedRandom(1));

    private final Leadership leadership = new Leadership(N1);
    private final Map<Node, Node> named = new HashMap<>(Map.of(N1, N1, N2, N1, N3, N1));
    private final FollowedMajority followed =
            new FollowedMajority(environment, List.of(N1, N2, N3), this::answer, leadership);

    @BeforeEach
    void begin() {
        followed.begin();
        aSecondLater();
    }

    private CompletionStage<Optional<Node>> answer(Node beside) {
        return CompletableFuture.completedStage(Optional.ofNullable(named.get(beside)));
    }

    private void aSecondLater() {
        environment.await("a second", environment.after(TimeUnit.SECONDS.toNanos(1)));
    }

    @Test
    void clientsLeaveADeposedPrimaryWhenMostSentinelsNameAnother() {
        named.put(N2, N2);
        aSecondLater();
        assertThat(leadership.now()).as("one of three names another").isEqualTo(N1);

        named.put(N3, N2);
        aSecondLater();
        assertThat(leadership.now()).as("n1 is cut off and knows of nothing").isEqualTo(N2);
    }

    @Test
    void whatASentinelSaidBeforeItFellSilentDoesNotCount() {
        named.put(N1, N2);
        aSecondLater();
        named.remove(N1);
        aSecondLater();
        named.put(N2, N2);
        aSecondLater();
        assertThat(leadership.now()).isEqualTo(N1);

        named.put(N3, N2);
        aSecondLater();
        assertThat(leadership.now()).isEqualTo(N2);
    }

    @Test
    void clientsStayWhereTheyAreWhenSentinelsNameAsManyPrimariesAsTheyAre() {
        named.putAll(Map.of(N2, N2, N3, N3));
        aSecondLater();
        assertThat(leadership.now()).isEqualTo(N1);
    }

    @Test
    void aSentinelThatNeverAnswersKeepsNoOtherFromBeingHeard() {
        Leadership another = new Leadership(N1);
        new FollowedMajority(
                        environment,
                        List.of(N1, N2, N3),
                        beside -> beside.equals(N1) ? new CompletableFuture<>() : answer(beside),
                        another)
                .begin();
        named.putAll(Map.of(N2, N3, N3, N3));
        aSecondLater();
        assertThat(another.now()).isEqualTo(N3);
    }

    @Test
    void aQuestionThatFailsIsAskedAgain() {
        Leadership another = new Leadership(N1);
        AtomicInteger asked = new AtomicInteger();
        new FollowedMajority(
                        environment,
                        List.of(N1),
                        beside -> asked.incrementAndGet() == 1
                                ? CompletableFuture.failedStage(new IllegalStateException("by the test"))
                                : answer(beside),
                        another)
                .begin();
        named.put(N1, N3);
        aSecondLater();
        assertThat(another.now()).isEqualTo(N3);
    }

    @Test
    void afterTheEndNobodyIsFollowed() {
        followed.end();
        named.putAll(Map.of(N1, N2, N2, N2, N3, N2));
        aSecondLater();
        assertThat(leadership.now()).isEqualTo(N1);
    }
}
