package dev.umpire.histories;

import dev.umpire.histories.binary.Block;
import dev.umpire.histories.binary.BlockWriter;
import dev.umpire.histories.binary.ColumnReader;
import dev.umpire.histories.binary.ColumnWriter;
import dev.umpire.histories.binary.ContentReader;
import dev.umpire.histories.binary.ContentWriter;
import dev.umpire.histories.binary.Transform;
import dev.umpire.histories.binary.Values;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import org.agrona.collections.LongArrayList;

/**
 * Writes and reads the blocks of values of a binary history: each value stands once in the file, and its id is its number.
 *
 * <pre>
 *  column   one row a value, at most 65,536: an integer of 64 bits (but the smallest); absent: another value
 *  section  the other values in their order
 * </pre>
 *
 * Not thread-safe.
 */
final class ValueBlocks {
    /** A block ends behind the value that makes its section as long. */
    private static final int SECTION_BYTES = 1 << 22;

    private final long[] rows = new long[ColumnWriter.MAX_ROWS];
    private final ColumnReader columns = new ColumnReader();
    private long[] numbers = new long[64];
    private final BitSet isObject = new BitSet();
    private final List<Value> objects = new ArrayList<>();
    private int size;

    /** Integers that do not stand above all before them; most histories have few. */
    private final LongArrayList laggards = new LongArrayList();

    private long largest = Long.MIN_VALUE;

    /** Writes values {@code from} up to, without, {@code to}. */
    static void write(BlockWriter out, int kind, ValueTable values, int from, int to, ColumnWriter columns)
            throws IOException {
        long[] rows = new long[Math.min(to - from, ColumnWriter.MAX_ROWS)];
        for (int first = from; first < to; ) {
            ContentWriter others = new ContentWriter();
            int count = 0;
            while (count < rows.length && first + count < to && others.size() < SECTION_BYTES) {
                int id = first + count;
                boolean number = values.isInt(id) && values.number(id) != ColumnWriter.ABSENT;
                rows[count++] = number ? values.number(id) : ColumnWriter.ABSENT;
                if (!number) {
                    Values.write(others, values.get(id));
                }
            }
            ContentWriter content = new ContentWriter();
            columns.write(content, rows, count, ColumnWriter.ABSENT, Transform.PLAIN, Transform.DELTA);
            content.section(others);
            out.add(kind, first, count, content);
            first += count;
        }
    }

    /** Makes room for so many values at once; more find room too. */
    void reserve(int values) {
        if (size == 0) {
            numbers = new long[Math.max(1, values)];
        }
    }

    /** How many values there are so far. */
    int size() {
        return size;
    }

    /** Adds the values of a block. */
    void read(Block block, ContentReader in) throws MalformedHistoryException {
        int count = block.count();
        if (count > rows.length || count > Integer.MAX_VALUE - 8 - size) {
            throw in.refused("found " + count + " values in a block, expected at most " + rows.length);
        }
        if (size + count > numbers.length) {
            numbers = Arrays.copyOf(numbers, (int) Math.min(Integer.MAX_VALUE - 8, (size + count) * 3L / 2));
        }
        int present = columns.read(in, rows, count, ColumnWriter.ABSENT);
        ContentReader others = in.section();
        in.expectEnd();
        if (present == count) {
            copyNumbers(count);
        } else {
            for (int i = 0; i < count; i++) {
                if (rows[i] == ColumnWriter.ABSENT) {
                    add(Values.read(others));
                } else {
                    add(rows[i]);
                }
            }
        }
        others.expectEnd();
        if (size > 0 && !(isObject.get(0) && objects.get(0).isNil())) {
            throw in.refused("found another value with number 0, expected nil");
        }
    }

    private void copyNumbers(int count) {
        System.arraycopy(rows, 0, numbers, size, count);
        size += count;
        long before = largest;
        for (int i = 0; i < count; i++) {
            long number = rows[i];
            if (number <= before) {
                laggards.addLong(number);
            }
            before = Math.max(before, number);
        }
        largest = before;
    }

    private void add(long number) {
        if (number <= largest) {
            laggards.addLong(number);
        }
        largest = Math.max(largest, number);
        numbers[size++] = number;
    }

    private void add(Value value) {
        if (value instanceof Value.Int number) {
            add(number.value());
            return;
        }
        isObject.set(size);
        numbers[size++] = objects.size();
        objects.add(value);
    }

    /**
     * Refuses values that stand there twice: ids tell values apart.
     *
     * @param in names the file in the message
     */
    void checkDifferent(ContentReader in) throws MalformedHistoryException {
        if (new HashSet<>(objects).size() < objects.size() || hasNumberTwice()) {
            throw in.refused("found a value twice among the values, expected each once");
        }
    }

    /** Those above all before them differ; each other one is looked for among all. */
    private boolean hasNumberTwice() {
        long[] sorted = laggards.toLongArray();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                return true;
            }
        }
        int found = 0;
        for (int id = 0; sorted.length > 0 && id < size; id++) {
            if (numbers[id] <= sorted[sorted.length - 1]
                    && !isObject.get(id)
                    && Arrays.binarySearch(sorted, numbers[id]) >= 0) {
                found++;
            }
        }
        return found > sorted.length;
    }

    /** The id of a value, which is added if it is not there. */
    int idOf(Value value) {
        for (int id = 0; id < size; id++) {
            boolean same = isObject.get(id)
                    ? objects.get((int) numbers[id]).equals(value)
                    : value instanceof Value.Int number && number.value() == numbers[id];
            if (same) {
                return id;
            }
        }
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size + 1);
        }
        if (value instanceof Value.Int number) {
            add(number.value());
        } else {
            add(value);
        }
        return size - 1;
    }

    /** The value with this id. */
    Value get(int id) {
        return isObject.get(id) ? objects.get((int) numbers[id]) : Value.of(numbers[id]);
    }

    /** All values so far; no more are added. */
    ValueTable table() {
        return ValueTable.of(
                numbers.length == size ? numbers : Arrays.copyOf(numbers, size),
                isObject,
                objects.toArray(new Value[0]));
    }
}
