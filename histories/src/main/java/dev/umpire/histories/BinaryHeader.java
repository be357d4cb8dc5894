package dev.umpire.histories;

import dev.umpire.histories.binary.ColumnReader;
import dev.umpire.histories.binary.ColumnWriter;
import dev.umpire.histories.binary.ContentReader;
import dev.umpire.histories.binary.ContentWriter;
import dev.umpire.histories.binary.Transform;
import dev.umpire.histories.binary.Values;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The first block of a binary history: what is said of all operations at once. Numbers are varints where nothing else is said.
 *
 * <pre>
 *  operations | events | values                   how many there are in the file
 *  1  bit 0: realTime, bit 1: complete            as History.realTime and Source.complete say
 *  droppedBytes                                   as Source.droppedBytes says
 *  the id of the initial value | that value
 *  how many nodes are declared | a text each
 *  how many warnings           | a text each
 *  how many patterns of flags  | 4 bytes each     see Flags
 *  names: of sessions, processes, nodes, functions and keys in turn: how many | columns of value ids, 65,536 rows each, the
 *                                                 last with the rest
 * </pre>
 */
final class BinaryHeader {
    private static final int REAL_TIME = 1;
    private static final int COMPLETE = 1 << 1;
    private static final int PATTERN_BITS = 24;

    int size;
    int eventCount;
    int valueCount;
    boolean realTime = true;
    boolean complete = true;
    long droppedBytes;
    int initialId;
    Value initial = Value.NIL;
    List<String> nodes = List.of();
    List<String> warnings = List.of();
    int[] flagPatterns = {};
    int[] sessionNames = {};
    int[] processNames = {};
    int[] nodeNames = {};
    int[] functionNames = {};
    int[] keyNames = {};

    /** Of what is about to be written. */
    static BinaryHeader of(HistoryParts parts) {
        BinaryHeader header = new BinaryHeader();
        header.size = parts.size;
        header.eventCount = parts.eventCount;
        header.valueCount = parts.values.size();
        header.realTime = parts.realTime;
        header.complete = parts.source.complete();
        header.droppedBytes = parts.source.droppedBytes();
        header.initialId = parts.initialValue;
        header.initial = parts.values.get(parts.initialValue);
        header.nodes = parts.declaredNodes;
        String format = parts.source.format();
        header.warnings = format.equals("binary")
                ? parts.source.warnings()
                : parts.source.warnings().stream()
                        .map(warning -> "of the " + format + " that this was made of: " + warning)
                        .toList();
        header.flagPatterns = parts.flagPatterns;
        header.sessionNames = ids(parts.sessions);
        header.processNames = ids(parts.processes);
        header.nodeNames = ids(parts.nodes);
        header.functionNames = ids(parts.functions);
        header.keyNames = ids(parts.keys);
        return header;
    }

    private static int[] ids(Dense names) {
        int[] ids = new int[names.size()];
        for (int id = 0; id < ids.length; id++) {
            ids[id] = names.valueOf(id);
        }
        return ids;
    }

    void write(ContentWriter out, ColumnWriter columns) {
        out.varint(size);
        out.varint(eventCount);
        out.varint(valueCount);
        out.u8((realTime ? REAL_TIME : 0) | (complete ? COMPLETE : 0));
        out.varint(droppedBytes);
        out.varint(initialId);
        Values.write(out, initial);
        texts(out, nodes);
        texts(out, warnings);
        out.varint(flagPatterns.length);
        for (int pattern : flagPatterns) {
            out.i32(pattern);
        }
        for (int[] names : List.of(sessionNames, processNames, nodeNames, functionNames, keyNames)) {
            out.varint(names.length);
            ints(out, columns, names, 0, names.length);
        }
    }

    private static void texts(ContentWriter out, List<String> texts) {
        out.varint(texts.size());
        texts.forEach(out::text);
    }

    /** Adds numbers as columns of at most 65,536 rows. */
    static void ints(ContentWriter out, ColumnWriter columns, int[] numbers, int from, int count) {
        long[] rows = new long[Math.min(count, ColumnWriter.MAX_ROWS)];
        for (int done = 0; done < count; done += rows.length) {
            int piece = Math.min(rows.length, count - done);
            for (int i = 0; i < piece; i++) {
                rows[i] = numbers[from + done + i];
            }
            columns.write(out, rows, piece, ColumnWriter.ABSENT, Transform.PLAIN, Transform.DELTA);
        }
    }

    /** Reads what {@link #ints} wrote: numbers from 0 to {@code limit - 1}. */
    static int[] ints(ContentReader in, ColumnReader columns, int count, int limit, String what)
            throws MalformedHistoryException {
        long[] rows = new long[Math.min(count, ColumnWriter.MAX_ROWS)];
        int[] numbers = new int[rows.length];
        for (int done = 0; done < count; done += rows.length) {
            int piece = Math.min(rows.length, count - done);
            if (numbers.length < done + piece) {
                numbers = Arrays.copyOf(numbers, (int) Math.min(count, 2L * (done + piece)));
            }
            columns.read(in, rows, piece, ColumnWriter.ABSENT);
            for (int i = 0; i < piece; i++) {
                if (rows[i] < 0 || rows[i] >= limit) {
                    throw in.refused("found " + rows[i] + " among " + what + ", expected 0 to " + (limit - 1));
                }
                numbers[done + i] = (int) rows[i];
            }
        }
        return numbers;
    }

    static BinaryHeader read(ContentReader in, ColumnReader columns) throws MalformedHistoryException {
        BinaryHeader header = new BinaryHeader();
        header.size = in.upTo(Integer.MAX_VALUE / 2 - 1, "the number of operations");
        header.eventCount = in.upTo(Integer.MAX_VALUE - 1, "the number of events");
        header.valueCount = in.upTo(Integer.MAX_VALUE - 1, "the number of values");
        int bits = in.u8();
        header.realTime = (bits & REAL_TIME) != 0;
        header.complete = (bits & COMPLETE) != 0;
        header.droppedBytes = in.varint();
        header.initialId = in.upTo(header.valueCount - 1L, "the id of the initial value");
        header.initial = Values.read(in);
        header.nodes = texts(in, "nodes");
        header.warnings = texts(in, "warnings");
        header.flagPatterns = new int[in.count("patterns of flags")];
        for (int i = 0; i < header.flagPatterns.length; i++) {
            header.flagPatterns[i] = in.i32();
            if (header.flagPatterns[i] >>> PATTERN_BITS != 0) {
                throw in.refused("found flags that are not known, expected those of " + PATTERN_BITS + " bits");
            }
        }
        header.sessionNames = names(in, columns, header.valueCount, "names of sessions");
        header.processNames = names(in, columns, header.valueCount, "names of processes");
        header.nodeNames = names(in, columns, header.valueCount, "names of nodes");
        header.functionNames = names(in, columns, header.valueCount, "names of functions");
        header.keyNames = names(in, columns, header.valueCount, "names of keys");
        in.expectEnd();
        return header;
    }

    private static List<String> texts(ContentReader in, String what) throws MalformedHistoryException {
        int count = in.count(what);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(in.text());
        }
        return List.copyOf(texts);
    }

    private static int[] names(ContentReader in, ColumnReader columns, int limit, String what)
            throws MalformedHistoryException {
        int[] names = ints(in, columns, in.upTo(limit, "the number of " + what), limit, what);
        int[] sorted = names.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw in.refused("found value " + sorted[i] + " twice among " + what + ", expected it once");
            }
        }
        return names;
    }

    /** The names that were read, as far as their values are there; the others have the name nil. */
    static Dense dense(int[] names, int values) {
        Dense dense = new Dense();
        for (int name : names) {
            dense.add(name < values ? name : History.NIL);
        }
        return dense;
    }

    /** Whether values are told as pairs with their keys. */
    boolean isPaired() {
        return Flags.isAnyPaired(flagPatterns);
    }
}
