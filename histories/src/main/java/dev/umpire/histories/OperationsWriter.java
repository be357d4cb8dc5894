package dev.umpire.histories;

import dev.umpire.histories.binary.ColumnWriter;
import dev.umpire.histories.binary.ContentWriter;
import dev.umpire.histories.binary.Transform;
import dev.umpire.histories.binary.Values;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntArrayList;

/**
 * Writes the blocks of operations of a binary history: 65,536 operations each, the last with the rest. Not thread-safe.
 *
 * <pre>
 *  varint  before: all events before this position are in this block and those before it
 *  columns, one row an operation, in braces the reference column; see History and HistoryParts for what they mean
 *     invoked   ended {invoked}; absent: NEVER
 *     flags (the pattern's place in the header)   session   process {session}   node   function   key
 *     argument   result {argument}
 *     invokedNode   invokedNanos   endedNanos {invokedNanos}   invokedIndex {invoked}   endedIndex {invokedIndex}
 *     version   position   asOf   siblings
 *  varint  rows: how many of these operations are compound, that is, read or write more than their one key
 *     if any: a column of one row an operation: the place among the compound ones of this block, else absent;
 *     of reads, then of writes: columns of rows numbers, how many each has; the varint of their sum; columns of so many key
 *     ids; columns of so many value ids
 *  section  what single events say beside the columns; positions are varints
 *     how many errors           | position, value id of each
 *     how many further fields   | position, a map of each; of an invocation also when it was intended
 *     how many whole events     | position, event of each: those that the columns cannot say
 *     how many others           | position, event of each: those of the nemesis, ascending, all before {@code before}
 * </pre>
 */
final class OperationsWriter {
    private static final Transform[] ALONE = {Transform.PLAIN, Transform.DELTA};
    private static final Transform[] REFERRING = {Transform.REFERENCE, Transform.PLAIN, Transform.DELTA};

    private final HistoryParts parts;
    private final ColumnWriter columns;
    private final long[] rows = new long[ColumnWriter.MAX_ROWS];
    private final long[] reference = new long[ColumnWriter.MAX_ROWS];
    private int nextOther;

    OperationsWriter(HistoryParts parts, ColumnWriter columns) {
        this.parts = parts;
        this.columns = columns;
    }

    /** Adds the content of the block of {@code count} operations from {@code first} on. */
    void write(ContentWriter out, int first, int count) {
        int behind = first + count;
        int before = behind < parts.size ? parts.invoked[behind] : parts.eventCount;
        out.varint(before);
        copy(parts.invoked, first, count, reference);
        columns.write(out, reference, count, ColumnWriter.ABSENT, Transform.DELTA);
        copy(parts.ended, first, count, rows);
        columns.write(out, rows, count, History.NEVER, reference, Transform.REFERENCE);
        narrow(out, parts.flags, first, count, rows, Transform.PLAIN);
        narrow(out, parts.session, first, count, reference, ALONE);
        copy(parts.process, first, count, rows);
        columns.write(out, rows, count, History.NONE, reference, REFERRING);
        narrow(out, parts.node, first, count, rows, ALONE);
        narrow(out, parts.function, first, count, rows, ALONE);
        narrow(out, parts.key, first, count, rows, ALONE);
        copy(parts.argument, first, count, reference);
        columns.write(out, reference, count, ColumnWriter.ABSENT, Transform.PLAIN, Transform.DELTA, Transform.NEWEST);
        copy(parts.result, first, count, rows);
        columns.write(
                out,
                rows,
                count,
                ColumnWriter.ABSENT,
                reference,
                Transform.NEWEST_REFERENCE,
                Transform.PLAIN,
                Transform.DELTA,
                Transform.REFERENCE,
                Transform.NEWEST);
        column(out, parts.invokedNode, first, count, rows, History.NONE, ALONE);
        column(out, parts.invokedNanos, first, count, reference, History.ABSENT, ALONE);
        copy(parts.endedNanos, first, count, rows);
        columns.write(out, rows, count, History.ABSENT, reference, REFERRING);
        copy(parts.invokedIndex, first, count, rows);
        copy(parts.invoked, first, count, reference);
        columns.write(out, rows, count, History.ABSENT, reference, REFERRING);
        copy(parts.invokedIndex, first, count, reference);
        copy(parts.endedIndex, first, count, rows);
        columns.write(out, rows, count, History.ABSENT, reference, REFERRING);
        column(out, parts.version, first, count, rows, History.ABSENT, ALONE);
        column(out, parts.position, first, count, rows, History.ABSENT, ALONE);
        column(out, parts.asOf, first, count, rows, History.ABSENT, ALONE);
        column(out, parts.siblings, first, count, rows, History.NONE, ALONE);
        compound(out, first, count);
        aside(out, first, count, before);
    }

    private void narrow(
            ContentWriter out, NarrowInts column, int first, int count, long[] into, Transform... transforms) {
        copy(column, first, count, into);
        columns.write(out, into, count, History.NONE, transforms);
    }

    private void column(
            ContentWriter out, Column column, int first, int count, long[] into, long absent, Transform... transforms) {
        copy(column, first, count, into);
        columns.write(out, into, count, absent, transforms);
    }

    private static void copy(int[] column, int first, int count, long[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = column[first + i];
        }
    }

    private static void copy(NarrowInts column, int first, int count, long[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = column.get(first + i);
        }
    }

    private static void copy(Column column, int first, int count, long[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = column.get(first + i);
        }
    }

    private void compound(ContentWriter out, int first, int count) {
        int[] compoundRow = parts.compoundRow;
        int firstRow = History.NONE;
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = compoundRow == null ? History.NONE : compoundRow[first + i];
            rows[i] = row == History.NONE ? History.NONE : found++;
            firstRow = firstRow == History.NONE ? row : firstRow;
        }
        out.varint(found);
        if (found > 0) {
            columns.write(out, rows, count, History.NONE, Transform.DELTA);
            compound(out, firstRow, found, parts.readStart, parts.readKeys, parts.readValues);
            compound(out, firstRow, found, parts.writeStart, parts.writeKeys, parts.writeValues);
        }
    }

    private void compound(ContentWriter out, int firstRow, int found, int[] start, int[] keys, int[] values) {
        for (int i = 0; i < found; i++) {
            rows[i] = (long) start[firstRow + i + 1] - start[firstRow + i];
        }
        columns.write(out, rows, found, ColumnWriter.ABSENT, ALONE);
        int from = start[firstRow];
        int sum = start[firstRow + found] - from;
        out.varint(sum);
        BinaryHeader.ints(out, columns, keys, from, sum);
        BinaryHeader.ints(out, columns, values, from, sum);
    }

    private void aside(ContentWriter out, int first, int count, int before) {
        IntArrayList errors = new IntArrayList();
        IntArrayList extras = new IntArrayList();
        IntArrayList deviants = new IntArrayList();
        Int2ObjectHashMap<Map<Value, Value>> further = new Int2ObjectHashMap<>();
        boolean any = !parts.errors.isEmpty()
                || !parts.extras.isEmpty()
                || !parts.deviants.isEmpty()
                || !parts.intendedNanos.isAbsent();
        for (int operation = first; any && operation < first + count; operation++) {
            intended(operation, further);
            for (int position : new int[] {parts.invoked[operation], parts.ended[operation]}) {
                addIf(parts.errors.containsKey(position), position, errors);
                addIf(parts.extras.containsKey(position) || further.containsKey(position), position, extras);
                addIf(parts.deviants.containsKey(position), position, deviants);
            }
        }
        ContentWriter section = new ContentWriter();
        section.varint(errors.size());
        for (int position : errors) {
            section.varint(position);
            section.varint(parts.errors.get(position));
        }
        section.varint(extras.size());
        for (int position : extras) {
            section.varint(position);
            Map<Value, Value> fields =
                    parts.extras.containsKey(position) ? parts.extras.get(position) : further.get(position);
            Values.writeMap(section, fields == null ? Map.of() : fields);
        }
        section.varint(deviants.size());
        for (int position : deviants) {
            section.varint(position);
            Event event = parts.deviants.get(position);
            if (event != null) {
                Values.writeEvent(section, event);
            }
        }
        int behind = nextOther;
        while (behind < parts.others.size() && parts.nemesisEvents.get(behind).position() < before) {
            behind++;
        }
        section.varint(behind - nextOther);
        for (; nextOther < behind; nextOther++) {
            section.varint(parts.nemesisEvents.get(nextOther).position());
            Values.writeEvent(section, parts.others.get(nextOther));
        }
        out.section(section);
    }

    /** Where the column alone says when an operation was intended, the invocation's further fields are to say it. */
    private void intended(int operation, Int2ObjectHashMap<Map<Value, Value>> further) {
        long nanos = parts.intendedNanos.get(operation);
        int position = parts.invoked[operation];
        if (nanos != History.ABSENT && !parts.extras.containsKey(position) && !parts.deviants.containsKey(position)) {
            further.put(position, Intended.fields(nanos));
        }
    }

    private static void addIf(boolean found, int position, IntArrayList positions) {
        if (found) {
            positions.addInt(position);
        }
    }
}
