package dev.umpire.targets.redis;

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
    private Optional<Node> deposedPerhaps = Optional.empty();
    private long notBeforeNanos;
    private long notGivenUpNanos;

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
            long begunNanos = environment.nowNanos();
            notGivenUpNanos = begunNanos + failoverNanos;
            CompletableFuture<Node> elected = new CompletableFuture<>();
            return Polling.until(
                            environment,
                            "another leader than " + leader,
                            boundNanos,
                            () -> chosen.get().thenCompose(said -> {
                                said.leader()
                                        .filter(node -> !node.equals(leader))
                                        .ifPresent(elected::complete);
                                long now = environment.nowNanos();
                                boolean again = now >= notGivenUpNanos && now + failoverNanos < begunNanos + boundNanos;
                                return !elected.isDone() && again
                                        ? onceMore(leader)
                                        : CompletableFuture.completedStage(
                                                new Polling.Seen(elected.isDone(), said.words()));
                            }))
                    .thenCompose(seen -> elected);
        });
    }

    /** Orders where nobody is at a failover. */
    private CompletionStage<Polling.Seen> onceMore(Node leader) {
        return views.get().thenCompose(said -> {
            if (!said.allSettledOn(leader)) {
                return CompletableFuture.completedStage(new Polling.Seen(false, said.describe()));
            }
            List<Node> all = List.copyOf(said.answers().byNode().keySet());
            Node asked = all.get((int) (orders++ % all.size()));
            return order.apply(asked).thenApply(answer -> {
                notGivenUpNanos = environment.nowNanos() + failoverNanos;
                return new Polling.Seen(false, words(asked, answer));
            });
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
        return new Polling.Seen(answer.equals(Optional.of(TAKEN)), words(asked, answer));
    }

    private static String words(Node asked, Optional<String> answer) {
        return "the sentinel of " + asked + " said " + answer.orElse("nothing");
    }
}
