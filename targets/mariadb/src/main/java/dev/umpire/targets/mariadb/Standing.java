package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.Node;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all nodes say of their replication. */
final class Standing {

    /** As long as a change may take round a circle that is well. */
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private Standing() {}

    static CompletionStage<NodeAnswers<Replication>> ask(MariadbNodes mariadb) {
        return NodeAnswers.ask(mariadb.nodes(), node -> mariadb.questions().ask(node, Replication::of));
    }

    /**
     * Asks whether every node has applied everything. Each node makes a change first, and all must come everywhere: a change
     * before it that altered no row at some node is in no log there, and would be awaited for ever.
     */
    static CompletionStage<Convergence> converged(MariadbNodes mariadb) {
        return NodeAnswers.ask(
                        mariadb.nodes(),
                        node -> mariadb.questions().ask(node, asked -> Replication.mark(asked, node.name())))
                .thenCompose(marks -> marks.all(any -> true)
                        ? awaited(mariadb, marks)
                        : ask(mariadb).thenApply(now -> new Convergence(false, now.describe(Replication::describe))));
    }

    private static CompletionStage<Convergence> awaited(MariadbNodes mariadb, NodeAnswers<Position> marks) {
        return Polling.until(
                        mariadb.environment(),
                        "every node's change at every node",
                        ROUND_NANOS,
                        () -> ask(mariadb)
                                .thenApply(now -> new Polling.Seen(
                                        now.all(node -> marks.given().allMatch(node.applied()::includes)),
                                        now.describe(Replication::describe))))
                .handle((all, tooLate) -> tooLate == null
                        ? CompletableFuture.completedStage(new Convergence(true, "all"))
                        : stopped(mariadb)
                                .thenApply(why -> why.map(Convergence::never)
                                        .orElseGet(() -> new Convergence(false, "" + tooLate.getMessage()))))
                .thenCompose(Function.identity());
    }

    /** Why the nodes will not agree. Where others started the servers, nobody knows which is the replica of which. */
    private static CompletionStage<Optional<String>> stopped(MariadbNodes mariadb) {
        return ask(mariadb)
                .thenCompose(before -> ask(mariadb)
                        .thenApply(now -> mariadb.startedHere()
                                ? stopped(mariadb.nodes(), before, now)
                                : Optional.<String>empty()));
    }

    /**
     * Why the nodes of a circle will not agree: some have stopped at a change that did not fit, which no replica tries again, and
     * each of the others has all that the one before it has. Then nobody has anything to wait for.
     *
     * @param circle each the replica of the one before it
     * @param before what they said a moment ago
     */
    static Optional<String> stopped(List<Node> circle, NodeAnswers<Replication> before, NodeAnswers<Replication> now) {
        List<Node> stopped = now.where(Replication::stopped);
        if (stopped.isEmpty() || !now.all(any -> true) || !before.equals(now)) {
            return Optional.empty();
        }
        for (int i = 0; i < circle.size(); i++) {
            Replication node = now.of(circle.get(i)).orElseThrow();
            Replication master =
                    now.of(circle.get((i + circle.size() - 1) % circle.size())).orElseThrow();
            if (!node.stopped() && !node.applied().includes(master.applied())) {
                return Optional.empty();
            }
        }
        return Optional.of(stopped.stream()
                .map(node -> node + " applies nothing more of what others change: "
                        + now.of(node).orElseThrow().error())
                .collect(Collectors.joining("; ")));
    }

    /** Whether every node receives and applies. */
    static CompletionStage<Polling.Seen> runs(MariadbNodes mariadb) {
        return ask(mariadb)
                .thenApply(now -> new Polling.Seen(now.all(Replication::runs), now.describe(Replication::describe)));
    }
}
