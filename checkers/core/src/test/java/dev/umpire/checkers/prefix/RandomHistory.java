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
 * Small random histories of a store with one log: each operation takes effect at one moment between its events, reads look
 * at an older prefix of the log. Mutations then break a few of them.
 */
final class RandomHistory {
    private final SplittableRandom random;
    private final int keys;
    private final int sessions;
    private final int mostWrites;
    private final boolean unsafeReads;
    private final int reportsOf;
    private int writes;
    private long clock;

    /** One operation on its way. */
    private static final class Call {
        private int session;
        private String function = "";
        private int key;
        private int value;
        private int old;
        private EventType end = EventType.OK;
        private long position = History.ABSENT;
        private long version = History.ABSENT;
        private final Map<Value, Value> result = new LinkedHashMap<>();
        private int remaining;
    }

    private final List<int[]> log = new ArrayList<>(); // key, value
    private final List<Event> events = new ArrayList<>();

    private RandomHistory(long seed) {
        random = new SplittableRandom(seed);
        keys = 1 + random.nextInt(8) * 3 / 8 + (random.nextInt(3) == 0 ? 0 : 1);
        sessions = 1 + random.nextInt(4);
        mostWrites = 3 + random.nextInt(6);
        unsafeReads = random.nextInt(4) > 0;
        reportsOf = random.nextInt(6); // 0: positions, 1: versions, 2: some of both, else nothing
    }

    /** The events of a history; the same for the same seed. */
    static List<Event> events(long seed) {
        RandomHistory history = new RandomHistory(seed);
        history.run();
        return history.events;
    }

    private void run() {
        Call[] open = new Call[sessions];
        int left = 6 + random.nextInt(14);
        int idle = 0;
        while (left > 0 || idle < sessions) {
            int session = random.nextInt(sessions);
            if (open[session] == null) {
                if (left > 0) {
                    left--;
                    open[session] = invoke(session);
                }
            } else if (open[session].remaining-- == 0) {
                takeEffect(open[session]);
            } else if (open[session].remaining < -1 - random.nextInt(2)) {
                complete(open[session]);
                open[session] = null;
            }
            idle = 0;
            for (Call call : open) {
                idle += call == null ? 1 : 0;
            }
        }
    }

    private Call invoke(int session) {
        Call call = new Call();
        call.session = session;
        call.remaining = random.nextInt(3);
        call.key = random.nextInt(keys);
        int dice = random.nextInt(10);
        if (dice < 4 && writes < mostWrites) {
            call.function = "write";
            call.value = 1 + writes++;
        } else if (dice < 5 && writes < mostWrites) {
            call.function = "cas";
            call.old = random.nextBoolean() ? state(call.key, log.size()) : random.nextInt(writes + 1);
            call.value = 1 + writes++;
        } else {
            call.function = dice < 7 - keys / 2 ? "read" : "snapshot";
        }
        if (random.nextInt(40) == 0 && call.function.equals("write")) {
            call.value = random.nextInt(writes + 1); // twice, or the initial value
        }
        if (random.nextInt(5) == 0) {
            call.end = random.nextInt(3) == 0 ? EventType.FAIL : EventType.INFO;
        }
        events.add(event(EventType.INVOKE, call, argument(call)).build());
        return call;
    }

    private static Value value(int value) {
        return value == 0 ? Value.NIL : Value.of(value);
    }

    private static Value argument(Call call) {
        if (call.function.equals("write")) {
            return value(call.value);
        }
        return call.function.equals("cas") ? Value.of(List.of(value(call.old), value(call.value))) : Value.NIL;
    }

    private int state(int key, int prefix) {
        int value = 0;
        for (int[] entry : log.subList(0, prefix)) {
            value = entry[0] == key ? entry[1] : value;
        }
        return value;
    }

    private void takeEffect(Call call) {
        if (call.end == EventType.FAIL || (call.end == EventType.INFO && random.nextBoolean())) {
            return;
        }
        int stale = Math.max(0, log.size() - random.nextInt(4));
        switch (call.function) {
            case "cas" -> {
                if (state(call.key, log.size()) != call.old && !unsafeReads) {
                    call.end = call.end == EventType.OK ? EventType.FAIL : call.end;
                } else {
                    append(call);
                }
            }
            case "write" -> append(call);
            case "read" -> call.result.put(key(call.key), value(state(call.key, prefix(stale))));
            default -> {
                for (int key = 0; key < keys; key++) {
                    if (key == call.key || random.nextBoolean()) {
                        call.result.put(key(key), value(state(key, prefix(stale))));
                    }
                }
            }
        }
    }

    /** Mostly one prefix for the whole observation; another one for each key where the store is unsafe. */
    private int prefix(int stale) {
        return unsafeReads ? random.nextInt(log.size() + 1) : stale;
    }

    private void append(Call call) {
        long version = log.stream().filter(entry -> entry[0] == call.key).count();
        log.add(new int[] {call.key, call.value});
        if (reportsOf == 0 || (reportsOf == 2 && random.nextInt(5) > 0)) {
            call.position = 100L + log.size() - (random.nextInt(30) == 0 ? random.nextInt(3) : 0);
        }
        if (reportsOf == 1 || (reportsOf == 2 && random.nextInt(5) > 0)) {
            call.version = version - (random.nextInt(30) == 0 ? random.nextInt(3) : 0);
        }
    }

    private void complete(Call call) {
        Event.Builder event = event(call.end, call, result(call));
        if (call.end != EventType.FAIL) {
            if (call.position != History.ABSENT && (call.end == EventType.OK || random.nextBoolean())) {
                event.position(call.position);
            }
            if (call.version != History.ABSENT && (call.end == EventType.OK || random.nextBoolean())) {
                event.version(call.version);
            }
        }
        events.add(event.build());
    }

    private Value result(Call call) {
        if (call.end != EventType.OK || call.function.equals("write") || call.function.equals("cas")) {
            return call.function.equals("write") || call.function.equals("cas") ? argument(call) : Value.NIL;
        }
        if (random.nextInt(60) == 0) {
            call.result.replaceAll((key, old) -> value(random.nextInt(writes + 2)));
        }
        return call.function.equals("read") ? call.result.values().iterator().next() : new Value.MapOf(call.result);
    }

    private static Value key(int key) {
        return Value.of("k" + key);
    }

    private Event.Builder event(EventType type, Call call, Value value) {
        Event.Builder event = Event.of(type)
                .time(1_000_000 * ++clock)
                .process(call.session)
                .session(call.session)
                .function(call.function);
        if (!call.function.equals("snapshot")) {
            event.key(key(call.key));
        }
        return event.value(
                call.function.equals("snapshot") && call.result.isEmpty() ? new Value.MapOf(Map.of()) : value);
    }
}
