package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Elections;
import dev.umpire.harness.cluster.Lever;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The levers of nodes with a sentinel each, which share what becomes of their node. Used on the loop. */
final class SentinelFaults extends RedisFaults {

    private static final Duration TO_END = Duration.ofSeconds(5);
    /** Sentinels refuse for a while: those at a failover, and those that know no good replica yet. */
    private static final long ORDER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long FAILOVER_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final String TAKEN = "OK";

    private final Layout layout;
    private final Sentinels sentinels;
    private long orders;

    SentinelFaults(Layout layout, Sentinels sentinels) {
        super(layout);
        this.layout = layout;
        this.sentinels = sentinels;
    }

    @Override
    public CompletionStage<Void> crash(Node node) {
        return at(node, both(node, NodeProcess::kill));
    }

    @Override
    public CompletionStage<Void> restart(Node node) {
        return super.restart(node)
                .thenCompose(runs -> at(node, () -> {
                    if (!ended() && !sentinels.process(node).alive()) {
                        sentinels.process(node).restart();
                    }
                }));
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

    private Lever both(Node node, Stroke stroke) {
        return () -> {
            stroke.strike(process(node));
            stroke.strike(sentinels.process(node));
        };
    }

    /**
     * {@inheritDoc}
     *
     * <p>By {@code SENTINEL FAILOVER}: a sentinel promotes a replica as if the leader were lost, and asks no other for agreement.
     * The leader runs on, and clients go on writing to it until most sentinels name its successor.
     */
    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return Polling.until(
                        layout.environment(),
                        "a sentinel to take the order to promote",
                        ORDER_NANOS,
                        () -> sentinels.views().thenCompose(views -> order(leader, views)))
                .thenCompose(taken -> Elections.another(
                        layout.environment(),
                        leader,
                        FAILOVER_NANOS,
                        sentinels::chosen,
                        Sentinels.Chosen::leader,
                        Sentinels.Chosen::words));
    }

    /** Only one who knows the leader and is done with what was before: an older order of things would come back. */
    private CompletionStage<Polling.Seen> order(Node leader, SentinelViews views) {
        List<Node> ready =
                views.answers().where(view -> view.settled() && view.primary().equals(Optional.of(leader)));
        if (2 * ready.size() <= layout.nodes().size()) {
            return CompletableFuture.completedStage(new Polling.Seen(false, views.describe()));
        }
        Node asked = ready.get((int) (orders++ % ready.size()));
        return sentinels
                .order(asked)
                .thenApply(said -> new Polling.Seen(
                        said.equals(Optional.of(TAKEN)),
                        "the sentinel of " + asked + " said " + said.orElse("nothing")));
    }
}
