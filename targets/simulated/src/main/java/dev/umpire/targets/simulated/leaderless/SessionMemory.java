package dev.umpire.targets.simulated.leaderless;

import java.util.HashMap;
import java.util.Map;

/** What a session remembers over its reconnects. */
final class SessionMemory {
    private final Map<Place, DotSet> seen = new HashMap<>();
    private final Map<Place, Long> named = new HashMap<>();
    private final ProcessName session;

    SessionMemory(int session) {
        this.session = ProcessName.ofSession(session);
    }

    /** The writes at a place that this session made or saw. */
    DotSet seen(Place place) {
        return seen.getOrDefault(place, DotSet.EMPTY);
    }

    /** A name for a write at a place that no other has. */
    Dot nextName(Place place) {
        return new Dot(session, named.merge(place, 1L, Long::sum));
    }

    void sees(Place place, DotSet context) {
        seen.merge(place, context, DotSet::and);
    }
}
