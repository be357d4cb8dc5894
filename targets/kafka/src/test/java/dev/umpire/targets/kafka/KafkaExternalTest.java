package dev.umpire.targets.kafka;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers that were started by somebody else, once for all tests as that takes long: each leaves them as they were. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class KafkaExternalTest {

    /** That of the brokers themselves is there already. */
    private static final String OWN = "topic=mine";

    private static final Value P0 = Value.of("p0");

    /** Brokers hear of a topic one after another. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

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
        await("all brokers to have forgotten the topic of another test")
                .atMost(LIMIT)
                .pollInSameThread()
                .until(() -> !topics().contains("mine"));
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
}
