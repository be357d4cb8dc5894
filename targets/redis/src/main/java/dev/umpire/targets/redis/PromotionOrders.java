package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Elections;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Node;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Orders sentinels to promote a replica, one after another until one of them takes the order. An order without an answer may have
 * been taken: no other follows before a failover has had its time, or the sentinels name another leader. Used on the loop.
 */
final class PromotionOrders {

    /** Sentinels refuse for a while: those at a failover, and those that know no good replica yet. */
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final String TAKEN = "OK";

    private final Environment environment;
    private final Supplier<CompletionStage<SentinelViews>> views;
    private final Function<Node, CompletionStage<Optional<String>>> order;
    private final long failoverNanos;
    private long orders;
    private Order last = new Order(Optional.empty(), 0);

    /**
     * An order.
     *
     * @param deposesPerhaps who leads no more if it was taken, which nobody said; empty where it is known
     * @param overNanos when a failover that it began has had its time
     */
    private record Order(Optional<Node> deposesPerhaps, long overNanos) {
        boolean mayDepose(Node leader) {
            return deposesPerhaps.equals(Optional.of(leader));
        }
    }

    /**
     * Gives no order yet.
     *
     * @param views asks all sentinels
     * @param order orders the sentinel beside a node; completes with what it says to that, empty if it does not answer in time
     * @param failoverMillis how long a failover may take that an order without an answer began; 1 or more
     */
    PromotionOrders(
            Environment environment,
            Supplier<CompletionStage<SentinelViews>> views,
            Function<Node, CompletionStage<Optional<String>>> order,
            int failoverMillis) {
        this.environment = environment;
        this.views = views;
        this.order = order;
        this.failoverNanos = TimeUnit.MILLISECONDS.toNanos(failoverMillis);
    }

    /** Completes when a sentinel has taken the order to replace this leader; exceptionally when none has within 10 s. */
    CompletionStage<Void> taken(Node leader) {
        return Polling.until(
                environment,
                "a sentinel to take the order to promote",
                BOUND_NANOS,
                () -> views.get().thenCompose(said -> taken(leader, said)));
    }

    /**
     * Orders until another node leads: sentinels give a failover up whose replica does not say in time that it leads, and then would
     * not begin another by themselves. Completes exceptionally when nobody takes the first order, or nobody else leads in time.
     *
     * @param boundNanos from when the first order was taken; none is given so late that its failover could end after that
     * @param chosen asks who leads
     */
    CompletionStage<Node> another(Node leader, long boundNanos, Supplier<CompletionStage<Sentinels.Chosen>> chosen) {
        return taken(leader).thenCompose(taken -> {
            long deadlineNanos = environment.nowNanos() + boundNanos;
            return Elections.urged(environment, leader, boundNanos, chosen, Sentinels.Chosen::leader, said -> {
                long now = environment.nowNanos();
                boolean again = now >= last.overNanos() && now + failoverNanos < deadlineNanos;
                return again ? onceMore(leader) : CompletableFuture.completedStage(said.words());
            });
        });
    }

    /** Orders where nobody is at a failover; completes with what is seen then. */
    private CompletionStage<String> onceMore(Node leader) {
        return views.get().thenCompose(said -> {
            if (!said.allSettledOn(leader)) {
                return CompletableFuture.completedStage(said.describe());
            }
            List<Node> all = List.copyOf(said.answers().byNode().keySet());
            Node asked = all.get((int) (orders++ % all.size()));
            return order.apply(asked).thenApply(answer -> {
                last = ordered(Optional.empty());
                return words(asked, answer);
            });
        });
    }

    private Order ordered(Optional<Node> deposesPerhaps) {
        return new Order(deposesPerhaps, environment.nowNanos() + failoverNanos);
    }

    private CompletionStage<Polling.Seen> taken(Node leader, SentinelViews said) {
        boolean replaced = last.mayDepose(leader)
                && said.named().filter(named -> !named.equals(leader)).isPresent();
        if (replaced) {
            last = ordered(Optional.empty());
            return CompletableFuture.completedStage(new Polling.Seen(true, said.describe()));
        }
        if (last.deposesPerhaps().isPresent() && environment.nowNanos() < last.overNanos()) {
            return CompletableFuture.completedStage(
                    new Polling.Seen(false, "an order without an answer; " + said.describe()));
        }
        // only one who knows the leader and is done with what was before: an older order of things would come back
        List<Node> ready =
                said.answers().where(view -> view.settled() && view.primary().equals(Optional.of(leader)));
        if (2 * ready.size() <= said.answers().byNode().size()) {
            return CompletableFuture.completedStage(new Polling.Seen(false, said.describe()));
        }
        Node asked = ready.get((int) (orders++ % ready.size()));
        return order.apply(asked).thenApply(answer -> {
            last = ordered(answer.isPresent() ? Optional.empty() : Optional.of(leader));
            return new Polling.Seen(answer.equals(Optional.of(TAKEN)), words(asked, answer));
        });
    }

    private static String words(Node asked, Optional<String> answer) {
        return "the sentinel of " + asked + " said " + answer.orElse("nothing");
    }
}
