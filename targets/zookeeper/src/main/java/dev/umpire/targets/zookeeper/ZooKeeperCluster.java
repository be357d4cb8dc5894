package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.launcher.NodeProcess;
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

/** ZooKeeper processes that run. */
final class ZooKeeperCluster implements Cluster {

    private final Layout layout;
    private final Holdings holdings;
    private final ZooKeeperFaults faults;
    private final KeyedRandom.Stream random;
    private final Map<Integer, Sessions> sessions = new HashMap<>(); // on the loop

    ZooKeeperCluster(Layout layout, Holdings holdings, Map<Node, NodeProcess> processes) {
        this.layout = layout;
        this.holdings = holdings;
        this.faults = new ZooKeeperFaults(layout, processes);
        this.random = layout.environment().random().stream("zookeeper/route");
    }

    @Override
    public List<Node> nodes() {
        return layout.nodes();
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return Standing.ask(layout)
                .thenApply(standing ->
                        standing.answers().given().map(Standing.Status::version).findFirst());
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return Standing.ask(layout).thenApply(Standing::leader);
    }

    @Override
    public Client connect(Session session, Node home) {
        int number = session.number();
        AskedNode.Route route = layout.settings().at().route(layout.nodes(), number, home, random.split(number));
        return new ZooKeeperClient(
                layout.settings().reads(),
                number,
                route,
                sessions.computeIfAbsent(number, one -> new Sessions(layout, one)));
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    /** A server serves when it has what its leader had. */
    @Override
    public CompletionStage<Convergence> restored() {
        return Standing.ask(layout).thenApply(standing -> new Convergence(standing.complete(), standing.describe()));
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return Standing.ask(layout).thenApply(standing -> new Convergence(standing.converged(), standing.describe()));
    }

    /** Sessions are ended first, as long as there are servers that can answer. */
    @Override
    public CompletionStage<Void> stop() {
        faults.end();
        CompletionStage<Void> ended = CompletableFuture.completedStage(null);
        for (Sessions one : sessions.values()) {
            ended = ended.runAfterBoth(one.close(), () -> {});
        }
        return ended.handle((done, failure) -> holdings.giveBack(layout.environment()))
                .thenCompose(Function.identity());
    }
}
