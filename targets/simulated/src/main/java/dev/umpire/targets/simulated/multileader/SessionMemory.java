package dev.umpire.targets.simulated.multileader;

import dev.umpire.histories.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a session remembers over its reconnects. */
final class SessionMemory {
    private final Map<Value, Set<Dot>> known = new HashMap<>();
    private VersionVector seen;

    SessionMemory(int leaders) {
        this.seen = VersionVector.none(leaders);
    }

    /** The token: all that this session has seen may rest on this. */
    VersionVector seen() {
        return seen;
    }

    /** The versions of a register that this session has read or written: what it writes next comes in their place. */
    Set<Dot> known(Value key) {
        return known.getOrDefault(key, Set.of());
    }

    void read(Value key, Set<Dot> versions, VersionVector nowSeen) {
        known.computeIfAbsent(key, absent -> new HashSet<>()).addAll(versions);
        sees(nowSeen);
    }

    void wrote(Value key, Set<Dot> version, VersionVector nowSeen) {
        known.put(key, new HashSet<>(version));
        sees(nowSeen);
    }

    void sees(VersionVector nowSeen) {
        seen = seen.and(nowSeen);
    }
}
