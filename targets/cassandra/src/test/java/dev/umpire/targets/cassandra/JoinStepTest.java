package dev.umpire.targets.cassandra;

import static dev.umpire.targets.cassandra.JoinStep.AWAIT;
import static dev.umpire.targets.cassandra.JoinStep.BEGIN;
import static dev.umpire.targets.cassandra.JoinStep.Disk.EMPTIED;
import static dev.umpire.targets.cassandra.JoinStep.Disk.GIVEN_UP;
import static dev.umpire.targets.cassandra.JoinStep.Disk.LEFT;
import static dev.umpire.targets.cassandra.JoinStep.Disk.SPOILED;
import static dev.umpire.targets.cassandra.JoinStep.REMOVE;
import static dev.umpire.targets.cassandra.JoinStep.START;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JoinStepTest {

    @Test
    void whoWasTakenOutBeginsOnAnEmptyDiskOnce() {
        assertThat(JoinStep.next(false, true, GIVEN_UP, false)).isEqualTo(BEGIN);
        assertThat(JoinStep.next(false, true, EMPTIED, true))
                .as("it is given its copy")
                .isEqualTo(AWAIT);
        assertThat(JoinStep.next(true, false, EMPTIED, true))
                .as("it has its copy")
                .isEqualTo(AWAIT);
    }

    @ParameterizedTest
    @EnumSource(JoinStep.Disk.class)
    void whoEndedOnTheWayBeginsAnew(JoinStep.Disk disk) {
        assertThat(JoinStep.next(false, true, disk, false)).isEqualTo(BEGIN);
    }

    @Test
    void whoIsNeitherListedNorGivenItsCopyBeginsAnewThoughItRuns() {
        assertThat(JoinStep.next(false, true, LEFT, true)).isEqualTo(BEGIN);
        assertThat(JoinStep.next(false, true, SPOILED, true))
                .as("its copy failed")
                .isEqualTo(BEGIN);
    }

    @ParameterizedTest
    @EnumSource(JoinStep.Disk.class)
    void noDiskIsEmptiedOfANodeThatOneMayListWhoIsSilent(JoinStep.Disk disk) {
        assertThat(JoinStep.next(false, false, disk, true)).isEqualTo(AWAIT);
        assertThat(JoinStep.next(false, false, disk, false)).isEqualTo(AWAIT);
    }

    @Test
    void whoIsListedKeepsWhatItHas() {
        assertThat(JoinStep.next(true, false, EMPTIED, false)).isEqualTo(START);
        assertThat(JoinStep.next(true, false, LEFT, false)).isEqualTo(START);
        assertThat(JoinStep.next(true, false, LEFT, true)).isEqualTo(AWAIT);
        assertThat(JoinStep.next(true, false, SPOILED, true))
                .as("its copy came late")
                .isEqualTo(AWAIT);
    }

    @Test
    void aRemovalThatWasAskedForIsGoneThroughWith() {
        assertThat(JoinStep.next(true, false, GIVEN_UP, false)).isEqualTo(REMOVE);
    }
}
