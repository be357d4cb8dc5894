package dev.umpire.histories;

import dev.umpire.histories.binary.BlockWriter;
import dev.umpire.histories.binary.ColumnWriter;
import dev.umpire.histories.binary.ContentWriter;
import dev.umpire.histories.event.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a history as blocks, in the order in which {@link BinaryReader} needs them: a value before the operation that has it. */
final class BinaryWriter {
    static final int HEADER = 1;
    static final int VALUES = 2;
    static final int OPERATIONS = 3;

    private final HistoryParts parts;
    private final ColumnWriter columns = new ColumnWriter();
    private int writtenValues;

    private BinaryWriter(HistoryParts parts) {
        this.parts = parts;
    }

    /** Writes any history; the caller closes the stream. */
    static void write(History history, OutputStream out) throws IOException {
        new BinaryWriter(partsOf(history)).write(new BlockWriter(out));
    }

    private static HistoryParts partsOf(History history) {
        if (history instanceof ColumnarHistory columnar) {
            return columnar.parts();
        }
        List<Event> events = new ArrayList<>();
        history.events().forEach(events::add);
        ReadOptions options =
                new ReadOptions(Optional.of(history.value(history.initialValue())), ReadOptions.Keys.DETECT);
        HistoryParts parts = ((ColumnarHistory) HistoryFiles.of(events, options)).parts();
        parts.declaredNodes = history.nodes();
        parts.realTime = history.realTime();
        parts.source = history.source();
        return parts;
    }

    private void write(BlockWriter out) throws IOException {
        ContentWriter content = new ContentWriter();
        BinaryHeader.of(parts).write(content, columns);
        out.add(HEADER, 0, 1, content);
        OperationsWriter operations = new OperationsWriter(parts, columns);
        int first = 0;
        do {
            int count = Math.min(ColumnWriter.MAX_ROWS, parts.size - first);
            boolean last = first + count == parts.size;
            int needed = last ? parts.values.size() : valuesOf(first, count);
            if (needed > writtenValues) {
                ValueBlocks.write(out, VALUES, parts.values, writtenValues, needed, columns);
                writtenValues = needed;
            }
            content.clear();
            operations.write(content, first, count);
            out.add(OPERATIONS, first, count, content);
            first += count;
        } while (first < parts.size);
        out.finish();
    }

    /** One more than the largest id of a value that these operations have or are named by. */
    private int valuesOf(int first, int count) {
        int largest = 0;
        for (int operation = first; operation < first + count; operation++) {
            largest = Math.max(largest, Math.max(parts.argument[operation], parts.result[operation]));
            largest = Math.max(largest, parts.siblings.getInt(operation));
            largest = Math.max(largest, nameOf(parts.sessions, parts.session.get(operation)));
            largest = Math.max(largest, nameOf(parts.processes, parts.process.get(operation)));
            largest = Math.max(largest, nameOf(parts.nodes, parts.node.get(operation)));
            largest = Math.max(largest, nameOf(parts.nodes, parts.invokedNode.getInt(operation)));
            largest = Math.max(largest, nameOf(parts.functions, parts.function.get(operation)));
            largest = Math.max(largest, nameOf(parts.keys, parts.key.get(operation)));
            largest = Math.max(largest, parts.errors.get(parts.invoked[operation]));
            largest = Math.max(largest, parts.errors.get(parts.ended[operation]));
            int[] rows = parts.compoundRow;
            if (rows != null && rows[operation] != History.NONE) {
                int row = rows[operation];
                largest = largest(parts.readStart, parts.readKeys, parts.readValues, row, largest);
                largest = largest(parts.writeStart, parts.writeKeys, parts.writeValues, row, largest);
            }
        }
        return largest + 1;
    }

    private int largest(int[] start, int[] keys, int[] values, int row, int before) {
        int largest = before;
        for (int i = start[row]; i < start[row + 1]; i++) {
            largest = Math.max(largest, Math.max(values[i], parts.keys.valueOf(keys[i])));
        }
        return largest;
    }

    private static int nameOf(Dense names, int id) {
        return id == History.NONE ? History.NIL : names.valueOf(id);
    }
}
