package dev.umpire.checkers.online;

import java.util.ArrayList;
import java.util.List;

/** A write as a node of the graph of which writes must stand before which others. */
final class OrderedWrite extends Write {

    /** Of the writes that stand before it, itself included, the position of the latest invocation. */
    long latest;

    /** The same, as far as it comes from itself and from writes that are forgotten. */
    long latestForgotten;

    /** What must stand before it and is not seen to do so by time alone; and what it must stand before. */
    final List<Edge> in = new ArrayList<>(0);

    final List<Edge> out = new ArrayList<>(0);

    /** How many bounds name it. */
    int bounds;

    /** While it is open: the bounds that its reads made, the reads that were obliged, and all of its reads. */
    final List<Obligation> boundsWhileOpen = new ArrayList<>(0);

    long obligedReads;
    long reads;

    OrderedWrite(Operation operation) {
        super(operation);
        latest = operation.invoked();
        latestForgotten = latest;
    }

    /**
     * A write must stand before another.
     *
     * @param because the bound of a session, and the operation that it bound
     */
    record Edge(OrderedWrite from, OrderedWrite to, Obligation because, Operation bound) {}
}
