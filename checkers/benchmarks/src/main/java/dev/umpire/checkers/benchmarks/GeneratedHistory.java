package dev.umpire.checkers.benchmarks;

import dev.umpire.histories.HistoryRecorder;
import dev.umpire.histories.RecordingHeader;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Writes a recording of a store that keeps every promise: each operation takes effect when it completes. */
final class GeneratedHistory {
    /** To be changed with what is generated, so that files of before are not taken. */
    private static final String VERSION = "2";

    private static final int NODES = 3;
    private static final long STEP_NANOS = 50_000;

    private final SplittableRandom random = new SplittableRandom(42);
    private final Shape shape;
    private final long[] store;
    private final long[] version;
    private final int[][] openKeys;
    private final long[] openValue;
    private final int[] node;
    private final Value[] names;
    private long nextValue = 1;
    private long position;
    private long nanos;

    private GeneratedHistory(Shape shape) {
        this.shape = shape;
        store = new long[shape.keys()];
        version = new long[shape.keys()];
        names = new Value[shape.keys()];
        for (int key = 0; key < names.length; key++) {
            names[key] = Value.of("k" + key);
        }
        openKeys = new int[shape.sessions()][];
        openValue = new long[shape.sessions()];
        node = new int[shape.sessions()];
    }

    /** A file of this shape among the temporary files of the machine; made once, and left there for the next benchmark. */
    static Path write(Shape shape) throws IOException {
        Path folder =
                Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "umpire-benchmarks", VERSION));
        Path file = folder.resolve(shape.fileName() + ".jsonl");
        if (!Files.exists(file)) {
            Path unfinished = Files.createTempFile(folder, "unfinished", ".jsonl");
            Files.delete(unfinished);
            new GeneratedHistory(shape).write(shape.operations(), unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    private void write(int operations, Path file) throws IOException {
        int begun = 0;
        int completed = 0;
        try (HistoryRecorder recorder =
                HistoryRecorder.open(file, new RecordingHeader(List.of("n0", "n1", "n2"), Value.NIL))) {
            while (completed < operations) {
                int session = random.nextInt(shape.sessions());
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
        int key = random.nextInt(shape.keys());
        node[session] = random.nextInt(20) == 0 ? random.nextInt(NODES) : node[session];
        openValue[session] = 0;
        int single = shape.hasSnapshots() ? 90 : 100;
        if (dice < single / 2) {
            openKeys[session] = new int[] {key};
            openValue[session] = nextValue++;
            return event(EventType.INVOKE, session)
                    .key(name(key))
                    .value(Value.of(openValue[session]))
                    .build();
        }
        if (dice < single || shape.keys() == 1) {
            openKeys[session] = new int[] {key};
            return event(EventType.INVOKE, session).key(name(key)).build();
        }
        int count = Math.min(shape.keys(), 2 + random.nextInt(2));
        openKeys[session] = new int[count];
        List<Value> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            openKeys[session][i] = (key + i) % shape.keys();
            asked.add(name(openKeys[session][i]));
        }
        return event(EventType.INVOKE, session).value(Value.of(asked)).build();
    }

    private Event complete(int session) {
        int[] keys = openKeys[session];
        if (openValue[session] != 0) {
            store[keys[0]] = openValue[session];
            version[keys[0]]++;
            position++;
            Event.Builder written =
                    event(EventType.OK, session).key(name(keys[0])).value(Value.of(openValue[session]));
            if (shape.reportsPositions()) {
                written.position(position);
            }
            if (shape.flavour() == Shape.Flavour.VERSIONS) {
                written.version(version[keys[0]]);
            }
            return written.build();
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

    private Value name(int key) {
        return names[key];
    }
}
