package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.ReadRouting;
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

/** Redis processes that run, and who of them leads. */
final class RedisCluster implements Cluster {

    private static final String VERSION = "redis_version:";

    private final Layout layout;
    private final Holdings holdings;
    private final Leadership leadership;
    private final ReadRouting routing;
    private final RedisFaults faults;

    RedisCluster(Layout layout, Holdings holdings, Node leader) {
        this.layout = layout;
        this.holdings = holdings;
        this.leadership = new Leadership(leader);
        this.routing = new ReadRouting(
                layout.settings().reads(),
                layout.nodes(),
                leadership,
                layout.environment().random());
        this.faults = new RedisFaults(layout, leadership);
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
        return layout.ask(leadership.now(), jedis -> jedis.info("server"))
                .thenApply(answer -> answer.flatMap(info -> info.lines()
                        .filter(line -> line.startsWith(VERSION))
                        .map(line -> line.substring(VERSION.length()).strip())
                        .findFirst()));
    }

    @Override
    public Client connect(Session session, Node home) {
        return new RedisClient(layout, routing, session, home);
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
