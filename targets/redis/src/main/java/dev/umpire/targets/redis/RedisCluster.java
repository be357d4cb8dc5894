package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.NodePorts;
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
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Redis nodes that run, whoever started them, and who of them leads. */
sealed class RedisCluster implements Cluster permits SentinelCluster {

    private static final String VERSION = "redis_version:";

    private final RedisNodes redis;
    private final Leadership leadership;
    private final Consumer<Node> toldWhoLeads;
    private final ReadRouting routing;
    private final FaultControl faults;
    private final Supplier<CompletionStage<Void>> ending;

    /**
     * A cluster.
     *
     * @param leadership what clients are told
     * @param toldWhoLeads is told whenever the nodes say who leads
     * @param ending ends it
     */
    RedisCluster(
            RedisNodes redis,
            Leadership leadership,
            Consumer<Node> toldWhoLeads,
            FaultControl faults,
            Supplier<CompletionStage<Void>> ending) {
        this.redis = redis;
        this.leadership = leadership;
        this.toldWhoLeads = toldWhoLeads;
        this.routing = new ReadRouting(
                redis.settings().reads(),
                redis.nodes(),
                leadership,
                redis.environment().random());
        this.faults = faults;
        this.ending = ending;
    }

    /** Where its nodes are reached. */
    NodePorts ports() {
        return redis.ports();
    }

    /** Its nodes as they can be asked. */
    final RedisNodes redis() {
        return redis;
    }

    @Override
    public List<Node> nodes() {
        return redis.nodes();
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return Standing.ask(redis).thenApply(standing -> {
            standing.leader().ifPresent(toldWhoLeads);
            return standing.leader();
        });
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return redis.ask(leadership.now(), jedis -> jedis.info("server"))
                .thenApply(answer -> answer.flatMap(info -> info.lines()
                        .filter(line -> line.startsWith(VERSION))
                        .map(line -> line.substring(VERSION.length()).strip())
                        .findFirst()));
    }

    @Override
    public Client connect(Session session, Node home) {
        return new RedisClient(redis, routing, session, home);
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return Standing.converged(redis);
    }

    @Override
    public CompletionStage<Map<Node, Long>> progress() {
        return Standing.ask(redis).thenApply(standing -> standing.progress(standing.leader()));
    }

    @Override
    public CompletionStage<Void> stop() {
        return ending.get();
    }
}
