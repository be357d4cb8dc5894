package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Nodes whose leader sentinels choose: one that was deposed says for a while yet that it leads. */
final class SentinelCluster extends RedisCluster {

    private final Sentinels sentinels;

    /** As {@link RedisCluster}. */
    SentinelCluster(
            RedisNodes redis,
            Leadership leadership,
            Sentinels sentinels,
            FaultControl faults,
            Supplier<CompletionStage<Void>> ending) {
        // whom clients follow is told by the sentinels alone
        super(redis, leadership, said -> {}, faults, ending);
        this.sentinels = sentinels;
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return sentinels.chosen().thenApply(Sentinels.Chosen::leader);
    }

    @Override
    public CompletionStage<Map<Node, Long>> progress() {
        return leader().thenCompose(leader -> Standing.ask(redis()).thenApply(standing -> standing.progress(leader)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Sentinels must agree too, or copies that are the same now are so until one of them is told to follow another.
     */
    @Override
    public CompletionStage<Convergence> convergence() {
        return super.convergence()
                .thenCompose(copies -> super.leader()
                        .thenCompose(leads -> sentinels
                                .views()
                                .thenApply(views -> new Convergence(
                                        copies.reached()
                                                && leads.filter(views::agreeOn).isPresent(),
                                        copies.lastSeen() + "; " + views.describe()))));
    }
}
