package dev.umpire.harness.external;

import dev.umpire.harness.cluster.Elections;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The levers for which the user gave commands. Used on the loop. */
public abstract class OrderedFaults implements FaultControl {
    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Environment environment;
    private final Orders orders;

    protected OrderedFaults(Environment environment, Orders orders) {
        this.environment = environment;
        this.orders = orders;
    }

    /** Who leads; empty if nobody does, or several. */
    protected abstract CompletionStage<Optional<Node>> leader();

    /** {@inheritDoc} Nodes that somebody else runs speak TCP, as those that are started here do. */
    @Override
    public final boolean sendsAgain() {
        return true;
    }

    @Override
    public final CompletionStage<Void> crash(Node node) {
        return orders.breaking(Order.CRASH, Order.RESTART, node);
    }

    @Override
    public final CompletionStage<Void> restart(Node node) {
        return orders.mending(Order.RESTART, node);
    }

    @Override
    public final CompletionStage<Void> pause(Node node) {
        return orders.breaking(Order.PAUSE, Order.RESUME, node);
    }

    @Override
    public final CompletionStage<Void> resume(Node node) {
        return orders.mending(Order.RESUME, node);
    }

    @Override
    public CompletionStage<Void> cut(Set<Link> links) {
        return each(links, link -> orders.breaking(Order.CUT, Order.MEND, link));
    }

    @Override
    public CompletionStage<Void> mend(Set<Link> links) {
        return each(links, link -> orders.mending(Order.MEND, link));
    }

    private static CompletionStage<Void> each(Set<Link> links, Function<Link, CompletionStage<Void>> order) {
        CompletionStage<Void> all = CompletableFuture.completedStage(null);
        for (Link link : new TreeSet<>(links)) {
            all = all.thenCompose(done -> order.apply(link));
        }
        return all;
    }

    @Override
    public final CompletionStage<Node> failOver(Node leader) {
        return orders.breaking(Order.FAILOVER, Order.RESTART, leader)
                .thenCompose(ordered -> Elections.another(
                        environment,
                        leader,
                        ELECTION_NANOS,
                        this::leader,
                        now -> now,
                        now -> now.map(Node::name).orElse("none")));
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return orders.ask(Order.DELIVERS, link).thenApply(said -> switch (said) {
            case "yes" -> new Observation(true, "something sent on " + link + " arrived");
            case "no" -> new Observation(false, "something sent on " + link + " did not arrive");
            default ->
                throw new IllegalStateException(
                        Order.DELIVERS.setting() + ": found '" + said + "' as its last line, expected yes or no");
        });
    }
}
