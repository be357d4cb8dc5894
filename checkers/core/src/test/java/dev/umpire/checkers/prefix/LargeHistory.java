package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A large history of a store with one log and followers that lag: reads and snapshots show an older prefix, so that the
 * guarantee holds; a torn snapshot shows two prefixes. 16 keys, 32 sessions, 45 % writes, 10 % snapshots of 2 or 3 keys.
 */
final class LargeHistory {
    private static final int KEYS = 16;
    private static final int SESSIONS = 32;
    private static final int LAG = 400;

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Event> events = new ArrayList<>();
    /** Of each key: the log positions of its writes, and their values. */
    private final List<List<int[]>> log = new ArrayList<>();

    private int committed;
    private int torn;
    private final boolean positions;

    private LargeHistory(int torn, boolean positions) {
        this.torn = torn;
        this.positions = positions;
    }

    /** A history of so many operations, of which so many are torn snapshots. */
    static History of(int operations, int torn, boolean positions) {
        LargeHistory large = new LargeHistory(torn, positions);
        large.run(operations);
        return History.of(large.events);
    }

    private void run(int operations) {
        for (int key = 0; key < KEYS; key++) {
            log.add(new ArrayList<>());
        }
        int[] state = new int[SESSIONS]; // 0 idle, 1 invoked, 2 took effect
        int[] value = new int[SESSIONS];
        int[] key = new int[SESSIONS];
        int[] kind = new int[SESSIONS];
        int[] position = new int[SESSIONS];
        Value[] result = new Value[SESSIONS];
        int invoked = 0;
        int open = 0;
        int tear = torn == 0 ? 0 : operations / torn;
        while (invoked < operations || open > 0) {
            int s = random.nextInt(SESSIONS);
            if (state[s] == 0) {
                if (invoked == operations) {
                    continue;
                }
                invoked++;
                open++;
                int dice = random.nextInt(100);
                kind[s] = dice < 45 ? 0 : dice < 90 ? 1 : 2;
                key[s] = random.nextInt(KEYS);
                value[s] = invoked;
                result[s] = Value.NIL;
                position[s] = 0;
                event(EventType.INVOKE, s, kind[s], key[s], kind[s] == 0 ? Value.of(value[s]) : Value.NIL, 0);
                state[s] = 1;
            } else if (state[s] == 1) {
                if (kind[s] == 0) {
                    log.get(key[s]).add(new int[] {++committed, value[s]});
                    position[s] = committed;
                    result[s] = Value.of(value[s]);
                } else {
                    int seen = Math.max(0, committed - random.nextInt(LAG));
                    boolean tearThis = kind[s] == 2 && torn > 0 && invoked > tear;
                    if (tearThis) {
                        torn--;
                        tear = invoked + (operations - invoked) / Math.max(1, torn);
                    }
                    if (kind[s] == 1) {
                        result[s] = read(key[s], seen);
                    } else {
                        Map<Value, Value> map = new LinkedHashMap<>();
                        int count = 2 + random.nextInt(2);
                        for (int i = 0; i < count; i++) {
                            int other = (key[s] + i) % KEYS;
                            map.put(
                                    Value.of("k" + other),
                                    read(other, tearThis && i > 0 ? Math.max(0, seen - 3 * LAG) : seen));
                        }
                        result[s] = new Value.MapOf(map);
                    }
                }
                state[s] = 2;
            } else {
                event(EventType.OK, s, kind[s], key[s], result[s], position[s]);
                state[s] = 0;
                open--;
            }
        }
    }

    private Value read(int key, int prefix) {
        List<int[]> writes = log.get(key);
        int at = writes.size() - 1;
        while (at >= 0 && writes.get(at)[0] > prefix) {
            at--;
        }
        return at < 0 ? Value.NIL : Value.of(writes.get(at)[1]);
    }

    private void event(EventType type, int session, int kind, int key, Value value, int position) {
        Event.Builder event = Event.of(type)
                .time(events.size() * 10_000L)
                .process(session)
                .function(kind == 0 ? "write" : kind == 1 ? "read" : "snapshot")
                .value(value);
        if (kind < 2) {
            event.key(Value.of("k" + key));
        }
        if (positions && position > 0 && type == EventType.OK) {
            event.position(position);
        }
        events.add(event.build());
    }
}
