package dev.umpire.targets.mariadb;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What faults do to three masters: all tests share them, and each mends what it breaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
class MariadbFaultsTest {

    private static final Session SESSION = new Session(0);

    @AutoClose
    private TestCluster mariadb;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        InstalledStore.required("mariadb", launcher -> Installation.find(launcher, ""));
        mariadb = new TestCluster(new MariadbTarget(), Set.of(FaultKind.CLIENT_CUT, FaultKind.CLIENT_SLOW), folder, 3);
    }

    @BeforeEach
    void awaitSettled() {
        SharedCluster.awaitSettled(mariadb);
    }

    @Test
    void aPausedOrKilledMasterDoesNotAnswerUntilItIsBackWithWhatItAcknowledged() {
        try (Client client = mariadb.connect(SESSION, N1)) {
            mariadb.write(client, 1);
            Node owner = client.route(Request.write(X, Value.of(1)));
            mariadb.await(mariadb.faults().pause(owner));
            assertThat(mariadb.answers(owner).positive()).isFalse();
            CompletableFuture<Response> onOldConnection =
                    client.invoke(Request.read(X), owner).toCompletableFuture();
            mariadb.await(mariadb.faults().resume(owner));
            assertThat(mariadb.await(onOldConnection)).isEqualTo(Response.ok(Value.of(1)));

            mariadb.write(client, 2);
            mariadb.await(mariadb.faults().crash(owner));
            assertThat(mariadb.answers(owner).evidence()).contains("was not answered");
            assertThat(mariadb.write(client, 3)).as("on a broken connection").isInstanceOf(Response.Info.class);
            try (Client another = mariadb.connect(SESSION, N1)) {
                assertThat(mariadb.write(another, 4)).as("not connected").isInstanceOf(Response.Fail.class);
            }
            mariadb.await(mariadb.faults().restart(owner));
            mariadb.awaitAnswers(owner, true);
            mariadb.awaitConvergence();
            assertThat(mariadb.readAt(N1)).isEqualTo(Response.ok(Value.of(2)));
            assertThat(mariadb.readAt(N2)).isEqualTo(Response.ok(Value.of(2)));
        }
    }

    @Test
    void aMasterThatIsStoppedCleanlySaysSoAndComesBack() {
        mariadb.assertStopsCleanlyAndComesBack(N2, "Shutdown complete");
        mariadb.awaitConvergence();
    }

    @Test
    void aSlowLinkIsSeenToBeSlowOneWayAndQuickAgain() {
        mariadb.assertSlowedAndQuickAgain(new Link(N1, N2));
    }

    @Test
    void clientsAreCutFromANodeAndMeetItAgain() {
        RunningCluster.assertClientsCutAndSlowed(mariadb, N2, N1);
    }
}
