package dev.umpire.targets.cassandra;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the nodes of one cluster answer, and how faults are seen. All tests share the cluster, because its start takes most of
 * the time; each has keys of its own, and mends what it breaks.
 */
@Timeout(300)
class CassandraTargetTest {

    private static final CassandraTarget TARGET = new CassandraTarget();
    private static final Duration TO_END = Duration.ofSeconds(60);
    private static final String[] ONE = {"reads=one", "writes=one"};
    private static final String[] QUORUM = {};
    static final String[] ALL = {"reads=all", "writes=all"};
    private static final String[] SERIAL = {"reads=serial", "writes=serial"};

    @TempDir
    static Path folder;

    private static TestCluster cassandra;

    @BeforeAll
    static void start() throws IOException {
        CassandraServer.required();
        Set<FaultKind> planned = SmallDisk.missing().isEmpty()
                ? Set.of(FaultKind.MEMBERSHIP, FaultKind.FULL_DISK)
                : Set.of(FaultKind.MEMBERSHIP);
        cassandra = new TestCluster(
                TARGET, planned, folder, 3, "reads=one", "hints=off", "read-repair=off", "commit-log=batch");
    }

    /** What a test mended nodes may find out only in the next one. */
    @BeforeEach
    void awaitSettled() {
        awaitAcknowledged("settled", 1, ALL);
    }

    @AfterAll
    static void nothingIsLeftBehind() throws IOException {
        if (cassandra == null) {
            return; // skipped, or never started
        }
        try (TestCluster started = cassandra) {
            assertThat(TestCluster.children()).hasSize(3);
            started.await(started.cluster().stop());
            assertThat(TestCluster.children()).isEmpty();
        }
        TestCluster.assertNothingInForce(folder);
    }

    /** What all tests share. */
    static TestCluster cluster() {
        return cassandra;
    }

    /** The same nodes for one who has not started them. */
    @Nested
    class StartedBySomebodyElse extends CassandraExternalCases {}

    @Test
    void whatIsWrittenIsReadWithTheTimeOfItsWrite() {
        assertThat(cassandra.await(cassandra.cluster().version())).contains(CassandraSettings.VERSION);
        assertThat(cassandra.await(cassandra.cluster().leader())).isEmpty();
        assertThat(read("fresh", N1, QUORUM)).isEqualTo(Response.ok(Value.NIL));
        assertThat(write("fresh", 7, N1, QUORUM)).isEqualTo(Response.done());
        Response.Ok first = (Response.Ok) read("fresh", N2, QUORUM);
        write("fresh", 8, N3, QUORUM);
        Response.Ok second = (Response.Ok) read("fresh", N1, QUORUM);
        assertThat(first.result()).contains(Value.of(7));
        assertThat(second.result()).contains(Value.of(8));
        assertThat(second.asOf().orElseThrow()).isGreaterThan(first.asOf().orElseThrow());
        assertThat(second.version()).as("a clock's time is none").isEmpty();
        assertThat(ask(Request.of(Request.APPEND, Value.of("fresh"), Value.of(1)), N1, 0, QUORUM))
                .isEqualTo(new Response.Fail("function: found append, which this target has not"));
    }

    @Test
    void onlyTheFirstOfTwoSwapsAndClaimsSucceedsAndASerialWriteAlwaysDoes() {
        assertThat(swap("swapped", Value.of(1), 2)).as("of nothing").isInstanceOf(Response.Fail.class);
        assertThat(swap("swapped", Value.NIL, 1)).isEqualTo(Response.done());
        assertThat(swap("swapped", Value.NIL, 1)).isInstanceOf(Response.Fail.class);
        assertThat(swap("swapped", Value.of(1), 2)).isEqualTo(Response.done());
        assertThat(write("swapped", 3, N2, SERIAL)).isEqualTo(Response.done());
        assertThat(value(read("swapped", N3, SERIAL))).isEqualTo(Value.of(3));
        assertThat(write("decided", 4, N2, SERIAL)).as("of nothing").isEqualTo(Response.done());
        assertThat(value(read("decided", N1, "reads=local-serial"))).isEqualTo(Value.of(4));
        Request claim = Request.of(Request.CLAIM, Value.of("a name"), Value.NIL);
        assertThat(ask(claim, N1, 0, SERIAL)).isEqualTo(Response.done());
        assertThat(ask(claim, N2, 1, SERIAL)).isInstanceOf(Response.Fail.class);
    }

    @Test
    void aCutOfOneWayIsToldFromTheOther() {
        Link link = new Link(N1, N2);
        cassandra.awaitDelivers(link, true);
        cassandra.await(cassandra.faults().cut(Set.of(link)));
        cassandra.awaitDelivers(link, false);
        assertThat(cassandra.delivers(link).evidence()).startsWith("a greeting dialled n1→n2 did not arrive");
        cassandra.awaitDelivers(new Link(N2, N1), true);
        assertThat(write("one way", 1, N1, ALL)).as("n2 hears nothing").isNotInstanceOf(Response.Ok.class);
        cassandra.await(cassandra.faults().mend(Set.of(link)));
        cassandra.awaitDelivers(link, true);
        awaitAcknowledged("one way", 2, ALL);
    }

    @Test
    void aLinkCanBeSlow() {
        cassandra.assertSlowedAndQuickAgain(new Link(N2, N3));
    }

    @Test
    void aPausedNodeDoesNotAnswerUntilItGoesOnAndTheOthersAreAQuorum() {
        cassandra.await(cassandra.faults().pause(N2));
        cassandra.awaitAnswers(N2, false);
        assertThat(cassandra.answers(N1).positive()).isTrue();
        assertThat(cassandra.delivers(N1, N2).evidence()).startsWith("n2 itself does not answer");
        assertThat(write("paused", 1, N1, QUORUM)).isEqualTo(Response.done());
        assertThat(write("paused", 2, N1, ALL))
                .as("what two of three have")
                .isInstanceOfSatisfying(
                        Response.Info.class,
                        unknown -> assertThat(unknown.reason()).contains("timeout"));
        cassandra.await(cassandra.faults().resume(N2));
        cassandra.awaitAnswers(N2, true);
        awaitAcknowledged("paused", 3, ALL);
    }

    @Test
    void oneReplicaThatWasCutOffShowsThePastForEverWhereNothingIsHandedOver() {
        write("stale", 1, N1, ALL);
        Set<Link> around = cassandra.around(N3);
        cassandra.await(cassandra.faults().cut(around));
        assertThat(write("stale", 2, N1, ONE)).isEqualTo(Response.done());
        assertThat(value(read("stale", N3, ONE))).isEqualTo(Value.of(1));
        // for as long as what is on its way to n3 would still be taken when it arrives
        assertThat(write("awaited in vain", 1, N1, ALL)).isInstanceOf(Response.Info.class);
        cassandra.await(cassandra.faults().mend(around));
        awaitAcknowledged("mended", 1, ALL);

        assertThat(value(read("stale", N1, ONE))).isEqualTo(Value.of(2));
        assertThat(value(read("stale", N3, ONE))).isEqualTo(Value.of(1));
        assertThat(value(read("stale", N3, ALL))).isEqualTo(Value.of(2));
        Convergence seen = cassandra.await(cassandra.cluster().convergence());
        assertThat(seen.reached()).isFalse();
        assertThat(seen.lastSeen()).contains("not as the others");
    }

    @Test
    void withoutReadRepairAWriteThatFailedComesAndGoesAtAQuorum() {
        List<String> keys = List.of("partly 1", "partly 2", "partly 3", "partly 4");
        assertThat(keys).allSatisfy(key -> assertThat(write(key, 1, N1, ALL)).isEqualTo(Response.done()));
        cassandra.await(cassandra.faults().cut(cassandra.around(N3)));
        assertThat(keys).allSatisfy(key -> assertThat(write(key, 2, N3, QUORUM)).isInstanceOf(Response.Info.class));
        cassandra.await(cassandra.faults().mend(cassandra.around(N3)));
        awaitAcknowledged("mended", 2, ALL);

        // which two replicas a coordinator asks depends on the key
        assertThat(keys)
                .anySatisfy(key -> assertThat(Stream.of(N3, N1, N3, N2)
                                .map(node -> value(read(key, node, QUORUM)))
                                .toList())
                        .contains(Value.of(1))
                        .contains(Value.of(2)));
    }

    @Test
    void aLaterWriteIsLostToOneOfAClockThatIsAhead() {
        String[] skewed = {"reads=all", "writes=all", "skew=60000"};
        assertThat(ask(Request.write(Value.of("skewed"), Value.of(1)), N1, 1, skewed))
                .isEqualTo(Response.done());
        assertThat(ask(Request.write(Value.of("skewed"), Value.of(2)), N1, 0, skewed))
                .isEqualTo(Response.done());
        assertThat(value(read("skewed", N1, ALL))).isEqualTo(Value.of(1));
    }

    @Test
    void aKilledNodeComesBackWithWhatItAloneHadAcknowledged() {
        cassandra.await(cassandra.faults().cut(cassandra.around(N3)));
        assertThat(write("kept", 1, N3, ONE)).isEqualTo(Response.done());
        cassandra.await(cassandra.faults().crash(N3));
        cassandra.await(cassandra.faults().mend(cassandra.around(N3)));
        assertThat(cassandra.answers(N3).positive()).isFalse();
        assertThat(write("not sent", 1, N3, ONE)).isInstanceOf(Response.Fail.class);
        cassandra.await(cassandra.faults().restart(N3));
        assertThat(cassandra.answers(N3).positive()).isTrue();
        awaitAcknowledged("back", 1, ALL);
        assertThat(value(read("kept", N1, ALL))).isEqualTo(Value.of(1));
    }

    @Test
    void aNodeWhoseDiskIsFullEndsAndComesBackWithWhatItAcknowledged() {
        TestCluster.requireSmallDisks();
        assertThat(write("had room", 1, N2, ONE)).isEqualTo(Response.done());
        cassandra.assertFilledAndBack(
                N2,
                () -> Awaitility.await("the end of n2")
                        .atMost(TO_END)
                        .pollInSameThread()
                        .pollInterval(Duration.ofMillis(1))
                        .untilAsserted(() -> {
                            // a page that was begun has room for the first ones
                            assertThat(write("no room", 1, N1, QUORUM)).isEqualTo(Response.done());
                            assertThat(cassandra.answers(N2).positive()).isFalse();
                        }));
        awaitAcknowledged("room again", 1, ALL);
        assertThat(value(read("had room", N2, ONE))).isEqualTo(Value.of(1));
        assertThat(value(read("no room", N2, ALL))).isEqualTo(Value.of(1));
    }

    /** Stopped and not killed, as the others would miss it 20 s later else. */
    @Test
    void aNodeThatIsStoppedCleanlySaysSoAndAnotherJoinsInItsPlaceWithAllThatWasWritten() {
        assertThat(write("membership", 1, N1, ALL)).isEqualTo(Response.done());
        assertThat(cassandra.await(cassandra.faults().isMember(N3)).evidence()).isEqualTo("n1 lists n3; n2 lists n3");

        cassandra.await(cassandra.faults().stop(N3));
        assertThat(folder.resolve("n3.log")).content().contains("Announcing shutdown");
        assertThat(cassandra.faults().toPull()).isEqualTo(CassandraFaults.TO_CHANGE);
        cassandra.await(cassandra.faults().leave(N3));
        assertThat(cassandra.await(cassandra.faults().isMember(N3)).evidence())
                .isEqualTo("n1 lists no node n3; n2 lists no node n3");
        cassandra.await(cassandra.faults().restart(N3));
        cassandra.awaitAnswers(N3, false);
        assertThat(write("membership", 2, N1, QUORUM)).isEqualTo(Response.done());

        cassandra.await(cassandra.faults().join(N3));
        assertThat(cassandra.await(cassandra.faults().isMember(N3)).evidence()).isEqualTo("n1 lists n3; n2 lists n3");
        awaitAcknowledged("joined", 1, ALL);
        assertThat(value(read("membership", N3, ONE))).isEqualTo(Value.of(2));
        cassandra.awaitDelivers(new Link(N1, N3), true);
    }

    /** Awaits that nodes reach each other again, which they find out seconds after the mending. */
    static void awaitAcknowledged(String key, long value, String... settings) {
        Awaitility.await("all replicas")
                .pollInSameThread()
                .untilAsserted(() -> assertThat(List.of(N1, N2, N3))
                        .allSatisfy(node ->
                                assertThat(write(key, value, node, settings)).isEqualTo(Response.done())));
    }

    private static Response write(String key, long value, Node node, String... settings) {
        return ask(Request.write(Value.of(key), Value.of(value)), node, 0, settings);
    }

    private static Response read(String key, Node node, String... settings) {
        return ask(Request.read(Value.of(key)), node, 0, settings);
    }

    private static Response swap(String key, Value old, long value) {
        return ask(Request.of(Request.CAS, Value.of(key), Value.of(List.of(old, Value.of(value)))), N1, 0, SERIAL);
    }

    private static Response ask(Request request, Node node, int session, String... settings) {
        CassandraCluster nodes = (CassandraCluster) cassandra.cluster();
        CassandraSettings read = CassandraSettings.of(TestCluster.settings(TARGET, settings));
        try (Client client = nodes.connect(read, new Session(session), node)) {
            return cassandra.await(client.invoke(request, node));
        }
    }

    private static Value value(Response response) {
        assertThat(response).isInstanceOf(Response.Ok.class);
        return ((Response.Ok) response).result().orElseThrow();
    }
}
