package dev.umpire.targets.postgres;

import static dev.umpire.targets.postgres.TestCluster.N1;
import static dev.umpire.targets.postgres.TestCluster.N2;
import static dev.umpire.targets.postgres.TestCluster.N3;
import static dev.umpire.targets.postgres.TestCluster.X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PostgresTargetTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Session SESSION = new Session(0);
    private static final Set<Link> AROUND_N1 =
            Set.of(new Link(N1, N2), new Link(N2, N1), new Link(N1, N3), new Link(N3, N1));
    private static final Set<Link> AROUND_N2 =
            Set.of(new Link(N1, N2), new Link(N2, N1), new Link(N2, N3), new Link(N3, N2));

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        PostgresServer.required();
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
        try (TestCluster postgres = new TestCluster(folder, 3)) {
            assertThat(postgres.cluster.nodes()).containsExactly(N1, N2, N3);
            assertThat(postgres.await(postgres.cluster.leader())).contains(N1);
            try (Client client = postgres.cluster.connect(SESSION, N2)) {
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
                assertThat(postgres.await(client.invoke(Request.write(X, Value.of(8)), N3)))
                        .isInstanceOf(Response.Fail.class)
                        .asString()
                        .contains("read-only transaction (25006)");
            }
            awaitConvergence(postgres);
            assertThat(postgres.readAt(N3)).isEqualTo(Response.ok(Value.of(7)));
            assertThat(children()).hasSize(3);
            postgres.await(postgres.cluster.stop());
            assertThat(children()).isEmpty();
            assertThat(folder.resolve("n2.log")).content().contains("starting PostgreSQL ", "started streaming WAL");
        }
        try (Stream<Path> journals = Files.list(folder.resolve("state/in-force"))) {
            assertThat(journals.filter(file -> !file.endsWith(".lock"))).isEmpty();
        }
    }

    private static void done(TestCluster postgres, Client client, Request request) {
        assertThat(postgres.ask(client, request)).as("%s", request).isEqualTo(Response.done());
    }

    private static Request swap(Value key, Value old, Value fresh) {
        return Request.of(Request.CAS, key, Value.of(List.of(old, fresh)));
    }

    @Test
    void acknowledgedWritesStayUnseenBehindACutThatProbesSeeComeAndGo() throws IOException {
        try (TestCluster postgres = new TestCluster(folder, 3);
                Client client = postgres.cluster.connect(SESSION, N1)) {
            postgres.write(client, 1);
            awaitConvergence(postgres);
            for (Link link : AROUND_N2) {
                Observation seen = postgres.delivers(link.from(), link.to());
                assertThat(seen.positive()).as(seen.evidence()).isTrue();
            }

            postgres.await(postgres.cluster.faults().cut(AROUND_N2));
            assertThat(postgres.write(client, 2)).isEqualTo(Response.done());

            for (Link link : AROUND_N2) {
                Observation seen = postgres.delivers(link.from(), link.to());
                assertThat(seen.positive()).as(seen.evidence()).isFalse();
                assertThat(seen.evidence()).contains(link + " did not arrive after");
            }
            assertThat(postgres.delivers(N1, N2).evidence()).contains("one in the log did not arrive");
            assertThat(postgres.delivers(N1, N3).evidence())
                    .contains("dialled n1→n3 arrived", "one in the log arrived");
            assertThat(postgres.readAt(N3)).isEqualTo(Response.ok(Value.of(2)));
            assertThat(postgres.readAt(N2)).as("stale").isEqualTo(Response.ok(Value.of(1)));
            assertThat(postgres.await(postgres.cluster.convergence()).reached()).isFalse();

            postgres.await(postgres.cluster.faults().mend(AROUND_N2));
            for (Link link : AROUND_N2) {
                awaitPositive(() -> postgres.delivers(link.from(), link.to()));
            }
            awaitConvergence(postgres);
            assertThat(postgres.readAt(N2)).isEqualTo(Response.ok(Value.of(2)));

            postgres.await(postgres.cluster.faults().cut(Set.of(new Link(N2, N1))));
            assertThat(postgres.delivers(N2, N1).positive()).as("one way").isFalse();
            assertThat(postgres.delivers(N1, N2).positive()).as("the other way").isTrue();
        }
    }

    @Test
    void aTokenMakesAStandbyWaitUntilItHasWhatTheSessionWrote() throws IOException {
        try (TestCluster postgres = new TestCluster(folder, 3, "reads=token");
                Client client = postgres.cluster.connect(SESSION, N2)) {
            postgres.write(client, 1);
            assertThat(client.route(Request.read(X))).isEqualTo(N2);
            assertThat(postgres.ask(client, Request.read(X))).isEqualTo(Response.ok(Value.of(1)));
            postgres.await(postgres.cluster.faults().cut(AROUND_N2));
            postgres.write(client, 2);
            CompletableFuture<Response> waits =
                    client.invoke(Request.read(X), N2).toCompletableFuture();
            assertThat(postgres.ask(client, Request.read(X).finallyAt(N2))).isEqualTo(Response.ok(Value.of(1)));
            assertThat(waits).isNotDone();
            postgres.await(postgres.cluster.faults().mend(AROUND_N2));
            assertThat(postgres.await(waits)).isEqualTo(Response.ok(Value.of(2)));
        }
    }

    @Test
    void aPausedOrKilledNodeDoesNotAnswerUntilItIsBack() throws IOException {
        try (TestCluster postgres = new TestCluster(folder, 2);
                Client client = postgres.cluster.connect(SESSION, N1)) {
            FaultControl faults = postgres.cluster.faults();
            postgres.write(client, 1);
            postgres.await(faults.pause(N1));
            assertThat(postgres.await(faults.answers(N1)).positive()).isFalse();
            CompletableFuture<Response> onOldConnection =
                    client.invoke(Request.read(X), N1).toCompletableFuture();
            assertThat(postgres.delivers(N2, N1).evidence()).startsWith("n1 itself does not answer");
            assertThat(onOldConnection).as("its connections stand still too").isNotDone();
            postgres.await(faults.resume(N1));
            assertThat(postgres.await(onOldConnection)).isEqualTo(Response.ok(Value.of(1)));
            awaitPositive(() -> postgres.await(faults.answers(N1)));

            postgres.await(faults.crash(N1));
            assertThat(postgres.await(faults.answers(N1)).evidence()).contains("SELECT 1 to n1 was not answered");
            assertThat(postgres.write(client, 2)).as("on a broken connection").isInstanceOf(Response.Info.class);
            try (Client another = postgres.cluster.connect(SESSION, N1)) {
                assertThat(postgres.write(another, 3)).as("not connected").isInstanceOf(Response.Fail.class);
            }
            postgres.await(faults.restart(N1));
            awaitPositive(() -> postgres.await(faults.answers(N1)));
            awaitConvergence(postgres);
            assertThat(postgres.readAt(N1)).isEqualTo(Response.ok(Value.of(1)));
            assertThat(postgres.readAt(N2)).isEqualTo(Response.ok(Value.of(1)));
        }
    }

    @Test
    void anAsynchronousFailoverLosesWhatTheOldLeaderAcknowledgedAlone() throws IOException {
        try (TestCluster postgres = new TestCluster(folder, 3);
                Client client = postgres.cluster.connect(SESSION, N1)) {
            FaultControl faults = postgres.cluster.faults();
            postgres.write(client, 1);
            awaitConvergence(postgres);

            postgres.await(faults.cut(AROUND_N1));
            assertThat(postgres.write(client, 2)).as("still reached").isEqualTo(Response.done());
            Node leader = postgres.await(faults.failOver(N1));
            postgres.await(faults.mend(AROUND_N1));

            assertThat(leader).isIn(N2, N3);
            assertThat(postgres.await(postgres.cluster.leader())).contains(leader);
            assertThat(postgres.readAt(leader)).as("2 is lost").isEqualTo(Response.ok(Value.of(1)));
            try (Client another = postgres.cluster.connect(SESSION, N1)) {
                assertThat(postgres.write(another, 3)).isEqualTo(Response.done());
            }
            postgres.await(faults.restart(N1));
            awaitConvergence(postgres);
            assertThat(postgres.readAt(N1)).isEqualTo(Response.ok(Value.of(3)));
            assertThat(folder.resolve("n1.log")).content().contains("pg_rewind: Done!");
        }
    }

    @Test
    void anUnfencedLeaderIsStillWrittenToAndComesBackByACopy() throws IOException {
        try (TestCluster postgres = new TestCluster(folder, 3, "fencing=no", "rejoin=copy");
                Client client = postgres.cluster.connect(SESSION, N1);
                Client informed = postgres.cluster.connect(new Session(1), N2)) {
            FaultControl faults = postgres.cluster.faults();
            postgres.write(client, 1);
            Node leader = postgres.await(faults.failOver(N1));
            assertThat(client.route(Request.write(X, Value.of(2)))).isEqualTo(N1);
            assertThat(informed.route(Request.write(X, Value.of(3)))).isEqualTo(leader);
            assertThat(postgres.write(client, 2)).isEqualTo(Response.done());
            assertThat(postgres.write(informed, 3)).isEqualTo(Response.done());
            assertThat(postgres.await(postgres.cluster.leader())).contains(leader);
            postgres.await(faults.restart(N1));
            awaitConvergence(postgres);
            assertThat(postgres.readAt(N1)).isEqualTo(Response.ok(Value.of(3)));
        }
    }

    @Test
    void aSynchronousCommitIsNotAcknowledgedWithoutStandbysAndSurvivesAFailover() throws IOException {
        try (TestCluster postgres = new TestCluster(folder, 3, "standbys=any-1");
                Client client = postgres.cluster.connect(SESSION, N1)) {
            FaultControl faults = postgres.cluster.faults();
            postgres.await(faults.cut(AROUND_N2));
            assertThat(postgres.write(client, 1)).as("n3 confirms").isEqualTo(Response.done());
            postgres.await(faults.mend(AROUND_N2));
            postgres.await(faults.cut(AROUND_N1));
            CompletableFuture<Response> alone =
                    client.invoke(Request.write(X, Value.of(2)), N1).toCompletableFuture();
            assertThat(postgres.readAt(N1)).as("not yet visible").isEqualTo(Response.ok(Value.of(1)));
            assertThat(alone).isNotDone();

            Node leader = postgres.await(faults.failOver(N1));
            postgres.await(faults.mend(AROUND_N1));
            assertThat(postgres.await(alone)).isInstanceOf(Response.Info.class);
            assertThat(postgres.readAt(leader)).isEqualTo(Response.ok(Value.of(1)));
            try (Client another = postgres.cluster.connect(SESSION, N1)) {
                assertThat(postgres.write(another, 3))
                        .as("the other standby confirms")
                        .isEqualTo(Response.done());
            }
        }
    }

    @Test
    void theStandbyThatHasWhatWasAcknowledgedIsPromotedAndNotTheFirst() throws IOException {
        try (TestCluster postgres = new TestCluster(folder, 3, "standbys=any-1");
                Client client = postgres.cluster.connect(SESSION, N1)) {
            postgres.await(postgres.cluster.faults().cut(AROUND_N2));
            assertThat(postgres.write(client, 1)).as("n3 confirms").isEqualTo(Response.done());

            assertThat(postgres.await(postgres.cluster.faults().failOver(N1))).isEqualTo(N3);
            assertThat(postgres.readAt(N3)).isEqualTo(Response.ok(Value.of(1)));
        }
    }

    @Test
    void whatCannotBeStartedIsRefusedWithAReason() throws IOException {
        RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
        try (Launcher launcher = Launcher.open(folder.resolve("state"))) {
            assertThatThrownBy(() -> start(environment, launcher, 1))
                    .hasMessageContaining("nodes: found 1, expected 2 or more");
            assertThatThrownBy(() -> start(environment, launcher, 2, "standbys=any-2"))
                    .hasMessageContaining("standbys: found any-2, expected at most 1");
            assertThatThrownBy(() -> start(environment, launcher, 3, "commit=remote_apply"))
                    .hasMessageContaining("commit: found remote_apply with standbys=none");
            assertThatThrownBy(() -> start(environment, launcher, 2, "home=/no/such/place"))
                    .hasMessageContaining("apt-get install postgresql");
            assertThatThrownBy(() -> start(environment, launcher, 2, "home=" + pretended("echo out of order; exit 3")))
                    .hasMessageContainingAll("initdb of n1: failed; it ended with exit code 3", "out of order");
            assertThatThrownBy(() -> start(
                            environment,
                            launcher,
                            2,
                            "home=" + pretended("case $0 in *postgres) echo not today; exit 4;; esac")))
                    .hasMessageContainingAll("n1: did not start; it ended with exit code 4", "not today");
            assertThat(children()).isEmpty();
        } finally {
            environment.close();
        }
    }

    /** An installation whose every program is this script. */
    private Path pretended(String script) throws IOException {
        Path home = Files.createDirectory(folder.resolve("home" + script.hashCode()));
        // the user as whom servers run must come to it
        for (Path open : List.of(folder, home)) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path programs = Files.createDirectory(home.resolve("bin"));
        for (String name : List.of("postgres", "initdb", "pg_basebackup")) {
            Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
            program.toFile().setExecutable(true, false);
        }
        return home;
    }

    private void start(RealEnvironment environment, Launcher launcher, int nodes, String... settings) {
        StartContext context = TestCluster.context(environment, launcher, folder, nodes, settings);
        environment.await("start", new PostgresTarget().start(context));
    }

    private static void awaitConvergence(TestCluster postgres) {
        await("convergence").atMost(LIMIT).pollInSameThread().untilAsserted(() -> {
            Convergence seen = postgres.await(postgres.cluster.convergence());
            assertThat(seen.reached()).as(seen.lastSeen()).isTrue();
        });
    }

    private static void awaitPositive(Callable<Observation> probe) {
        await("probe").atMost(LIMIT).pollInSameThread().ignoreExceptions().untilAsserted(() -> {
            Observation seen = probe.call();
            assertThat(seen.positive()).as(seen.evidence()).isTrue();
        });
    }

    private static List<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }
}
