package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.launcher.NodeProcess;
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
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Kafka brokers that run. */
final class KafkaCluster implements Cluster {

    private final Layout layout;
    private final Holdings holdings;
    private final KafkaFaults faults;
    private final List<Leadership> leaders;
    private final Map<Integer, SessionMemory> sessions = new HashMap<>(); // on the loop

    KafkaCluster(Layout layout, Holdings holdings, Map<Node, NodeProcess> processes, NodeClocks clocks) {
        this.layout = layout;
        this.holdings = holdings;
        this.faults = new KafkaFaults(layout, processes, clocks);
        this.leaders = Stream.generate(() -> new Leadership(layout.nodes().get(0)))
                .limit(layout.settings().partitions())
                .toList();
    }

    @Override
    public List<Node> nodes() {
        return layout.nodes();
    }

    /** The leader of the first partition: all begin with the same one, and follow the same order after it. */
    @Override
    public CompletionStage<Optional<Node>> leader() {
        return Standing.ask(layout).thenApply(Standing::leader);
    }

    @Override
    public Client connect(Session session, Node home) {
        return new KafkaClient(
                layout,
                leaders,
                sessions.computeIfAbsent(session.number(), number -> new SessionMemory(layout, leaders, number)));
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Convergence> restored() {
        return Standing.ask(layout).thenApply(standing -> new Convergence(standing.inSync(), standing.describe()));
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return Standing.ask(layout).thenApply(standing -> new Convergence(standing.converged(), standing.describe()));
    }

    @Override
    public CompletionStage<Void> stop() {
        faults.end();
        CompletionStage<Void> stopped = holdings.giveBack(layout.environment());
        for (SessionMemory session : sessions.values()) {
            stopped = stopped.runAfterBoth(session.discard(), () -> {});
        }
        return stopped;
    }
}
