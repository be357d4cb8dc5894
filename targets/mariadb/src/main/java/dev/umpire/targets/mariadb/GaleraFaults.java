package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The levers of a Galera cluster, whose nodes answer before they are members again. Used on the loop. */
final class GaleraFaults extends MariadbFaults {

    private static final long TO_JOIN_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final Duration BESIDE = Duration.ofSeconds(5);

    /** As a node that was mended a moment ago may still be on its way back. */
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long WITHOUT_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final Layout layout;

    GaleraFaults(Layout layout, NodeClocks clocks) {
        super(layout, clocks);
        this.layout = layout;
    }

    /** {@inheritDoc} On a busy machine a copy of all takes nearly as long as other levers may. */
    @Override
    public Duration toPull() {
        return Duration.ofNanos(TO_JOIN_NANOS).plus(BESIDE);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Waits until it is a member that takes statements, with a copy of the data of another one where it needs one. While links
     * are cut nothing is awaited: it takes no connection before it has met a majority, and ends if that takes half a minute.
     */
    @Override
    protected CompletionStage<Void> isBack(Node node) {
        return joinedUnlessCut(node);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Waits until it takes statements, unless links are cut: the others may have gone on without it.
     */
    @Override
    public CompletionStage<Void> resume(Node node) {
        return super.resume(node).thenCompose(goesOn -> joinedUnlessCut(node));
    }

    @Override
    public CompletionStage<Observation> isMember(Node node) {
        return GaleraStanding.counted(layout.mariadb(), node);
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is told to end, and tells the others that it leaves. Before that all must be members that are ready: who leaves while
     * another one is still on its way back could be the last to have what was acknowledged. Where the others do not go on
     * without it, it keeps its data.
     */
    @Override
    public CompletionStage<Void> leave(Node node) {
        MariadbNodes mariadb = layout.mariadb();
        return until("all to be members that are ready", SETTLED_NANOS, () -> GaleraStanding.ready(mariadb))
                .thenCompose(settled -> stop(node))
                .thenCompose(gone -> until(
                        "the others to go on without " + node,
                        WITHOUT_NANOS,
                        () -> GaleraStanding.without(mariadb, node)))
                .thenCompose(without -> at(node, () -> loses(node)));
    }

    /** Unless it was started again meanwhile, as by who gave this up. */
    private void loses(Node node) {
        if (!process(node).alive()) {
            leaves(node);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>In the place of one that left it starts with nothing. Completes when it is a member that is ready. May be called again where it failed: what has half a copy says so itself
     * ({@code grastate.dat}) and is sent all once more.
     */
    @Override
    public CompletionStage<Void> join(Node node) {
        return at(node, () -> begins(node)).thenCompose(begun -> isBack(node));
    }

    private void begins(Node node) throws IOException {
        if (ended() || process(node).alive()) {
            return;
        }
        if (awaitsJoin(node)) {
            layout.empty(node);
            joins(node);
        }
        startAgain(node);
    }

    private CompletionStage<Void> joinedUnlessCut(Node node) {
        return layout.links().whole() ? joined(node) : CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> joined(Node node) {
        return process(node).explaining(until(node + " to be a member that is ready", TO_JOIN_NANOS, () -> {
            process(node).requireAlive();
            return GaleraStanding.joined(layout.mariadb(), node);
        }));
    }
}
