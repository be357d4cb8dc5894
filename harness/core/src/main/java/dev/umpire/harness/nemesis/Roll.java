package dev.umpire.harness.nemesis;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Stops nodes cleanly and starts them again, one after another: the next only when the one before answers and has caught up, as
 * far as the store tells. Used on the loop.
 */
final class Roll {

    /** How many waits of at most {@link FaultControl#toPull} one node takes: stop, start, answer, catch up. */
    static final int LEVERS = 4;

    private final Environment environment;
    private final Cluster cluster;

    Roll(Environment environment, Cluster cluster) {
        this.environment = environment;
        this.cluster = cluster;
    }

    /** Completes when the last of these has caught up; fails with the first step that does. */
    CompletionStage<Void> through(List<Node> nodes) {
        CompletionStage<Void> rolled = CompletableFuture.completedFuture(null);
        for (Node node : nodes) {
            rolled = rolled.thenCompose(before -> restarted(node));
        }
        return rolled;
    }

    private CompletionStage<Void> restarted(Node node) {
        FaultControl faults = cluster.faults();
        return faults.stop(node)
                .thenCompose(stopped -> faults.restart(node))
                .thenCompose(started -> until(
                        node + " to answer",
                        () -> faults.answers(node)
                                .thenApply(seen -> new Polling.Seen(seen.positive(), seen.evidence()))))
                .thenCompose(answers -> cluster.progress()
                        .thenApply(told -> true)
                        .exceptionallyCompose(
                                failure -> Failures.cause(failure) instanceof UnsupportedOperationException
                                        ? CompletableFuture.completedStage(false)
                                        : CompletableFuture.failedStage(failure)))
                .thenCompose(tells -> tells ? caughtUp(node) : restored(node));
    }

    /** Whether it has what another had when the two were seen together first: who writes on meanwhile is not waited for. */
    private CompletionStage<Void> caughtUp(Node node) {
        CompletableFuture<Long> goal = new CompletableFuture<>();
        return until(
                node + " to catch up",
                () -> cluster.progress().thenApply(progress -> {
                    if (progress.size() > 1) {
                        goal.complete(furthest(progress));
                    }
                    Optional<Long> reached = Optional.ofNullable(progress.get(node));
                    return new Polling.Seen(
                            goal.isDone()
                                    && reached.filter(far -> far >= goal.join()).isPresent(),
                            node + " is at " + reached.map(String::valueOf).orElse("nothing that is known") + " of "
                                    + (goal.isDone() ? goal.join() : "nothing that is known"));
                }));
    }

    private static long furthest(Map<Node, Long> progress) {
        return progress.values().stream().mapToLong(far -> far).max().orElse(0);
    }

    /** Where the store has no one order of its writes, or does not tell. */
    private CompletionStage<Void> restored(Node node) {
        return until(
                node + " to catch up",
                () -> cluster.restored().thenApply(seen -> new Polling.Seen(seen.reached(), seen.lastSeen())));
    }

    private CompletionStage<Void> until(String awaited, Supplier<CompletionStage<Polling.Seen>> question) {
        return Polling.until(environment, awaited, cluster.faults().toPull().toNanos(), question);
    }
}
