package dev.umpire.targets.kafka;

import static dev.umpire.targets.kafka.KafkaMessages.LIMIT;
import static dev.umpire.targets.kafka.KafkaMessages.P0;
import static dev.umpire.targets.kafka.KafkaMessages.awaitConvergence;
import static dev.umpire.targets.kafka.KafkaMessages.poll;
import static dev.umpire.targets.kafka.KafkaMessages.record;
import static dev.umpire.targets.kafka.KafkaMessages.records;
import static dev.umpire.targets.kafka.KafkaMessages.result;
import static dev.umpire.targets.kafka.KafkaMessages.send;
import static dev.umpire.targets.kafka.KafkaMessages.taken;
import static dev.umpire.targets.kafka.KafkaMessages.toTheEnd;
import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
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
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.GivenUpStart;
import dev.umpire.targets.testing.PretendedJar;
import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class KafkaTargetTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        KafkaServer.required();
    }

    @Test
    void aClockCanBeSetWrongAndRightAgain() throws IOException {
        TestCluster.requireNodeClocks();
        try (TestCluster kafka = new TestCluster(new KafkaTarget(), Set.of(FaultKind.CLOCK), folder, 2)) {
            kafka.assertClockWrongAndRightAgain(N2, N1);
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void aBrokerWhoseDiskIsFullEndsAndAnotherLeadsUntilItIsBackWithAllMessages() throws IOException {
        TestCluster.requireSmallDisks();
        try (TestCluster kafka = new TestCluster(new KafkaTarget(), Set.of(FaultKind.FULL_DISK), folder, 3);
                Client client = kafka.connect(new Session(0), N2)) {
            AtomicLong messages = new AtomicLong(1);
            List<Value> acknowledged = new ArrayList<>(List.of(taken(kafka, client, messages)));
            kafka.assertFilledAndBack(N1, () -> {
                // a page that was begun has room for the first ones
                await("the leader's end").atMost(LIMIT).pollInSameThread().until(() -> {
                    if (kafka.ask(client, send(messages.getAndIncrement())) instanceof Response.Ok sent) {
                        acknowledged.add(result(sent));
                    }
                    return kafka.await(kafka.cluster().leader())
                            .filter(leader -> !leader.equals(N1))
                            .isPresent();
                });
                assertThat(kafka.answers(N1).positive()).isFalse();
                acknowledged.add(taken(kafka, client, messages));
            });
            awaitConvergence(kafka);
            assertThat(toTheEnd(kafka, N1)).containsSubsequence(acknowledged);
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Target.class)).extracting(Target::name).contains("kafka");
    }

    @Test
    void threeBrokersTakeMessagesAndFaultsAndLeaveNothingBehind() throws IOException {
        try (TestCluster kafka = new TestCluster(new KafkaTarget(), Set.of(FaultKind.MEMBERSHIP), folder, 3)) {
            assertThat(kafka.await(kafka.cluster().leader())).contains(N1);
            assertThat(kafka.await(kafka.cluster().version())).contains(KafkaSettings.VERSION);
            messagesArePolledInTheOrderOfTheirOffsets(kafka);
            whatIsNoPartitionOrNoNumberIsRefused(kafka);
            aCutOfOneWayIsToldFromTheOther(kafka);
            aPausedBrokerDoesNotAnswerUntilItGoesOn(kafka);
            kafka.assertStopsCleanlyAndComesBack(N2, "shut down completed");
            awaitConvergence(kafka);
            aLostBrokerIsTakenOutAndComesBackOnAnEmptyDiskWithAllMessages(kafka);
            assertThat(TestCluster.children()).hasSize(3);
            kafka.await(kafka.cluster().stop());
            assertThat(TestCluster.children()).isEmpty();
        }
        TestCluster.assertNothingInForce(folder);
    }

    private static void messagesArePolledInTheOrderOfTheirOffsets(TestCluster kafka) {
        AtomicLong messages = new AtomicLong(7);
        List<Value> polled = new ArrayList<>();
        try (Client client = kafka.connect(new Session(0), N2)) {
            assertThat(result(kafka.ask(client, poll()))).as("nothing yet").isEqualTo(records());
            Value first = taken(kafka, client, messages);
            Value second = taken(kafka, client, messages);
            polled.addAll(((Value.Sequence) result(kafka.ask(client, poll()))).elements());
            assertThat(polled).containsSubsequence(first, second).endsWith(second);
            assertThat(result(kafka.ask(client, poll()))).as("at the end").isEqualTo(records());
        }
        try (Client client = kafka.connect(new Session(0), N3)) {
            Value third = taken(kafka, client, messages);
            List<Value> more = ((Value.Sequence) result(kafka.ask(client, poll()))).elements();
            assertThat(more)
                    .as("from where the session was")
                    .doesNotContainAnyElementsOf(polled)
                    .endsWith(third);
            polled.addAll(more);
        }
        assertThat(polled).extracting(KafkaTargetTest::offset).isEqualTo(countedFromNought(polled.size()));
    }

    private static Value offset(Value record) {
        return ((Value.Sequence) record).elements().get(0);
    }

    private static List<Value> countedFromNought(int size) {
        return LongStream.range(0, size).mapToObj(Value::of).toList();
    }

    private static void whatIsNoPartitionOrNoNumberIsRefused(TestCluster kafka) {
        try (Client client = kafka.connect(new Session(1), N1)) {
            assertThat(kafka.ask(client, Request.of(Request.SEND, P0, Value.of("text"))))
                    .isInstanceOf(Response.Fail.class)
                    .asString()
                    .contains("expected a whole number");
            assertThatThrownBy(() -> client.route(Request.of(Request.POLL, Value.of("p3"), Value.NIL)))
                    .hasMessageContaining("p3")
                    .hasMessageContaining("expected p0 to p2");
        }
    }

    private static void aCutOfOneWayIsToldFromTheOther(TestCluster kafka) {
        Link cut = new Link(N3, N2);
        kafka.await(kafka.faults().cut(Set.of(cut)));
        kafka.awaitDelivers(cut, false);
        kafka.awaitDelivers(new Link(N2, N3), true);
        kafka.awaitDelivers(new Link(N1, N2), true);
        assertThat(kafka.delivers(cut).evidence()).startsWith("a record dialled n3→n2 did not arrive");
        kafka.await(kafka.faults().mend(Set.of(cut)));
        kafka.awaitDelivers(cut, true);
    }

    private static void aPausedBrokerDoesNotAnswerUntilItGoesOn(TestCluster kafka) {
        kafka.await(kafka.faults().pause(N3));
        kafka.awaitAnswers(N3, false);
        kafka.awaitAnswers(N1, true);
        assertThat(kafka.delivers(N1, N3).evidence()).startsWith("n3 itself does not answer");
        kafka.await(kafka.faults().resume(N3));
        kafka.awaitAnswers(N3, true);
    }

    private static void aLostBrokerIsTakenOutAndComesBackOnAnEmptyDiskWithAllMessages(TestCluster kafka) {
        try (Client client = kafka.connect(new Session(2), N2)) {
            AtomicLong messages = new AtomicLong(100);
            List<Value> acknowledged = new ArrayList<>(List.of(taken(kafka, client, messages)));
            assertThat(whoTellsOf(kafka, N1)).endsWith(" lists n1 as a voter and as a broker");

            kafka.await(kafka.faults().leave(N1));
            assertThat(whoTellsOf(kafka, N1)).endsWith(" lists n1 as no voter and as no broker");
            kafka.await(kafka.faults().restart(N1));
            assertThat(kafka.answers(N1).positive()).isFalse();
            acknowledged.add(taken(kafka, client, messages));

            kafka.await(kafka.faults().join(N1));
            assertThat(whoTellsOf(kafka, N1)).endsWith(" lists n1 as a voter and as a broker");
            awaitConvergence(kafka);
            assertThat(toTheEnd(kafka, N1)).containsSubsequence(acknowledged);
            kafka.awaitDelivers(new Link(N2, N1), true);

            // it counts: without n2 it is one of the two who agree, and of the two that have a copy
            kafka.await(kafka.faults().pause(N2));
            taken(kafka, client, messages);
            kafka.await(kafka.faults().resume(N2));
        }
    }

    private static String whoTellsOf(TestCluster kafka, Node node) {
        return kafka.await(kafka.faults().isMember(node)).evidence();
    }

    @Test
    void whatTheLeaderAloneHadWhenItAcknowledgedIsLostWithIt() throws IOException {
        try (TestCluster kafka = new TestCluster(new KafkaTarget(), folder, 3, "acks=1")) {
            loseTheLeaderThatAloneHasTwo(kafka);
            Node successor = awaitAnotherLeader(kafka, N1);
            try (Client client = kafka.connect(new Session(1), successor)) {
                taken(kafka, client, new AtomicLong(3));
            }
            kafka.await(kafka.faults().restart(N1));
            awaitConvergence(kafka);
            for (Node node : kafka.cluster().nodes()) {
                List<Value> held = toTheEnd(kafka, node);
                assertThat(held).startsWith(record(0, 1)).hasSizeGreaterThan(1);
                assertThat(held).as("at the offset at which 2 was acknowledged").doesNotContain(record(1, 2));
            }
            kafka.await(kafka.cluster().stop());
        }
    }

    private static void loseTheLeaderThatAloneHasTwo(TestCluster kafka) {
        try (Client client = kafka.connect(new Session(0), N1)) {
            assertThat(result(kafka.ask(client, send(1)))).isEqualTo(record(0, 1));
            awaitConvergence(kafka);
            Set<Link> around = kafka.around(N1);
            kafka.await(kafka.faults().cut(around));
            around.forEach(link -> kafka.awaitDelivers(link, false));
            assertThat(result(kafka.ask(client, send(2)))).isEqualTo(record(1, 2));
            kafka.await(kafka.faults().crash(N1));
            assertThat(kafka.answers(N1).positive()).isFalse();
            kafka.await(kafka.faults().mend(around));
        }
    }

    @Test
    void anotherMembershipOfTwoIsRefusedBeforeTheStart() {
        assertThatThrownBy(() -> Runner.requirePossible(
                        PlanBuilder.real("kafka").nodes(2).nemesis("membership").build(), new KafkaTarget()))
                .hasMessage("nemesis: found membership with nodes=2, expected 3 nodes or more");
    }

    @Test
    void transactionsWithoutWhatTheyNeedAreRefused() {
        assertThat(refusal("transactions=each", "acks=1"))
                .hasMessageEndingWith(
                        "transactions: found each with acks=1, expected acks=all idempotence=true, without which"
                                + " Kafka's producers refuse transactions");
        assertThat(refusal("transactions=with-aborts", "idempotence=false"))
                .hasMessageContaining("found with-aborts with acks=all idempotence=false");
        assertThatThrownBy(() -> SettingsResolver.resolve(new KafkaTarget(), Map.of("commit", "before")))
                .hasMessageContaining("it has a meaning only with consumers=group");
    }

    @Test
    void jarsThatAreNotThereAreRefusedWithTheCommandThatFetchesThem() {
        assertThat(refusal("version=0.0.0"))
                .hasMessageContaining("kafka 0.0.0: found no jars in")
                .hasMessageContaining("pom.xml package");
    }

    @Test
    void brokersOfAnotherVersionAreRefusedBeforeTheyRun() throws IOException {
        Path home = PretendedJar.write(folder.resolve("newer"), "kafka_2.13-4.0.0.jar", Layout.MAIN_CLASS, "");

        assertThat(refusal("home=" + home))
                .hasMessageContainingAll(
                        home + ": found Kafka 4.0.0, expected Kafka 3.9,",
                        "to go on all the same: --set home=" + home + " --set version=any");
        assertThat(folder.resolve("n1.log")).doesNotExist();
    }

    @Test
    void brokersWhoseMembershipCannotChangeAreRefusedBeforeTheyRun() throws IOException {
        Path home = PretendedJar.write(folder.resolve("older"), "kafka_2.13-3.8.0.jar", Layout.MAIN_CLASS, "");

        assertThatThrownBy(() -> new TestCluster(
                                new KafkaTarget(),
                                Set.of(FaultKind.MEMBERSHIP),
                                folder,
                                3,
                                "home=" + home,
                                "version=any")
                        .close())
                .hasMessageContaining("nemesis: found membership with Kafka 3.8.0 in " + home);
        assertThat(folder.resolve("n1.log")).doesNotExist();
    }

    @Test
    void aPortThatIsTakenIsSaid() throws IOException {
        String broker = "System.err.println(\"java.net.BindException: Address already in use\"); System.exit(3);";

        assertThat(refusal("home=" + pretended(broker), "version=any"))
                .hasMessageContainingAll("did not start; it ended with exit code 3", "Address already in use");
    }

    @Test
    void aBrokerThatNeverGetsReadyIsGivenUpWithItsLastLines() throws IOException {
        String broker = "System.err.println(\"I take my time\"); Thread.currentThread().join();";

        assertThat(GivenUpStart.refusal(
                        new KafkaTarget(), folder, 3, "I take my time", "home=" + pretended(broker), "version=any"))
                .hasMessageContainingAll(
                        "n1: all brokers to know each other: not within 60000 ms", "it runs", "I take my time");
    }

    /** Brokers that do this, after their data was made. */
    private Path pretended(String broker) throws IOException {
        Path home = folder.resolve("pretended");
        PretendedJar.write(home, "tools.jar", "kafka.tools.StorageTool", "");
        return PretendedJar.write(home, "server.jar", Layout.MAIN_CLASS, broker);
    }

    private Throwable refusal(String... settings) {
        return TestCluster.refusal(new KafkaTarget(), folder, 3, settings);
    }

    private static Node awaitAnotherLeader(TestCluster kafka, Node old) {
        return await("another leader")
                .atMost(LIMIT)
                .pollInSameThread()
                .until(
                        () -> kafka.await(kafka.cluster().leader()),
                        leader -> leader.filter(node -> !node.equals(old)).isPresent())
                .orElseThrow();
    }
}
