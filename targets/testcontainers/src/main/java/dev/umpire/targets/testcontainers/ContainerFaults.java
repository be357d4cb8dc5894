package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.LinkedFaults;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Node;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The levers of containers: SIGKILL and a new start, the freezer, the network of the engine, and the links. */
final class ContainerFaults extends LinkedFaults {
    /** Of servers that take all of a small machine to start. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(90);

    private static final Duration BESIDE = Duration.ofSeconds(5);

    private final Machines machines;

    ContainerFaults(Machines machines) {
        super(machines.environment(), machines.links(), new ContainerProbes(machines));
        this.machines = machines;
    }

    /** What a server may take until it answers, and a little for what the engine needs beside. */
    @Override
    public Duration toPull() {
        return TO_ANSWER.plus(BESIDE);
    }

    @Override
    public CompletionStage<Void> crash(Node node) {
        return at(node, machines.of(node)::kill);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Waits until it answers.
     */
    @Override
    public CompletionStage<Void> restart(Node node) {
        return at(node, machines.of(node)::startAgain)
                .thenCompose(started -> Polling.until(
                        machines.environment(),
                        node + " to answer",
                        TO_ANSWER.toNanos(),
                        () -> answers(node).thenApply(seen -> new Polling.Seen(seen.positive(), seen.evidence()))));
    }

    @Override
    public CompletionStage<Void> pause(Node node) {
        return at(node, machines.of(node)::pause);
    }

    @Override
    public CompletionStage<Void> resume(Node node) {
        return at(node, machines.of(node)::resume);
    }

    @Override
    public CompletionStage<Void> disconnect(Node node) {
        return at(node, machines.of(node)::disconnect);
    }

    @Override
    public CompletionStage<Void> reconnect(Node node) {
        return at(node, machines.of(node)::reconnect);
    }

    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return CompletableFuture.failedStage(
                new UnsupportedOperationException(
                        "found a wish for a failover, which is not supported here: crash the leader where the store elects another"));
    }
}
