package dev.umpire.targets.zookeeper;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.launcher.NodeClock;
import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.SharedCluster;
import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What faults do to three servers: all tests share them, and each mends what it breaks. */
@Timeout(90)
class ZooKeeperFaultsTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Session SESSION = new Session(0);

    @TempDir
    static Path folder;

    private static TestCluster zookeeper;

    @BeforeAll
    static void start() throws IOException {
        ZooKeeperServer.required();
        Set<FaultKind> planned = EnumSet.noneOf(FaultKind.class);
        if (NodeClock.missing().isEmpty()) {
            planned.add(FaultKind.CLOCK);
        }
        if (SmallDisk.missing().isEmpty()) {
            planned.add(FaultKind.FULL_DISK);
        }
        zookeeper = new TestCluster(new ZooKeeperTarget(), planned, folder, 3);
    }

    @AfterAll
    static void nothingIsLeftBehind() throws IOException {
        if (zookeeper == null) {
            return; // skipped, or never started
        }
        zookeeper.close();
        TestCluster.assertNothingInForce(folder);
    }

    @BeforeEach
    void awaitSettled() {
        SharedCluster.awaitSettled(zookeeper);
    }

    @Test
    void aClockCanBeSetWrongAndRightAgain() {
        TestCluster.requireNodeClocks();
        zookeeper.assertClockWrongAndRightAgain(N2, N1);
    }

    @Test
    void aServerWhoseDiskIsFullComesBackAndTheOthersGoOn() {
        TestCluster.requireSmallDisks();
        try (Client client = zookeeper.connect(SESSION, N2)) {
            zookeeper.write(client, 1);
            zookeeper.assertFilledAndBack(N1, () -> {
                // more than have room in a page that was begun
                for (long value = 2; value <= 200; value++) {
                    assertThat(zookeeper.write(client, value)).isInstanceOf(Response.Ok.class);
                }
            });
            zookeeper.awaitConvergence();
            assertThat(awaitRead(N1)).isEqualTo(Value.of(200));
        }
    }

    @Test
    void aKilledServerComesBackWithWhatWasAcknowledged() {
        try (Client client = zookeeper.connect(SESSION, N1)) {
            zookeeper.write(client, 1);
            zookeeper.await(zookeeper.faults().crash(N1));
            assertThat(zookeeper.answers(N1).positive()).isFalse();
        }
        try (Client another = zookeeper.connect(new Session(1), N1)) {
            assertThat(zookeeper.write(another, 2))
                    .as("nothing was sent")
                    .isInstanceOfSatisfying(
                            Response.Fail.class,
                            failed -> assertThat(failed.reason()).startsWith("a connection to n1: not within"));
        }
        zookeeper.await(zookeeper.faults().restart(N1));
        assertThat(zookeeper.answers(N1).positive()).isTrue();
        zookeeper.awaitConvergence();
        assertThat(awaitRead(N1)).isEqualTo(Value.of(1));
    }

    @Test
    void whenTheLeaderIsLostAnotherOneIsElectedAgainAndAgainAndNothingIsLost() {
        for (int value = 1; value <= 3; value++) {
            Node old = zookeeper.await(zookeeper.cluster().leader()).orElseThrow();
            try (Client client = zookeeper.connect(new Session(value), old)) {
                assertThat(zookeeper.write(client, value)).isInstanceOf(Response.Ok.class);
            }
            Node leader = zookeeper.await(zookeeper.faults().failOver(old));
            assertThat(leader).isNotEqualTo(old);
            zookeeper.await(zookeeper.faults().restart(old));
            zookeeper.awaitConvergence();
            assertThat(awaitRead(old)).isEqualTo(Value.of(value));
        }
    }

    /** What a server answers as soon as it answers, which it does not while it takes in a session after a fault. */
    private static Value awaitRead(Node node) {
        return result(await("an answer of " + node)
                .atMost(LIMIT)
                .pollInSameThread()
                .until(() -> zookeeper.readAt(node), Response.Ok.class::isInstance));
    }

    private static Value result(Response response) {
        assertThat(response).isInstanceOf(Response.Ok.class);
        return ((Response.Ok) response).result().orElseThrow();
    }
}
