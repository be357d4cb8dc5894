package dev.umpire.targets.zookeeper;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static dev.umpire.targets.testing.TestCluster.X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Runner;
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
import dev.umpire.targets.testing.PretendedJar;
import dev.umpire.targets.testing.RunningCluster;
import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class ZooKeeperTargetTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Session SESSION = new Session(0);

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        ZooKeeperServer.required();
    }

    @Test
    void aLostServerIsTakenOutAndComesBackOnAnEmptyDiskWithAllThatWasWritten() throws IOException {
        try (TestCluster zookeeper = new TestCluster(new ZooKeeperTarget(), Set.of(FaultKind.MEMBERSHIP), folder, 3);
                Client client = zookeeper.connect(SESSION, N1)) {
            zookeeper.write(client, 1);
            assertThat(zookeeper.await(zookeeper.faults().isMember(N3)).evidence())
                    .endsWith(" lists n3");

            zookeeper.await(zookeeper.faults().leave(N3));
            assertThat(zookeeper.await(zookeeper.faults().isMember(N3)).evidence())
                    .endsWith(" lists no server n3");
            zookeeper.await(zookeeper.faults().restart(N3));
            assertThat(zookeeper.answers(N3).positive()).isFalse();
            assertThat(zookeeper.write(client, 2)).isInstanceOf(Response.Ok.class);

            zookeeper.await(zookeeper.faults().join(N3));
            assertThat(zookeeper.await(zookeeper.faults().isMember(N3)).evidence())
                    .endsWith(" lists n3");
            assertThat(awaitRead(zookeeper, N3)).isEqualTo(Value.of(2));
            zookeeper.awaitDelivers(new Link(N1, N3), true);
            zookeeper.awaitDelivers(new Link(N3, N1), true);

            // it counts: with n2 away it is one of the two who agree
            zookeeper.await(zookeeper.faults().crash(N2));
            assertThat(awaitWrite(zookeeper, client, 3)).isInstanceOf(Response.Ok.class);
            zookeeper.await(zookeeper.faults().restart(N2));

            // as a member it is started as any other one
            zookeeper.await(zookeeper.faults().crash(N3));
            zookeeper.await(zookeeper.faults().join(N3));
            zookeeper.awaitConvergence();
            assertThat(awaitRead(zookeeper, N3)).isEqualTo(Value.of(3));
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void anotherMembershipOfTwoIsRefusedBeforeTheStart() {
        assertThatThrownBy(() -> Runner.requirePossible(
                        PlanBuilder.real("zookeeper")
                                .nodes(2)
                                .nemesis("membership")
                                .build(),
                        new ZooKeeperTarget()))
                .hasMessage("nemesis: found membership with nodes=2, expected 3 nodes or more");
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Target.class)).extracting(Target::name).contains("zookeeper");
    }

    @Test
    void threeServersTakeRequestsAndFaultsAndLeaveNothingBehind() throws IOException {
        try (TestCluster zookeeper =
                new TestCluster(new ZooKeeperTarget(), Set.of(FaultKind.CLIENT_CUT), folder, 3, "reads=sync")) {
            assertThat(zookeeper.await(zookeeper.cluster().version())).contains(ZooKeeperSettings.VERSION);
            try (Client client = zookeeper.connect(SESSION, N2)) {
                whatIsWrittenIsReadAtItsTransaction(zookeeper, client);
                onlyTheFirstOfTwoSwapsAndClaimsSucceeds(zookeeper, client);
                assertThat(zookeeper.ask(client, Request.of(Request.APPEND, X, Value.of(1))))
                        .isEqualTo(new Response.Fail("function: found append, which this target has not"));
            }
            aCutOfOneWayIsToldFromTheOther(zookeeper);
            aPausedServerDoesNotAnswerUntilItGoesOn(zookeeper);
            zookeeper.assertSlowedAndQuickAgain(new Link(N1, N2));
            RunningCluster.assertClientsCutAndSlowed(zookeeper, N2, N1);
            zookeeper.assertStopsCleanlyAndComesBack(N2, "ZooKeeper");
            zookeeper.awaitConvergence();
            assertThat(TestCluster.children()).hasSize(3);
            zookeeper.await(zookeeper.cluster().stop());
            assertThat(TestCluster.children()).isEmpty();
        }
        TestCluster.assertNothingInForce(folder);
    }

    private static void whatIsWrittenIsReadAtItsTransaction(TestCluster zookeeper, Client client) {
        assertThat(zookeeper.ask(client, Request.read(X))).isEqualTo(Response.ok(Value.NIL));
        Response.Ok written = (Response.Ok) zookeeper.write(client, 7);
        Response.Ok read = (Response.Ok) zookeeper.readAt(N3);
        assertThat(read.result()).contains(Value.of(7));
        assertThat(read.version()).isNotEmpty().isEqualTo(written.version()).isEqualTo(written.position());
    }

    private static void onlyTheFirstOfTwoSwapsAndClaimsSucceeds(TestCluster zookeeper, Client client) {
        assertThat(swap(zookeeper, client, X, Value.of(8), 9)).isInstanceOf(Response.Fail.class);
        assertThat(swap(zookeeper, client, X, Value.of(7), 9)).isInstanceOf(Response.Ok.class);
        assertThat(result(zookeeper.readAt(N1))).isEqualTo(Value.of(9));
        Value y = Value.of("y");
        assertThat(swap(zookeeper, client, y, Value.of(1), 2)).as("of nothing").isInstanceOf(Response.Fail.class);
        assertThat(swap(zookeeper, client, y, Value.NIL, 1)).isInstanceOf(Response.Ok.class);
        assertThat(swap(zookeeper, client, y, Value.NIL, 1)).isInstanceOf(Response.Fail.class);
        Request claim = Request.of(Request.CLAIM, Value.of("a name/with b"), Value.NIL);
        assertThat(zookeeper.ask(client, claim)).isInstanceOf(Response.Ok.class);
        assertThat(zookeeper.ask(client, claim)).isInstanceOf(Response.Fail.class);
    }

    private static void aCutOfOneWayIsToldFromTheOther(TestCluster zookeeper) {
        Link link = new Link(N1, N2);
        zookeeper.awaitDelivers(link, true);
        zookeeper.await(zookeeper.faults().cut(Set.of(link)));
        zookeeper.awaitDelivers(link, false);
        assertThat(zookeeper.delivers(link).evidence()).startsWith("a greeting dialled n1→n2 did not arrive");
        zookeeper.awaitDelivers(new Link(N2, N1), true);
        zookeeper.await(zookeeper.faults().mend(Set.of(link)));
        zookeeper.awaitDelivers(link, true);
    }

    private static void aPausedServerDoesNotAnswerUntilItGoesOn(TestCluster zookeeper) {
        zookeeper.await(zookeeper.faults().pause(N2));
        zookeeper.awaitAnswers(N2, false);
        assertThat(zookeeper.answers(N1).positive()).isTrue();
        assertThat(zookeeper.delivers(N1, N2).evidence()).startsWith("n2 itself does not answer");
        zookeeper.await(zookeeper.faults().resume(N2));
        zookeeper.awaitAnswers(N2, true);
    }

    @Test
    void requestsGoWhereTheSettingSays() throws IOException {
        try (TestCluster zookeeper = new TestCluster(new ZooKeeperTarget(), folder, 2, "at=sticky")) {
            try (Client client = zookeeper.connect(new Session(1), N1)) {
                assertThat(client.route(Request.read(X))).isEqualTo(N2);
                assertThat(client.route(Request.write(X, Value.of(1)))).isEqualTo(N2);
                assertThat(client.route(Request.read(X).finallyAt(N1))).isEqualTo(N1);
            }
        }
    }

    @Test
    void aServerThatIsCutOffAnswersLocallyWithThePastAndCatchesUpAfterwards() throws IOException {
        try (TestCluster zookeeper = cluster("reads=local")) {
            Node lost = follower(zookeeper, node -> true);
            Node other = follower(zookeeper, node -> !node.equals(lost));
            try (Client here = zookeeper.connect(SESSION, other);
                    Client there = zookeeper.connect(new Session(1), lost)) {
                zookeeper.write(there, 1);
                zookeeper.awaitConvergence();
                Set<Link> around = zookeeper.around(lost);
                zookeeper.await(zookeeper.faults().cut(around));
                assertThat(zookeeper.write(here, 2)).isInstanceOf(Response.Ok.class);
                assertThat(result(zookeeper.ask(there, Request.read(X))))
                        .as("stale")
                        .isEqualTo(Value.of(1));
                for (Link link : around) {
                    zookeeper.awaitDelivers(link, false);
                }
                assertThat(zookeeper.await(zookeeper.cluster().convergence()).reached())
                        .isFalse();

                zookeeper.await(zookeeper.faults().mend(around));
                for (Link link : around) {
                    zookeeper.awaitDelivers(link, true);
                }
                zookeeper.awaitConvergence();
                assertThat(awaitRead(zookeeper, lost)).isEqualTo(Value.of(2));
            }
        }
    }

    @Test
    void aReadAfterAWriteIsNotAnsweredByAServerThatIsCutOff() throws IOException {
        try (TestCluster zookeeper = cluster("reads=after-write")) {
            Node lost = zookeeper.await(zookeeper.cluster().leader()).orElseThrow();
            try (Client client = zookeeper.connect(SESSION, lost)) {
                zookeeper.write(client, 1);
                assertThat(result(zookeeper.ask(client, Request.read(X)))).isEqualTo(Value.of(1));
                zookeeper.await(zookeeper.faults().cut(zookeeper.around(lost)));
                assertThat(zookeeper.ask(client, Request.read(X))).isInstanceOf(Response.Fail.class);
                zookeeper.await(zookeeper.faults().mend(zookeeper.around(lost)));
            }
            zookeeper.awaitConvergence();
        }
    }

    @Test
    void jarsThatAreNotThereAreRefusedWithTheCommandThatFetchesThem() {
        assertThat(refusal("version=0.0.0"))
                .hasMessageContaining("zookeeper 0.0.0: found no jars in")
                .hasMessageContaining("pom.xml package");
    }

    @Test
    void aPortThatIsTakenIsSaid() throws IOException {
        Path home = PretendedJar.write(
                folder.resolve("taken"),
                Layout.MAIN_CLASS,
                "System.err.println(\"java.net.BindException: Address already in use\"); System.exit(3);");

        assertThat(refusal("home=" + home, "version=any"))
                .hasMessageContainingAll("did not start; it ended with exit code 3", "Address already in use");
    }

    @Test
    void aServerThatNeverGetsReadyIsGivenUpWithItsLastLines() throws IOException {
        Path home = PretendedJar.write(
                folder.resolve("mute"),
                Layout.MAIN_CLASS,
                "System.err.println(\"I take my time\"); Thread.currentThread().join();");

        assertThat(GivenUpStart.refusal(
                        new ZooKeeperTarget(), folder, 3, "I take my time", "home=" + home, "version=any"))
                .hasMessageContainingAll(
                        "n1: one to lead and all to follow: not within 30000 ms", "it runs", "I take my time");
    }

    @Test
    void serversOfAnotherVersionAreRefusedBeforeTheyRun() throws IOException {
        Path home = PretendedJar.write(folder.resolve("newer"), "zookeeper-4.0.0.jar", Layout.MAIN_CLASS, "");

        assertThat(refusal("home=" + home))
                .hasMessageEndingWith(home
                        + ": found ZooKeeper 4.0.0, expected ZooKeeper 3.9, with which this target is known to work;"
                        + " to go on all the same: --set home=" + home + " --set version=any");
        assertThat(folder.resolve("n1.log")).doesNotExist();
    }

    private TestCluster cluster(String... settings) throws IOException {
        return new TestCluster(new ZooKeeperTarget(), folder, 3, settings);
    }

    private Throwable refusal(String... settings) {
        return TestCluster.refusal(new ZooKeeperTarget(), folder, 3, settings);
    }

    /** One that follows and is like this. */
    private static Node follower(TestCluster zookeeper, Predicate<Node> wanted) {
        Node leader = zookeeper.await(zookeeper.cluster().leader()).orElseThrow();
        return zookeeper.cluster().nodes().stream()
                .filter(node -> !node.equals(leader))
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    private static Response swap(TestCluster zookeeper, Client client, Value key, Value old, long value) {
        return zookeeper.ask(client, Request.of(Request.CAS, key, Value.of(List.of(old, Value.of(value)))));
    }

    /** What a server answers as soon as it answers, which it does not while it takes in a session after a fault. */
    private static Value awaitRead(TestCluster zookeeper, Node node) {
        return result(await("an answer of " + node)
                .atMost(LIMIT)
                .pollInSameThread()
                .until(() -> zookeeper.readAt(node), Response.Ok.class::isInstance));
    }

    /** A write that is taken as soon as the servers have a leader. */
    private static Response awaitWrite(TestCluster zookeeper, Client client, long value) {
        return await("an acknowledgement")
                .atMost(LIMIT)
                .pollInSameThread()
                .until(() -> zookeeper.write(client, value), Response.Ok.class::isInstance);
    }

    private static Value result(Response response) {
        assertThat(response).isInstanceOf(Response.Ok.class);
        return ((Response.Ok) response).result().orElseThrow();
    }
}
