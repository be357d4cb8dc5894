package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Convergence;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What all nodes say of their replication. */
final class Standing {

    /** As long as a change may take round a circle that is well. */
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private Standing() {}

    static CompletionStage<NodeAnswers<Replication>> ask(Layout layout) {
        return NodeAnswers.ask(layout.nodes(), node -> layout.sql().ask(node, Replication::of));
    }

    /**
     * Asks whether every node has applied everything. Each node makes a change first, and all must come everywhere: a change
     * before it that altered no row at some node is in no log there, and would be awaited for ever.
     */
    static CompletionStage<Convergence> converged(Layout layout) {
        return NodeAnswers.ask(
                        layout.nodes(), node -> layout.sql().ask(node, asked -> Replication.mark(asked, node.name())))
                .thenCompose(marks -> marks.all(any -> true)
                        ? awaited(layout, marks)
                        : ask(layout).thenApply(now -> new Convergence(false, now.describe(Replication::describe))));
    }

    private static CompletionStage<Convergence> awaited(Layout layout, NodeAnswers<Position> marks) {
        return Polling.until(
                        layout.environment(),
                        "every node's change at every node",
                        ROUND_NANOS,
                        () -> ask(layout)
                                .thenApply(now -> new Polling.Seen(
                                        now.all(node -> marks.given().allMatch(node.applied()::includes)),
                                        now.describe(Replication::describe))))
                .handle((all, tooLate) ->
                        new Convergence(tooLate == null, tooLate == null ? "all" : "" + tooLate.getMessage()));
    }

    /** Whether every node receives and applies. */
    static CompletionStage<Polling.Seen> runs(Layout layout) {
        return ask(layout)
                .thenApply(now -> new Polling.Seen(now.all(Replication::runs), now.describe(Replication::describe)));
    }
}
