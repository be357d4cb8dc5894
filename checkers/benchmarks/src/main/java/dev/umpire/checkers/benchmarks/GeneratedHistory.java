package dev.umpire.checkers.benchmarks;

import dev.umpire.histories.HistoryRecorder;
import dev.umpire.histories.RecordingHeader;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Writes a recording of a store that keeps every promise: each operation takes effect when it completes. */
final class GeneratedHistory {
    private static final int KEYS = 16;
    private static final int SESSIONS = 32;
    private static final int NODES = 3;
    private static final long STEP_NANOS = 50_000;

    private final SplittableRandom random = new SplittableRandom(42);
    private final long[] store = new long[KEYS];
    private final int[][] openKeys = new int[SESSIONS][];
    private final long[] openValue = new long[SESSIONS];
    private final int[] node = new int[SESSIONS];
    private long nextValue = 1;
    private long nanos;

    private GeneratedHistory() {}

    /** A temporary file with so many operations; deleted when the process ends. */
    static Path write(int operations) throws IOException {
        Path folder = Files.createTempDirectory("umpire-benchmark");
        Path file = folder.resolve("history.jsonl");
        new GeneratedHistory().write(operations, file);
        file.toFile().deleteOnExit();
        folder.toFile().deleteOnExit();
        return file;
    }

    private void write(int operations, Path file) throws IOException {
        int begun = 0;
        int completed = 0;
        try (HistoryRecorder recorder =
                HistoryRecorder.open(file, new RecordingHeader(List.of("n0", "n1", "n2"), Value.NIL))) {
            while (completed < operations) {
                int session = random.nextInt(SESSIONS);
                nanos += 1 + random.nextLong(STEP_NANOS);
                if (openKeys[session] != null) {
                    recorder.append(complete(session));
                    openKeys[session] = null;
                    completed++;
                } else if (begun < operations) {
                    recorder.append(invoke(session));
                    begun++;
                }
            }
        }
    }

    private Event invoke(int session) {
        int dice = random.nextInt(100);
        int key = random.nextInt(KEYS);
        node[session] = random.nextInt(20) == 0 ? random.nextInt(NODES) : node[session];
        openValue[session] = 0;
        if (dice < 45) {
            openKeys[session] = new int[] {key};
            openValue[session] = nextValue++;
            return event(EventType.INVOKE, session)
                    .key(name(key))
                    .value(Value.of(openValue[session]))
                    .build();
        }
        if (dice < 90) {
            openKeys[session] = new int[] {key};
            return event(EventType.INVOKE, session).key(name(key)).build();
        }
        int count = 2 + random.nextInt(2);
        openKeys[session] = new int[count];
        List<Value> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            openKeys[session][i] = (key + i) % KEYS;
            names.add(name(openKeys[session][i]));
        }
        return event(EventType.INVOKE, session).value(Value.of(names)).build();
    }

    private Event complete(int session) {
        int[] keys = openKeys[session];
        if (openValue[session] != 0) {
            store[keys[0]] = openValue[session];
            return event(EventType.OK, session)
                    .key(name(keys[0]))
                    .value(Value.of(openValue[session]))
                    .build();
        }
        if (keys.length == 1) {
            return event(EventType.OK, session)
                    .key(name(keys[0]))
                    .value(stored(keys[0]))
                    .build();
        }
        Map<Value, Value> found = new LinkedHashMap<>();
        for (int key : keys) {
            found.put(name(key), stored(key));
        }
        return event(EventType.OK, session).value(new Value.MapOf(found)).build();
    }

    private Event.Builder event(EventType type, int session) {
        String function = openValue[session] != 0 ? "write" : openKeys[session].length == 1 ? "read" : "snapshot";
        return Event.of(type)
                .time(nanos)
                .process(session)
                .session(session)
                .node("n" + node[session])
                .function(function);
    }

    private Value stored(int key) {
        return store[key] == 0 ? Value.NIL : Value.of(store[key]);
    }

    private static Value name(int key) {
        return Value.of("k" + key);
    }
}
