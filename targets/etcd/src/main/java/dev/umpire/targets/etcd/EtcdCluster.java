package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.NodePorts;
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
import java.util.function.Supplier;

/** Members that run, whoever started them. */
final class EtcdCluster implements Cluster {

    private final EtcdNodes etcd;
    private final FaultControl faults;
    private final Supplier<CompletionStage<Void>> ending;
    private final KeyedRandom.Stream random;

    /** @param ending ends it */
    EtcdCluster(EtcdNodes etcd, FaultControl faults, Supplier<CompletionStage<Void>> ending) {
        this.etcd = etcd;
        this.faults = faults;
        this.ending = ending;
        this.random = etcd.environment().random().stream("etcd/route");
    }

    /** Where its nodes are reached. */
    NodePorts ports() {
        return etcd.ports();
    }

    @Override
    public List<Node> nodes() {
        return etcd.nodes();
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return Standing.ask(etcd).thenApply(Standing::leader);
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        Gateway gateway = etcd.gateway();
        return gateway.get(etcd.ports().direct(nodes().get(0)), "/version", EtcdNodes.QUESTION)
                .thenApply(answer -> answer.path("etcdserver").asStringOpt());
    }

    @Override
    public Client connect(Session session, Node home) {
        return new EtcdClient(etcd, random.split(session.number()), session.number(), home);
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return Standing.converged(etcd);
    }

    @Override
    public CompletionStage<Map<Node, Long>> progress() {
        return Standing.ask(etcd).thenApply(Standing::progress);
    }

    @Override
    public CompletionStage<Void> stop() {
        return ending.get();
    }
}
