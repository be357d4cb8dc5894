package dev.umpire.targets.kafka;

import static dev.umpire.targets.kafka.JoinStep.ADD;
import static dev.umpire.targets.kafka.JoinStep.ASSIGN;
import static dev.umpire.targets.kafka.JoinStep.AWAIT;
import static dev.umpire.targets.kafka.JoinStep.BEGIN;
import static dev.umpire.targets.kafka.JoinStep.DISMISS;
import static dev.umpire.targets.kafka.JoinStep.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.targets.kafka.Members.Replica;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** The third of three nodes left the cluster, or was to, and is to join it. */
class JoinStepTest {

    private static final Uuid OLD = new Uuid(1, 30);
    private static final Uuid NEW = new Uuid(1, 31);
    private static final Set<Integer> OTHERS = Set.of(1, 2);
    private static final Set<Integer> ALL = Set.of(1, 2, 3);

    @Test
    void whoIsKnownToBeOutBeginsOnAnEmptyDisk() {
        assertThat(next(true, false, members(OTHERS, List.of(), List.of()), Optional.of(OLD)))
                .isEqualTo(BEGIN);
        assertThat(next(true, false, members(OTHERS, List.of(), List.of()), Optional.empty()))
                .isEqualTo(BEGIN);
    }

    @Test
    void whoWasOutAndMayBeCountedUponAgainKeepsItsDisk() {
        assertThat(next(true, true, members(OTHERS, List.of(), List.of()), Optional.of(OLD)))
                .as("it runs, and may be known at any moment")
                .isEqualTo(AWAIT);
        assertThat(next(true, false, members(ALL, List.of(), List.of()), Optional.of(OLD)))
                .as("a broker")
                .isEqualTo(START);
        assertThat(next(true, false, members(OTHERS, List.of(third(OLD)), List.of()), Optional.of(OLD)))
                .as("a voter")
                .isEqualTo(START);
    }

    @Test
    void whoIsNotKnownToBeOutKeepsItsDiskWhateverABrokerTells() {
        Members without = members(OTHERS, List.of(), List.of());

        assertThat(next(false, false, without, Optional.of(OLD))).isEqualTo(START);
        assertThat(next(false, true, without, Optional.of(OLD))).isEqualTo(AWAIT);
    }

    @Test
    void aDiskWithoutAnIdIsAwaited() {
        assertThat(next(false, true, members(ALL, List.of(), List.of()), Optional.empty()))
                .isEqualTo(AWAIT);
    }

    @Test
    void aControllerIsAddedWhenItHasCaughtUp() {
        Replica late = new Replica(3, NEW, 99);
        Replica gone = new Replica(3, OLD, 200);

        assertThat(next(false, true, members(ALL, List.of(), List.of(gone, late)), Optional.of(NEW)))
                .as("it is behind, and the lost one is another")
                .isEqualTo(AWAIT);
        assertThat(next(false, true, members(ALL, List.of(), List.of(gone, third(NEW))), Optional.of(NEW)))
                .isEqualTo(ADD);
        assertThat(next(false, true, members(OTHERS, List.of(), List.of(third(NEW))), Optional.of(NEW)))
                .as("its broker is not there yet")
                .isEqualTo(AWAIT);
    }

    @Test
    void aVoteOfALostDiskIsTakenFirst() {
        Members told = members(OTHERS, List.of(third(OLD)), List.of(third(NEW)));

        assertThat(next(false, true, told, Optional.of(NEW))).isEqualTo(DISMISS);
        assertThat(told.votersOfLostDisks(3, NEW)).isEqualTo(List.of(third(OLD)));
    }

    @Test
    void whoVotesGetsCopies() {
        assertThat(next(false, true, members(ALL, List.of(third(NEW)), List.of()), Optional.of(NEW)))
                .isEqualTo(ASSIGN);
    }

    private static JoinStep next(boolean out, boolean runs, Members members, Optional<Uuid> disk) {
        return JoinStep.next(out, runs, members, 3, disk);
    }

    /** As one of the others tells, when 100 records of the cluster's log are agreed upon. */
    private static Members members(Set<Integer> brokers, List<Replica> voters, List<Replica> observers) {
        Stream<Replica> others = OTHERS.stream().map(id -> new Replica(id, new Uuid(1, 10L * id), 100));
        return new Members(Stream.concat(others, voters.stream()).toList(), observers, 100, brokers);
    }

    private static Replica third(Uuid disk) {
        return new Replica(3, disk, 100);
    }
}
