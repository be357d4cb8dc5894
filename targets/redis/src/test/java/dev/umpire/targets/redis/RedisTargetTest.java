package dev.umpire.targets.redis;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static dev.umpire.targets.testing.TestCluster.X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.ReadRouting;
import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.GivenUpStart;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.PretendedProgram;
import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

@Timeout(60)
class RedisTargetTest {

    private static final Session SESSION = new Session(0);

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        InstalledStore.required("redis", launcher -> launcher.program("redis-server", "redis-server"));
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Target.class)).extracting(Target::name).contains("redis");
    }

    @Test
    void threeNodesStartAnswerAndLeaveNothingBehind() throws IOException {
        try (TestCluster redis = new TestCluster(new RedisTarget(), folder, 3)) {
            assertThat(redis.cluster().nodes()).containsExactly(N1, N2, N3);
            assertThat(redis.await(redis.cluster().leader())).contains(N1);
            assertThat(redis.await(redis.cluster().version()))
                    .hasValueSatisfying(version -> assertThat(version).matches("\\d+\\.\\d+\\.\\d+"));
            assertThat(configuration(redis))
                    .containsEntry("appendonly", "yes")
                    .containsEntry("appendfsync", "always")
                    .containsEntry("min-replicas-to-write", "0");
            try (Client client = redis.connect(SESSION, N2)) {
                assertThat(redis.readAt(N1)).isEqualTo(Response.ok(Value.NIL));
                assertThat(redis.write(client, 7)).isEqualTo(Response.done());
                assertThat(redis.ask(client, Request.read(X))).isEqualTo(Response.ok(Value.of(7)));
                assertThat(redis.ask(client, Request.snapshot(List.of(X, Value.of(5)))))
                        .isEqualTo(Response.ok(new Value.MapOf(Map.of(X, Value.of(7), Value.of(5), Value.NIL))));
            }
            redis.awaitConvergence();
            assertThat(redis.readAt(N3)).isEqualTo(Response.ok(Value.of(7)));
            assertThat(TestCluster.children()).hasSize(3);
            redis.await(redis.cluster().stop());
            assertThat(TestCluster.children()).isEmpty();
            assertThat(folder.resolve("n2.log")).content().contains("Ready to accept connections");
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void readsGoWhereTheSettingSays() throws IOException {
        try (TestCluster redis = new TestCluster(new RedisTarget(), folder, 3, "reads=any-follower")) {
            try (Client atReplica = redis.connect(SESSION, N3);
                    Client atPrimary = redis.connect(new Session(1), N1)) {
                assertThat(atReplica.route(Request.read(X))).isEqualTo(N3);
                assertThat(atReplica.route(Request.write(X, Value.of(1)))).isEqualTo(N1);
                assertThat(Stream.generate(() -> atPrimary.route(Request.read(X)))
                                .limit(50))
                        .contains(N2, N3)
                        .doesNotContain(N1);
                assertThat(atReplica.route(Request.read(X).finallyAt(N2))).isEqualTo(N2);
            }
        }
        Leadership leadership = new Leadership(N1);
        ReadRouting sticky = new ReadRouting(Reads.STICKY, List.of(N1, N2, N3), leadership, new KeyedRandom(1));
        assertThat(List.of(0, 1, 2).stream().map(session -> sticky.route(Request.read(X), session, N3)))
                .containsExactly(N2, N2, N3);
        leadership.pass(N2);
        assertThat(List.of(0, 1, 2).stream().map(session -> sticky.route(Request.read(X), session, N3)))
                .containsExactly(N1, N3, N3);
    }

    @Test
    void aPrimaryWhoseDiskIsFullEndsAndComesBackWithWhatItAcknowledged() throws IOException {
        TestCluster.requireSmallDisks();
        try (TestCluster redis = new TestCluster(new RedisTarget(), Set.of(FaultKind.FULL_DISK), folder, 2);
                Client client = redis.connect(SESSION, N1)) {
            redis.write(client, 1);
            redis.assertFilledAndBack(N1, () -> {
                // a page that was begun has room for the first ones
                for (long value = 2; redis.write(client, value).equals(Response.done()); value++) {
                    assertThat(value).isLessThan(1_000);
                }
                redis.awaitAnswers(N1, false);
            });
            redis.awaitConvergence();
            assertThat(redis.readAt(N1)).isEqualTo(redis.readAt(N2)).isNotEqualTo(Response.ok(Value.NIL));
            redis.await(redis.cluster().stop());
            assertThat(Path.of("/proc/self/mounts")).content().doesNotContain("n1-disk");
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void aClockThatIsWrongStaysSoThroughARestartAndIsRightAgain() throws IOException {
        TestCluster.requireNodeClocks();
        try (TestCluster redis = new TestCluster(new RedisTarget(), Set.of(FaultKind.CLOCK), folder, 2);
                Client client = redis.connect(SESSION, N1)) {
            redis.assertClockWrongAndRightAgain(N1, N2);
            assertThat(redis.write(client, 1)).isEqualTo(Response.done());
            redis.await(redis.faults().disturbClock(N2, Duration.ofMinutes(5), 0));
            redis.await(redis.faults().crash(N2));
            redis.await(redis.faults().restart(N2));
            redis.awaitClockAhead(N2, Duration.ofMinutes(5));
            redis.awaitConvergence();
            redis.await(redis.cluster().stop());
            try (Stream<Path> shared = Files.list(Path.of("/dev/shm"))) {
                String ours = "umpire-" + ProcessHandle.current().pid() + "-";
                assertThat(shared).noneMatch(piece -> piece.toString().contains(ours));
            }
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void withoutPersistenceAKilledPrimaryComesBackEmptyAndWipesItsReplicas() throws IOException {
        try (TestCluster redis = new TestCluster(new RedisTarget(), folder, 2, "persistence=none");
                Client client = redis.connect(SESSION, N1)) {
            redis.write(client, 1);
            redis.await(redis.faults().crash(N1));
            redis.await(redis.faults().restart(N1));
            redis.awaitConvergence();
            assertThat(redis.readAt(N2)).isEqualTo(Response.ok(Value.NIL));
        }
    }

    @Test
    void aFailoverLosesWhatTheOldLeaderAcknowledgedAlone() throws IOException {
        try (TestCluster redis = new TestCluster(new RedisTarget(), folder, 3);
                Client client = redis.connect(SESSION, N1)) {
            FaultControl faults = redis.faults();
            redis.write(client, 1);
            redis.awaitConvergence();

            Set<Link> around = redis.around(N1);
            redis.await(faults.cut(around));
            assertThat(redis.write(client, 2))
                    .as("the old leader is still reached")
                    .isEqualTo(Response.done());
            Node leader = redis.await(faults.failOver(N1));
            redis.await(faults.mend(around));

            assertThat(leader).isIn(N2, N3);
            assertThat(redis.await(redis.cluster().leader())).contains(leader);
            assertThat(redis.readAt(leader)).as("2 is lost").isEqualTo(Response.ok(Value.of(1)));
            try (Client another = redis.connect(SESSION, N1)) {
                assertThat(redis.write(another, 3)).isEqualTo(Response.done());
                Node other = leader.equals(N2) ? N3 : N2;
                assertThat(redis.await(another.invoke(Request.write(X, Value.of(4)), other)))
                        .isInstanceOf(Response.Fail.class)
                        .asString()
                        .contains("READONLY");
            }
            redis.await(faults.restart(N1));
            redis.awaitConvergence();
            assertThat(redis.readAt(N1)).isEqualTo(Response.ok(Value.of(3)));
        }
    }

    @Test
    void aWriteThatTooFewReplicasConfirmIsOfUnknownOutcome() throws IOException {
        try (TestCluster redis = new TestCluster(new RedisTarget(), folder, 3, "wait=2");
                Client client = redis.connect(SESSION, N1)) {
            assertThat(redis.write(client, 1)).isEqualTo(Response.done());
            redis.await(redis.faults().pause(N2));
            assertThat(redis.write(client, 2)).isEqualTo(new Response.Info("1 of 2 replicas confirmed within 500 ms"));
        }
    }

    @Test
    void whatTheSettingsSayIsWhatTheServerIsToldAndAWriteThatItRefusesForThatFailed() throws IOException {
        try (TestCluster redis = new TestCluster(
                        new RedisTarget(),
                        folder,
                        2,
                        "appendfsync=everysec",
                        "min-replicas=1",
                        "min-replicas-max-lag=1");
                Client client = redis.connect(SESSION, N1)) {
            assertThat(configuration(redis))
                    .containsEntry("appendonly", "yes")
                    .containsEntry("appendfsync", "everysec")
                    .containsEntry("min-replicas-to-write", "1")
                    .containsEntry("min-replicas-max-lag", "1");
            redis.await(redis.faults().pause(N2));
            Awaitility.await("a refusal")
                    .atMost(Duration.ofSeconds(20))
                    .pollInSameThread()
                    .until(() -> redis.write(client, 1) instanceof Response.Fail fail
                            && fail.reason().startsWith("NOREPLICAS"));
        }
    }

    private static Map<String, String> configuration(TestCluster redis) {
        int port = ((RedisCluster) redis.cluster()).ports().direct(N1);
        try (Jedis jedis = new Sockets().connect(port, 5_000)) {
            return jedis.configGet("appendonly", "appendfsync", "min-replicas-*");
        }
    }

    @Test
    void whatIsPromisedDependsOnHowWritesAreSynced() {
        RedisTarget target = new RedisTarget();
        Map<String, String> waits = Map.of("configuration", "wait");

        assertThat(SettingsResolver.departures(target, SettingsResolver.resolve(target, waits)))
                .isEmpty();
        assertThat(SettingsResolver.departures(
                        target, SettingsResolver.resolve(target, Map.of("configuration", "wait", "appendfsync", "no"))))
                .containsExactly("appendfsync=no");
        assertThat(target.describe(
                        SettingsResolver.resolve(target, Map.of("configuration", "min-replicas", "appendfsync", "no"))))
                .isEqualTo("primary and replicas · asynchronous, min-replicas-to-write 1 within 2 s · append-only file,"
                        + " fsync no · reads at the primary");
        assertThat(target.describe(SettingsResolver.resolve(target, Map.of("configuration", "sentinel"))))
                .isEqualTo(
                        "primary and replicas · asynchronous · Sentinel, down after 1000 ms · append-only file, always"
                                + " synced · reads at the primary");
        assertThat(SettingsResolver.departures(
                        target,
                        SettingsResolver.resolve(target, Map.of("configuration", "wait", "failover", "sentinel"))))
                .containsExactly("failover=sentinel");
        assertThatThrownBy(() -> SettingsResolver.resolve(target, Map.of("down-after-milliseconds", "500")))
                .hasMessageContaining("down-after-milliseconds: found 500, expected none");
        assertThatThrownBy(() -> SettingsResolver.resolve(target, Map.of("persistence", "none", "appendfsync", "no")))
                .hasMessageContaining("appendfsync: found no, expected none, as it has a meaning only with");
    }

    @Test
    void ofStoresThatLoseWritesInAFailoverOnlyIntegrityIsPromisedWhateverIsAskedOfThem() {
        assertThat(new RedisTarget().configurations())
                .filteredOn(configuration -> configuration.faults().contains(FaultKind.FAILOVER))
                .isNotEmpty()
                .allSatisfy(configuration -> {
                    assertThat(configuration.promise()).containsExactly("integrity");
                    assertThat(configuration.options()).isEmpty();
                });
    }

    @Test
    void whatCannotBeStartedIsRefusedWithAReason() {
        assertThat(refusal(1)).hasMessageContaining("nodes: found 1, expected 2 or more");
        assertThat(refusal(2, "min-replicas=2")).hasMessageContaining("min-replicas: found 2, expected at most 1");
        assertThat(refusal(2, "min-replicas=1", "min-replicas-max-lag=0"))
                .hasMessageContaining("min-replicas-max-lag: found 0, expected 1 or more");
        assertThat(refusal(2, "wait=2")).hasMessageContaining("wait: found 2, expected at most 1");
        assertThat(refusal(2, "failover=sentinel"))
                .hasMessageContaining("nodes: found 2, expected 3 or more with failover=sentinel");
        assertThat(refusal(3, "failover=sentinel", "down-after-milliseconds=0"))
                .hasMessageContaining("down-after-milliseconds: found 0, expected 1 or more");
        assertThat(refusal(3, "failover=sentinel", "failover-timeout=-1"))
                .hasMessageContaining("failover-timeout: found -1, expected 1 or more");
        assertThat(refusal(2, "home=no-redis-here")).hasMessageContaining("apt-get install redis-server");
        assertThat(refusal(2, "home=/bin/false", "version=any"))
                .hasMessageContaining("n1: did not start; it ended with exit code 1");
    }

    @Test
    void aPortThatIsTakenIsTriedThreeTimesAndThenSaid() throws IOException {
        Path program = PretendedProgram.write(folder.resolve("taken"), "echo bind: Address already in use; exit 1");

        assertThat(refusal(2, "home=" + program, "version=any"))
                .hasMessageContainingAll("n1: did not start; it ended with exit code 1", "Address already in use");
        assertThat(folder.resolve("n1.log")).content().hasLineCount(3);
    }

    @Test
    void aNodeThatNeverGetsReadyIsGivenUpWithItsLastLines() throws IOException {
        Path program = PretendedProgram.write(folder.resolve("mute"), "echo I take my time; exec sleep 600");

        assertThat(GivenUpStart.refusal(
                        new RedisTarget(), folder, 2, "I take my time", "home=" + program, "version=any"))
                .hasMessageContainingAll("n1: n1 to answer PING: not within 15000 ms", "it runs", "I take my time");
    }

    @Test
    void aServerOfAnotherVersionIsRefusedBeforeItRuns() throws IOException {
        Path program = PretendedProgram.write(folder.resolve("newer"), "echo Redis server v=8.0.1 sha=0:0 bits=64");

        assertThat(refusal(2, "home=" + program))
                .hasMessageEndingWith(
                        program + ": found Redis 8.0.1, expected Redis 5 to 7, with which this target is known to work;"
                                + " to go on all the same: --set version=any");
        assertThat(folder.resolve("n1.log")).doesNotExist();
    }

    private Throwable refusal(int nodes, String... settings) {
        return TestCluster.refusal(new RedisTarget(), folder, nodes, settings);
    }
}
