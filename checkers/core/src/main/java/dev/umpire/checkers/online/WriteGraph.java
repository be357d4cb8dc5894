package dev.umpire.checkers.online;

import dev.umpire.checkers.online.OrderedWrite.Edge;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which writes of a key must stand before which others, as sessions force it, on top of real time.
 *
 * <p>Real time needs no edges. It is an interval order: of two of its edges on a cycle, one leads from the first write of the
 * one to the second of the other, or the other way round, so that a shorter cycle has one of them. A cycle therefore has at
 * most one edge of real time beside edges of sessions; with one there is a write that was acknowledged before the invocation
 * of a write that must stand before it. Each write knows the latest such invocation ({@link OrderedWrite#latest}). Edges that
 * real time gives as well are not kept, so that what is kept joins writes that overlap.
 *
 * <p>A write can be forgotten when no kept edge leads to it and none will: its own latest invocation is settled, and what
 * stands behind it knows it.
 */
final class WriteGraph {
    private static final int MOST_EDGES = 20_000;

    private final Set<OrderedWrite> joined = new LinkedHashSet<>();
    /** Writes that stand before what was acknowledged before they, or what must stand before them, was invoked. */
    private final Set<OrderedWrite> impossible = new LinkedHashSet<>();

    private Optional<OrderedWrite> onCycle = Optional.empty();
    private int edges;
    private boolean incomplete;

    /** The bound's write stands before the other, or is it, as the operation read the other. */
    void add(Obligation because, OrderedWrite to, Operation reader) {
        OrderedWrite from = because.write();
        if (from == to || from.acknowledged() < to.invoked()) {
            return;
        }
        if (!from.isOpen()) {
            for (Edge known : from.out) {
                if (known.to() == to) {
                    return;
                }
            }
        }
        if (edges >= MOST_EDGES && isBroken()) {
            incomplete = true;
            return;
        }
        Edge edge = new Edge(from, to, because, reader);
        from.out.add(edge);
        to.in.add(edge);
        joined.add(from);
        joined.add(to);
        edges++;
        if (onCycle.isEmpty() && reaches(to, from)) {
            onCycle = Optional.of(to);
        }
        raise(to, from.latest);
    }

    private void raise(OrderedWrite first, long latest) {
        Deque<OrderedWrite> raised = new ArrayDeque<>();
        raised.add(first);
        while (!raised.isEmpty()) {
            OrderedWrite write = raised.remove();
            if (write.latest < latest) {
                write.latest = latest;
                write.out.forEach(edge -> raised.add(edge.to()));
            }
            if (write.latest > write.acknowledged()) {
                impossible.add(write);
            }
        }
    }

    private static boolean reaches(OrderedWrite from, OrderedWrite to) {
        Set<OrderedWrite> visited = new HashSet<>();
        Deque<OrderedWrite> next = new ArrayDeque<>();
        next.add(from);
        while (!next.isEmpty()) {
            OrderedWrite write = next.remove();
            if (write == to) {
                return true;
            }
            if (visited.add(write)) {
                write.out.forEach(edge -> next.add(edge.to()));
            }
        }
        return false;
    }

    /** Takes a write that failed out of the graph; returns the edges that led from it. */
    List<Edge> without(OrderedWrite write) {
        List<Edge> led = List.copyOf(write.out);
        for (Edge edge : led) {
            edge.to().in.remove(edge);
        }
        for (Edge edge : write.in) {
            edge.from().out.remove(edge);
        }
        edges -= write.out.size() + write.in.size();
        write.out.clear();
        write.in.clear();
        joined.remove(write);
        return led;
    }

    /**
     * Finds out anew what is impossible, after edges were taken away.
     *
     * @return why that cannot be said; empty: it can
     */
    Optional<String> review() {
        impossible.clear();
        onCycle = Optional.empty();
        for (OrderedWrite write : joined) {
            write.latest = write.latestForgotten;
        }
        joined.removeIf(write -> write.in.isEmpty() && write.out.isEmpty());
        for (OrderedWrite write : joined) {
            for (Edge edge : List.copyOf(write.out)) {
                if (onCycle.isEmpty() && reaches(edge.to(), write)) {
                    onCycle = Optional.of(write);
                }
                raise(edge.to(), write.latest);
            }
        }
        return incomplete && !isBroken()
                ? Optional.of(
                        "was broken in too many ways for all of them to be remembered, until a write of it failed")
                : Optional.empty();
    }

    boolean isBroken() {
        return onCycle.isPresent() || !impossible.isEmpty();
    }

    /** Whether no edge leads to the write, and it is needed to tell no violation. */
    boolean mayForget(OrderedWrite write) {
        return write.in.isEmpty() && !(isBroken() && joined.contains(write));
    }

    /** What must stand behind the write knows all that it knows. */
    void forget(OrderedWrite write) {
        for (Edge edge : write.out) {
            edge.to().in.remove(edge);
            edge.to().latestForgotten = Math.max(edge.to().latestForgotten, write.latest);
        }
        edges -= write.out.size();
        write.out.clear();
        joined.remove(write);
    }

    /** All operations that are joined to one violation. */
    void addEvidence(Set<Operation> evidence) {
        OrderedWrite start =
                onCycle.isPresent() ? onCycle.get() : impossible.iterator().next();
        Set<OrderedWrite> visited = new HashSet<>();
        Deque<OrderedWrite> next = new ArrayDeque<>();
        next.add(start);
        while (!next.isEmpty()) {
            OrderedWrite write = next.remove();
            if (visited.add(write)) {
                evidence.add(write.operation());
                for (Edge edge : write.in) {
                    evidence.add(edge.because().operation());
                    evidence.add(edge.bound());
                    next.add(edge.from());
                }
                for (Edge edge : write.out) {
                    evidence.add(edge.because().operation());
                    evidence.add(edge.bound());
                    next.add(edge.to());
                }
            }
        }
    }

    int edges() {
        return edges;
    }
}
