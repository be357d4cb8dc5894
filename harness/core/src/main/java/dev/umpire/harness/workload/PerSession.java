package dev.umpire.harness.workload;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that some sessions have and others have not. Immutable.
 *
 * @param <V> what they have
 */
record PerSession<V>(Map<Integer, V> bySession) {

    static <V> PerSession<V> none() {
        return new PerSession<>(Map.of());
    }

    Optional<V> of(int session) {
        return Optional.ofNullable(bySession.get(session));
    }

    PerSession<V> with(int session, V value) {
        Map<Integer, V> more = new HashMap<>(bySession);
        more.put(session, value);
        return new PerSession<>(Map.copyOf(more));
    }

    PerSession<V> without(int session) {
        Map<Integer, V> fewer = new HashMap<>(bySession);
        fewer.remove(session);
        return new PerSession<>(Map.copyOf(fewer));
    }
}
