package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;

/**
 * The accesses of a history, gathered by key. O(operations) time; 12 bytes an access.
 *
 * <p>Not thread-safe: {@link #register} works on one scratch array.
 */
public final class Registers {
    private final History history;
    private final int[] start;
    private final int[] operation;
    private final int[] read;
    private final int[] written;
    /** A function on this key that is not understood, or one of the next two. */
    private final int[] strangeFunction;

    static final int ONLY_UNDERSTOOD = -1;
    static final int WITHOUT_FUNCTION = -2;

    private final int[] writerOfValue;
    private final boolean anyVersion;
    private final boolean anyPosition;

    private Registers(History history) {
        this.history = history;
        int keys = history.keyCount();
        start = new int[keys + 1];
        strangeFunction = new int[keys];
        Arrays.fill(strangeFunction, ONLY_UNDERSTOOD);
        writerOfValue = new int[history.valueCount()];
        Arrays.fill(writerOfValue, Register.NOBODY);

        boolean[] understood = understoodFunctions(history);
        int size = history.size();
        boolean versions = false;
        boolean positions = false;
        for (int o = 0; o < size; o++) {
            if (isUnderstood(understood, o)) {
                count(o);
            } else if (history.outcome(o) != Outcome.FAIL) {
                markStrange(o);
            }
            versions |= history.version(o) != History.ABSENT;
            positions |= history.position(o) != History.ABSENT;
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
        for (int o = 0; o < size; o++) {
            if (isUnderstood(understood, o)) {
                place(o);
            }
        }
        // placing has moved every start to the start of the next key
        System.arraycopy(start, 0, start, 1, keys);
        start[0] = 0;
    }

    public static Registers of(History history) {
        return new Registers(history);
    }

    private boolean isUnderstood(boolean[] understood, int o) {
        int function = history.function(o);
        return function != History.NONE && understood[function];
    }

    private static boolean[] understoodFunctions(History history) {
        boolean[] understood = new boolean[history.functionCount()];
        for (String name : new String[] {"read", "write", "cas", "snapshot"}) {
            int id = history.functionId(name);
            if (id != History.NONE) {
                understood[id] = true;
            }
        }
        return understood;
    }

    private void markStrange(int o) {
        boolean named = false;
        int strange = history.function(o) == History.NONE ? WITHOUT_FUNCTION : history.function(o);
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

    private void count(int o) {
        int reads = history.readCount(o);
        int writes = history.writeCount(o);
        for (int i = 0; i < reads; i++) {
            start[history.readKey(o, i)]++;
        }
        for (int i = 0; i < writes; i++) {
            int key = history.writeKey(o, i);
            if (reads != 1 || history.readKey(o, 0) != key) {
                start[key]++;
            }
        }
    }

    private void place(int o) {
        int reads = history.readCount(o);
        int writes = history.writeCount(o);
        for (int i = 0; i < reads; i++) {
            int at = start[history.readKey(o, i)]++;
            operation[at] = o;
            read[at] = history.readValue(o, i);
            written[at] = History.NONE;
        }
        for (int i = 0; i < writes; i++) {
            int key = history.writeKey(o, i);
            int at;
            if (reads == 1 && history.readKey(o, 0) == key) {
                at = start[key] - 1;
            } else {
                at = start[key]++;
                operation[at] = o;
                read[at] = History.NONE;
            }
            written[at] = history.writeValue(o, i);
        }
    }

    public int keyCount() {
        return strangeFunction.length;
    }

    /** The register of one key; made anew at every call. */
    public Register register(int key) {
        return new Register(history, this, key, start[key], start[key + 1] - start[key]);
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

    int strangeFunction(int key) {
        return strangeFunction[key];
    }

    /** One slot a value id, {@link Register#NOBODY} in all of them; whoever uses it leaves it so. */
    int[] writerOfValue() {
        return writerOfValue;
    }
}
