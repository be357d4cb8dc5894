package dev.umpire.targets.mariadb;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.sql.SqlAccount;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.RunningCluster;
import dev.umpire.targets.testing.TestCluster;
import dev.umpire.targets.testing.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes of a real Galera cluster, which all tests share but those that kill nodes or start none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class GaleraTest {

    private static final Value COUNTER = Value.of("counter");
    private static final int ROUNDS = 60;
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    @TempDir
    static Path shared;

    @AutoClose
    private TestCluster galera;

    @BeforeAll
    void start() throws IOException {
        InstalledStore.required("galera", launcher -> Installation.find(launcher, ""));
        InstalledStore.required("galera", launcher -> GaleraLibrary.find(launcher, ""));
        galera = new TestCluster(new MariadbTarget(), shared, 3, "replication=galera", "writes=home", "sync-wait=all");
    }

    @Test
    void whatOneNodeHasAcknowledgedEveryOtherOneReadsAtOnce() {
        try (Client atN1 = galera.connect(new Session(0), N1)) {
            for (long value = 1; value <= 20; value++) {
                assertThat(galera.write(atN1, value)).isEqualTo(Response.done());
                assertThat(galera.readAt(N2)).isEqualTo(Response.ok(Value.of(value)));
                assertThat(galera.readAt(N3)).isEqualTo(Response.ok(Value.of(value)));
            }
        }
        assertThat(galera.await(galera.cluster().leader())).isEmpty();
        assertThat(galera.await(galera.cluster().version()))
                .hasValueSatisfying(version -> assertThat(version).contains("MariaDB"));
        galera.awaitConvergence();
    }

    @Test
    void incrementsAtThreeNodesAtOnceAreCountedAsOftenAsTheyAreAcknowledged() {
        List<Response> responses = new ArrayList<>();
        try (Client atN1 = galera.connect(new Session(1), N1);
                Client atN2 = galera.connect(new Session(2), N2);
                Client atN3 = galera.connect(new Session(3), N3)) {
            for (int round = 0; round < ROUNDS; round++) {
                List.of(increment(atN1, N1), increment(atN2, N2), increment(atN3, N3))
                        .forEach(response -> responses.add(galera.await(response)));
            }
            assertThat(responses)
                    .allMatch(one -> one.equals(Response.done()) || isRolledBack(one))
                    .contains(Response.done());
            assertThat(galera.ask(atN1, Request.read(COUNTER)))
                    .isEqualTo(Response.ok(Value.of(responses.stream()
                            .filter(Response.Ok.class::isInstance)
                            .count())));
        }
    }

    private static CompletableFuture<Response> increment(Client client, Node node) {
        return client.invoke(Request.of(Request.INCREMENT, COUNTER, Value.of(1)), node)
                .toCompletableFuture();
    }

    /** The one of two changes that did not come first in the order of all. */
    private static boolean isRolledBack(Response response) {
        return response instanceof Response.Fail fail && fail.reason().contains("(40001)");
    }

    @Test
    void nodesGiveNumbersThatNoOtherOneGives() {
        List<Response> given = new ArrayList<>();
        for (Node node : galera.cluster().nodes()) {
            try (Client client = galera.connect(new Session(4), node)) {
                for (int i = 0; i < 3; i++) {
                    given.add(galera.ask(client, Request.of(Request.GENERATE, Value.of("ids"), Value.NIL)));
                }
            }
        }
        assertThat(given).hasOnlyElementsOfType(Response.Ok.class).doesNotHaveDuplicates();
    }

    @Test
    void aNodeWithoutAQuorumRefusesUntilTheOthersAreBack() {
        try (Client atN1 = galera.connect(new Session(5), N1)) {
            assertThat(galera.write(atN1, 30)).isEqualTo(Response.done());
            galera.await(galera.faults().pause(N2));
            galera.await(galera.faults().pause(N3));
            awaitRefusal(N1);
            assertThat(galera.await(galera.cluster().convergence()).reached()).isFalse();
            LinkSample toOneThatRefuses = galera.await(galera.faults().sample(new Link(N2, N1)));
            assertThat(toOneThatRefuses.arrived()).isEqualTo(toOneThatRefuses.sent());

            // neither is back without the other
            CompletionStage<Void> n2 = galera.faults().resume(N2);
            galera.await(galera.faults().resume(N3));
            galera.await(n2);
            galera.awaitConvergence();
            for (Node node : galera.cluster().nodes()) {
                assertThat(galera.readAt(node)).isEqualTo(Response.ok(Value.of(30)));
            }
        }
    }

    @Test
    void aNodeThatIsCutOffRefusesUntilItIsBackAndTheOthersGoOn() {
        try (Client atN1 = galera.connect(new Session(6), N1);
                Client atN3 = galera.connect(new Session(7), N3)) {
            assertThat(galera.write(atN1, 40)).isEqualTo(Response.done());
            Set<Link> around = galera.around(N3);
            galera.await(galera.faults().cut(around));
            around.forEach(link -> galera.awaitDelivers(link, false));
            galera.awaitDelivers(new Link(N1, N2), true);
            awaitRefusal(N3);
            assertThat(galera.write(atN3, 41)).isInstanceOf(Response.Fail.class);
            assertThat(galera.write(atN1, 42)).isEqualTo(Response.done());
            assertThat(galera.readAt(N2)).isEqualTo(Response.ok(Value.of(42)));
            assertThat(galera.await(galera.cluster().convergence()).reached()).isFalse();

            galera.await(galera.faults().mend(around));
            around.forEach(link -> galera.awaitDelivers(link, true));
            galera.awaitConvergence();
            assertThat(galera.readAt(N3)).isEqualTo(Response.ok(Value.of(42)));
        }
    }

    @Test
    void aNodeThatLeftIsFollowedByOneWithAnEmptyDiskWhichIsSentEverything() throws Exception {
        try (Client atN1 = galera.connect(new Session(8), N1)) {
            assertThat(galera.write(atN1, 50)).isEqualTo(Response.done());
            Path onTheOldDisk = Files.writeString(dataOf(N3).resolve("on-the-old-disk"), "");
            assertThat(isMember(N3)).isEqualTo("n1 counts n3 among 3 members");

            galera.await(galera.faults().leave(N3));
            assertThat(isMember(N3)).isEqualTo("n1 does not count n3 among 2 members");
            galera.await(galera.faults().restart(N3));
            assertThat(galera.answers(N3).positive()).isFalse();
            assertThat(galera.write(atN1, 51)).isEqualTo(Response.done());

            // lost once more, with half a copy at most
            Path log = shared.resolve("n3.log");
            int logged = Files.readString(log).length();
            CompletionStage<Void> tooEarly = galera.faults().join(N3);
            Awaitility.await("a copy that begins")
                    .atMost(LIMIT)
                    .pollInSameThread()
                    .untilAsserted(() -> assertThat(Files.readString(log).substring(logged))
                            .contains("wsrep_sst_rsync --role 'joiner'"));
            galera.await(galera.faults().crash(N3));
            assertThatThrownBy(() -> galera.await(tooEarly)).hasMessageContaining("n3");

            galera.await(galera.faults().join(N3));
            assertThat(isMember(N3)).isEqualTo("n1 counts n3 among 3 members");
            assertThat(galera.readAt(N3)).isEqualTo(Response.ok(Value.of(51)));
            assertThat(onTheOldDisk).doesNotExist();
            galera.awaitConvergence();
        }
    }

    private String isMember(Node node) {
        return galera.await(galera.faults().isMember(node)).evidence();
    }

    private Path dataOf(Node node) throws SQLException {
        int port = ((MariadbCluster) galera.cluster()).ports().direct(node);
        try (Connection connection = Connections.connect(SqlAccount.ofProcesses(""), "", port);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@datadir")) {
            row.next();
            return Path.of(row.getString(1));
        }
    }

    @Test
    void linksCanBeMadeSlowAndPoorAndGoodAgain() {
        Duration longer = Duration.ofMillis(100);
        try (Client atN1 = galera.connect(new Session(9), N1)) {
            assertThat(galera.write(atN1, 60)).isEqualTo(Response.done());
            galera.slowLinksBetweenNodes(longer);
            long asked = System.nanoTime();
            assertThat(galera.write(atN1, 61)).isEqualTo(Response.done());
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(longer);
            galera.slowLinksBetweenNodes(Duration.ZERO);
        }
        galera.assertSlowedAndQuickAgain(new Link(N1, N2));
        galera.assertMadePoorAndGoodAgain(new Link(N1, N2));
    }

    private void awaitRefusal(Node node) {
        Awaitility.await("refusal of " + node)
                .atMost(LIMIT)
                .pollInSameThread()
                .untilAsserted(() -> assertThat(galera.readAt(node))
                        .isInstanceOfSatisfying(
                                Response.Fail.class,
                                fail -> assertThat(fail.reason()).contains("is no member that is ready")));
    }

    @Test
    void withoutWaitingReadsAfterOwnWritesAreStale() throws Exception {
        RunningCluster running =
                new RunningCluster(galera.cluster().nodes(), ((MariadbCluster) galera.cluster()).ports());

        TestRun.assertShows(
                Map.of("read-your-writes", Answer.INVALID),
                running.plan("mariadb")
                        .set("replication", "galera")
                        .set("writes", "home")
                        .set("reads", "any")
                        .set("sync-wait", "none")
                        .sessions(32)
                        .rate(0)
                        .lasting(Duration.ofSeconds(2)),
                new MariadbTarget(),
                folder);
    }

    @Test
    void waitingReadsAreLinearizableThroughConflictsCrashesAndPauses() throws Exception {
        Run run = TestRun.assertShows(
                Map.of("linearizable", Answer.VALID, "durability", Answer.VALID, "eventual", Answer.VALID),
                PlanBuilder.real("mariadb")
                        .set("configuration", "galera-synced")
                        .workload("register", Map.of("snapshot-percent", "0"))
                        .nemesis("crash", "pause")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(1_000), Duration.ofMillis(1_500))
                        // pauses first, after which a node is back sooner
                        .seed(5)
                        .rate(200)
                        .lasting(Duration.ofSeconds(6)),
                new MariadbTarget(),
                folder);

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingIsStarted() {
        assertThatThrownBy(() -> requirePossible(plan().nemesis("full-disk")))
                .hasMessageStartingWith(
                        "nemesis: found full-disk, but mariadb with these settings can be given crash, pause, partition");
        requirePossible(plan().nemesis("membership"));
        assertThatThrownBy(() -> requirePossible(PlanBuilder.real("mariadb").nemesis("membership")))
                .hasMessageStartingWith(
                        "nemesis: found membership, but mariadb with these settings can be given crash, pause, partition");
        assertThatThrownBy(() -> requirePossible(plan().set("conflicts", "stop")))
                .hasMessage(
                        "conflicts: found stop, expected none, as it has a meaning only with launcher=process|docker"
                                + " replication=circle");
        assertThatThrownBy(() -> requirePossible(PlanBuilder.real("mariadb").set("sync-wait", "all")))
                .hasMessage("sync-wait: found all, expected none, as it has a meaning only with replication=galera");
        assertThat(TestCluster.refusal(
                        new MariadbTarget(), folder, 3, "replication=galera", "provider=/no/such/libgalera_smm.so"))
                .hasMessageContaining("/no/such/libgalera_smm.so: found no file, expected the library; on Debian:"
                        + " apt-get install galera-4");
    }

    private static PlanBuilder plan() {
        return PlanBuilder.real("mariadb").set("replication", "galera");
    }

    private static void requirePossible(PlanBuilder builder) {
        Plan plan = builder.build();
        Runner.requirePossible(plan, new MariadbTarget());
    }
}
