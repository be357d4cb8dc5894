package dev.umpire.targets.zookeeper;

import static dev.umpire.targets.zookeeper.JoinStep.ADD;
import static dev.umpire.targets.zookeeper.JoinStep.AWAIT;
import static dev.umpire.targets.zookeeper.JoinStep.BEGIN;
import static dev.umpire.targets.zookeeper.JoinStep.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The third of three servers was a member by list 5 and is to be one again. */
class JoinStepTest {

    private static final String ANSWER = """
            clientPort=4003
            membership:\s
            server.1=n1:4001:4002:participant;127.0.0.1:4003
            server.2=n2:4004:4005:participant;127.0.0.1:4006
            version=100000002
            """;

    private static final JoinStep.Folder OF_A_MEMBER = new JoinStep.Folder(5, false);
    private static final JoinStep.Folder EMPTIED = JoinStep.Folder.emptied(version(6));

    @Test
    void whoWasTakenOutBeginsOnAnEmptyDiskOnce() {
        assertThat(JoinStep.next(version(6), false, OF_A_MEMBER, true, true)).isEqualTo(BEGIN);
        assertThat(EMPTIED).isEqualTo(new JoinStep.Folder(6, true));
        assertThat(JoinStep.next(version(6), false, EMPTIED, true, false)).isEqualTo(AWAIT);
        assertThat(JoinStep.next(version(6), false, EMPTIED, true, true)).isEqualTo(ADD);
    }

    @Test
    void whoIsAMemberKeepsWhatItHas() {
        assertThat(JoinStep.next(version(5), true, OF_A_MEMBER, false, false)).isEqualTo(START);
        assertThat(JoinStep.next(version(9), true, OF_A_MEMBER, true, true))
                .as("agreed upon behind a removal of unknown outcome")
                .isEqualTo(ADD);
    }

    @Test
    void anOldListThatLeavesAServerOutEmptiesNoDisk() {
        assertThat(JoinStep.next(version(4), false, OF_A_MEMBER, false, false))
                .as("of a server that is behind")
                .isEqualTo(START);
    }

    @Test
    void whatWasTriedToBeAddedIsNotEmptiedByTheSameList() {
        JoinStep.Folder tried = EMPTIED.beforeAdditionTo(version(7));

        assertThat(JoinStep.next(version(7), false, tried, false, false)).isEqualTo(START);
        assertThat(JoinStep.next(version(8), false, tried, false, false))
                .as("the addition was on the condition of list 7, and came to nothing or was undone")
                .isEqualTo(BEGIN);
        assertThat(tried.beforeAdditionTo(version(6))).isEqualTo(tried);
        assertThat(tried.joined()).isEqualTo(new JoinStep.Folder(7, false));
    }

    @Test
    void theListIsReadFromAnAnswerToConf() throws IOException {
        Ensemble ensemble = Ensemble.of(ANSWER);

        assertThat(ensemble.version()).isEqualTo(0x100000002L);
        assertThat(ensemble.servers()).hasSize(2).first().asString().startsWith("server.1=n1:4001");
    }

    @Test
    void whoTellsNoListIsNotTakenForAnEmptyOne() {
        assertThatThrownBy(() -> Ensemble.of("This ZooKeeper instance is not currently serving requests\n"))
                .hasMessage("found 'This ZooKeeper instance is not currently serving requests', expected a list of"
                        + " servers");
    }

    private static Ensemble version(long version) {
        return new Ensemble(version, List.of());
    }
}
