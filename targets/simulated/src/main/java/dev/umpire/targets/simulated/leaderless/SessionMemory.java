package dev.umpire.targets.simulated.leaderless;

import java.util.HashMap;
import java.util.Map;

/** What a session remembers over its reconnects. */
final class SessionMemory {
    private final Map<Place, DotSet> seen = new HashMap<>();
    private long connections;

    /** The number of the connection that begins. */
    long nextConnection() {
        return connections++;
    }

    /** The writes at a place that this session made or saw. */
    DotSet seen(Place place) {
        return seen.getOrDefault(place, DotSet.EMPTY);
    }

    void sees(Place place, DotSet context) {
        seen.merge(place, context, DotSet::and);
    }
}
