package dev.umpire.targets.mariadb;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static dev.umpire.targets.testing.TestCluster.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Observation;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.GivenUpStart;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.PretendedProgram;
import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class MariadbTargetTest {

    private static final Session SESSION = new Session(0);
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        InstalledStore.required("mariadb", launcher -> Installation.find(launcher, ""));
    }

    @Test
    void aClockCanBeSetWrongAndRightAgain() throws IOException {
        TestCluster.requireNodeClocks();
        try (TestCluster mariadb = new TestCluster(new MariadbTarget(), Set.of(FaultKind.CLOCK), folder, 2)) {
            mariadb.assertClockWrongAndRightAgain(N2, N1);
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void aMasterWhoseDiskIsFullLetsWritersWaitUntilItIsKilledAndStartedWithRoom() throws IOException {
        TestCluster.requireSmallDisks();
        try (TestCluster mariadb =
                        new TestCluster(new MariadbTarget(), Set.of(FaultKind.FULL_DISK), folder, 2, "writes=home");
                Client client = mariadb.connect(SESSION, N1)) {
            mariadb.write(client, 1);
            Deque<CompletableFuture<Response>> writes = new ArrayDeque<>();
            mariadb.assertFilledAndBack(N1, () -> {
                // a page that was begun has room for the first ones
                Awaitility.await("a write that waits for room")
                        .atMost(LIMIT)
                        .pollInSameThread()
                        .pollInterval(Duration.ofMillis(1))
                        .untilAsserted(() -> {
                            if (writes.isEmpty() || writes.getLast().isDone()) {
                                Request next = Request.write(X, Value.of(2 + writes.size()));
                                writes.add(client.invoke(next, N1).toCompletableFuture());
                            }
                            assertThat(mariadb.answers(N1).positive()).isTrue();
                            assertThat(folder.resolve("n1.log")).content().contains("Disk is full writing");
                        });
                assertThat(writes.getLast()).isNotDone();
            });
            assertThat(mariadb.await(writes.getLast())).isInstanceOf(Response.Info.class);
            assertThat(folder.resolve("n1.log")).content().contains("Recovering after a crash using binlog");
            try (Client another = mariadb.connect(new Session(1), N1)) {
                assertThat(mariadb.write(another, 0)).isEqualTo(Response.done());
            }
            mariadb.awaitConvergence();
            assertThat(mariadb.readAt(N2)).isEqualTo(Response.ok(Value.of(0)));
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void mastersThatCountAlikeGiveOneIdTwice() throws IOException {
        try (TestCluster mariadb = new TestCluster(
                        new MariadbTarget(), folder, 2, "writes=home", "conflicts=idempotent", "auto-increment=same");
                Client client = mariadb.connect(SESSION, N1);
                Client other = mariadb.connect(new Session(1), N2)) {
            Request generate = Request.of(Request.GENERATE, Value.of("ids"), Value.NIL);
            mariadb.await(mariadb.faults().cut(mariadb.around(N1)));

            assertThat(mariadb.ask(client, generate)).isEqualTo(Response.ok(Value.of(1)));
            assertThat(mariadb.ask(other, generate)).isEqualTo(Response.ok(Value.of(1)));
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Target.class)).extracting(Target::name).contains("mariadb");
    }

    @Test
    void threeMastersStartUnderstandEveryFunctionAndLeaveNothingBehind() throws IOException {
        Value list = Value.of("list");
        Value set = Value.of("set");
        Value counter = Value.of("counter");
        try (TestCluster mariadb = new TestCluster(new MariadbTarget(), folder, 3, "writes=home")) {
            assertThat(mariadb.cluster().nodes()).containsExactly(N1, N2, N3);
            assertThat(mariadb.await(mariadb.cluster().leader())).isEmpty();
            assertThat(mariadb.await(mariadb.cluster().version()))
                    .hasValueSatisfying(version -> assertThat(version).matches("\\d+\\.\\d+.*MariaDB.*"));
            try (Client client = mariadb.connect(SESSION, N2)) {
                assertThat(mariadb.readAt(N1)).isEqualTo(Response.ok(Value.NIL));
                assertThat(mariadb.write(client, 7)).isEqualTo(Response.done());
                assertThat(mariadb.ask(client, Request.snapshot(List.of(X, Value.of(5)))))
                        .isEqualTo(Response.ok(new Value.MapOf(Map.of(X, Value.of(7), Value.of(5), Value.NIL))));
                for (long element : new long[] {3, 1, 2}) {
                    done(mariadb, client, Request.of(Request.APPEND, list, Value.of(element)));
                    done(mariadb, client, Request.of(Request.ADD, set, Value.of(element)));
                    done(mariadb, client, Request.of(Request.INCREMENT, counter, Value.of(element)));
                }
                done(mariadb, client, Request.of(Request.ADD, set, Value.of(3)));
                done(mariadb, client, Request.of(Request.REMOVE, set, Value.of(1)));
                assertThat(mariadb.ask(client, Request.read(list)))
                        .isEqualTo(Response.ok(Value.of(List.of(Value.of(3), Value.of(1), Value.of(2)))));
                assertThat(mariadb.ask(client, Request.read(set)))
                        .isEqualTo(Response.ok(new Value.SetOf(Set.of(Value.of(2), Value.of(3)))));
                assertThat(mariadb.ask(client, Request.read(counter))).isEqualTo(Response.ok(Value.of(6)));
                done(mariadb, client, swap(Value.NIL, Value.of(1)));
                done(mariadb, client, swap(Value.of(1), Value.of(2)));
                assertThat(mariadb.ask(client, swap(Value.of(1), Value.of(3))))
                        .isEqualTo(new Response.Fail("the value is not 1"));
                done(mariadb, client, Request.of(Request.CLAIM, Value.of("name"), Value.NIL));
                assertThat(mariadb.ask(client, Request.of(Request.CLAIM, Value.of("name"), Value.NIL)))
                        .isInstanceOf(Response.Fail.class)
                        .asString()
                        .contains("Duplicate entry 'name'");
                assertThat(mariadb.ask(client, Request.of(Request.GENERATE, Value.of("ids"), Value.NIL)))
                        .as("n2 begins with 2, in steps of 3")
                        .isEqualTo(Response.ok(Value.of(2)));
            }
            mariadb.awaitConvergence();
            assertThat(mariadb.readAt(N1)).isEqualTo(Response.ok(Value.of(7)));
            assertThat(TestCluster.children()).hasSize(3);
            mariadb.await(mariadb.cluster().stop());
            assertThat(folder.resolve("n2.log")).content().contains("ready for connections", "10.");
        }
        TestCluster.assertNothingInForce(folder);
    }

    private static void done(TestCluster mariadb, Client client, Request request) {
        assertThat(mariadb.ask(client, request)).as("%s", request).isEqualTo(Response.done());
    }

    private static Request swap(Value old, Value fresh) {
        return Request.of(Request.CAS, Value.of("y"), Value.of(List.of(old, fresh)));
    }

    @Test
    void concurrentUpdatesOfOneKeyAreKeptByDifferentMastersForEver() throws IOException {
        try (TestCluster mariadb = new TestCluster(new MariadbTarget(), folder, 3, "writes=home");
                Client atN1 = mariadb.connect(SESSION, N1);
                Client atN2 = mariadb.connect(new Session(1), N2)) {
            mariadb.write(atN1, 1);
            mariadb.awaitConvergence();
            for (Link link : mariadb.around(N2)) {
                Observation seen = mariadb.delivers(link);
                assertThat(seen.positive()).as(seen.evidence()).isTrue();
            }
            mariadb.await(mariadb.faults().cut(mariadb.around(N2)));
            for (Link link : mariadb.around(N2)) {
                Observation seen = mariadb.delivers(link);
                assertThat(seen.positive()).as(seen.evidence()).isFalse();
            }
            assertThat(mariadb.delivers(N1, N2).evidence()).contains("one in the log did not arrive");

            assertThat(mariadb.write(atN1, 2)).isEqualTo(Response.done());
            assertThat(mariadb.write(atN2, 3)).isEqualTo(Response.done());
            assertThat(mariadb.await(mariadb.cluster().convergence()).reached()).isFalse();
            mariadb.await(mariadb.faults().mend(mariadb.around(N2)));
            mariadb.awaitDelivers(new Link(N1, N2), true);
            mariadb.awaitConvergence();

            assertThat(mariadb.readAt(N1)).isEqualTo(Response.ok(Value.of(3)));
            assertThat(mariadb.readAt(N2))
                    .as("all has arrived, and each has the other's")
                    .isEqualTo(Response.ok(Value.of(2)));
        }
    }

    @Test
    void insertsOfOneKeyStopTheReplica() throws IOException {
        try (TestCluster mariadb = new TestCluster(new MariadbTarget(), folder, 2, "writes=home")) {
            conflict(mariadb);
            Awaitility.await("the conflict").atMost(LIMIT).pollInSameThread().untilAsserted(() -> {
                Convergence seen = mariadb.await(mariadb.cluster().convergence());
                assertThat(seen.reached()).isFalse();
                assertThat(seen.never()).isTrue();
                assertThat(seen.lastSeen())
                        .contains("n1 applies nothing more", "Duplicate entry 'x' for key 'PRIMARY'");
            });
            assertThat(mariadb.readAt(N1)).isEqualTo(Response.ok(Value.of(2)));
            assertThat(mariadb.readAt(N2)).isEqualTo(Response.ok(Value.of(3)));
        }
    }

    @Test
    void anIdempotentReplicaGoesOnAndTheMastersDifferAllTheSame() throws IOException {
        try (TestCluster mariadb =
                new TestCluster(new MariadbTarget(), folder, 2, "writes=home", "conflicts=idempotent")) {
            conflict(mariadb);
            mariadb.awaitConvergence();
            assertThat(mariadb.readAt(N1)).isEqualTo(Response.ok(Value.of(3)));
            assertThat(mariadb.readAt(N2)).isEqualTo(Response.ok(Value.of(2)));
        }
    }

    /** Both masters insert x while neither hears of the other. */
    private static void conflict(TestCluster mariadb) {
        try (Client atN1 = mariadb.connect(SESSION, N1);
                Client atN2 = mariadb.connect(new Session(1), N2)) {
            mariadb.await(mariadb.faults().cut(mariadb.around(N2)));
            assertThat(mariadb.write(atN1, 2)).isEqualTo(Response.done());
            assertThat(mariadb.write(atN2, 3)).isEqualTo(Response.done());
            mariadb.await(mariadb.faults().mend(mariadb.around(N2)));
        }
    }

    @Test
    void whatCannotBeStartedIsRefusedWithAReason() throws IOException {
        assertThat(refusal(1)).hasMessageContaining("nodes: found 1, expected 2 or more");
        assertThat(refusal(2, "home=/no/such/place")).hasMessageContaining("apt-get install mariadb-server");
        assertThat(refusal(2, "version=any", "home=" + pretended("echo out of order; exit 3")))
                .hasMessageContainingAll("mariadb-install-db of n1: failed; it ended with exit code 3", "out of order");
        assertThat(refusal(
                        2, "version=any", "home=" + pretended("case $0 in *mariadbd) echo not today; exit 4;; esac")))
                .hasMessageContainingAll("n1: did not start; it ended with exit code 4", "not today");
    }

    @Test
    void aPortThatIsTakenIsTriedThreeTimesAndThenSaid() throws IOException {
        String home = "home=" + pretended("case $0 in *mariadbd) echo bind: Address already in use; exit 1;; esac");

        assertThat(refusal(2, "version=any", home))
                .hasMessageContainingAll("n1: did not start; it ended with exit code 1", "Address already in use");
        assertThat(folder.resolve("n1.log")).content().hasLineCount(3);
    }

    @Test
    void aNodeThatNeverGetsReadyIsGivenUpWithItsLastLines() throws IOException {
        String home = "home=" + pretended("case $0 in *mariadbd) echo I take my time; exec sleep 600;; esac");

        assertThat(GivenUpStart.refusal(new MariadbTarget(), folder, 2, "I take my time", "version=any", home))
                .hasMessageContainingAll("n1: n1 to answer: not within 30000 ms", "it runs", "I take my time");
    }

    @Test
    void aServerThatRefusesItsUserIsGivenUpAtOnceWithItsLastLines() throws IOException {
        Installation real;
        try (Launcher launcher = Launcher.open(folder.resolve("state"))) {
            real = Installation.find(launcher, "");
        }
        String home = "home=" + pretended("""
                for one in "$@"; do
                    shift
                    case $one in --basedir=*|--skip-grant-tables) ;; *) set -- "$@" "$one";; esac
                done
                case $0 in *mariadbd) exec %s "$@";; *) exec %s "$@";; esac
                """.formatted(real.server(), real.install()));

        assertThat(refusal(2, "version=any", home))
                .hasMessageContainingAll("n1: refuses the user umpire", "it runs", "Access denied for user 'umpire'");
    }

    @Test
    void aServerOfAnotherVersionIsRefusedBeforeAnyDataIsMade() throws IOException {
        Path home = pretended("echo '$0  Ver 11.8.1-MariaDB for debian-linux-gnu'");

        assertThat(refusal(2, "home=" + home))
                .hasMessageContainingAll(
                        "found MariaDB 11.8.1, expected MariaDB 10.5 to 10.11,",
                        "to go on all the same: --set version=any");
        assertThat(folder.resolve("n1.log")).doesNotExist();
    }

    private Path pretended(String script) throws IOException {
        return PretendedProgram.installation(folder, script, "bin/mariadbd", "scripts/mariadb-install-db");
    }

    private Throwable refusal(int nodes, String... settings) {
        return TestCluster.refusal(new MariadbTarget(), folder, nodes, settings);
    }
}
