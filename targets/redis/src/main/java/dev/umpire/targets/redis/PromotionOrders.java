package dev.umpire.targets.redis;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Node;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private Optional<Node> deposedPerhaps = Optional.empty();
    private long notBeforeNanos;

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
     * not begin another by themselves. Completes exceptionally when nobody else leads in time.
     *
     * @param boundNanos of all orders together
     * @param chosen asks who leads
     */
    CompletionStage<Node> another(Node leader, long boundNanos, Supplier<CompletionStage<Sentinels.Chosen>> chosen) {
        return another(leader, boundNanos, environment.nowNanos() + boundNanos, chosen);
    }

    private CompletionStage<Node> another(
            Node leader, long boundNanos, long deadlineNanos, Supplier<CompletionStage<Sentinels.Chosen>> chosen) {
        CompletableFuture<Node> elected = new CompletableFuture<>();
        return taken(leader)
                .thenCompose(taken -> {
                    long notGivenUpNanos = environment.nowNanos() + failoverNanos;
                    return Polling.within(
                            environment,
                            deadlineNanos - environment.nowNanos(),
                            () -> chosen.get().thenCompose(said -> {
                                said.leader()
                                        .filter(node -> !node.equals(leader))
                                        .ifPresent(elected::complete);
                                return elected.isDone() || environment.nowNanos() < notGivenUpNanos
                                        ? CompletableFuture.completedStage(
                                                new Polling.Seen(elected.isDone(), said.words()))
                                        : views.get()
                                                .thenApply(views ->
                                                        new Polling.Seen(views.allSettledOn(leader), views.describe()));
                            }));
                })
                .thenCompose(seen -> {
                    if (elected.isDone()) {
                        return elected;
                    }
                    return seen.reached() && environment.nowNanos() < deadlineNanos
                            ? another(leader, boundNanos, deadlineNanos, chosen)
                            : CompletableFuture.failedStage(new TimeoutException("another leader than " + leader
                                    + ": not within " + TimeUnit.NANOSECONDS.toMillis(boundNanos) + " ms; last seen: "
                                    + seen.lastSeen()));
                });
    }

    private CompletionStage<Polling.Seen> taken(Node leader, SentinelViews said) {
        boolean replaced = deposedPerhaps.equals(Optional.of(leader))
                && said.named().filter(named -> !named.equals(leader)).isPresent();
        if (replaced) {
            deposedPerhaps = Optional.empty();
            return CompletableFuture.completedStage(new Polling.Seen(true, said.describe()));
        }
        if (environment.nowNanos() < notBeforeNanos) {
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
        return order.apply(asked).thenApply(answer -> heard(leader, asked, answer));
    }

    private Polling.Seen heard(Node leader, Node asked, Optional<String> answer) {
        if (answer.isEmpty()) {
            deposedPerhaps = Optional.of(leader);
            notBeforeNanos = environment.nowNanos() + failoverNanos;
        } else {
            deposedPerhaps = Optional.empty();
        }
        return new Polling.Seen(
                answer.equals(Optional.of(TAKEN)), "the sentinel of " + asked + " said " + answer.orElse("nothing"));
    }
}
