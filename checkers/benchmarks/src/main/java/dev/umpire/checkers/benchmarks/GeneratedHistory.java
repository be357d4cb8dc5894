package dev.umpire.checkers.benchmarks;

import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.HistoryFormat;
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
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a recording of a store that keeps every promise: each operation takes effect when it completes, and in the end each key is
 * read at every node.
 */
final class GeneratedHistory {
    /** To be changed with what is generated, so that files of before are not taken. */
    private static final String VERSION = "3";

    private static final int NODES = 3;
    private static final long STEP_NANOS = 50_000;

    private final SplittableRandom random = new SplittableRandom(42);
    private final Shape shape;
    private final GeneratedStore store;
    private final boolean[] open;
    private final int[] node;
    private long nanos;

    private GeneratedHistory(Shape shape) {
        this.shape = shape;
        store = GeneratedStore.of(shape);
        open = new boolean[shape.sessions()];
        node = new int[shape.sessions()];
    }

    /**
     * A file of this shape among the temporary files of the machine; made once, and left there for the next benchmark.
     *
     * @param format JSON Lines, or the binary format, which is read sooner
     */
    static Path write(Shape shape, HistoryFormat format) throws IOException {
        Path folder =
                Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "umpire-benchmarks", VERSION));
        Path file = folder.resolve(shape.fileName() + "." + format.formatName());
        if (!Files.exists(file)) {
            Path unfinished = Files.createTempFile(folder, "unfinished", ".jsonl");
            Files.delete(unfinished);
            new GeneratedHistory(shape).record(unfinished);
            if (format != HistoryFormat.JSONL) {
                Path converted = Files.createTempFile(folder, "unfinished", "." + format.formatName());
                HistoryFiles.write(History.read(unfinished), converted, format);
                Files.delete(unfinished);
                unfinished = converted;
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    private void record(Path file) throws IOException {
        List<String> nodes = new ArrayList<>();
        for (int n = 0; n < NODES; n++) {
            nodes.add("n" + n);
        }
        try (HistoryRecorder recorder = HistoryRecorder.open(file, new RecordingHeader(nodes, Value.NIL))) {
            work(recorder);
            if (store.isReadLast()) {
                readLast(recorder);
            }
        }
    }

    private void work(HistoryRecorder recorder) throws IOException {
        int begun = 0;
        int completed = 0;
        while (completed < shape.operations()) {
            int session = random.nextInt(shape.sessions());
            nanos += 1 + random.nextLong(STEP_NANOS);
            if (open[session]) {
                Event.Builder event = GeneratedStore.event(EventType.OK, nanos, session, node[session]);
                store.complete(session, event);
                recorder.append(event.build());
                open[session] = false;
                completed++;
            } else if (begun < shape.operations()) {
                node[session] = random.nextInt(20) == 0 ? random.nextInt(NODES) : node[session];
                Event.Builder event = GeneratedStore.event(EventType.INVOKE, nanos, session, node[session]);
                store.invoke(session, random, event);
                recorder.append(event.build());
                open[session] = true;
                begun++;
            }
        }
    }

    private void readLast(HistoryRecorder recorder) throws IOException {
        for (int key = 0; key < shape.keys(); key++) {
            for (int n = 0; n < NODES; n++) {
                for (EventType type : List.of(EventType.INVOKE, EventType.OK)) {
                    Event.Builder event = GeneratedStore.event(type, ++nanos, shape.sessions() + n, n);
                    store.readLast(key, type == EventType.OK, event);
                    recorder.append(event.phase("final").build());
                }
            }
        }
    }
}
