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
                .handle((all, tooLate) ->
                        new Convergence(tooLate == null, tooLate == null ? "all" : "" + tooLate.getMessage()));
    }

    /** Whether every node receives and applies. */
    static CompletionStage<Polling.Seen> runs(MariadbNodes mariadb) {
        return ask(mariadb)
                .thenApply(now -> new Polling.Seen(now.all(Replication::runs), now.describe(Replication::describe)));
    }
}
