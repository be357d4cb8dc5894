package dev.umpire.histories;

import dev.umpire.histories.binary.Block;
import dev.umpire.histories.binary.ColumnReader;
import dev.umpire.histories.binary.ColumnWriter;
import dev.umpire.histories.binary.ContentReader;
import dev.umpire.histories.binary.Values;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.Arrays;
import java.util.Map;
import org.agrona.collections.IntArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Fills the columns of a history from the blocks that {@link OperationsWriter} wrote, which draws them. Everything is looked at
 * that a history relies on: whatever the file says, ids lead somewhere and every event has its place. Not thread-safe.
 */
final class OperationsReader {
    private static final int NEEDS_END = 1;
    private static final int NEEDS_KEY = 1 << 1;
    private static final int NEEDS_NODE = 1 << 2;
    private static final int NEEDS_WHOLE = 1 << 3;
    private static final int PAGE_SHIFT = 16;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

    final HistoryParts parts = new HistoryParts();
    private final BinaryHeader header;
    private final ColumnReader columns = new ColumnReader();
    private final int[] needs;
    private final boolean anyNeedsWhole;
    private final long[] rows;
    private final long[] reference;
    private final IntArrayList readStart = new IntArrayList();
    private final IntArrayList readKeys = new IntArrayList();
    private final IntArrayList readValues = new IntArrayList();
    private final IntArrayList writeStart = new IntArrayList();
    private final IntArrayList writeKeys = new IntArrayList();
    private final IntArrayList writeValues = new IntArrayList();
    private int capacity;
    private int lastInvoked = -1;
    private int lastOther = -1;
    private int before;
    private long endCount;

    /** One bit for each position that has an event, in pages that are there where any is set. */
    private long[] @Nullable [] told = new long[0][];

    /** @param capacity how many operations to make room for at once; more find room too */
    OperationsReader(BinaryHeader header, int capacity) {
        this.header = header;
        int most = Math.min(header.size, ColumnWriter.MAX_ROWS);
        rows = new long[most];
        reference = new long[most];
        needs = new int[header.flagPatterns.length];
        for (int pattern = 0; pattern < needs.length; pattern++) {
            needs[pattern] = needsOf(header.flagPatterns[pattern]);
        }
        anyNeedsWhole = Arrays.stream(needs).anyMatch(bits -> (bits & NEEDS_WHOLE) != 0);
        parts.flagPatterns = header.flagPatterns;
        parts.flags = new NarrowInts(0, header.flagPatterns.length - 1);
        parts.session = new NarrowInts(0, header.sessionNames.length - 1);
        parts.process = new NarrowInts(0, header.processNames.length - 1);
        parts.node = new NarrowInts(0, header.nodeNames.length - 1);
        parts.function = new NarrowInts(0, header.functionNames.length - 1);
        parts.key = new NarrowInts(0, header.keyNames.length - 1);
        reserve(Math.min(header.size, capacity));
    }

    private static int needsOf(int flags) {
        int bits = Flags.outcome(flags) == Outcome.INFO ? 0 : NEEDS_END;
        int completion = flags >>> Flags.COMPLETION_SHIFT;
        int paired = Flags.INVOCATION_PAIRED | Flags.COMPLETION_PAIRED;
        bits |= ((flags | completion) & Flags.KEY) != 0 || (flags & paired) != 0 ? NEEDS_KEY : 0;
        bits |= ((flags | completion) & Flags.NODE) != 0 ? NEEDS_NODE : 0;
        return bits | ((flags & (Flags.INVOCATION_DEVIATES | Flags.COMPLETION_DEVIATES)) != 0 ? NEEDS_WHOLE : 0);
    }

    /** How many operations there are so far. */
    int size() {
        return parts.size;
    }

    /** All events before this position are there. */
    int before() {
        return before;
    }

    private void reserve(int needed) {
        if (needed <= capacity) {
            return;
        }
        capacity = (int) Math.min(header.size, Math.max(needed, 2L * capacity));
        parts.invoked = Arrays.copyOf(parts.invoked, capacity);
        parts.ended = Arrays.copyOf(parts.ended, capacity);
        parts.argument = Arrays.copyOf(parts.argument, capacity);
        parts.result = Arrays.copyOf(parts.result, capacity);
        parts.flags = parts.flags.resized(capacity);
        parts.session = parts.session.resized(capacity);
        parts.process = parts.process.resized(capacity);
        parts.node = parts.node.resized(capacity);
        parts.function = parts.function.resized(capacity);
        parts.key = parts.key.resized(capacity);
    }

    /**
     * Adds the operations of a block behind those that are there.
     *
     * @param values how many values there are, of which ids are taken
     */
    void read(Block block, ContentReader in, int values) throws MalformedHistoryException {
        int count = block.count();
        if (count > rows.length || count > header.size - parts.size || parts.size % ColumnWriter.MAX_ROWS != 0) {
            throw in.refused("found " + count + " operations behind " + parts.size + " of " + header.size
                    + ", expected blocks of " + ColumnWriter.MAX_ROWS + " and the rest in the last");
        }
        reserve(parts.size + count);
        int first = parts.size;
        int behind = in.upTo(header.eventCount, "the position behind a block");
        boolean allEnd = events(in, first, count, behind);
        narrow(in, parts.flags, count, header.flagPatterns.length, 0, "flags");
        narrow(in, parts.session, count, header.sessionNames.length, 0, "sessions");
        processes(in, first, count);
        boolean allNodes = narrow(in, parts.node, count, header.nodeNames.length, History.NONE, "nodes") == count;
        narrow(in, parts.function, count, header.functionNames.length, 0, "functions");
        boolean allKeys = narrow(in, parts.key, count, header.keyNames.length, History.NONE, "keys") == count;
        columns.read(in, reference, count, ColumnWriter.ABSENT);
        put(in, parts.argument, count, values, reference);
        columns.read(in, rows, count, ColumnWriter.ABSENT, reference);
        put(in, parts.result, count, values, rows);
        wide(in, count, values);
        boolean[] compound = compound(in, count, values);
        aside(in, behind, values, first + count);
        in.expectEnd();
        if (!allEnd || !allNodes || !allKeys || anyNeedsWhole) {
            checkNeeds(in, first, count, compound);
        }
        parts.size = first + count;
        before = behind;
    }

    /** Reads positions; gives whether all operations have an end. */
    private boolean events(ContentReader in, int first, int count, int behind) throws MalformedHistoryException {
        columns.read(in, reference, count, ColumnWriter.ABSENT);
        int[] invoked = parts.invoked;
        long wrong = 0;
        long last = Math.max(lastInvoked, before - 1);
        for (int i = 0; i < count; i++) {
            long at = reference[i];
            wrong |= at | (at - last - 1);
            last = at;
            invoked[first + i] = (int) at;
        }
        if (wrong < 0 || last >= behind || behind < before) {
            throw in.refused("found invocations up to position " + last + " behind " + before
                    + ", expected them ascending and before " + behind);
        }
        lastInvoked = (int) last;
        boolean allEnd = columns.read(in, rows, count, History.NEVER, reference) == count;
        int[] ended = parts.ended;
        long largest = header.eventCount - 1L;
        for (int i = 0; i < count; i++) {
            long at = rows[i];
            boolean ends = at != History.NEVER;
            wrong |= at | (at - reference[i] - 1) | (ends ? largest - at : 0);
            ended[first + i] = (int) at;
            endCount += ends ? 1 : 0;
        }
        if (wrong < 0) {
            throw in.refused("found an end before its invocation or behind the last event, expected it between");
        }
        tellAscending(reference, count);
        tell(rows, count);
        return allEnd;
    }

    /** As {@link #tell}, for positions that ascend: each word is written once. */
    private void tellAscending(long[] positions, int count) {
        long[] words = new long[0];
        int at = -1;
        long word = 0;
        for (int i = 0; i < count; i++) {
            int position = (int) positions[i];
            if (position >>> 6 != at) {
                if (at >= 0) {
                    words[at & PAGE_MASK >>> 6] |= word;
                }
                if (at < 0 || position >>> PAGE_SHIFT != at >>> (PAGE_SHIFT - 6)) {
                    words = page(position >>> PAGE_SHIFT);
                }
                at = position >>> 6;
                word = 0;
            }
            word |= 1L << position;
        }
        if (at >= 0) {
            words[at & PAGE_MASK >>> 6] |= word;
        }
    }

    /** Keeps that there are events at these positions, but for {@link History#NEVER}. */
    private void tell(long[] positions, int count) {
        int page = -1;
        long[] words = new long[0];
        for (int i = 0; i < count; i++) {
            int position = (int) positions[i];
            if (position >>> PAGE_SHIFT != page) {
                if (position == History.NEVER) {
                    continue;
                }
                page = position >>> PAGE_SHIFT;
                words = page(page);
            }
            words[(position & PAGE_MASK) >>> 6] |= 1L << position;
        }
    }

    private long[] page(int page) {
        if (page >= told.length) {
            told = Arrays.copyOf(told, page + 1 + (page >> 1));
        }
        long[] words = told[page];
        if (words == null) {
            words = new long[1 << (PAGE_SHIFT - 6)];
            told[page] = words;
        }
        return words;
    }

    /** Refuses a file in which not each position before {@link #before} has one event. */
    void checkEvents(ContentReader in) throws MalformedHistoryException {
        for (int position = 0; position < before; position += Long.SIZE) {
            long[] words = position >>> PAGE_SHIFT < told.length ? told[position >>> PAGE_SHIFT] : null;
            long missing = words == null ? -1L : ~words[(position & PAGE_MASK) >>> 6];
            missing &= before - position >= Long.SIZE ? -1L : (1L << (before - position)) - 1;
            if (missing != 0) {
                throw in.refused("found no event at position " + (position + Long.numberOfTrailingZeros(missing))
                        + ", expected one at each before " + before);
            }
        }
        long events = parts.size + (long) parts.others.size() + endsBefore();
        if (events != before) {
            throw in.refused("found " + events + " events at positions before " + before + ", expected one at each");
        }
    }

    private long endsBefore() {
        if (before == header.eventCount) {
            return endCount;
        }
        long ends = 0;
        for (int operation = 0; operation < parts.size; operation++) {
            ends += parts.ended[operation] < before ? 1 : 0;
        }
        return ends;
    }

    /** Most processes are sessions, by the same numbers. */
    private void processes(ContentReader in, int first, int count) throws MalformedHistoryException {
        int processes = header.processNames.length;
        if (header.sessionNames.length <= processes && columns.passEqual(in)) {
            parts.process.copy(parts.session, first, count);
            return;
        }
        parts.session.copyTo(reference, first, count);
        columns.read(in, rows, count, History.NONE, reference);
        put(in, parts.process, count, processes, rows, 0, "processes");
    }

    /** Gives how many rows have a number. */
    private int narrow(ContentReader in, NarrowInts column, int count, int limit, int smallest, String what)
            throws MalformedHistoryException {
        if (column.read(columns, in, parts.size, count, 0, limit - 1)) {
            return count;
        }
        int present = columns.read(in, rows, count, History.NONE);
        put(in, column, count, limit, rows, smallest, what);
        return present;
    }

    private void put(
            ContentReader in, NarrowInts column, int count, int limit, long[] scratch, int smallest, String what)
            throws MalformedHistoryException {
        if (columns.isWithin(smallest, limit - 1)) {
            column.set(parts.size, scratch, count);
        } else if (!column.setWithin(parts.size, scratch, count, smallest, limit - 1)) {
            throw in.refused("found an id among " + what + " of which there are " + limit + ", expected " + smallest
                    + " to " + (limit - 1));
        }
    }

    private void put(ContentReader in, int[] column, int count, int limit, long[] scratch)
            throws MalformedHistoryException {
        int first = parts.size;
        long outside = 0;
        for (int i = 0; i < count; i++) {
            long id = scratch[i];
            column[first + i] = (int) id;
            outside |= id | (limit - 1 - id);
        }
        if (outside < 0) {
            throw in.refused("found the id of a value that was not told before, expected 0 to " + (limit - 1));
        }
    }

    private static boolean areWithin(long[] numbers, int count, long smallest, long limit) {
        long wrong = 0;
        for (int i = 0; i < count; i++) {
            wrong |= (numbers[i] - smallest) | (limit - 1 - numbers[i]);
        }
        return wrong >= 0;
    }

    /** The columns of which most histories need a few. */
    private void wide(ContentReader in, int count, int values) throws MalformedHistoryException {
        if (column(in, parts.invokedNode, count, History.NONE) > 0
                && !areWithin(rows, count, History.NONE, header.nodeNames.length)) {
            throw in.refused("found a node that there is not, expected 0 to " + (header.nodeNames.length - 1));
        }
        int first = parts.size;
        int present = columns.read(in, reference, count, History.ABSENT);
        parts.invokedNanos.put(first, reference, present == 0 ? 0 : count);
        present = columns.read(in, rows, count, History.ABSENT, reference);
        parts.endedNanos.put(first, rows, present == 0 ? 0 : count);
        indexes(in, first, count);
        column(in, parts.version, count, History.ABSENT);
        column(in, parts.position, count, History.ABSENT);
        column(in, parts.asOf, count, History.ABSENT);
        if (column(in, parts.siblings, count, History.NONE) > 0 && !areWithin(rows, count, History.NONE, values)) {
            throw in.refused("found the id of a value that was not told before, expected 0 to " + (values - 1));
        }
    }

    private void indexes(ContentReader in, int first, int count) throws MalformedHistoryException {
        if (columns.passAbsent(in)) {
            Arrays.fill(reference, 0, count, History.ABSENT);
        } else {
            for (int i = 0; i < count; i++) {
                rows[i] = parts.invoked[first + i];
            }
            columns.read(in, reference, count, History.ABSENT, rows);
            parts.invokedIndex.put(first, reference, count);
        }
        if (!columns.passAbsent(in)) {
            columns.read(in, rows, count, History.ABSENT, reference);
            parts.endedIndex.put(first, rows, count);
        }
    }

    private int column(ContentReader in, Column column, int count, long absent) throws MalformedHistoryException {
        if (columns.passAbsent(in)) {
            return 0;
        }
        int present = columns.read(in, rows, count, absent);
        column.put(parts.size, rows, count);
        return present;
    }

    /** Whether each operation is compound; empty if none is. */
    private boolean[] compound(ContentReader in, int count, int values) throws MalformedHistoryException {
        int found = in.upTo(count, "the number of compound operations");
        if (found == 0) {
            if (parts.compoundRow != null) {
                fillCompound(count);
            }
            return new boolean[0];
        }
        fillCompound(count);
        columns.read(in, rows, count, History.NONE);
        boolean[] compound = new boolean[count];
        int next = 0;
        int[] compoundRow = parts.compoundRow;
        for (int i = 0; i < count; i++) {
            if (rows[i] != History.NONE) {
                if (rows[i] != next || next == found || compoundRow == null) {
                    throw in.refused("found compound operation " + rows[i] + ", expected " + next + " of " + found);
                }
                compound[i] = true;
                compoundRow[parts.size + i] = readStart.size() + next++;
            }
        }
        if (next != found) {
            throw in.refused("found " + next + " compound operations, expected " + found);
        }
        spread(in, found, values, readStart, readKeys, readValues);
        spread(in, found, values, writeStart, writeKeys, writeValues);
        return compound;
    }

    private void fillCompound(int count) {
        int[] before = parts.compoundRow == null ? new int[0] : parts.compoundRow;
        int from = parts.compoundRow == null ? 0 : parts.size;
        int[] compoundRow = before.length == capacity ? before : Arrays.copyOf(before, capacity);
        Arrays.fill(compoundRow, from, parts.size + count, History.NONE);
        parts.compoundRow = compoundRow;
    }

    private void spread(
            ContentReader in, int found, int values, IntArrayList start, IntArrayList keys, IntArrayList ids)
            throws MalformedHistoryException {
        columns.read(in, rows, found, ColumnWriter.ABSENT);
        long sum = 0;
        for (int i = 0; i < found; i++) {
            start.addInt((int) (keys.size() + sum));
            if (rows[i] < 0 || rows[i] > Integer.MAX_VALUE - keys.size() - sum) {
                throw in.refused("found " + rows[i] + " reads or writes of an operation, expected fewer");
            }
            sum += rows[i];
        }
        if (in.varint() != sum) {
            throw in.refused("found another sum than that of the reads or writes of operations, " + sum);
        }
        for (int key : BinaryHeader.ints(in, columns, (int) sum, header.keyNames.length, "keys")) {
            keys.addInt(key);
        }
        for (int id : BinaryHeader.ints(in, columns, (int) sum, values, "values")) {
            ids.addInt(id);
        }
    }

    /** Keeps fields of the event at a position, unless the column of when it was intended says all of them. */
    private void further(int position, Map<Value, Value> fields, int size) {
        boolean invocation = intended(position, fields, size);
        if (!invocation || !Intended.isAll(fields)) {
            parts.extras.put(position, fields);
        }
    }

    /** Whether this is the position of an invocation among the operations of this block, of which the column is filled then. */
    private boolean intended(int position, Map<Value, Value> fields, int size) {
        int operation = Arrays.binarySearch(parts.invoked, parts.size, size, position);
        if (operation >= 0) {
            parts.intendedNanos.set(operation, Intended.in(fields));
        }
        return operation >= 0;
    }

    /** @param size how many operations there are with this block */
    private void aside(ContentReader block, int behind, int values, int size) throws MalformedHistoryException {
        ContentReader in = block.section();
        int last = header.eventCount - 1;
        for (int left = in.count("errors"); left > 0; left--) {
            int position = in.upTo(last, "a position");
            parts.errors.put(position, in.upTo(values - 1L, "the id of an error"));
        }
        for (int left = in.count("further fields"); left > 0; left--) {
            further(in.upTo(last, "a position"), Values.readMap(in), size);
        }
        for (int left = in.count("whole events"); left > 0; left--) {
            int position = in.upTo(last, "a position");
            Event whole = Values.readEvent(in);
            parts.deviants.put(position, whole);
            intended(position, whole.extras(), size);
        }
        for (int left = in.count("events of the nemesis"); left > 0; left--) {
            int position = in.upTo(behind - 1L, "the position of an event of the nemesis");
            if (position <= lastOther) {
                throw in.refused("found an event of the nemesis at " + position + ", expected it behind " + lastOther);
            }
            lastOther = position;
            page(position >>> PAGE_SHIFT)[(position & PAGE_MASK) >>> 6] |= 1L << position;
            other(position, Values.readEvent(in));
        }
        in.expectEnd();
    }

    private void other(int position, Event event) {
        parts.others.add(event);
        parts.nemesisEvents.add(NemesisEvent.of(position, event));
    }

    /** Looks at what flags promise, where not every operation has everything. */
    private void checkNeeds(ContentReader in, int first, int count, boolean[] compound)
            throws MalformedHistoryException {
        for (int i = 0; i < count; i++) {
            int operation = first + i;
            int bits = needs[parts.flags.get(operation)];
            boolean keyed = parts.key.get(operation) != History.NONE;
            boolean ended = parts.ended[operation] != History.NEVER;
            boolean wrong = (!ended && (bits & NEEDS_END) != 0)
                    || (!keyed && ((bits & NEEDS_KEY) != 0 || compound.length == 0 || !compound[i]))
                    || (parts.node.get(operation) == History.NONE && (bits & NEEDS_NODE) != 0);
            if ((bits & NEEDS_WHOLE) != 0) {
                int flags = header.flagPatterns[parts.flags.get(operation)];
                wrong |= (flags & Flags.INVOCATION_DEVIATES) != 0
                        && !parts.deviants.containsKey(parts.invoked[operation]);
                wrong |= ended
                        && (flags & Flags.COMPLETION_DEVIATES) != 0
                        && !parts.deviants.containsKey(parts.ended[operation]);
            }
            if (wrong) {
                throw in.refused("found operation " + operation
                        + " without the end, key, node or event that its flags promise, expected it");
            }
        }
    }

    /** Takes over what grew with the blocks, when all are read. */
    void finish() {
        readStart.addInt(readKeys.size());
        writeStart.addInt(writeKeys.size());
        parts.readStart = readStart.toIntArray();
        parts.readKeys = readKeys.toIntArray();
        parts.readValues = readValues.toIntArray();
        parts.writeStart = writeStart.toIntArray();
        parts.writeKeys = writeKeys.toIntArray();
        parts.writeValues = writeValues.toIntArray();
        parts.trim();
    }
}
