package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.EdgeSink;

/**
 * What comes before what whatever the order of each key's writes is: happens-before; over all keys real time, where that
 * is promised; and along each session the places of observations, where those are.
 */
final class FixedOrder {
    private final Recorded recorded;
    private final Observers observers;
    private final HappensBefore happensBefore;

    FixedOrder(Recorded recorded, Observers observers) {
        this.recorded = recorded;
        this.observers = observers;
        happensBefore = new HappensBefore(recorded);
    }

    /**
     * Tells the edges, the same at every call.
     *
     * @param firstFree the number of the first node that only passes order on
     * @return the first number that is still free
     */
    int tell(int firstFree, EdgeSink edges) {
        int free = happensBefore.tell(firstFree, edges);
        return switch (recorded.promise) {
            case CONSISTENT -> free;
            case STRICT -> TimeBarriers.tell(recorded, free, edges);
            case MONOTONIC -> SessionPlaces.tell(recorded, observers, free, edges);
        };
    }
}
