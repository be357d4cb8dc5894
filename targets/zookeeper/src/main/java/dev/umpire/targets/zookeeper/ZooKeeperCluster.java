package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** ZooKeeper servers that run, whoever started them. */
final class ZooKeeperCluster implements Cluster {

    private final ZooKeeperNodes zookeeper;
    private final FaultControl faults;
    private final Supplier<CompletionStage<Void>> ending;
    private final KeyedRandom.Stream random;
    private final Map<Integer, Sessions> sessions = new HashMap<>(); // on the loop

    /** @param ending ends it */
    ZooKeeperCluster(ZooKeeperNodes zookeeper, FaultControl faults, Supplier<CompletionStage<Void>> ending) {
        this.zookeeper = zookeeper;
        this.faults = faults;
        this.ending = ending;
        this.random = zookeeper.environment().random().stream("zookeeper/route");
    }

    /** Where its nodes are reached. */
    NodePorts ports() {
        return zookeeper.ports();
    }

    @Override
    public List<Node> nodes() {
        return zookeeper.nodes();
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return Standing.ask(zookeeper)
                .thenApply(standing ->
                        standing.answers().given().map(Standing.Status::version).findFirst());
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return Standing.ask(zookeeper).thenApply(Standing::leader);
    }

    @Override
    public Client connect(Session session, Node home) {
        int number = session.number();
        AskedNode.Route route = zookeeper.settings().at().route(zookeeper.nodes(), number, home, random.split(number));
        return new ZooKeeperClient(
                zookeeper.settings(),
                number,
                route,
                sessions.computeIfAbsent(number, one -> new Sessions(zookeeper, one)));
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    /** A server serves when it has what its leader had. */
    @Override
    public CompletionStage<Convergence> restored() {
        return Standing.ask(zookeeper).thenApply(standing -> new Convergence(standing.complete(), standing.describe()));
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return Standing.converged(zookeeper);
    }

    /** Sessions are ended first, as long as there are servers that can answer. */
    @Override
    public CompletionStage<Void> stop() {
        CompletionStage<Void> ended = CompletableFuture.completedStage(null);
        for (Sessions one : sessions.values()) {
            ended = ended.runAfterBoth(one.close(), () -> {});
        }
        return ended.handle((done, failure) -> ending.get()).thenCompose(Function.identity());
    }
}
