package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.SlowServerFaults;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The levers that all clusters of processes have; nobody leads. Used on the loop. */
final class CassandraFaults extends SlowServerFaults {

    /** What a start takes where others keep the machine busy. */
    static final long TO_LISTEN_NANOS = TimeUnit.SECONDS.toNanos(150);

    CassandraFaults(Layout layout, Map<Node, NodeProcess> processes, NodeClocks clocks, DataFolders data) {
        super(
                layout.environment(),
                layout.links(),
                new CassandraProbes(layout),
                processes,
                clocks,
                data,
                TO_LISTEN_NANOS);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Kills the node first: one whose commit log could not go on serves nobody any more and need not have ended.
     */
    @Override
    public CompletionStage<Void> makeRoom(Node node) {
        return crash(node).thenCompose(dead -> super.makeRoom(node));
    }

    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return CompletableFuture.failedStage(new UnsupportedOperationException(
                "found a wish for a failover, which a store without a leader has not"));
    }
}
