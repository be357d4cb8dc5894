package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.NodeClock;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.Node;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The levers of servers that take seconds until they listen, as those that are Java do. */
public abstract class SlowServerFaults extends ProcessFaults {

    private static final Duration BESIDE = Duration.ofSeconds(5);

    private final Map<Node, NodeProcess> processes;
    private final Function<Node, Optional<NodeClock>> clocks;
    private final Function<Node, Optional<SmallDisk>> disks;
    private final long toListenNanos;

    /**
     * Levers.
     *
     * @param processes that of each node
     * @param clocks which wall clock each goes by
     * @param data where each has its data
     * @param toListenNanos within which a node listens that was started again
     */
    protected SlowServerFaults(
            Environment environment,
            NodeLinks links,
            Probes probes,
            Map<Node, NodeProcess> processes,
            NodeClocks clocks,
            DataFolders data,
            long toListenNanos) {
        this(environment, links, probes, processes, clocks::clock, data::disk, toListenNanos);
    }

    /**
     * Levers of servers that all go by the clock of this machine and have their data on its own disks.
     *
     * @param processes that of each node
     * @param toListenNanos within which a node listens that was started again
     */
    protected SlowServerFaults(
            Environment environment,
            NodeLinks links,
            Probes probes,
            Map<Node, NodeProcess> processes,
            long toListenNanos) {
        this(environment, links, probes, processes, node -> Optional.empty(), node -> Optional.empty(), toListenNanos);
    }

    private SlowServerFaults(
            Environment environment,
            NodeLinks links,
            Probes probes,
            Map<Node, NodeProcess> processes,
            Function<Node, Optional<NodeClock>> clocks,
            Function<Node, Optional<SmallDisk>> disks,
            long toListenNanos) {
        super(environment, links, probes);
        this.processes = Map.copyOf(processes);
        this.clocks = clocks;
        this.disks = disks;
        this.toListenNanos = toListenNanos;
    }

    /** What a server may take until it listens, and a little for what a start needs beside; a store may have slower levers. */
    @Override
    public Duration toPull() {
        return Duration.ofNanos(toListenNanos).plus(BESIDE);
    }

    @Override
    protected final Optional<NodeClock> clock(Node node) {
        return clocks.apply(node);
    }

    @Override
    protected final Optional<SmallDisk> disk(Node node) {
        return disks.apply(node);
    }

    @Override
    protected final NodeProcess process(Node node) {
        return node.in(processes);
    }

    /** {@inheritDoc} That is when it listens. */
    @Override
    protected CompletionStage<Void> isBack(Node node) {
        return listens(node, toListenNanos);
    }
}
