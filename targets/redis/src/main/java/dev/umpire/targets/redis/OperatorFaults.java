package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The hand of an operator who promotes a replica. Used on the loop. */
final class OperatorFaults extends RedisFaults {

    private static final long PROMOTION_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Layout layout;
    private final Environment environment;
    private final Leadership leadership;

    OperatorFaults(Layout layout, Leadership leadership) {
        super(layout);
        this.layout = layout;
        this.environment = layout.environment();
        this.leadership = leadership;
    }

    @Override
    protected void startAgain(Node node) throws IOException {
        process(node).restart(layout.command(node, layout.at(node).folder(), leadership.now()));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The leader is isolated and killed, and the replica that has most is promoted.
     */
    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return whileIsolated(
                leader,
                () -> crash(leader)
                        .thenCompose(dead -> successor(leader))
                        .thenCompose(this::promote)
                        .thenCompose(successor -> repoint(leader, successor)));
    }

    /** The replica that has applied most of the stream. */
    private CompletionStage<Node> successor(Node leader) {
        return Standing.ask(layout.redis())
                .thenApply(standing -> standing.answers().where(any -> true).stream()
                        .filter(node -> !node.equals(leader))
                        .max(Comparator.comparingLong(standing::offset))
                        .orElseThrow(() -> new IllegalStateException(
                                "failover: found no replica that answers, expected one; " + standing.describe())));
    }

    private CompletionStage<Node> promote(Node successor) {
        return layout.ask(successor, jedis -> jedis.replicaofNoOne())
                .thenCompose(said -> Polling.until(
                        environment,
                        successor + " to say that it leads",
                        PROMOTION_NANOS,
                        () -> layout.redis()
                                .replication(successor)
                                .thenApply(answer -> new Polling.Seen(
                                        answer.filter(Replication::leads).isPresent(),
                                        answer.map(Replication::describe).orElse("does not answer")))))
                .thenApply(leads -> {
                    leadership.pass(successor);
                    return successor;
                });
    }

    private CompletionStage<Node> repoint(Node old, Node successor) {
        List<CompletableFuture<?>> told = layout.nodes().stream()
                .filter(node -> !node.equals(old) && !node.equals(successor))
                .<CompletableFuture<?>>map(node -> layout.ask(
                                node, jedis -> jedis.replicaof(Layout.LOOPBACK, layout.follows(node, successor)))
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).thenApply(all -> successor);
    }
}
