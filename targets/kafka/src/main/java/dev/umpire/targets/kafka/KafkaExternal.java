package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.external.External;
import dev.umpire.harness.external.Question;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;

/**
 * Brokers that run already, of which the run uses a topic and a group of its own alone. Kafka's clients go where brokers tell
 * them; so what brokers tell is rewritten on the way.
 */
final class KafkaExternal {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final StartContext context;
    private final Environment environment;
    private final KafkaSettings settings;
    private final External external;

    private KafkaExternal(StartContext context, KafkaSettings settings, External external) {
        this.context = context;
        this.environment = context.environment();
        this.settings = settings;
        this.external = external;
    }

    static CompletionStage<Cluster> start(StartContext context, KafkaSettings settings) {
        return External.start(context, new Brokers(), external -> new KafkaExternal(context, settings, external).run());
    }

    private CompletionStage<Cluster> run() {
        return environment
                .blocking("launcher", this::nodes)
                .thenCompose(kafka -> environment
                        .blocking("launcher", () -> makeOwn(kafka))
                        .thenCompose(made -> inSync(kafka))
                        .thenCompose(inSync -> told("all brokers to take producers", () -> ProducerIds.given(kafka)))
                        .thenApply(ready -> new KafkaCluster(
                                kafka,
                                external.faults(() -> Standing.ask(kafka).thenApply(Standing::leader)),
                                // what brokers tell is what they understand, not which release they are of
                                Optional.empty(),
                                external::giveBack)));
    }

    private KafkaNodes nodes() throws IOException {
        for (Node node : context.nodes()) {
            AskedVersions.require(external.ports().direct(node), external.named(node) + " (" + node + ")");
        }
        List<MetadataResponseBroker> brokers = brokers();
        requireAllNamed(brokers);
        Map<Node, Integer> ids = new HashMap<>();
        for (Node node : context.nodes()) {
            ids.put(node, id(node, brokers));
        }
        NodePorts ports = external.rewriting(ways -> new ToldAddresses(ids.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, one -> ways.client(one.getKey())))));
        return new KafkaNodes(environment, settings, context.nodes(), ports, ids, settings.topic());
    }

    /** Whom the first broker knows, and where clients are sent to find each. */
    private List<MetadataResponseBroker> brokers() throws IOException {
        try (Wire wire = new Wire(external.ports().direct(context.nodes().get(0)), KafkaNodes.QUESTION_MILLIS)) {
            return brokers(wire);
        }
    }

    /** A client may ask any broker that it hears of: one that is not named would be reached past the ways of the run. */
    private void requireAllNamed(List<MetadataResponseBroker> brokers) throws LaunchException {
        List<InetSocketAddress> named =
                context.nodes().stream().map(external::address).toList();
        List<String> others = brokers.stream()
                .filter(one -> !named.contains(new InetSocketAddress(one.host(), one.port())))
                .map(one -> one.host() + ":" + one.port())
                .sorted()
                .toList();
        if (brokers.size() > named.size()) {
            throw new LaunchException("addresses: found " + named.size() + " of " + brokers.size()
                    + " brokers, expected all of the cluster, " + String.join(", ", others) + " too");
        }
    }

    private int id(Node node, List<MetadataResponseBroker> brokers) throws LaunchException {
        return brokers.stream()
                .filter(one -> new InetSocketAddress(one.host(), one.port()).equals(external.address(node)))
                .findFirst()
                .orElseThrow(() -> new LaunchException("addresses: found " + external.named(node) + " (" + node
                        + "), expected one that a broker advertises to clients: "
                        + brokers.stream()
                                .map(one -> one.host() + ":" + one.port())
                                .sorted()
                                .collect(Collectors.joining(", "))))
                .nodeId();
    }

    private Optional<String> makeOwn(KafkaNodes kafka) throws IOException {
        // past all ways of the run, so that what clients meet on theirs keeps nothing from being deleted
        String brokers = context.nodes().stream().map(external::named).collect(Collectors.joining(","));
        RunsOwn.make(kafka, brokers);
        external.hold(() -> RunsOwn.delete(kafka, brokers));
        return Optional.empty();
    }

    private CompletionStage<Void> inSync(KafkaNodes kafka) {
        return Polling.until(
                environment,
                "all copies of the topic to be in sync",
                READY_NANOS,
                () -> Standing.ask(kafka).thenApply(said -> new Polling.Seen(said.converged(), said.describe())));
    }

    private CompletionStage<Void> told(String awaited, Callable<Polling.Seen> question) {
        return Polling.until(environment, awaited, READY_NANOS, () -> environment.blocking("launcher", question));
    }

    private static List<MetadataResponseBroker> brokers(Wire wire) throws IOException {
        return List.copyOf(wire.ask(
                        new MetadataRequest.Builder(List.of(), false).build(Standing.METADATA_VERSION),
                        MetadataResponse.class)
                .data()
                .brokers());
    }

    /** Which questions a broker understands, as it says without asking another. */
    private static final class Brokers implements Question {

        @Override
        public String words() {
            return "ApiVersions";
        }

        @Override
        public Line dial(int port, int boundMillis) throws IOException {
            return new Asking(new Wire(port, boundMillis));
        }
    }

    private record Asking(Wire wire) implements Question.Line {

        @Override
        public void ask() throws IOException {
            AskedVersions.ask(wire);
        }

        @Override
        public void close() {
            try {
                wire.close();
            } catch (IOException ignored) {
                return; // a connection that cannot be closed is closed
            }
        }
    }
}
