package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The accesses of a history, gathered by key. O(operations) time; 12 bytes an access.
 *
 * <p>Understood are {@code read} and {@code get}, {@code write} and {@code put}, {@code cas}, {@code snapshot}, {@code append} and {@code txn}. A cas is one
 * access that reads and writes; whatever else a transaction reads and writes of one key are accesses apart, as only a cas
 * stands directly after what it read. Of several writes of one key in a transaction the last is the access; the others are
 * {@link EarlyWrites}. A key is a list if something was appended to it.
 *
 * <p>Not thread-safe: {@link #register} works on one scratch array.
 */
public final class Registers {
    static final int ONLY_UNDERSTOOD = -1;

    private static final byte WRITTEN = 1;
    private static final byte APPENDED = 2;
    private static final byte WRITE_FAILED = 4;
    private static final byte APPEND_FAILED = 8;

    private final History history;
    private final int[] start;
    private final int[] operation;
    private final int[] read;
    private final int[] written;
    /** A function on this key that is not understood, or one of the first two constants. */
    private final int[] strangeFunction;
    /** By key, how it was written: the sum of the constants above. */
    private final byte[] writes;

    /** By key, whether a read returned several values at once. */
    private final boolean[] showsSiblings;

    private final EarlyWrites early;
    private final int[] writerOfValue;
    private final boolean anyVersion;
    private final boolean anyPosition;
    private @Nullable ElementIds elements;

    private Registers(History history) {
        this.history = history;
        int keys = history.keyCount();
        start = new int[keys + 1];
        strangeFunction = new int[keys];
        Arrays.fill(strangeFunction, ONLY_UNDERSTOOD);
        writes = new byte[keys];
        showsSiblings = new boolean[keys];
        writerOfValue = new int[history.valueCount()];
        Arrays.fill(writerOfValue, Register.NOBODY);

        boolean[] understood =
                PlainFunctions.named(history, "read", "get", "write", "put", "cas", "snapshot", "append", "txn");
        // names that are given out and messages of a log are no registers, unless the key is used as one too
        boolean[] others = PlainFunctions.named(
                history, "generate", "claim", "send", "poll", "subscribe", "unsubscribe", "assign");
        int[] other = new int[keys];
        Arrays.fill(other, ONLY_UNDERSTOOD);
        int size = history.size();
        Placing counting = new Placing(keys);
        Appends appends = Appends.of(history);
        boolean versions = false;
        boolean positions = false;
        for (int o = 0; o < size; o++) {
            if (isUnderstood(understood, o)) {
                if (Siblings.areShown(history, o)) {
                    showsSiblings[history.readKey(o, 0)] = true;
                }
                count(o, counting);
                noteWrites(o, appends);
            } else if (others[history.function(o)]) {
                if (history.key(o) != History.NONE) {
                    other[history.key(o)] = history.function(o);
                }
            } else if (history.outcome(o) != Outcome.FAIL) {
                markStrange(o);
            }
            versions |= history.version(o) != History.ABSENT;
            positions |= history.position(o) != History.ABSENT;
        }
        for (int key = 0; key < keys; key++) {
            if (start[key] > 0 && strangeFunction[key] == ONLY_UNDERSTOOD) {
                strangeFunction[key] = other[key];
            }
        }
        anyVersion = versions;
        anyPosition = positions;

        int accesses = 0;
        for (int key = 0; key <= keys; key++) {
            int here = start[key];
            start[key] = accesses;
            accesses += here;
        }
        operation = new int[accesses];
        read = new int[accesses];
        written = new int[accesses];
        early = new EarlyWrites(keys);
        Placing placing = new Placing(keys);
        for (int o = 0; o < size; o++) {
            if (isUnderstood(understood, o)) {
                place(o, placing);
            }
        }
        early.group();
        // placing has moved every start to the start of the next key
        System.arraycopy(start, 0, start, 1, keys);
        start[0] = 0;
    }

    public static Registers of(History history) {
        return new Registers(history);
    }

    private boolean isUnderstood(boolean[] understood, int o) {
        return understood[history.function(o)];
    }

    /** What the operation at hand has done to each key so far. */
    private static final class Placing {
        /** By key, the last operation that read it, with what it returned then, and the last one that wrote it. */
        private final int[] reader;

        private final int[] lastRead;
        private final int[] writer;

        private Placing(int keys) {
            reader = new int[keys];
            lastRead = new int[keys];
            writer = new int[keys];
            Arrays.fill(reader, History.NONE);
            Arrays.fill(writer, History.NONE);
        }

        /** Whether the operation reads from the key what it has not just read. */
        private boolean reads(int o, int key, int value) {
            boolean news = reader[key] != o || lastRead[key] != value;
            reader[key] = o;
            lastRead[key] = value;
            return news;
        }

        /** Whether this is the first write of the operation to the key. */
        private boolean writes(int o, int key) {
            boolean first = writer[key] != o;
            writer[key] = o;
            return first;
        }
    }

    private boolean isCas(int o, int reads, int writes) {
        return reads == 1
                && writes == 1
                && history.readKey(o, 0) == history.writeKey(o, 0)
                && history.functionName(history.function(o)).equals("cas");
    }

    private void noteWrites(int o, Appends appends) {
        int count = history.writeCount(o);
        if (count == 0) {
            return;
        }
        boolean failed = history.outcome(o) == Outcome.FAIL;
        boolean[] isAppend = appends.of(o);
        for (int i = 0; i < count; i++) {
            boolean append = i < isAppend.length && isAppend[i];
            writes[history.writeKey(o, i)] |=
                    append ? (failed ? APPEND_FAILED : APPENDED) : failed ? WRITE_FAILED : WRITTEN;
        }
    }

    private void markStrange(int o) {
        boolean named = false;
        int strange = history.function(o);
        if (history.key(o) != History.NONE) {
            strangeFunction[history.key(o)] = strange;
            named = true;
        }
        for (int i = 0; i < history.readCount(o); i++) {
            strangeFunction[history.readKey(o, i)] = strange;
            named = true;
        }
        for (int i = 0; i < history.writeCount(o); i++) {
            strangeFunction[history.writeKey(o, i)] = strange;
            named = true;
        }
        if (!named) {
            // it may have touched any key
            Arrays.fill(strangeFunction, strange);
        }
    }

    private void count(int o, Placing counting) {
        int reads = history.readCount(o);
        int count = history.writeCount(o);
        for (int i = 0; i < reads; i++) {
            int key = history.readKey(o, i);
            if (counting.reads(o, key, history.readValue(o, i))) {
                start[key]++;
            }
        }
        boolean cas = isCas(o, reads, count);
        for (int i = 0; i < count && !cas; i++) {
            int key = history.writeKey(o, i);
            if (counting.writes(o, key)) {
                start[key]++;
            }
        }
    }

    private void place(int o, Placing placing) {
        int reads = history.readCount(o);
        int count = history.writeCount(o);
        for (int i = 0; i < reads; i++) {
            int key = history.readKey(o, i);
            int value = history.readValue(o, i);
            if (placing.reads(o, key, value)) {
                int at = start[key]++;
                operation[at] = o;
                read[at] = value;
                written[at] = History.NONE;
            }
        }
        if (isCas(o, reads, count)) {
            written[start[history.writeKey(o, 0)] - 1] = history.writeValue(o, 0);
            return;
        }
        for (int i = 0; i < count; i++) {
            int key = history.writeKey(o, i);
            int value = history.writeValue(o, i);
            if (placing.writes(o, key)) {
                int at = start[key]++;
                operation[at] = o;
                read[at] = History.NONE;
                written[at] = value;
            } else {
                int at = start[key] - 1;
                early.add(key, at, written[at]);
                written[at] = value;
            }
        }
    }

    public int keyCount() {
        return strangeFunction.length;
    }

    /** The register of one key; made anew at every call. */
    public Register register(int key) {
        return new Register(history, this, key, start[key], start[key + 1] - start[key]);
    }

    /** Whether appends were tried on the key, and no write of whole values that may have taken effect. */
    boolean isAppended(int key) {
        return (writes[key] & APPENDED) != 0 || writes[key] == APPEND_FAILED;
    }

    /** Whether nobody tried to write the key. */
    boolean isUnwritten(int key) {
        return writes[key] == 0;
    }

    /** Whether appends and writes of whole values may both have taken effect. */
    boolean isMixed(int key) {
        return (writes[key] & (WRITTEN | APPENDED)) == (WRITTEN | APPENDED);
    }

    /** The writes that a transaction of their own overwrote, or that it followed by another append. */
    EarlyWrites early() {
        return early;
    }

    /** The ids of elements; made when first asked for. */
    ElementIds elements() {
        ElementIds ids = elements;
        if (ids == null) {
            ids = ElementIds.of(this, history);
            elements = ids;
        }
        return ids;
    }

    /** How many accesses all keys have together. */
    int accessCount() {
        return operation.length;
    }

    /** Whether any operation carries a version or a position. */
    public boolean anyReport() {
        return anyVersion || anyPosition;
    }

    /** Whether any operation carries a version. */
    boolean anyVersion() {
        return anyVersion;
    }

    /** Whether any operation carries a position. */
    boolean anyPosition() {
        return anyPosition;
    }

    int operation(int at) {
        return operation[at];
    }

    int read(int at) {
        return read[at];
    }

    int written(int at) {
        return written[at];
    }

    boolean showsSiblings(int key) {
        return showsSiblings[key];
    }

    int strangeFunction(int key) {
        return strangeFunction[key];
    }

    /** One slot a value id, {@link Register#NOBODY} in all of them; whoever uses it leaves it so. */
    int[] writerOfValue() {
        return writerOfValue;
    }
}
