package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.histories.value.Value;
import java.util.HashMap;
import java.util.Map;

/** What a session remembers over its reconnects. */
final class SessionMemory {
    private final KeyedRandom.Stream choices;
    private long reads;
    private long position;
    private final Map<Value, Long> atLeader = new HashMap<>();

    SessionMemory(KeyedRandom.Stream choices) {
        this.choices = choices;
    }

    /** A number from 0 to {@code bound - 1} for this read. */
    int drawForRead(int bound) {
        return choices.below(bound, 2 * reads++);
    }

    /** A number from 0 to {@code bound - 1} for this connection; connection 0 stands for the whole session. */
    int drawForConnection(int bound, long connection) {
        return choices.below(bound, 2 * connection + 1);
    }

    /** Notes that the session was answered for a key at the leader. */
    void touchedAtLeader(Value key, long nowNanos) {
        atLeader.put(key, nowNanos);
    }

    /** Whether the session was answered for a key at the leader within the last {@code withinNanos}. */
    boolean touchedAtLeader(Value key, long nowNanos, long withinNanos) {
        Long last = atLeader.get(key);
        if (last != null && nowNanos - last > withinNanos) {
            atLeader.remove(key);
            return false;
        }
        return last != null;
    }

    /** The token: the furthest position that this session wrote or saw. */
    long position() {
        return position;
    }

    void reached(long newPosition) {
        position = Math.max(position, newPosition);
    }
}
