package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.KeyedRandom;
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
import java.util.function.Supplier;

/** Cassandra nodes that run, whoever started them. */
final class CassandraCluster implements Cluster {

    private final CassandraNodes cassandra;
    private final Tables tables;
    private final Coordinators coordinators;
    private final Statements statements;
    private final FaultControl faults;
    private final Supplier<CompletionStage<Void>> ending;
    private final KeyedRandom.Stream random;

    /** @param ending ends it */
    CassandraCluster(
            CassandraNodes cassandra,
            Tables tables,
            Coordinators coordinators,
            Statements statements,
            FaultControl faults,
            Supplier<CompletionStage<Void>> ending) {
        this.cassandra = cassandra;
        this.tables = tables;
        this.coordinators = coordinators;
        this.statements = statements;
        this.faults = faults;
        this.ending = ending;
        this.random = cassandra.environment().random().stream("cassandra/route");
    }

    /** Where its nodes are reached. */
    NodePorts ports() {
        return cassandra.ports();
    }

    @Override
    public List<Node> nodes() {
        return cassandra.nodes();
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
        return connect(cassandra.settings(), session, home);
    }

    /** Connects a session that asks by other settings than those by which the nodes were started. */
    Client connect(CassandraSettings settings, Session session, Node home) {
        int number = session.number();
        AskedNode.Route route = settings.at().route(cassandra.nodes(), number, home, random.split(number));
        return new CassandraClient(settings, number, route, coordinators, statements);
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    /** What it has missed is handed over as hints, or found by reads, and nobody tells when. */
    @Override
    public CompletionStage<Convergence> restored() {
        return Replicas.reached(cassandra.nodes(), coordinators, tables);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads that ask one replica alone see whether replicas have the same; others bring together what they find, as soon as
     * nodes reach each other.
     */
    @Override
    public CompletionStage<Convergence> convergence() {
        return Replicas.reached(cassandra.nodes(), coordinators, tables)
                .thenCompose(seen -> seen.reached() && cassandra.settings().reads() == Consistency.ONE
                        ? Replicas.alike(cassandra.nodes(), coordinators, tables)
                        : CompletableFuture.completedStage(seen));
    }

    @Override
    public CompletionStage<Void> stop() {
        return ending.get();
    }
}
