package dev.umpire.targets.postgres;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static dev.umpire.targets.testing.TestCluster.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PostgresTargetTest {

    private static final Session SESSION = new Session(0);

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        InstalledStore.required(
                "postgres", launcher -> Installation.find(launcher, "").program(launcher, "initdb"));
    }

    @Test
    void aClockCanBeSetWrongAndRightAgain() throws IOException {
        TestCluster.requireNodeClocks();
        try (TestCluster postgres = new TestCluster(new PostgresTarget(), Set.of(FaultKind.CLOCK), folder, 2)) {
            postgres.assertClockWrongAndRightAgain(N2, N1);
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Target.class)).extracting(Target::name).contains("postgres");
    }

    @Test
    void threeNodesStartUnderstandEveryFunctionAndLeaveNothingBehind() throws IOException {
        Value list = Value.of("list");
        Value set = Value.of("set");
        Value counter = Value.of("counter");
        try (TestCluster postgres = new TestCluster(new PostgresTarget(), folder, 3)) {
            assertThat(postgres.cluster().nodes()).containsExactly(N1, N2, N3);
            assertThat(postgres.await(postgres.cluster().leader())).contains(N1);
            assertThat(postgres.await(postgres.cluster().version()))
                    .hasValueSatisfying(version -> assertThat(version).matches("\\d+\\.\\d+.*"));
            try (Client client = postgres.connect(SESSION, N2)) {
                assertThat(postgres.readAt(N1)).isEqualTo(Response.ok(Value.NIL));
                assertThat(postgres.write(client, 7)).isEqualTo(Response.done());
                assertThat(postgres.ask(client, Request.read(X))).isEqualTo(Response.ok(Value.of(7)));
                assertThat(postgres.ask(client, Request.snapshot(List.of(X, Value.of(5)))))
                        .isEqualTo(Response.ok(new Value.MapOf(Map.of(X, Value.of(7), Value.of(5), Value.NIL))));
                for (long element : new long[] {3, 1, 2}) {
                    done(postgres, client, Request.of(Request.APPEND, list, Value.of(element)));
                    done(postgres, client, Request.of(Request.ADD, set, Value.of(element)));
                    done(postgres, client, Request.of(Request.INCREMENT, counter, Value.of(element)));
                }
                done(postgres, client, Request.of(Request.ADD, set, Value.of(3)));
                done(postgres, client, Request.of(Request.REMOVE, set, Value.of(1)));
                assertThat(postgres.ask(client, Request.read(list)))
                        .isEqualTo(Response.ok(Value.of(List.of(Value.of(3), Value.of(1), Value.of(2)))));
                assertThat(postgres.ask(client, Request.read(set)))
                        .isEqualTo(Response.ok(new Value.SetOf(Set.of(Value.of(2), Value.of(3)))));
                assertThat(postgres.ask(client, Request.read(counter))).isEqualTo(Response.ok(Value.of(6)));
                done(postgres, client, swap(Value.of("y"), Value.NIL, Value.of(1)));
                done(postgres, client, swap(Value.of("y"), Value.of(1), Value.of(2)));
                assertThat(postgres.ask(client, swap(Value.of("y"), Value.of(1), Value.of(3))))
                        .isEqualTo(new Response.Fail("the value is not 1"));
                done(postgres, client, Request.of(Request.CLAIM, Value.of("name"), Value.NIL));
                assertThat(postgres.ask(client, Request.of(Request.CLAIM, Value.of("name"), Value.NIL)))
                        .isEqualTo(new Response.Fail("the name is taken"));
                assertThat(postgres.ask(client, Request.of(Request.GENERATE, Value.of("ids"), Value.NIL)))
                        .isEqualTo(Response.ok(Value.of(1)));
                Request transfer = Request.of(
                        Request.TRANSFER,
                        Value.of("bank"),
                        new Value.MapOf(Map.of(
                                Value.of(Request.FROM), Value.of(4),
                                Value.of(Request.TO), Value.of(2),
                                Value.of(Request.AMOUNT), Value.of(3))));
                done(postgres, client, transfer);
                done(postgres, client, transfer);
                assertThat(postgres.ask(client, Request.read(Value.of("bank"))))
                        .isEqualTo(Response.ok(
                                new Value.MapOf(Map.of(Value.of(2), Value.of(6), Value.of(4), Value.of(-6)))));
                assertThat(postgres.await(client.invoke(transfer, N3)))
                        .as("at a standby, and the connection is none the worse")
                        .isInstanceOf(Response.Fail.class);
                assertThat(postgres.await(client.invoke(Request.write(X, Value.of(8)), N3)))
                        .isInstanceOf(Response.Fail.class)
                        .asString()
                        .contains("read-only transaction (25006)");
            }
            postgres.awaitConvergence();
            assertThat(postgres.readAt(N3)).isEqualTo(Response.ok(Value.of(7)));
            assertThat(TestCluster.children()).hasSize(3);
            postgres.await(postgres.cluster().stop());
            assertThat(TestCluster.children()).isEmpty();
            assertThat(folder.resolve("n2.log")).content().contains("starting PostgreSQL ", "started streaming WAL");
        }
        TestCluster.assertNothingInForce(folder);
    }

    private static void done(TestCluster postgres, Client client, Request request) {
        assertThat(postgres.ask(client, request)).as("%s", request).isEqualTo(Response.done());
    }

    private static Request swap(Value key, Value old, Value fresh) {
        return Request.of(Request.CAS, key, Value.of(List.of(old, fresh)));
    }

    @Test
    void aTokenMakesAStandbyWaitUntilItHasWhatTheSessionWrote() throws IOException {
        try (TestCluster postgres = new TestCluster(new PostgresTarget(), folder, 3, "reads=token");
                Client client = postgres.connect(SESSION, N2)) {
            postgres.write(client, 1);
            assertThat(client.route(Request.read(X))).isEqualTo(N2);
            assertThat(seen(postgres.ask(client, Request.read(X)))).contains(Value.of(1));
            postgres.await(postgres.faults().cut(postgres.around(N2)));
            postgres.write(client, 2);
            CompletableFuture<Response> waits =
                    client.invoke(Request.read(X), N2).toCompletableFuture();
            assertThat(seen(postgres.ask(client, Request.read(X).finallyAt(N2))))
                    .contains(Value.of(1));
            assertThat(waits).isNotDone();
            postgres.await(postgres.faults().mend(postgres.around(N2)));
            assertThat(seen(postgres.await(waits))).contains(Value.of(2));
        }
    }

    private static Optional<Value> seen(Response response) {
        return response instanceof Response.Ok ok ? ok.result() : Optional.empty();
    }

    @Test
    void aReadAtAStandbyTellsAsOfWhichPlaceInTheLogAsLongAsThereIsOneLog() throws IOException {
        try (TestCluster postgres = new TestCluster(new PostgresTarget(), folder, 3, "reads=any-follower");
                Client client = postgres.connect(SESSION, N2)) {
            postgres.write(client, 1);
            postgres.awaitConvergence();
            long early = asOf(postgres, client, Request.read(X), N2);
            assertThat(asOf(postgres, client, Request.snapshot(List.of(X)), N2)).isGreaterThanOrEqualTo(early);

            postgres.await(postgres.faults().cut(Set.of(new Link(N1, N2))));
            long cut = asOf(postgres, client, Request.read(X), N2);
            postgres.write(client, 2);
            Awaitility.await("the write at n3")
                    .pollInSameThread()
                    .until(() -> seen(postgres.readAt(N3)).equals(Optional.of(Value.of(2))));
            assertThat(asOf(postgres, client, Request.read(X), N3)).isGreaterThan(cut);
            assertThat(asOf(postgres, client, Request.read(X), N2)).isEqualTo(cut);
            assertThat(postgres.await(client.invoke(Request.read(X), N1))).isEqualTo(Response.ok(Value.of(2)));

            Node leader = postgres.await(postgres.faults().failOver(N1));
            Node standby = leader.equals(N2) ? N3 : N2;
            assertThat(postgres.await(client.invoke(Request.read(X), standby)))
                    .as("on another timeline, or about to be")
                    .isInstanceOfSatisfying(
                            Response.Ok.class, ok -> assertThat(ok.asOf()).isEmpty());
        }
    }

    /** Not each read can tell: a message that comes meanwhile leaves it unknown. */
    private static long asOf(TestCluster postgres, Client client, Request request, Node node) {
        return Awaitility.await("as of which place " + node + " answers")
                .pollInSameThread()
                .until(
                        () -> postgres.await(client.invoke(request, node)) instanceof Response.Ok ok
                                ? ok.asOf()
                                : OptionalLong.empty(),
                        OptionalLong::isPresent)
                .getAsLong();
    }

    @Test
    void anAsynchronousFailoverLosesWhatTheOldLeaderAcknowledgedAlone() throws IOException {
        try (TestCluster postgres = new TestCluster(new PostgresTarget(), folder, 3);
                Client client = postgres.connect(SESSION, N1)) {
            FaultControl faults = postgres.faults();
            postgres.write(client, 1);
            postgres.awaitConvergence();

            postgres.await(faults.cut(postgres.around(N1)));
            assertThat(postgres.write(client, 2)).as("still reached").isEqualTo(Response.done());
            Node leader = postgres.await(faults.failOver(N1));
            postgres.await(faults.mend(postgres.around(N1)));

            assertThat(leader).isIn(N2, N3);
            assertThat(postgres.await(postgres.cluster().leader())).contains(leader);
            assertThat(postgres.readAt(leader)).as("2 is lost").isEqualTo(Response.ok(Value.of(1)));
            try (Client another = postgres.connect(SESSION, N1)) {
                assertThat(postgres.write(another, 3)).isEqualTo(Response.done());
            }
            postgres.await(faults.restart(N1));
            postgres.awaitConvergence();
            assertThat(postgres.readAt(N1)).isEqualTo(Response.ok(Value.of(3)));
            assertThat(folder.resolve("n1.log")).content().contains("pg_rewind: Done!");
        }
    }

    @Test
    void anUnfencedLeaderIsStillWrittenToAndComesBackByACopy() throws IOException {
        try (TestCluster postgres = new TestCluster(new PostgresTarget(), folder, 3, "fencing=no", "rejoin=copy");
                Client client = postgres.connect(SESSION, N1);
                Client informed = postgres.connect(new Session(1), N2)) {
            FaultControl faults = postgres.faults();
            postgres.write(client, 1);
            Node leader = postgres.await(faults.failOver(N1));
            assertThat(client.route(Request.write(X, Value.of(2)))).isEqualTo(N1);
            assertThat(informed.route(Request.write(X, Value.of(3)))).isEqualTo(leader);
            assertThat(postgres.write(client, 2)).isEqualTo(Response.done());
            assertThat(postgres.write(informed, 3)).isEqualTo(Response.done());
            assertThat(postgres.await(postgres.cluster().leader())).contains(leader);
            postgres.await(faults.restart(N1));
            postgres.awaitConvergence();
            assertThat(postgres.readAt(N1)).isEqualTo(Response.ok(Value.of(3)));
        }
    }

    @Test
    void aSynchronousCommitIsNotAcknowledgedWithoutStandbysAndSurvivesAFailover() throws IOException {
        try (TestCluster postgres = new TestCluster(new PostgresTarget(), folder, 3, "standbys=any-1");
                Client client = postgres.connect(SESSION, N1)) {
            FaultControl faults = postgres.faults();
            postgres.await(faults.cut(postgres.around(N2)));
            assertThat(postgres.write(client, 1)).as("n3 confirms").isEqualTo(Response.done());
            postgres.await(faults.mend(postgres.around(N2)));
            postgres.await(faults.cut(postgres.around(N1)));
            CompletableFuture<Response> alone =
                    client.invoke(Request.write(X, Value.of(2)), N1).toCompletableFuture();
            assertThat(postgres.readAt(N1)).as("not yet visible").isEqualTo(Response.ok(Value.of(1)));
            assertThat(alone).isNotDone();

            Node leader = postgres.await(faults.failOver(N1));
            postgres.await(faults.mend(postgres.around(N1)));
            assertThat(postgres.await(alone)).isInstanceOf(Response.Info.class);
            assertThat(postgres.readAt(leader)).isEqualTo(Response.ok(Value.of(1)));
            try (Client another = postgres.connect(SESSION, N1)) {
                assertThat(postgres.write(another, 3))
                        .as("the other standby confirms")
                        .isEqualTo(Response.done());
            }
        }
    }

    @Test
    void theStandbyThatHasWhatWasAcknowledgedIsPromotedAndNotTheFirst() throws IOException {
        try (TestCluster postgres = new TestCluster(new PostgresTarget(), folder, 3, "standbys=any-1");
                Client client = postgres.connect(SESSION, N1)) {
            postgres.await(postgres.faults().cut(postgres.around(N2)));
            assertThat(postgres.write(client, 1)).as("n3 confirms").isEqualTo(Response.done());

            assertThat(postgres.await(postgres.faults().failOver(N1))).isEqualTo(N3);
            assertThat(postgres.readAt(N3)).isEqualTo(Response.ok(Value.of(1)));
        }
    }

    @Test
    void aPrimaryWhoseDiskIsFullHasWhatItAcknowledgedAndTakesWritesAgain() throws IOException {
        TestCluster.requireSmallDisks();
        try (TestCluster postgres = new TestCluster(new PostgresTarget(), Set.of(FaultKind.FULL_DISK), folder, 2);
                Client client = postgres.connect(new Session(0), N1)) {
            postgres.write(client, 1);
            postgres.assertFilledAndBack(N1, () -> postgres.write(client, 2));
            try (Client another = postgres.connect(new Session(1), N1)) {
                assertThat(postgres.write(another, 3)).isInstanceOf(Response.Ok.class);
            }
            postgres.awaitConvergence();
            assertThat(postgres.readAt(N2)).isEqualTo(postgres.readAt(N1));
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void whatCannotBeStartedIsRefusedWithAReason() throws IOException {
        assertThat(refusal(1)).hasMessageContaining("nodes: found 1, expected 2 or more");
        assertThat(refusal(2, "standbys=any-2")).hasMessageContaining("standbys: found any-2, expected at most 1");
        assertThat(refusal(3, "commit=remote_apply"))
                .hasMessageContaining("commit: found remote_apply with standbys=none");
        assertThat(refusal(2, "home=/no/such/place")).hasMessageContaining("apt-get install postgresql");
        assertThat(refusal(2, "version=any", "home=" + pretended("echo out of order; exit 3")))
                .hasMessageContainingAll("initdb of n1: failed; it ended with exit code 3", "out of order");
        assertThat(refusal(
                        2, "version=any", "home=" + pretended("case $0 in *postgres) echo not today; exit 4;; esac")))
                .hasMessageContainingAll("n1: did not start; it ended with exit code 4", "not today");
    }

    @Test
    void aPortThatIsTakenIsTriedThreeTimesAndThenSaid() throws IOException {
        String home = "home=" + pretended("case $0 in *postgres) echo bind: Address already in use; exit 1;; esac");

        assertThat(refusal(2, "version=any", home))
                .hasMessageContainingAll("n1: did not start; it ended with exit code 1", "Address already in use");
        assertThat(folder.resolve("n1.log")).content().hasLineCount(3);
    }

    @Test
    void aServerThatRefusesItsUserIsGivenUpAtOnceWithItsLastLines() throws IOException {
        String real;
        try (Launcher launcher = Launcher.open(folder.resolve("state"))) {
            real = Installation.find(launcher, "").programs().toString();
        }
        String home = "home=" + pretended("""
                for one in "$@"; do
                    case $one in hba_file=*) sed -i s/trust/reject/ "${one#hba_file=}";; esac
                done
                exec %s/$(basename $0) "$@"
                """.formatted(real));

        assertThat(refusal(2, "version=any", home))
                .hasMessageContainingAll(
                        "n1: refuses the user umpire", "it runs", "FATAL:  pg_hba.conf rejects connection");
    }

    @Test
    void aServerOfAnotherVersionIsRefusedBeforeAnyDataIsMade() throws IOException {
        Path home = pretended("echo 'postgres (PostgreSQL) 17.2'");

        assertThat(refusal(2, "home=" + home))
                .hasMessageContainingAll(
                        "found PostgreSQL 17.2, expected PostgreSQL 13 to 15,",
                        "to go on all the same: --set version=any");
        assertThat(folder.resolve("n1.log")).doesNotExist();
    }

    @Test
    void aNodeThatNeverGetsReadyIsGivenUpWithItsLastLines() throws IOException {
        String home = "home=" + pretended("case $0 in *postgres) echo I take my time; exec sleep 600;; esac");

        assertThat(GivenUpStart.refusal(new PostgresTarget(), folder, 2, "I take my time", "version=any", home))
                .hasMessageContainingAll("n1: n1 to answer SELECT 1: not within 20000 ms", "it runs", "I take my time");
    }

    private Path pretended(String script) throws IOException {
        return PretendedProgram.installation(folder, script, "bin/postgres", "bin/initdb", "bin/pg_basebackup");
    }

    private Throwable refusal(int nodes, String... settings) {
        return TestCluster.refusal(new PostgresTarget(), folder, nodes, settings);
    }
}
