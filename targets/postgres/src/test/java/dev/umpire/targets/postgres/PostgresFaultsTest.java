package dev.umpire.targets.postgres;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static dev.umpire.targets.testing.TestCluster.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Observation;
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

/** What faults do to three nodes: all tests share them, and each mends what it breaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class PostgresFaultsTest {

    private static final Session SESSION = new Session(0);

    @AutoClose
    private TestCluster postgres;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        InstalledStore.required(
                "postgres", launcher -> Installation.find(launcher, "").program(launcher, "initdb"));
        postgres =
                new TestCluster(new PostgresTarget(), Set.of(FaultKind.CLIENT_CUT, FaultKind.CLIENT_SLOW), folder, 3);
    }

    @BeforeEach
    void awaitSettled() {
        SharedCluster.awaitSettled(postgres);
    }

    @Test
    void acknowledgedWritesStayUnseenBehindACutThatProbesSeeComeAndGo() {
        try (Client client = postgres.connect(SESSION, N1)) {
            postgres.write(client, 1);
            postgres.awaitConvergence();
            postgres.around(N2).forEach(link -> postgres.awaitDelivers(link, true));
            for (Link link : postgres.around(N2)) {
                Observation seen = postgres.delivers(link);
                assertThat(seen.positive()).as(seen.evidence()).isTrue();
            }

            postgres.await(postgres.faults().cut(postgres.around(N2)));
            assertThat(postgres.write(client, 2)).isEqualTo(Response.done());

            for (Link link : postgres.around(N2)) {
                Observation seen = postgres.delivers(link);
                assertThat(seen.positive()).as(seen.evidence()).isFalse();
                assertThat(seen.evidence()).contains(link + " did not arrive after");
            }
            assertThat(postgres.delivers(N1, N2).evidence()).contains("one in the log did not arrive");
            assertThat(postgres.delivers(N1, N3).evidence())
                    .contains("dialled n1→n3 arrived", "one in the log arrived");
            assertThat(postgres.readAt(N3)).isEqualTo(Response.ok(Value.of(2)));
            assertThat(postgres.readAt(N2)).as("stale").isEqualTo(Response.ok(Value.of(1)));
            assertThat(postgres.await(postgres.cluster().convergence()).reached())
                    .isFalse();

            postgres.await(postgres.faults().mend(postgres.around(N2)));
            for (Link link : postgres.around(N2)) {
                postgres.awaitDelivers(link, true);
            }
            postgres.awaitConvergence();
            assertThat(postgres.readAt(N2)).isEqualTo(Response.ok(Value.of(2)));

            postgres.await(postgres.faults().cut(Set.of(new Link(N2, N1))));
            assertThat(postgres.delivers(N2, N1).positive()).as("one way").isFalse();
            assertThat(postgres.delivers(N1, N2).positive()).as("the other way").isTrue();
            postgres.await(postgres.faults().mend(Set.of(new Link(N2, N1))));
            postgres.awaitDelivers(new Link(N2, N1), true);
        }
    }

    @Test
    void aPausedOrKilledNodeDoesNotAnswerUntilItIsBack() {
        try (Client client = postgres.connect(SESSION, N1)) {
            FaultControl faults = postgres.faults();
            postgres.write(client, 1);
            postgres.await(faults.pause(N1));
            assertThat(postgres.answers(N1).positive()).isFalse();
            CompletableFuture<Response> onOldConnection =
                    client.invoke(Request.read(X), N1).toCompletableFuture();
            assertThat(postgres.delivers(N2, N1).evidence()).startsWith("n1 itself does not answer");
            assertThat(onOldConnection).as("its connections stand still too").isNotDone();
            postgres.await(faults.resume(N1));
            assertThat(postgres.await(onOldConnection)).isEqualTo(Response.ok(Value.of(1)));
            postgres.awaitAnswers(N1, true);

            postgres.await(faults.crash(N1));
            assertThat(postgres.answers(N1).evidence()).contains("SELECT 1 to n1 was not answered");
            assertThat(postgres.write(client, 2)).as("on a broken connection").isInstanceOf(Response.Info.class);
            try (Client another = postgres.connect(SESSION, N1)) {
                assertThat(postgres.write(another, 3)).as("not connected").isInstanceOf(Response.Fail.class);
            }
            postgres.await(faults.restart(N1));
            postgres.awaitAnswers(N1, true);
            postgres.awaitConvergence();
            assertThat(postgres.readAt(N1)).isEqualTo(Response.ok(Value.of(1)));
            assertThat(postgres.readAt(N2)).isEqualTo(Response.ok(Value.of(1)));
        }
    }

    @Test
    void aPrimaryThatIsStoppedCleanlySaysSoAndComesBack() {
        postgres.assertStopsCleanlyAndComesBack(N1, "database system is shut down");
        postgres.awaitConvergence();
    }

    @Test
    void aSlowLinkIsSeenToBeSlowOneWayAndQuickAgain() {
        postgres.assertSlowedAndQuickAgain(new Link(N1, N2));
    }

    @Test
    void aLossyLinkANarrowOneAndOneWhoseConnectionsAreResetAreSeenAndHealed() {
        postgres.assertMadePoorAndGoodAgain(new Link(N1, N2));
    }

    @Test
    void clientsAreCutFromANodeAndMeetItAgain() {
        RunningCluster.assertClientsCutAndSlowed(postgres, N2, N1);
    }
}
