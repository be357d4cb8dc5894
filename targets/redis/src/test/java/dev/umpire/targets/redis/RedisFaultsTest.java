package dev.umpire.targets.redis;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Observation;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.RunningCluster;
import dev.umpire.targets.testing.SharedCluster;
import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
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
class RedisFaultsTest {

    private static final Session SESSION = new Session(0);

    @AutoClose
    private TestCluster redis;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        InstalledStore.required("redis", launcher -> launcher.program("redis-server", "redis-server"));
        redis = new TestCluster(new RedisTarget(), Set.of(FaultKind.CLIENT_CUT, FaultKind.CLIENT_SLOW), folder, 3);
    }

    @BeforeEach
    void awaitSettled() {
        SharedCluster.awaitSettled(redis);
    }

    @Test
    void acknowledgedWritesStayUnseenBehindACutThatProbesSeeComeAndGo() {
        try (Client client = redis.connect(SESSION, N1)) {
            Set<Link> around = redis.around(N2);
            redis.write(client, 1);
            redis.awaitConvergence();
            around.forEach(link -> redis.awaitDelivers(link, true));
            for (Link link : around) {
                assertThat(redis.delivers(link).positive())
                        .as("%s before", link)
                        .isTrue();
            }

            redis.await(redis.faults().cut(around));
            assertThat(redis.write(client, 2)).isEqualTo(Response.done());

            for (Link link : around) {
                Observation seen = redis.delivers(link);
                assertThat(seen.positive()).as(seen.evidence()).isFalse();
                assertThat(seen.evidence()).contains(link + " did not arrive after");
            }
            assertThat(redis.delivers(N1, N2).evidence()).contains("replication stream did not arrive");
            assertThat(redis.delivers(N1, N3).evidence())
                    .contains("dialled n1→n3 arrived", "replication stream arrived");
            assertThat(redis.readAt(N3)).isEqualTo(Response.ok(Value.of(2)));
            assertThat(redis.readAt(N2)).as("stale").isEqualTo(Response.ok(Value.of(1)));
            assertThat(redis.await(redis.cluster().convergence()).reached()).isFalse();

            redis.await(redis.faults().mend(around));
            for (Link link : around) {
                redis.awaitDelivers(link, true);
            }
            redis.awaitConvergence();
            assertThat(redis.readAt(N2)).isEqualTo(Response.ok(Value.of(2)));
        }
    }

    @Test
    void aCutOfOneWayIsToldFromTheOther() {
        redis.await(redis.faults().cut(Set.of(new Link(N2, N1))));
        assertThat(redis.delivers(N2, N1).positive()).isFalse();
        assertThat(redis.delivers(N1, N2).positive()).isTrue();
        redis.await(redis.faults().mend(Set.of(new Link(N2, N1))));
        assertThat(redis.delivers(N2, N1).positive()).isTrue();
    }

    @Test
    void aPausedNodeDoesNotAnswerUntilItGoesOn() {
        FaultControl faults = redis.faults();
        redis.await(faults.pause(N2));
        redis.awaitAnswers(N2, false);
        assertThat(redis.answers(N1).evidence()).startsWith("PING to n1 was answered +PONG after");
        assertThat(redis.delivers(N1, N2).evidence()).startsWith("n2 itself does not answer");
        redis.await(faults.resume(N2));
        redis.awaitAnswers(N2, true);
    }

    @Test
    void aKilledPrimaryComesBackWithWhatItAcknowledged() {
        try (Client client = redis.connect(SESSION, N1)) {
            FaultControl faults = redis.faults();
            redis.write(client, 1);
            redis.await(faults.crash(N1));
            assertThat(redis.answers(N1).evidence()).contains("PING to n1 was not answered");
            assertThat(redis.write(client, 2)).as("on a broken connection").isInstanceOf(Response.Info.class);
            try (Client another = redis.connect(SESSION, N1)) {
                // the ways of clients, which this plan can strike, take a connection before the server does
                assertThat(redis.write(another, 3))
                        .as("not connected")
                        .isInstanceOfAny(Response.Fail.class, Response.Info.class);
            }
            redis.await(faults.restart(N1));
            redis.awaitAnswers(N1, true);
            redis.awaitConvergence();
            assertThat(redis.readAt(N1)).isEqualTo(Response.ok(Value.of(1)));
            assertThat(redis.readAt(N2)).isEqualTo(Response.ok(Value.of(1)));
        }
    }

    @Test
    void aReplicaThatIsStoppedCleanlySaysSoAndComesBack() {
        redis.assertStopsCleanlyAndComesBack(N2, "bye bye");
        redis.awaitConvergence();
    }

    @Test
    void aClockThatNoPlanWantsToBeWrongIsThatOfTheMachine() {
        assertThatThrownBy(() -> redis.await(redis.faults().disturbClock(N1, Duration.ofSeconds(1), 0)))
                .hasMessageContaining("clock: found n1 with the clock of this machine");
    }

    @Test
    void aDiskThatNoPlanWantsToFillIsThatOfTheMachine() {
        assertThatThrownBy(() -> redis.await(redis.faults().fill(N1)))
                .hasMessageContaining("found the data of n1 on the disk of this machine");
    }

    @Test
    void aSlowLinkIsSeenToBeSlowOneWayAndQuickAgain() {
        redis.assertSlowedAndQuickAgain(new Link(N1, N2));
    }

    @Test
    void aLossyLinkANarrowOneAndOneWhoseConnectionsAreResetAreSeenAndHealed() {
        redis.assertMadePoorAndGoodAgain(new Link(N1, N2));
    }

    @Test
    void clientsAreCutFromANodeAndMeetItAgain() {
        RunningCluster.assertClientsCutAndSlowed(redis, N2, N1);
    }
}
