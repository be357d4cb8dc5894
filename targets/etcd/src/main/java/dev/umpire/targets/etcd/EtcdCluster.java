package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Etcd processes that run. */
final class EtcdCluster implements Cluster {

    private final Layout layout;
    private final Holdings holdings;
    private final Map<Node, Member> members;
    private final EtcdFaults faults;
    private final KeyedRandom.Stream random;

    EtcdCluster(Layout layout, Holdings holdings, Map<Node, Member> members, Map<Node, Standing.Status> ids) {
        this.layout = layout;
        this.holdings = holdings;
        this.members = Map.copyOf(members);
        this.faults = new EtcdFaults(layout, this.members, new EtcdProbes(layout, ids));
        this.random = layout.environment().random().stream("etcd/route");
    }

    @Override
    public List<Node> nodes() {
        return layout.nodes();
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return Standing.ask(layout).thenApply(Standing::leader);
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        Gateway gateway = layout.gateway();
        return gateway.get(layout.at(nodes().get(0)).client(), "/version", Layout.QUESTION)
                .thenApply(answer -> answer.path("etcdserver").asStringOpt());
    }

    @Override
    public Client connect(Session session, Node home) {
        return new EtcdClient(layout, random.split(session.number()), session.number(), home);
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return Standing.ask(layout).thenApply(standing -> new Convergence(standing.converged(), standing.describe()));
    }

    @Override
    public CompletionStage<Map<Node, Long>> progress() {
        return Standing.ask(layout).thenApply(Standing::progress);
    }

    @Override
    public CompletionStage<Void> stop() {
        faults.end();
        return holdings.giveBack(layout.environment());
    }
}
