package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Lever;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The levers of nodes with a sentinel each, which share what becomes of their node. Used on the loop. */
final class SentinelFaults extends RedisFaults {

    private static final Duration TO_END = Duration.ofSeconds(5);
    private static final long FAILOVER_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long SENTINEL_ANSWERS_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** One that was deposed says for some ten seconds that it leads. */
    private static final long IN_PLACE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Layout layout;
    private final Sentinels sentinels;
    private final PromotionOrders orders;

    SentinelFaults(Layout layout, Sentinels sentinels) {
        super(layout);
        this.layout = layout;
        this.sentinels = sentinels;
        this.orders = new PromotionOrders(
                layout.environment(),
                sentinels::views,
                sentinels::order,
                sentinels.watch().timeoutMillis());
    }

    @Override
    public CompletionStage<Void> crash(Node node) {
        return at(node, both(node, NodeProcess::kill));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Waits until its sentinel answers, and, unless links are cut, until it leads by what most sentinels say or follows: one that
     * was deposed says at first that it leads.
     */
    @Override
    public CompletionStage<Void> restart(Node node) {
        return super.restart(node)
                .thenCompose(runs -> at(node, () -> {
                    if (!ended() && !sentinels.process(node).alive()) {
                        sentinels.process(node).restart();
                    }
                }))
                .thenCompose(runs -> sentinelAnswers(node))
                .thenCompose(
                        answers -> layout.links().whole() ? inPlace(node) : CompletableFuture.completedStage(null));
    }

    private CompletionStage<Void> sentinelAnswers(Node node) {
        return sentinels
                .process(node)
                .explaining(Polling.until(
                        layout.environment(),
                        "the sentinel of " + node + " to answer",
                        SENTINEL_ANSWERS_NANOS,
                        () -> sentinels
                                .view(node)
                                .thenApply(view -> new Polling.Seen(
                                        ended() || view.isPresent(),
                                        view.map(SentinelView::describe).orElse("no answer")))));
    }

    private CompletionStage<Void> inPlace(Node node) {
        return Polling.until(
                layout.environment(),
                node + " to be whom most sentinels name, or to follow",
                IN_PLACE_NANOS,
                () -> sentinels
                        .views()
                        .thenCompose(views -> layout.redis()
                                .replication(node)
                                .thenApply(said -> new Polling.Seen(
                                        ended()
                                                || !process(node).alive() // ended again, which probes tell
                                                || views.named().equals(Optional.of(node))
                                                || said.filter(one -> !one.leads())
                                                        .isPresent(),
                                        node + " "
                                                + said.map(Replication::describe)
                                                        .orElse("does not answer") + "; " + views.describe()))));
    }

    @Override
    public CompletionStage<Void> stop(Node node) {
        return at(node, () -> sentinels.process(node).end(stopSignal(), TO_END)).thenCompose(ended -> super.stop(node));
    }

    @Override
    public CompletionStage<Void> pause(Node node) {
        return at(node, both(node, NodeProcess::pause));
    }

    @Override
    public CompletionStage<Void> resume(Node node) {
        return at(node, both(node, NodeProcess::resume));
    }

    /** Something that is done to a process. */
    private interface Stroke {
        void strike(NodeProcess process) throws IOException;
    }

    /** Pulls the second too where the first fails, or half a node would be struck. */
    static Lever both(Lever first, Lever second) {
        return () -> {
            try {
                first.pull();
            } finally {
                second.pull();
            }
        };
    }

    private Lever both(Node node, Stroke stroke) {
        return both(() -> stroke.strike(process(node)), () -> stroke.strike(sentinels.process(node)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>By {@code SENTINEL FAILOVER}: a sentinel promotes a replica as if the leader were lost, and asks no other for agreement.
     * The leader runs on, and clients go on writing to it until most sentinels name its successor.
     */
    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return orders.another(leader, FAILOVER_NANOS, sentinels::chosen);
    }
}
