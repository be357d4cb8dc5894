package dev.umpire.targets.etcd;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.RunningCluster;
import dev.umpire.targets.testing.SharedCluster;
import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What faults do to three members: all tests share them, and each mends what it breaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class EtcdFaultsTest {

    private static final Session SESSION = new Session(0);

    @AutoClose
    private TestCluster etcd;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        InstalledStore.required("etcd", launcher -> launcher.program("etcd", "etcd-server"));
        etcd = new TestCluster(new EtcdTarget(), Set.of(FaultKind.CLIENT_CUT, FaultKind.CLIENT_SLOW), folder, 3);
    }

    @BeforeEach
    void awaitSettled() {
        SharedCluster.awaitSettled(etcd);
    }

    @Test
    void aCutOfOneWayIsToldFromTheOther() {
        etcd.await(etcd.faults().cut(Set.of(new Link(N2, N1))));
        etcd.awaitDelivers(new Link(N2, N1), false);
        etcd.awaitDelivers(new Link(N3, N1), true);
        assertThat(etcd.delivers(N2, N1).evidence()).startsWith("a message dialled n2→n1 did not arrive");
        etcd.await(etcd.faults().mend(Set.of(new Link(N2, N1))));
        etcd.awaitDelivers(new Link(N2, N1), true);
    }

    @Test
    void aPausedMemberDoesNotAnswerUntilItGoesOn() {
        FaultControl faults = etcd.faults();
        etcd.await(faults.pause(N2));
        etcd.awaitAnswers(N2, false);
        assertThat(etcd.answers(N1).positive()).isTrue();
        assertThat(etcd.delivers(N1, N2).evidence()).startsWith("n2 itself does not answer");
        etcd.await(faults.resume(N2));
        etcd.awaitAnswers(N2, true);
    }

    @Test
    void aKilledMemberComesBackWithWhatWasAcknowledged() {
        FaultControl faults = etcd.faults();
        try (Client client = etcd.connect(SESSION, N1)) {
            etcd.write(client, 1);
            etcd.await(faults.crash(N1));
            assertThat(etcd.answers(N1).positive()).isFalse();
            assertThat(etcd.write(client, 2)).isNotInstanceOf(Response.Ok.class);
        }
        try (Client another = etcd.connect(SESSION, N1)) {
            // the ways of clients, which this plan can strike, take a connection before the member does
            assertThat(etcd.write(another, 3))
                    .as("not connected")
                    .isInstanceOfAny(Response.Fail.class, Response.Info.class);
        }
        etcd.await(faults.restart(N1));
        etcd.awaitAnswers(N1, true);
        etcd.awaitConvergence();
        assertThat(result(etcd.readAt(N1))).isEqualTo(Value.of(1));
    }

    @Test
    void whenTheLeaderIsLostAnotherOneIsElectedAndNothingIsLost() {
        Node old = etcd.await(etcd.cluster().leader()).orElseThrow();
        try (Client client = etcd.connect(SESSION, old)) {
            etcd.write(client, 1);
        }
        Node leader = etcd.await(etcd.faults().failOver(old));
        assertThat(leader).isNotEqualTo(old);
        assertThat(result(etcd.readAt(leader))).isEqualTo(Value.of(1));
        etcd.await(etcd.faults().restart(old));
        etcd.awaitConvergence();
    }

    @Test
    void aMemberThatIsStoppedCleanlySaysSoAndComesBack() {
        etcd.assertStopsCleanlyAndComesBack(N2, "received signal; shutting down");
        etcd.awaitConvergence();
    }

    @Test
    void aSlowLinkIsSeenToBeSlowOneWayAndQuickAgain() {
        etcd.assertSlowedAndQuickAgain(new Link(N1, N2));
    }

    @Test
    void aLossyLinkANarrowOneAndOneWhoseConnectionsAreResetAreSeenAndHealed() {
        etcd.assertMadePoorAndGoodAgain(new Link(N1, N2));
    }

    private static Value result(Response response) {
        assertThat(response).isInstanceOf(Response.Ok.class);
        return ((Response.Ok) response).result().orElseThrow();
    }

    @Test
    void clientsAreCutFromANodeAndMeetItAgain() {
        RunningCluster.assertClientsCutAndSlowed(etcd, N2, N1);
    }
}
