package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Node;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The levers of a Galera cluster, whose nodes answer before they are members again. Used on the loop. */
final class GaleraFaults extends MariadbFaults {

    private static final long TO_JOIN_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Layout layout;

    GaleraFaults(Layout layout, NodeClocks clocks) {
        super(layout, clocks);
        this.layout = layout;
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

    private CompletionStage<Void> joinedUnlessCut(Node node) {
        return layout.links().whole() ? joined(node) : CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> joined(Node node) {
        return process(node)
                .explaining(Polling.until(
                        layout.environment(), node + " to be a member that is ready", TO_JOIN_NANOS, () -> {
                            if (ended()) {
                                return CompletableFuture.completedStage(new Polling.Seen(true, "ended"));
                            }
                            process(node).requireAlive();
                            return GaleraStanding.joined(layout.mariadb(), node);
                        }));
    }
}
