package dev.umpire.targets.cassandra;

import static dev.umpire.targets.cassandra.JoinStep.AWAIT;
import static dev.umpire.targets.cassandra.JoinStep.BEGIN;
import static dev.umpire.targets.cassandra.JoinStep.Disk.EMPTIED;
import static dev.umpire.targets.cassandra.JoinStep.Disk.GIVEN_UP;
import static dev.umpire.targets.cassandra.JoinStep.Disk.LEFT;
import static dev.umpire.targets.cassandra.JoinStep.REMOVE;
import static dev.umpire.targets.cassandra.JoinStep.START;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JoinStepTest {

    @Test
    void whoWasTakenOutBeginsOnAnEmptyDiskOnce() {
        assertThat(JoinStep.next(false, GIVEN_UP, false)).isEqualTo(BEGIN);
        assertThat(JoinStep.next(false, EMPTIED, true))
                .as("it is given its copy")
                .isEqualTo(AWAIT);
        assertThat(JoinStep.next(true, EMPTIED, true)).as("it has its copy").isEqualTo(AWAIT);
    }

    @ParameterizedTest
    @EnumSource(JoinStep.Disk.class)
    void whoEndedOnTheWayBeginsAnew(JoinStep.Disk disk) {
        assertThat(JoinStep.next(false, disk, false)).isEqualTo(BEGIN);
    }

    @Test
    void whoIsNeitherListedNorGivenItsCopyBeginsAnewThoughItRuns() {
        assertThat(JoinStep.next(false, LEFT, true)).as("an earlier attempt").isEqualTo(BEGIN);
    }

    @Test
    void whoIsListedKeepsWhatItHas() {
        assertThat(JoinStep.next(true, EMPTIED, false)).isEqualTo(START);
        assertThat(JoinStep.next(true, LEFT, false)).isEqualTo(START);
        assertThat(JoinStep.next(true, LEFT, true)).isEqualTo(AWAIT);
    }

    @Test
    void aRemovalThatWasAskedForIsGoneThroughWith() {
        assertThat(JoinStep.next(true, GIVEN_UP, false)).isEqualTo(REMOVE);
    }
}
