package dev.umpire.targets.kafka;

import static dev.umpire.targets.kafka.KafkaMessages.LIMIT;
import static dev.umpire.targets.kafka.KafkaMessages.P0;
import static dev.umpire.targets.kafka.KafkaMessages.awaitConvergence;
import static dev.umpire.targets.kafka.KafkaMessages.poll;
import static dev.umpire.targets.kafka.KafkaMessages.record;
import static dev.umpire.targets.kafka.KafkaMessages.result;
import static dev.umpire.targets.kafka.KafkaMessages.send;
import static dev.umpire.targets.kafka.KafkaMessages.taken;
import static dev.umpire.targets.kafka.KafkaMessages.toTheEnd;
import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.LinkProxy;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.RunningCluster;
import dev.umpire.targets.testing.TestCluster;
import dev.umpire.targets.testing.TestRun;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers that were started by somebody else, once for all tests as that takes long: each leaves them as they were. What
 * producers and consumers do by their settings is asked of them, too, as brokers of an own would do nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class KafkaExternalTest {

    /** That of the brokers themselves is there already. */
    private static final String OWN = "topic=mine";

    /** All topics that a test here has of its own. */
    private static final Set<String> OF_TESTS = Set.of("mine", "uncommitted", "given-up", "after", "before");

    @TempDir
    Path folder;

    @AutoClose
    private TestCluster theirs;

    private RunningCluster running;

    @BeforeAll
    void startTheirs(@TempDir Path shared) throws IOException {
        KafkaServer.required();
        theirs = new TestCluster(new KafkaTarget(), shared, 3);
        running = new RunningCluster(theirs.cluster().nodes(), ports());
    }

    private NodePorts ports() {
        return ((KafkaCluster) theirs.cluster()).ports();
    }

    @Test
    void topicAndGroupOfTheRunComeAndGoAndThoseOfOthersStay() throws Exception {
        assertThatThrownBy(() -> running.named(new KafkaTarget(), folder, "of theirs"))
                .hasMessageContaining("topic: found one of the name umpire in the cluster, expected none")
                .hasMessageContaining("another run");
        await("all brokers to have forgotten the topics of other tests")
                .atMost(LIMIT)
                .pollInSameThread()
                .until(() -> Collections.disjoint(topics(), OF_TESTS));
        Set<String> before = topics();
        try (TestCluster named = running.named(new KafkaTarget(), folder, "named", OWN, "consumers=group");
                Client client = named.connect(new Session(0), N2)) {
            assertThat(topics()).contains("mine");
            assertThat(named.await(named.cluster().leader())).contains(N1);
            awaitTaken(named, client);
            named.ask(client, new Request(Request.SUBSCRIBE, Optional.empty(), Value.NIL, Optional.empty(), false));
            await("a member that polls what was sent")
                    .atMost(LIMIT)
                    .pollInSameThread()
                    .until(() ->
                            named.ask(client, Request.pollAsMember()).toString().contains("7"));
            assertThat(groups()).containsExactly("mine");
            named.awaitConvergence();
            named.await(named.cluster().stop());
        }
        await("all brokers to have heard of it")
                .atMost(LIMIT)
                .pollInSameThread()
                .untilAsserted(() -> assertThat(topics()).isEqualTo(before));
        assertThat(groups()).isEmpty();
        TestCluster.assertNothingInForceBeside(folder.resolve("named"), 3);
    }

    private static void awaitTaken(TestCluster named, Client client) {
        await("a message that is taken")
                .atMost(LIMIT)
                .pollInSameThread()
                .until(
                        () -> named.ask(client, Request.of(Request.SEND, P0, Value.of(7))),
                        Response.Ok.class::isInstance);
    }

    private Set<String> topics() throws Exception {
        try (Admin admin = admin()) {
            return admin.listTopics().names().get().stream()
                    .filter(topic -> !topic.startsWith("__"))
                    .collect(Collectors.toSet());
        }
    }

    private List<String> groups() throws Exception {
        try (Admin admin = admin()) {
            return admin.listConsumerGroups().all().get().stream()
                    .map(ConsumerGroupListing::groupId)
                    .toList();
        }
    }

    private Admin admin() {
        return Topics.admin(running.addresses());
    }

    @Test
    void clientsAreCutFromABrokerAndMeetItAgain() throws IOException {
        try (TestCluster named = running.named(new KafkaTarget(), folder, "named", OWN);
                Client client = named.connect(new Session(0), N1)) {
            Set<Link> ofLeader = Set.of(new Link(Node.CLIENTS, N1), new Link(N1, Node.CLIENTS));
            awaitTaken(named, client);
            named.await(named.faults().cut(ofLeader));
            assertThat(named.ask(client, Request.of(Request.SEND, P0, Value.of(8))))
                    .as("though the broker told its own address")
                    .isNotInstanceOf(Response.Ok.class);
            named.await(named.faults().mend(ofLeader));
            awaitTaken(named, client);
            RunningCluster.assertClientsCutAndSlowed(named, N2, N1);
            named.await(named.cluster().stop());
        }
    }

    @Test
    void whatIsNoBrokerOfTheClusterIsRefused() throws Exception {
        RunningCluster.assertRefusals(new KafkaTarget(), folder);
        PlanBuilder spaced = running.plan("kafka").set("topic", "my own");
        assertThatThrownBy(() -> Runner.requirePossible(spaced.build(), new KafkaTarget()))
                .hasMessage(
                        "topic: found my own, expected a letter or digit, and then letters, digits, or . _ -, 201 at"
                                + " most");
        try (Launcher launcher = Launcher.open(folder.resolve("aside"));
                LinkProxy aside = launcher.linkProxy(InetAddress.getLoopbackAddress())) {
            String other = "127.0.0.1:" + aside.listen(new LinkProxy.Way("user", "n2"), ports().direct(N2));
            String named = running.addresses().replace("127.0.0.1:" + ports().direct(N2), other);
            assertThatThrownBy(() -> new TestCluster(
                            new KafkaTarget(), folder, 3, "launcher=external", "addresses=" + named, OWN))
                    .hasMessageContaining("addresses: found " + other
                            + " (n2), expected one that a broker advertises to clients: 127.0.0.1:");
        }
    }

    @Test
    void aPromiseHoldsWhateverClientsMeetOnTheirWay() throws Exception {
        Run run = TestRun.assertShows(
                Map.of("log-order", Answer.VALID, "durability", Answer.VALID),
                running.plan("kafka")
                        .set("configuration", "in-sync-acks")
                        .set("topic", "mine")
                        .workload("log", Map.of())
                        .nemesis("client-cut", "client-slow")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .lasting(Duration.ofSeconds(6)),
                new KafkaTarget(),
                folder);

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void whoReadsWhatIsNotCommittedGetsWhatWasGivenUp() throws Exception {
        TestRun.assertShows(
                Map.of("integrity", Answer.INVALID),
                running.plan("kafka")
                        .set("topic", "uncommitted")
                        .set("transactions", "with-aborts")
                        .set("isolation", "read-uncommitted")
                        .workload("log", Map.of("partitions", "1"))
                        .lasting(Duration.ofSeconds(6)),
                new KafkaTarget(),
                folder);
    }

    @Test
    void whatATransactionGivesUpIsDeliveredToNobodyWhoReadsWhatIsCommitted() throws IOException {
        try (TestCluster kafka = running.named(
                        new KafkaTarget(),
                        folder,
                        "named",
                        "topic=given-up",
                        "transactions=with-aborts",
                        "isolation=read-committed");
                Client client = kafka.connect(new Session(0), N1)) {
            Value first = taken(kafka, client, new AtomicLong(1));
            Response givenUp = await("a transaction that is given up")
                    .atMost(LIMIT)
                    .pollInSameThread()
                    .until(
                            () -> kafka.ask(client, send(400)),
                            answer -> answer.toString().contains("as that of every fourth message is"));
            assertThat(givenUp).isInstanceOf(Response.Fail.class);
            Value last = taken(kafka, client, new AtomicLong(401));
            awaitConvergence(kafka);

            List<Value> polled = polledUpTo(last, kafka, client);

            assertThat(polled).contains(first, last).noneMatch(KafkaExternalTest::isOfFourHundred);
            for (Node node : kafka.cluster().nodes()) {
                assertThat(toTheEnd(kafka, node)).isEqualTo(polled);
            }
            kafka.await(kafka.cluster().stop());
        }
    }

    private static List<Value> polledUpTo(Value last, TestCluster kafka, Client client) {
        List<Value> polled = new ArrayList<>();
        await("the last message").atMost(LIMIT).pollInSameThread().until(() -> {
            if (kafka.ask(client, poll()) instanceof Response.Ok ok) {
                polled.addAll(((Value.Sequence) ok.result().orElseThrow()).elements());
            }
            return polled.contains(last);
        });
        return polled;
    }

    private static boolean isOfFourHundred(Value record) {
        return ((Value.Sequence) record).elements().get(1).equals(Value.of(400));
    }

    @Test
    void whatAMemberHasDeliveredIsTheGroupsWithItsNextPoll() throws IOException {
        try (TestCluster kafka = running.named(new KafkaTarget(), folder, "named", "topic=after", "consumers=group")) {
            try (Client member = kafka.connect(new Session(1), N2)) {
                Value record = deliveredToTheGroup(kafka, member);
                assertThat(whereTheGroupIs(kafka, member))
                        .as("not committed yet")
                        .contains(record);
                await("a commit").atMost(LIMIT).pollInSameThread().until(() -> {
                    kafka.ask(member, Request.pollAsMember());
                    return whereTheGroupIs(kafka, member).isEmpty();
                });
            }
            kafka.await(kafka.cluster().stop());
        }
    }

    @Test
    void whatAMemberHasGotIsTheGroupsBeforeItIsDelivered() throws IOException {
        try (TestCluster kafka =
                running.named(new KafkaTarget(), folder, "named", "topic=before", "consumers=group", "commit=before")) {
            try (Client member = kafka.connect(new Session(1), N2)) {
                deliveredToTheGroup(kafka, member);
                assertThat(whereTheGroupIs(kafka, member)).isEmpty();
            }
            kafka.await(kafka.cluster().stop());
        }
    }

    /** A message of p0 that a member gets; before it may stand some whose sends were not answered in time. */
    private static Value deliveredToTheGroup(TestCluster kafka, Client member) {
        Value record;
        try (Client sender = kafka.connect(new Session(0), N1)) {
            record = taken(kafka, sender, new AtomicLong(1));
        }
        assertThat(kafka.ask(
                        member, new Request(Request.SUBSCRIBE, Optional.empty(), Value.NIL, Optional.empty(), false)))
                .isEqualTo(Response.done());
        await("the message")
                .atMost(LIMIT)
                .pollInSameThread()
                .until(
                        () -> kafka.ask(member, Request.pollAsMember()),
                        answer -> answer.toString().contains(record.toString()));
        return record;
    }

    private static List<Value> whereTheGroupIs(TestCluster kafka, Client member) {
        Response answer = await("a poll from where the group is")
                .atMost(LIMIT)
                .pollInSameThread()
                .until(() -> kafka.ask(member, poll().finallyAt(N1)), Response.Ok.class::isInstance);
        return ((Value.Sequence) result(answer)).elements();
    }
}
