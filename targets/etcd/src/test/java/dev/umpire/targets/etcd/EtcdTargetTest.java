package dev.umpire.targets.etcd;

import static dev.umpire.targets.etcd.TestCluster.N1;
import static dev.umpire.targets.etcd.TestCluster.N2;
import static dev.umpire.targets.etcd.TestCluster.N3;
import static dev.umpire.targets.etcd.TestCluster.X;
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
import dev.umpire.harness.target.Target;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EtcdTargetTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Session SESSION = new Session(0);

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        EtcdServer.required();
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Target.class)).extracting(Target::name).contains("etcd");
    }

    @Test
    void threeMembersUnderstandEveryFunctionAndLeaveNothingBehind() throws IOException {
        try (TestCluster etcd = new TestCluster(folder, 3)) {
            assertThat(etcd.await(etcd.cluster.leader())).isNotEmpty();
            try (Client client = etcd.cluster.connect(SESSION, N2)) {
                assertThat(result(etcd.ask(client, Request.read(X)))).isEqualTo(Value.NIL);
                Response.Ok written = (Response.Ok) etcd.write(client, 7);
                Response.Ok read = (Response.Ok) etcd.readAt(N3);
                assertThat(result(read)).isEqualTo(Value.of(7));
                assertThat(read.version())
                        .isNotEmpty()
                        .isEqualTo(written.version())
                        .isEqualTo(written.position());
                assertThat(read.asOf()).as("nothing was written since").isEqualTo(written.position());
                assertThat(ask(etcd, client, Request.snapshot(List.of(X, Value.of(5)))))
                        .isEqualTo(new Value.MapOf(Map.of(X, Value.of(7), Value.of(5), Value.NIL)));

                assertThat(swap(etcd, client, X, 8, 9)).isInstanceOf(Response.Fail.class);
                assertThat(swap(etcd, client, X, 7, 9)).isInstanceOf(Response.Ok.class);
                assertThat(ask(etcd, client, Request.read(X))).isEqualTo(Value.of(9));
                Value y = Value.of("y");
                Request first = Request.of(Request.CAS, y, Value.of(List.of(Value.NIL, Value.of(1))));
                assertThat(etcd.ask(client, first)).isInstanceOf(Response.Ok.class);
                assertThat(etcd.ask(client, first)).isInstanceOf(Response.Fail.class);

                Value list = Value.of("l1");
                Value longer = Value.of("l10");
                for (long element : List.of(30L, 4L, 200L)) {
                    etcd.ask(client, Request.of(Request.APPEND, list, Value.of(element)));
                    etcd.ask(client, Request.of(Request.APPEND, longer, Value.of(-element)));
                }
                assertThat(ask(etcd, client, Request.read(list)))
                        .isEqualTo(Value.of(List.of(Value.of(30), Value.of(4), Value.of(200))));
                etcd.ask(client, Request.of(Request.APPEND, list, Value.of(4)));
                assertThat(ask(etcd, client, Request.read(list)))
                        .as("one that was put twice")
                        .isEqualTo(Value.of(List.of(Value.of(30), Value.of(4), Value.of(4), Value.of(200))));

                Value set = Value.of("a set/with b");
                etcd.ask(client, Request.of(Request.ADD, set, Value.of(1)));
                etcd.ask(client, Request.of(Request.ADD, set, Value.of(2)));
                etcd.ask(client, Request.of(Request.REMOVE, set, Value.of(1)));
                assertThat(ask(etcd, client, Request.read(set))).isEqualTo(new Value.SetOf(Set.of(Value.of(2))));

                Value counter = Value.of("c1");
                etcd.ask(client, Request.of(Request.INCREMENT, counter, Value.of(2)));
                etcd.ask(client, Request.of(Request.INCREMENT, counter, Value.of(3)));
                assertThat(ask(etcd, client, Request.read(counter))).isEqualTo(Value.of(5));

                Request claim = Request.of(Request.CLAIM, Value.of("name"), Value.NIL);
                assertThat(etcd.ask(client, claim)).isInstanceOf(Response.Ok.class);
                assertThat(etcd.ask(client, claim)).isInstanceOf(Response.Fail.class);
                Request generate = Request.of(Request.GENERATE, Value.of("ids"), Value.NIL);
                assertThat(ask(etcd, client, generate)).isNotEqualTo(ask(etcd, client, generate));
            }
            awaitConvergence(etcd);
            assertThat(children()).hasSize(3);
            etcd.await(etcd.cluster.stop());
            assertThat(children()).isEmpty();
        }
        try (Stream<Path> journals = Files.list(folder.resolve("state/in-force"))) {
            assertThat(journals.filter(file -> !file.endsWith(".lock"))).isEmpty();
        }
    }

    @Test
    void requestsGoWhereTheSettingSays() throws IOException {
        try (TestCluster etcd = new TestCluster(folder, 2, "at=sticky")) {
            try (Client client = etcd.cluster.connect(new Session(1), N1)) {
                assertThat(client.route(Request.read(X))).isEqualTo(N2);
                assertThat(client.route(Request.write(X, Value.of(1)))).isEqualTo(N2);
                assertThat(client.route(Request.read(X).finallyAt(N1))).isEqualTo(N1);
            }
        }
    }

    @Test
    void aMemberThatIsCutOffAnswersAloneWithThePastAndNotWithTheOthersConsent() throws IOException {
        try (TestCluster etcd = new TestCluster(folder, 3, "reads=serializable")) {
            Node leader = etcd.await(etcd.cluster.leader()).orElseThrow();
            Node lost = leader.equals(N3) ? N2 : N3;
            try (Client client = etcd.cluster.connect(SESSION, leader)) {
                etcd.write(client, 1);
                awaitConvergence(etcd);
                Set<Link> around = around(lost);
                etcd.await(etcd.cluster.faults().cut(around));
                for (Link link : around) {
                    awaitProbe(() -> etcd.delivers(link.from(), link.to()), false);
                }
                Set<Node> others = new HashSet<>(etcd.cluster.nodes());
                others.remove(lost);
                for (Node from : others) {
                    for (Node to : others) {
                        if (!from.equals(to)) {
                            awaitProbe(() -> etcd.delivers(from, to), true);
                        }
                    }
                }
                Response.Ok second = (Response.Ok) etcd.write(client, 2);
                Response.Ok stale = (Response.Ok) etcd.readAt(lost);
                assertThat(result(stale)).as("stale").isEqualTo(Value.of(1));
                assertThat(stale.asOf().orElseThrow())
                        .isLessThan(second.position().orElseThrow());
                assertThat(etcd.await(etcd.cluster.convergence()).reached()).isFalse();

                etcd.await(etcd.cluster.faults().mend(around));
                for (Link link : around) {
                    awaitProbe(() -> etcd.delivers(link.from(), link.to()), true);
                }
                awaitConvergence(etcd);
                assertThat(result(etcd.readAt(lost))).isEqualTo(Value.of(2));
            }
        }
    }

    @Test
    void aCutOfOneWayIsToldFromTheOther() throws IOException {
        try (TestCluster etcd = new TestCluster(folder, 3)) {
            etcd.await(etcd.cluster.faults().cut(Set.of(new Link(N2, N1))));
            awaitProbe(() -> etcd.delivers(N2, N1), false);
            awaitProbe(() -> etcd.delivers(N3, N1), true);
            assertThat(etcd.delivers(N2, N1).evidence()).startsWith("a message dialled n2→n1 did not arrive");
            etcd.await(etcd.cluster.faults().mend(Set.of(new Link(N2, N1))));
            awaitProbe(() -> etcd.delivers(N2, N1), true);
        }
    }

    @Test
    void aPausedMemberDoesNotAnswerUntilItGoesOn() throws IOException {
        try (TestCluster etcd = new TestCluster(folder, 3)) {
            FaultControl faults = etcd.cluster.faults();
            etcd.await(faults.pause(N2));
            awaitProbe(() -> etcd.await(faults.answers(N2)), false);
            assertThat(etcd.await(faults.answers(N1)).positive()).isTrue();
            assertThat(etcd.delivers(N1, N2).evidence()).startsWith("n2 itself does not answer");
            etcd.await(faults.resume(N2));
            awaitProbe(() -> etcd.await(faults.answers(N2)), true);
        }
    }

    @Test
    void aKilledMemberComesBackWithWhatWasAcknowledged() throws IOException {
        try (TestCluster etcd = new TestCluster(folder, 3)) {
            FaultControl faults = etcd.cluster.faults();
            try (Client client = etcd.cluster.connect(SESSION, N1)) {
                etcd.write(client, 1);
                etcd.await(faults.crash(N1));
                assertThat(etcd.await(faults.answers(N1)).positive()).isFalse();
                assertThat(etcd.write(client, 2)).isNotInstanceOf(Response.Ok.class);
            }
            try (Client another = etcd.cluster.connect(SESSION, N1)) {
                assertThat(etcd.write(another, 3)).as("not connected").isInstanceOf(Response.Fail.class);
            }
            etcd.await(faults.restart(N1));
            awaitProbe(() -> etcd.await(faults.answers(N1)), true);
            awaitConvergence(etcd);
            assertThat(result(etcd.readAt(N1))).isEqualTo(Value.of(1));
        }
    }

    @Test
    void whenTheLeaderIsLostAnotherOneIsElectedAndNothingIsLost() throws IOException {
        try (TestCluster etcd = new TestCluster(folder, 3)) {
            Node old = etcd.await(etcd.cluster.leader()).orElseThrow();
            try (Client client = etcd.cluster.connect(SESSION, old)) {
                etcd.write(client, 1);
            }
            Node leader = etcd.await(etcd.cluster.faults().failOver(old));
            assertThat(leader).isNotEqualTo(old);
            assertThat(result(etcd.readAt(leader))).isEqualTo(Value.of(1));
            etcd.await(etcd.cluster.faults().restart(old));
            awaitConvergence(etcd);
        }
    }

    @Test
    void whatCannotBeStartedIsRefusedWithAReason() throws IOException {
        RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
        try (Launcher launcher = Launcher.open(folder.resolve("state"))) {
            assertThatThrownBy(() -> start(environment, launcher, "home=no-etcd-here"))
                    .hasMessageContaining("apt-get install etcd-server");
            assertThatThrownBy(() -> start(environment, launcher, "home=/bin/false"))
                    .hasMessageContaining("n1: did not start; it ended with exit code 1");
            assertThat(children()).isEmpty();
        } finally {
            environment.close();
        }
    }

    private void start(RealEnvironment environment, Launcher launcher, String setting) {
        environment.await(
                "start", new EtcdTarget().start(TestCluster.context(environment, launcher, folder, 3, setting)));
    }

    private static Set<Link> around(Node node) {
        Set<Link> around = new HashSet<>();
        for (Node other : List.of(N1, N2, N3)) {
            if (!other.equals(node)) {
                around.add(new Link(node, other));
                around.add(new Link(other, node));
            }
        }
        return around;
    }

    private static Value ask(TestCluster etcd, Client client, Request request) {
        return result(etcd.ask(client, request));
    }

    private static Response swap(TestCluster etcd, Client client, Value key, long old, long fresh) {
        return etcd.ask(client, Request.of(Request.CAS, key, Value.of(List.of(Value.of(old), Value.of(fresh)))));
    }

    private static Value result(Response response) {
        assertThat(response).isInstanceOf(Response.Ok.class);
        return ((Response.Ok) response).result().orElseThrow();
    }

    private static void awaitConvergence(TestCluster etcd) {
        await("convergence").atMost(LIMIT).pollInSameThread().untilAsserted(() -> {
            Convergence seen = etcd.await(etcd.cluster.convergence());
            assertThat(seen.reached()).as(seen.lastSeen()).isTrue();
        });
    }

    private static void awaitProbe(Callable<Observation> probe, boolean expected) {
        await("probe").atMost(LIMIT).pollInSameThread().ignoreExceptions().untilAsserted(() -> {
            Observation seen = probe.call();
            assertThat(seen.positive()).as(seen.evidence()).isEqualTo(expected);
        });
    }

    private static List<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }
}
