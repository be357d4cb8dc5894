package dev.umpire.targets.redis;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static dev.umpire.targets.testing.TestCluster.X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.KilledHarness;
import dev.umpire.targets.testing.RunningCluster;
import dev.umpire.targets.testing.TestCluster;
import dev.umpire.targets.testing.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A primary and two replicas that were started by somebody else. */
@Timeout(120)
class RedisExternalTest {

    private static final Session SESSION = new Session(0);

    @TempDir
    Path folder;

    private TestCluster theirs;
    private RunningCluster running;

    @BeforeAll
    static void required() {
        InstalledStore.required("redis", launcher -> launcher.program("redis-server", "redis-server"));
    }

    @BeforeEach
    void startTheirs() throws IOException {
        theirs = new TestCluster(new RedisTarget(), Files.createDirectory(folder.resolve("theirs")), 3);
        running = new RunningCluster(theirs.cluster().nodes(), ports());
    }

    @AfterEach
    void stopTheirs() {
        theirs.close();
    }

    private TestCluster named(String... more) throws IOException {
        return new TestCluster(
                new RedisTarget(), Files.createDirectory(folder.resolve("named")), 3, running.settings(more));
    }

    private NodePorts ports() {
        return ((RedisCluster) theirs.cluster()).ports();
    }

    private Set<String> keys() {
        try (Jedis jedis = new Jedis("127.0.0.1", ports().direct(N1))) {
            return jedis.keys("*");
        }
    }

    @Test
    void keysOfTheRunComeAndGoAndThoseOfOthersStay() throws IOException {
        try (Client user = theirs.connect(SESSION, N1);
                TestCluster named = named("reads=any-follower");
                Client client = named.connect(SESSION, N2)) {
            theirs.write(user, 5);

            assertThat(named.await(named.cluster().leader())).contains(N1);
            assertThat(named.await(named.cluster().version())).isPresent();
            assertThat(named.write(client, 7)).isEqualTo(Response.done());
            named.awaitConvergence();
            assertThat(named.readAt(N3)).isEqualTo(Response.ok(Value.of(7)));
            assertThat(named.ask(client, Request.snapshot(List.of(X))))
                    .isEqualTo(Response.ok(new Value.MapOf(Map.of(X, Value.of(7)))));
            assertThat(keys()).containsExactlyInAnyOrder("x", "umpire:x", "umpire:run");
            named.await(named.cluster().stop());

            assertThat(keys()).containsExactly("x");
            assertThat(theirs.readAt(N1)).isEqualTo(Response.ok(Value.of(5)));
        }
        TestCluster.assertNothingInForceBeside(folder.resolve("named"), 3);
    }

    @Test
    void keysThatAreThereAlreadyAreLeftAloneAndTheRunIsRefused() throws IOException {
        try (Jedis jedis = new Jedis("127.0.0.1", ports().direct(N1))) {
            jedis.set("umpire:theirs", "5");
        }

        assertThatThrownBy(this::named)
                .hasMessageContaining("prefix: found a key umpire:theirs in the cluster, expected none that begins with"
                        + " umpire:");
        assertThat(keys()).containsExactly("umpire:theirs");
        try (TestCluster other = new TestCluster(new RedisTarget(), folder, 3, running.settings("prefix=mine:"))) {
            assertThat(keys()).containsExactlyInAnyOrder("umpire:theirs", "mine:run");
            other.await(other.cluster().stop());
        }
        assertThat(keys()).containsExactly("umpire:theirs");
    }

    @Test
    void clientsAreCutFromANodeAndMeetItAgain() throws IOException {
        try (TestCluster named = named()) {
            RunningCluster.assertClientsCutAndSlowed(named, N2, N1);
            named.await(named.cluster().stop());
        }
    }

    @Test
    void addressesThatAreNoneAndNodesThatNobodyReachesAreRefused() throws Exception {
        RunningCluster.assertRefusals(new RedisTarget(), folder);
        PlanBuilder crash = running.plan("redis").nemesis("crash");
        assertThatThrownBy(() -> Runner.requirePossible(crash.build(), new RedisTarget()))
                .hasMessage("nemesis: found crash, but redis with these settings can be given client-cut, client-slow");
        PlanBuilder home = running.plan("redis").set("home", "elsewhere");
        assertThatThrownBy(() -> Runner.requirePossible(home.build(), new RedisTarget()))
                .hasMessage(
                        "home: found elsewhere, expected none, as it has a meaning only with launcher=process|docker");
        assertThatThrownBy(() -> new TestCluster(
                        new RedisTarget(),
                        folder,
                        2,
                        "launcher=external",
                        "addresses=127.0.0.1:" + ports().direct(N2) + ",127.0.0.1:" + ports().direct(N3)))
                .hasMessageContaining("addresses: found n1 follows")
                .hasMessageContaining("expected one primary among them");
    }

    @Test
    void readsAtThePrimaryHoldWhateverClientsMeetOnTheirWay() throws Exception {
        Run run = TestRun.assertShows(
                Map.of("read-your-writes", Answer.VALID, "monotonic-reads", Answer.VALID, "durability", Answer.VALID),
                running.plan("redis")
                        .set("reads", "leader")
                        .nemesis("client-cut", "client-slow")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .operationTimeout(Duration.ofMillis(400))
                        .rate(500)
                        .lasting(Duration.ofSeconds(6)),
                new RedisTarget(),
                folder);

        TestRun.assertFaultsCameAndWent(run);
        assertThat(keys()).isEmpty();
    }

    @Test
    void readsAtReplicasAreStale() throws Exception {
        theirs.slowLinksBetweenNodes(Duration.ofMillis(60));
        TestRun.assertShows(
                Map.of("read-your-writes", Answer.INVALID),
                running.plan("redis").set("reads", "any-follower").rate(1_000).lasting(Duration.ofSeconds(4)),
                new RedisTarget(),
                folder);
        assertThat(keys()).isEmpty();
    }

    @Test
    void anOrderPausesANodeAndAnotherOneLetsItGoOn() throws Exception {
        try (TestCluster named = named(orders())) {
            named.await(named.faults().pause(N2));
            named.awaitAnswers(N2, false);
            assertThat(named.answers(N1).evidence()).startsWith("PING to n1 was answered");

            named.await(named.faults().resume(N2));
            named.awaitAnswers(N2, true);
            named.await(named.cluster().stop());
        }
    }

    @Test
    void whatAnOrderOfAKilledHarnessDidIsUndoneByTheNextOne() throws Exception {
        Path doomed = Files.createDirectory(folder.resolve("killed"));
        Path state = doomed.resolve("state");
        String[] settings = running.settings(orders());
        Process harness = KilledHarness.running(Doomed.class, doomed, state, Map.of(), settings);
        try {
            awaitAnyPaused();
        } finally {
            harness.destroyForcibly().waitFor();
        }
        awaitAnyPaused();

        try (Launcher next = Launcher.open(state)) {
            assertThat(next.undone()).anySatisfy(said -> assertThat(said).contains("resume n"));
        }

        theirs.awaitAnswers(N1, true);
        theirs.awaitAnswers(N2, true);
        theirs.awaitAnswers(N3, true);
    }

    private void awaitAnyPaused() {
        Awaitility.await("a paused node")
                .atMost(Duration.ofSeconds(30))
                .pollInSameThread()
                .until(() -> theirs.cluster().nodes().stream()
                        .anyMatch(node -> !theirs.answers(node).positive()));
    }

    /** Commands that find the process of a node by the file that has its pid. */
    private String[] orders() throws IOException {
        for (Node node : theirs.cluster().nodes()) {
            Files.writeString(folder.resolve(node.name()), "" + pid(ports().direct(node)));
        }
        String pid = " $(cat '" + folder + "'/$UMPIRE_NODE)";
        return new String[] {"order.pause=kill -STOP" + pid, "order.resume=kill -CONT" + pid};
    }

    /** Redis calls its process by its address. */
    private static long pid(int port) throws IOException {
        for (ProcessHandle child : TestCluster.children()) {
            if (Files.readString(Path.of("/proc/" + child.pid() + "/cmdline")).contains("127.0.0.1:" + port)) {
                return child.pid();
            }
        }
        throw new AssertionError("found no process at port " + port + ", expected one");
    }

    /** A harness that pauses nodes for long. */
    static final class Doomed {
        private Doomed() {}

        public static void main(String[] arguments) throws Exception {
            PlanBuilder plan = PlanBuilder.real("redis");
            for (String setting : Arrays.asList(arguments).subList(1, arguments.length)) {
                String[] parts = setting.split("=", 2);
                plan.set(parts[0], parts[1]);
            }
            KilledHarness.runUntilKilled(
                    plan.nemesis("pause")
                            .gap(Duration.ofMillis(100), Duration.ofMillis(200))
                            .hold(Duration.ofSeconds(50), Duration.ofSeconds(55)),
                    new RedisTarget(),
                    arguments[0]);
        }
    }
}
