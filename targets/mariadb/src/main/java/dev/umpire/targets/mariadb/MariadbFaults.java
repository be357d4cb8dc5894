package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.cluster.ProcessFaults;
import dev.umpire.harness.external.ClientProbes;
import dev.umpire.harness.launcher.NodeClock;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.Node;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The levers that every cluster of processes has. Used on the loop. */
class MariadbFaults extends ProcessFaults {
    private static final long TO_LISTEN_NANOS = TimeUnit.SECONDS.toNanos(25);
    private final Layout layout;
    private final NodeClocks clocks;
    private final Probes clients;

    MariadbFaults(Layout layout, NodeClocks clocks) {
        super(layout.environment(), layout.links(), new MariadbProbes(layout));
        this.layout = layout;
        this.clocks = clocks;
        this.clients = new ClientProbes(layout.environment(), layout.ports(), Layout.question());
    }

    @Override
    protected Optional<Probes> clientProbes() {
        return Optional.of(clients);
    }

    @Override
    protected Optional<NodeClock> clock(Node node) {
        return clocks.clock(node);
    }

    @Override
    protected Optional<SmallDisk> disk(Node node) {
        return layout.data().disk(node);
    }

    @Override
    protected NodeProcess process(Node node) {
        return layout.at(node).process();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Kills the server first: what has found the disk full, be it a session or what receives the log of another one, tries
     * again after a minute only.
     */
    @Override
    public CompletionStage<Void> makeRoom(Node node) {
        return crash(node).thenCompose(dead -> super.makeRoom(node));
    }

    /** {@inheritDoc} That is when it listens, which on a busy machine takes longer than a probe waits. */
    @Override
    protected CompletionStage<Void> isBack(Node node) {
        return listens(node, TO_LISTEN_NANOS);
    }

    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return CompletableFuture.failedStage(new UnsupportedOperationException(
                "found a wish for a failover, which nodes have not that all take writes"));
    }
}
