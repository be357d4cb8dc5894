package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Containers that run. */
final class ContainerCluster implements Cluster {
    private final Machines machines;
    private final Holdings holdings;
    private final Leadership leadership;
    private final Routes routes;
    private final ContainerFaults faults;

    ContainerCluster(Machines machines, Holdings holdings, Settings settings, Node leader) {
        this.machines = machines;
        this.holdings = holdings;
        this.leadership = new Leadership(leader);
        this.routes = Routes.of(machines, settings, leadership);
        this.faults = new ContainerFaults(machines);
    }

    @Override
    public List<Node> nodes() {
        return machines.nodes();
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return machines.ask(machines.first(), StoreConnection::version);
    }

    /** Whoever is asked for it here is who clients take for the leader from then on. */
    @Override
    public CompletionStage<Optional<Node>> leader() {
        return Nodes.ask(machines).thenApply(said -> {
            said.leader().ifPresent(leadership::pass);
            return said.leader();
        });
    }

    @Override
    public Client connect(Session session, Node home) {
        return new ContainerClient(machines, session, routes.of(session, home));
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return Nodes.ask(machines).thenApply(said -> new Convergence(said.converged(), said.describe()));
    }

    @Override
    public CompletionStage<Map<Node, Long>> progress() {
        return Nodes.ask(machines).thenApply(Nodes::progress);
    }

    @Override
    public CompletionStage<Void> stop() {
        return holdings.giveBack(machines.environment());
    }
}
