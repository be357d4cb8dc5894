package dev.umpire.targets.cassandra;

import static dev.umpire.targets.cassandra.JoinStep.Disk.EMPTIED;
import static dev.umpire.targets.cassandra.JoinStep.Disk.GIVEN_UP;
import static dev.umpire.targets.cassandra.JoinStep.Disk.LEFT;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of a node between one change of its membership and the next. */
class MembershipChangesTest {

    private final MembershipChanges changes = new MembershipChanges();
    private final List<String> begun = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(JoinStep.Disk.class)
    void whatAJoinHadReachedThatFailedIsKept(JoinStep.Disk reached) {
        changes.tell(N3, GIVEN_UP);
        CompletableFuture<Void> steps = new CompletableFuture<>();
        CompletionStage<Void> join = join(steps);
        changes.tell(N3, reached);
        steps.completeExceptionally(new TimeoutException("n3 to join the ring"));

        assertThat(join).isCompletedExceptionally();
        assertThat(changes.disk(N3)).isEqualTo(reached);
    }

    @Test
    void aRemovalThatTheJoinDidNotSeeTheEndOfIsGoneThroughWithByTheNext() {
        changes.tell(N3, GIVEN_UP);
        CompletionStage<Void> failed = join(CompletableFuture.failedFuture(new TimeoutException()));

        assertThat(failed).isCompletedExceptionally();
        assertThat(JoinStep.next(true, false, changes.disk(N3), false)).isEqualTo(JoinStep.REMOVE);
    }

    @Test
    void aNodeThatStartsSlowlyIsAwaitedByTheNextJoin() {
        changes.tell(N3, EMPTIED);
        CompletionStage<Void> failed = join(CompletableFuture.failedFuture(new TimeoutException()));

        assertThat(failed).isCompletedExceptionally();
        assertThat(JoinStep.next(false, true, changes.disk(N3), true)).isEqualTo(JoinStep.AWAIT);
    }

    @Test
    void whoHasJoinedIsStartedAsAnyOther() {
        assertThat(changes.awaitsJoin(N3)).as("never left").isFalse();
        changes.tell(N3, GIVEN_UP);
        assertThat(changes.awaitsJoin(N3)).isTrue();
        CompletableFuture<Void> steps = new CompletableFuture<>();
        CompletionStage<Void> join = join(steps);
        changes.tell(N3, EMPTIED);
        assertThat(changes.awaitsJoin(N3)).isTrue();
        assertThat(changes.awaitsJoin(N2)).isFalse();
        steps.complete(null);

        assertThat(join).isCompleted();
        assertThat(changes.disk(N3)).isEqualTo(LEFT);
        assertThat(changes.awaitsJoin(N3)).isFalse();
    }

    @Test
    void aChangeThatIsUnderWayIsNotBegunAgain() {
        CompletableFuture<Void> steps = new CompletableFuture<>();
        CompletionStage<Void> first = join(steps);

        assertThat(join(steps)).isSameAs(first);
        CompletionStage<Void> leave = leave(steps);
        assertThat(leave(steps)).isSameAs(leave);
        assertThat(begun).as("the leave waits for the join").containsExactly("join");
        steps.completeExceptionally(new TimeoutException());
        assertThat(begun).containsExactly("join", "leave");
        assertThat(join(CompletableFuture.completedFuture(null))).isNotSameAs(first);
        assertThat(begun).containsExactly("join", "leave", "join");
    }

    @Test
    void nobodyGivesAChangeUpBeforeItEnds() {
        long lastStepNanos = Math.max(CassandraFaults.COPY_NANOS, CassandraFaults.REMOVAL_NANOS);
        assertThat(CassandraFaults.TO_JOIN_NANOS)
                .isGreaterThanOrEqualTo(CassandraFaults.TO_LISTEN_NANOS + CassandraFaults.COPY_NANOS);
        assertThat(CassandraFaults.TO_CHANGE)
                .isGreaterThan(Duration.ofNanos(CassandraFaults.TO_JOIN_NANOS + lastStepNanos))
                .isGreaterThan(Duration.ofNanos(2 * CassandraFaults.TO_LEAVE_NANOS + lastStepNanos));
    }

    private CompletionStage<Void> join(CompletionStage<Void> steps) {
        return changes.join(N3, () -> {
            begun.add("join");
            return steps;
        });
    }

    private CompletionStage<Void> leave(CompletionStage<Void> steps) {
        return changes.leave(N3, () -> {
            begun.add("leave");
            return steps;
        });
    }
}
