package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.ProcessFaults;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** MariaDB servers that run in a circle. */
final class MariadbCluster implements Cluster {

    private final Layout layout;
    private final Holdings holdings;
    private final Faults faults;

    MariadbCluster(Layout layout, Holdings holdings) {
        this.layout = layout;
        this.holdings = holdings;
        this.faults = new Faults(layout);
    }

    /** The levers that every cluster of processes has. */
    private static final class Faults extends ProcessFaults {
        private static final long TO_LISTEN_NANOS = TimeUnit.SECONDS.toNanos(25);

        private final Layout layout;

        Faults(Layout layout) {
            super(layout.environment(), layout.links(), new MariadbProbes(layout));
            this.layout = layout;
        }

        @Override
        protected NodeProcess process(Node node) {
            return layout.at(node).process();
        }

        /**
         * {@inheritDoc}
         *
         * <p>Waits until it listens, which on a busy machine takes longer than a probe waits.
         */
        @Override
        public CompletionStage<Void> restart(Node node) {
            return super.restart(node).thenCompose(started -> listens(node, TO_LISTEN_NANOS));
        }

        @Override
        public CompletionStage<Node> failOver(Node leader) {
            return CompletableFuture.failedStage(new UnsupportedOperationException(
                    "found a wish for a failover, which a circle of masters has not"));
        }
    }

    @Override
    public List<Node> nodes() {
        return layout.nodes();
    }

    /** All take writes, so none leads. */
    @Override
    public CompletionStage<Optional<Node>> leader() {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return layout.sql()
                .ask(
                        layout.nodes().get(0),
                        connection -> connection.getMetaData().getDatabaseProductVersion());
    }

    @Override
    public Client connect(Session session, Node home) {
        return new MariadbClient(layout, session, home);
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return Standing.converged(layout);
    }

    @Override
    public CompletionStage<Void> stop() {
        faults.end();
        return holdings.giveBack(layout.environment());
    }
}
