package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.ProcessFaults;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The levers that all clusters of processes have; who leads is left to the controllers. Used on the loop. */
final class KafkaFaults extends ProcessFaults {

    private static final long TO_LISTEN_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Layout layout;
    private final Map<Node, NodeProcess> processes;

    KafkaFaults(Layout layout, Map<Node, NodeProcess> processes) {
        super(layout.environment(), layout.links(), new KafkaProbes(layout));
        this.layout = layout;
        this.processes = Map.copyOf(processes);
    }

    @Override
    protected NodeProcess process(Node node) {
        NodeProcess process = processes.get(node);
        if (process == null) {
            throw new IllegalArgumentException("node: found " + node + ", expected one of " + processes.keySet());
        }
        return process;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A Java process takes seconds until it listens, so that is awaited.
     */
    @Override
    public CompletionStage<Void> restart(Node node) {
        return super.restart(node).thenCompose(started -> listens(node, TO_LISTEN_NANOS));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The leader of the first partition is cut off from the others for about a second, while clients still reach it, and
     * then killed; the controllers elect another, where they may.
     */
    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return whileIsolated(
                leader,
                () -> crash(leader)
                        .thenCompose(dead -> anotherLeader(
                                leader,
                                ELECTION_NANOS,
                                () -> Standing.ask(layout),
                                Standing::leader,
                                Standing::describe)));
    }
}
