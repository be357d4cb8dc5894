package dev.umpire.targets.etcd;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static dev.umpire.targets.testing.TestCluster.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.target.Client;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EtcdTargetTest {

    private static final Session SESSION = new Session(0);

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        InstalledStore.required("etcd", launcher -> launcher.program("etcd", "etcd-server"));
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Target.class)).extracting(Target::name).contains("etcd");
    }

    @Test
    void threeMembersUnderstandEveryFunctionAndLeaveNothingBehind() throws IOException {
        try (TestCluster etcd = new TestCluster(new EtcdTarget(), folder, 3)) {
            assertThat(etcd.await(etcd.cluster().leader())).isNotEmpty();
            assertThat(etcd.await(etcd.cluster().version()))
                    .hasValueSatisfying(version -> assertThat(version).matches("\\d+\\.\\d+\\.\\d+"));
            try (Client client = etcd.connect(SESSION, N2)) {
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
                Request removal = Request.of(Request.REMOVE, set, Value.of(1));
                assertThat(((Response.Ok) etcd.ask(client, removal)).position()).isNotEmpty();
                assertThat(etcd.ask(client, removal))
                        .as("nothing was there: the revision is that of the first removal")
                        .isEqualTo(Response.done());
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
            etcd.awaitConvergence();
            assertThat(TestCluster.children()).hasSize(3);
            etcd.await(etcd.cluster().stop());
            assertThat(TestCluster.children()).isEmpty();
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void requestsGoWhereTheSettingSays() throws IOException {
        try (TestCluster etcd = new TestCluster(new EtcdTarget(), folder, 2, "at=sticky")) {
            try (Client client = etcd.connect(new Session(1), N1)) {
                assertThat(client.route(Request.read(X))).isEqualTo(N2);
                assertThat(client.route(Request.write(X, Value.of(1)))).isEqualTo(N2);
                assertThat(client.route(Request.read(X).finallyAt(N1))).isEqualTo(N1);
            }
        }
    }

    @Test
    void aMemberThatIsCutOffAnswersAloneWithThePastAndNotWithTheOthersConsent() throws IOException {
        try (TestCluster etcd = new TestCluster(new EtcdTarget(), folder, 3, "reads=serializable")) {
            Node leader = etcd.await(etcd.cluster().leader()).orElseThrow();
            Node lost = leader.equals(N3) ? N2 : N3;
            try (Client client = etcd.connect(SESSION, leader)) {
                etcd.write(client, 1);
                etcd.awaitConvergence();
                Set<Link> around = etcd.around(lost);
                etcd.await(etcd.faults().cut(around));
                for (Link link : around) {
                    etcd.awaitDelivers(link, false);
                }
                Set<Node> others = new HashSet<>(etcd.cluster().nodes());
                others.remove(lost);
                for (Node from : others) {
                    for (Node to : others) {
                        if (!from.equals(to)) {
                            etcd.awaitDelivers(new Link(from, to), true);
                        }
                    }
                }
                Response.Ok second = (Response.Ok) etcd.write(client, 2);
                Response.Ok stale = (Response.Ok) etcd.readAt(lost);
                assertThat(result(stale)).as("stale").isEqualTo(Value.of(1));
                assertThat(stale.asOf().orElseThrow())
                        .isLessThan(second.position().orElseThrow());
                assertThat(etcd.await(etcd.cluster().convergence()).reached()).isFalse();

                etcd.await(etcd.faults().mend(around));
                for (Link link : around) {
                    etcd.awaitDelivers(link, true);
                }
                etcd.awaitConvergence();
                assertThat(result(etcd.readAt(lost))).isEqualTo(Value.of(2));
            }
        }
    }

    @Test
    void aMemberWhoseDiskIsFullComesBackAndTheOthersGoOn() throws IOException {
        TestCluster.requireSmallDisks();
        try (TestCluster etcd = new TestCluster(new EtcdTarget(), Set.of(FaultKind.FULL_DISK), folder, 3);
                Client client = etcd.connect(new Session(0), N1)) {
            etcd.write(client, 1);
            etcd.assertFilledAndBack(N3, () -> assertThat(etcd.write(client, 2)).isInstanceOf(Response.Ok.class));
            etcd.awaitConvergence();
            assertThat(result(etcd.readAt(N3))).isEqualTo(Value.of(2));
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void aLostMemberIsTakenOutAndAnotherJoinsInItsPlaceWithAllThatWasWritten() throws IOException {
        try (TestCluster etcd = new TestCluster(new EtcdTarget(), Set.of(FaultKind.MEMBERSHIP), folder, 3);
                Client client = etcd.connect(SESSION, N1)) {
            etcd.write(client, 1);
            assertThat(etcd.await(etcd.faults().isMember(N3)).positive()).isTrue();

            etcd.await(etcd.faults().leave(N3));
            etcd.await(etcd.faults().restart(N3));
            assertThat(TestCluster.children()).hasSize(2);
            assertThat(etcd.await(etcd.faults().isMember(N3)).evidence()).endsWith("lists no member n3");
            etcd.awaitAnswers(N3, false);
            assertThat(etcd.write(client, 2)).isInstanceOf(Response.Ok.class);

            etcd.await(etcd.faults().join(N3));
            assertThat(etcd.await(etcd.faults().isMember(N3)).evidence()).endsWith(" lists n3");
            assertThat(result(etcd.readAt(N3))).isEqualTo(Value.of(2));
            etcd.awaitDelivers(new Link(N1, N3), true);
            assertThat(folder.resolve("n3.log")).content().contains("\"initial-cluster-state\":\"existing\"");

            etcd.await(etcd.faults().crash(N3));
            etcd.await(etcd.faults().join(N3));
            assertThat(folder.resolve("n3.log"))
                    .content()
                    .as("a member that is one already keeps what it has")
                    .contains("restarting local member");
            etcd.awaitConvergence();
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void whatCannotBeStartedIsRefusedWithAReason() {
        assertThat(refusal(3, "home=no-etcd-here")).hasMessageContaining("apt-get install etcd-server");
        assertThat(refusal(3, "home=/bin/false", "version=any"))
                .hasMessageContaining("n1: did not start; it ended with exit code 1");
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

    @Test
    void aPortThatIsTakenIsSaid() throws IOException {
        Path program = PretendedProgram.write(folder.resolve("taken"), "echo bind: address already in use; exit 1");

        assertThat(refusal(3, "home=" + program, "version=any"))
                .hasMessageContainingAll("did not start; it ended with exit code 1", "address already in use");
        assertThat(folder.resolve("n1.log")).content().contains("address already in use");
    }

    @Test
    void aServerOfAnotherVersionIsRefusedBeforeItRuns() throws IOException {
        Path program = PretendedProgram.write(folder.resolve("newer"), "echo etcd Version: 3.6.0; echo Git SHA: 0");

        assertThat(refusal(3, "home=" + program))
                .hasMessageContainingAll(
                        program + ": found etcd 3.6.0, expected etcd 3.4,", "to go on all the same: --set version=any");
        assertThat(folder.resolve("n1.log")).doesNotExist();
    }

    @Test
    void aMemberThatNeverGetsReadyIsGivenUpWithItsLastLines() throws IOException {
        Path program = PretendedProgram.write(folder.resolve("mute"), "echo I take my time; exec sleep 600");

        assertThat(GivenUpStart.refusal(
                        new EtcdTarget(), folder, 3, "I take my time", "home=" + program, "version=any"))
                .hasMessageContainingAll("n1: n1 to be healthy: not within 30000 ms", "it runs", "I take my time");
    }

    private Throwable refusal(int nodes, String... settings) {
        return TestCluster.refusal(new EtcdTarget(), folder, nodes, settings);
    }
}
