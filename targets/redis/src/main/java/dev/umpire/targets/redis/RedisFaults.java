package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** SIGKILL, SIGSTOP and SIGCONT, the link proxy, and the hand of an operator who promotes a replica. Used on the loop. */
final class RedisFaults implements FaultControl {

    private static final long LEAST_ISOLATION_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long MOST_ISOLATION_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final long PROMOTION_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Layout layout;
    private final Environment environment;
    private final Leadership leadership;
    private final RedisProbes probes;
    private final KeyedRandom.Stream isolation;
    private long failovers;
    private volatile boolean ended;

    RedisFaults(Layout layout, Leadership leadership) {
        this.layout = layout;
        this.environment = layout.environment();
        this.leadership = leadership;
        this.probes = new RedisProbes(layout);
        this.isolation = environment.random().stream("redis/isolation");
    }

    /** From now on nothing is started any more. */
    void end() {
        ended = true;
    }

    @Override
    public CompletionStage<Void> crash(Node node) {
        return process(node, () -> layout.at(node).process().kill());
    }

    @Override
    public CompletionStage<Void> restart(Node node) {
        return process(node, () -> {
            if (!ended && !layout.at(node).process().alive()) {
                layout.at(node)
                        .process()
                        .restart(layout.command(node, layout.at(node).folder(), leadership.now()));
            }
        });
    }

    @Override
    public CompletionStage<Void> pause(Node node) {
        return process(node, () -> layout.at(node).process().pause());
    }

    @Override
    public CompletionStage<Void> resume(Node node) {
        return process(node, () -> layout.at(node).process().resume());
    }

    @Override
    public CompletionStage<Void> cut(Set<Link> links) {
        return layout.links().cut(environment, links);
    }

    @Override
    public CompletionStage<Void> mend(Set<Link> links) {
        return layout.links().mend(environment, links);
    }

    /**
     * {@inheritDoc}
     *
     * <p>As it goes wrong in practice: the leader is first cut off from the others for about a second, while clients still
     * reach it and it acknowledges what nobody copies; then it dies, and the replica that has most is promoted.
     */
    @Override
    public CompletionStage<Node> failOver(Node leader) {
        CompletableFuture<Node> result = new CompletableFuture<>();
        layout.links()
                .isolate(environment, leader)
                .thenCompose(isolated ->
                        elapsed(isolation.between(LEAST_ISOLATION_NANOS, MOST_ISOLATION_NANOS, failovers++)))
                .thenCompose(now -> crash(leader))
                .thenCompose(dead -> successor(leader))
                .thenCompose(this::promote)
                .thenCompose(successor -> repoint(leader, successor))
                .whenComplete((successor, failure) -> {
                    layout.links().readmit(environment, leader).whenComplete((mended, trouble) -> {
                        if (failure != null) {
                            result.completeExceptionally(failure);
                        } else if (trouble != null) {
                            result.completeExceptionally(trouble);
                        } else {
                            result.complete(successor);
                        }
                    });
                });
        return result;
    }

    /** The replica that has applied most of the stream. */
    private CompletionStage<Node> successor(Node leader) {
        return Standing.ask(layout)
                .thenApply(standing -> standing.answers().entrySet().stream()
                        .filter(answer -> !answer.getKey().equals(leader))
                        .filter(answer -> answer.getValue().isPresent())
                        .max(Comparator.comparingLong((Map.Entry<Node, Optional<Replication>> answer) ->
                                answer.getValue().map(Replication::offset).orElse(-1L)))
                        .map(Map.Entry::getKey)
                        .orElseThrow(() -> new IllegalStateException(
                                "failover: found no replica that answers, expected one; " + standing.describe())));
    }

    private CompletionStage<Node> promote(Node successor) {
        return layout.ask(successor, jedis -> jedis.replicaofNoOne())
                .thenCompose(said -> Polling.until(
                        environment,
                        successor + " to say that it leads",
                        PROMOTION_NANOS,
                        () -> layout.replication(successor)
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
                                node, jedis -> jedis.replicaof("127.0.0.1", layout.dial(node, successor)))
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).thenApply(all -> successor);
    }

    @Override
    public CompletionStage<Observation> answers(Node node) {
        return probes.answers(node);
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return probes.delivers(link);
    }

    private CompletionStage<Void> elapsed(long nanos) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        environment.schedule(nanos, () -> end.complete(null));
        return end;
    }

    private CompletionStage<Void> process(Node node, Lever lever) {
        return environment.blocking("launcher-" + node, () -> {
            lever.pull();
            return null;
        });
    }

    private interface Lever {
        void pull() throws IOException;
    }
}
