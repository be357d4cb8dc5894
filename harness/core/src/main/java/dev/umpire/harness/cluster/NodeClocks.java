package dev.umpire.harness.cluster;

import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.NodeClock;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which wall clock nodes go by: each by one of its own where a plan wants clocks to go wrong, else all by the machine's.
 * Thread-safe; calls block.
 */
public final class NodeClocks {

    private final Holdings holdings;
    private final boolean ofTheirOwn;
    private final Map<Node, NodeClock> clocks = new ConcurrentHashMap<>();

    /** These kinds, with clocks that go wrong where this machine has what is needed for them. */
    public static Set<FaultKind> andClock(Set<FaultKind> kinds) {
        Set<FaultKind> all = EnumSet.copyOf(kinds);
        if (NodeClock.missing().isEmpty()) {
            all.add(FaultKind.CLOCK);
        }
        return all;
    }

    /** Why clocks that go wrong are not among them; as {@link dev.umpire.harness.target.Target#missingFor}. */
    public static Optional<String> missingFor(FaultKind kind) {
        return kind == FaultKind.CLOCK ? NodeClock.missing() : Optional.empty();
    }

    /** For a cluster that is about to start. */
    public NodeClocks(StartContext context, Holdings holdings) {
        this.holdings = holdings;
        this.ofTheirOwn = context.faults().contains(FaultKind.CLOCK);
    }

    /** How to start a node that goes by its clock; for the first time or again. */
    public Command of(Node node, Command command) throws IOException {
        if (!ofTheirOwn) {
            return command;
        }
        NodeClock clock = clocks.get(node);
        if (clock == null) {
            clock = holdings.clock(node.name(), command.user());
            clocks.put(node, clock);
        }
        return command.with(clock.variables());
    }

    /** The clock of a node's own; empty: it goes by the machine's. */
    public Optional<NodeClock> clock(Node node) {
        return Optional.ofNullable(clocks.get(node));
    }
}
