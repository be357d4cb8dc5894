package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Kafka brokers that run, whoever started them. */
final class KafkaCluster implements Cluster {

    private final KafkaNodes kafka;
    private final FaultControl faults;
    private final Supplier<CompletionStage<Void>> ending;
    private final Optional<String> version;
    private final List<Leadership> leaders;
    private final Map<Integer, SessionMemory> sessions = new HashMap<>(); // on the loop

    /**
     * Brokers that take messages.
     *
     * @param version of the brokers; empty: nobody has told it
     * @param ending ends it
     */
    KafkaCluster(
            KafkaNodes kafka, FaultControl faults, Optional<String> version, Supplier<CompletionStage<Void>> ending) {
        this.kafka = kafka;
        this.faults = faults;
        this.version = version;
        this.ending = ending;
        this.leaders = Stream.generate(() -> new Leadership(kafka.nodes().get(0)))
                .limit(kafka.settings().partitions())
                .toList();
    }

    /** Where its nodes are reached. */
    NodePorts ports() {
        return kafka.ports();
    }

    @Override
    public List<Node> nodes() {
        return kafka.nodes();
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return CompletableFuture.completedStage(version);
    }

    /** The leader of the first partition: all begin with the same one, and follow the same order after it. */
    @Override
    public CompletionStage<Optional<Node>> leader() {
        return Standing.ask(kafka).thenApply(Standing::leader);
    }

    @Override
    public Client connect(Session session, Node home) {
        return new KafkaClient(
                kafka,
                sessions.computeIfAbsent(
                        session.number(), number -> new SessionMemory(kafka, new ToldLeaders(leaders), number)));
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Convergence> restored() {
        return Standing.ask(kafka).thenApply(standing -> new Convergence(standing.inSync(), standing.describe()));
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return Standing.ask(kafka).thenApply(standing -> new Convergence(standing.converged(), standing.describe()));
    }

    /** Sessions are ended first: one that asks for a topic which is gone makes it anew in many a cluster. */
    @Override
    public CompletionStage<Void> stop() {
        CompletionStage<Void> ended = CompletableFuture.completedStage(null);
        for (SessionMemory session : sessions.values()) {
            ended = ended.runAfterBoth(session.discard(), () -> {});
        }
        return ended.handle((done, failure) -> ending.get()).thenCompose(Function.identity());
    }
}
