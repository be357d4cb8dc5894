package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Cassandra processes that run. */
final class CassandraCluster implements Cluster {

    private final Layout layout;
    private final Holdings holdings;
    private final CassandraFaults faults;
    private final Coordinators coordinators;
    private final Statements statements;
    private final KeyedRandom.Stream random;

    CassandraCluster(
            Layout layout,
            Holdings holdings,
            Map<Node, NodeProcess> processes,
            NodeClocks clocks,
            Coordinators coordinators,
            Statements statements) {
        this.layout = layout;
        this.holdings = holdings;
        this.faults = new CassandraFaults(layout, processes, clocks);
        this.coordinators = coordinators;
        this.statements = statements;
        this.random = layout.environment().random().stream("cassandra/route");
    }

    @Override
    public List<Node> nodes() {
        return layout.nodes();
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return CompletableFuture.completedStage(coordinators.version());
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public Client connect(Session session, Node home) {
        return connect(layout.settings(), session, home);
    }

    /** Connects a session that asks by other settings than those by which the nodes were started. */
    Client connect(CassandraSettings settings, Session session, Node home) {
        int number = session.number();
        AskedNode.Route route = settings.at().route(layout.nodes(), number, home, random.split(number));
        return new CassandraClient(settings, number, route, coordinators, statements);
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    /** What it has missed is handed over as hints, or found by reads, and nobody tells when. */
    @Override
    public CompletionStage<Convergence> restored() {
        return Replicas.reached(layout.nodes(), coordinators);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads that ask one replica alone see whether replicas have the same; others bring together what they find, as soon as
     * nodes reach each other.
     */
    @Override
    public CompletionStage<Convergence> convergence() {
        return Replicas.reached(layout.nodes(), coordinators)
                .thenCompose(seen -> seen.reached() && layout.settings().reads() == Consistency.ONE
                        ? Replicas.alike(layout.nodes(), coordinators)
                        : CompletableFuture.completedStage(seen));
    }

    @Override
    public CompletionStage<Void> stop() {
        faults.end();
        return coordinators
                .close()
                .handle((closed, failure) -> holdings.giveBack(layout.environment()))
                .thenCompose(Function.identity());
    }
}
