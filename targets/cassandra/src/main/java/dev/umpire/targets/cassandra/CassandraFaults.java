package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.ProcessFaults;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The levers that all clusters of processes have; nobody leads. Used on the loop. */
final class CassandraFaults extends ProcessFaults {

    /** What a start takes where others keep the machine busy. */
    static final long TO_LISTEN_NANOS = TimeUnit.SECONDS.toNanos(150);

    private final Map<Node, NodeProcess> processes;

    CassandraFaults(Layout layout, Map<Node, NodeProcess> processes) {
        super(layout.environment(), layout.links(), new CassandraProbes(layout));
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
     * <p>A node takes a dozen seconds until it listens, so that is awaited.
     */
    @Override
    public CompletionStage<Void> restart(Node node) {
        return super.restart(node).thenCompose(started -> listens(node, TO_LISTEN_NANOS));
    }

    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return CompletableFuture.failedStage(new UnsupportedOperationException(
                "found a wish for a failover, which a store without a leader has not"));
    }
}
