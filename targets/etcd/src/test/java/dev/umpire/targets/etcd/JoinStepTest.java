package dev.umpire.targets.etcd;

import static dev.umpire.targets.etcd.JoinStep.ADD;
import static dev.umpire.targets.etcd.JoinStep.BEGIN;
import static dev.umpire.targets.etcd.JoinStep.GO_ON;
import static dev.umpire.targets.etcd.JoinStep.REMOVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A node was member 1 and is to be one again; 2 is who the others added in its place. */
class JoinStepTest {

    private static final JoinStep.Folder OF_THE_OLD = new JoinStep.Folder(1, true);
    private static final JoinStep.Folder OF_THE_NEW = new JoinStep.Folder(2, true);

    @Test
    void whoIsNotListedIsAdded() {
        assertThat(JoinStep.next(Optional.empty(), OF_THE_OLD)).isEqualTo(ADD);
        assertThat(JoinStep.next(Optional.empty(), new JoinStep.Folder(1, false)))
                .isEqualTo(ADD);
    }

    @Test
    void whoWasAddedAndNeverRanBeginsOnAnEmptyDisk() {
        assertThat(listed(2, false, OF_THE_OLD)).isEqualTo(BEGIN);
    }

    @Test
    void whoBeganGoesOnWithItsDataWhetherOrNotItHasToldItsName() {
        assertThat(listed(2, true, OF_THE_NEW)).isEqualTo(GO_ON);
        assertThat(listed(2, false, OF_THE_NEW))
                .as("it may have voted before it told its name")
                .isEqualTo(GO_ON);
    }

    @Test
    void whomTheOthersDidNotAgreeToTakeOutGoesOnWithItsData() {
        assertThat(listed(1, true, OF_THE_OLD)).isEqualTo(GO_ON);
    }

    @Test
    void whoseFolderIsLostIsTakenOutBeforeAnotherIsAdded() {
        assertThat(listed(1, true, OF_THE_NEW)).as("wiped already").isEqualTo(REMOVE);
        assertThat(listed(2, true, new JoinStep.Folder(2, false))).isEqualTo(REMOVE);
        assertThat(listed(2, false, new JoinStep.Folder(2, false))).isEqualTo(REMOVE);
    }

    private static JoinStep listed(long id, boolean named, JoinStep.Folder folder) {
        return JoinStep.next(Optional.of(new JoinStep.Listed(id, named)), folder);
    }
}
