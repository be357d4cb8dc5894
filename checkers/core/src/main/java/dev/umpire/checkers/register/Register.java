package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One key of a history: its accesses in the order of their invocations, its writes, and what each read returned.
 *
 * <p>An access is a read, a write, or both (an OK cas). Writes that failed are accesses but have no number among the
 * writes. {@link #source} joins a read to a write; where several wrote the same value ({@link #isAmbiguous}) it is the
 * first of them.
 */
public final class Register {

    /** The source of a read that returned the initial value. */
    public static final int INITIAL = -1;

    /** The source of an access that reads nothing. */
    public static final int NO_READ = -2;

    /** The source of a read that returned a value whose every write failed. */
    public static final int ABORTED = -3;

    /** The source of a read that returned a value which nobody else wrote. */
    public static final int PHANTOM = -4;

    /** The source of a read that returned a value whose write was invoked after the read completed. */
    public static final int FUTURE = -5;

    static final int NOBODY = -1;
    private static final int NAMED_VALUES = 3;

    private final History history;
    private final Registers registers;
    private final int key;
    private final int base;
    private final int size;
    /** Copied from the history's columns, where the accesses of one session of one key stand far apart. */
    private final int[] invoked;

    private final int[] completed;
    private final Outcome[] outcome;
    private final int[] source;
    private final int[] writeOfAccess;
    private final int[] accessOfWrite;
    private final BitSet seen;
    /** By value written more than once, the second write of it. */
    private final Int2IntHashMap secondWriter = new Int2IntHashMap(NOBODY);
    /** By value, the first access that tried to write it and failed; filled when somebody asks. */
    private final Int2IntHashMap failedWriters = new Int2IntHashMap(NOBODY);
    /** By value, the first access that wrote it and did not fail; filled when somebody asks. */
    private final Int2IntHashMap effectiveWriters = new Int2IntHashMap(NOBODY);

    private final int leftOut;
    private final List<Integer> valuesWrittenTwice = new ArrayList<>();
    private int valuesWrittenTwiceCount;
    private boolean initialWritten;
    private @Nullable SessionLists sessions;

    Register(History history, Registers registers, int key, int base, int size) {
        this.history = history;
        this.registers = registers;
        this.key = key;
        this.base = base;
        this.size = size;
        int[] writer = registers.writerOfValue();
        invoked = new int[size];
        completed = new int[size];
        outcome = new Outcome[size];
        for (int a = 0; a < size; a++) {
            int o = registers.operation(base + a);
            invoked[a] = history.invoked(o);
            completed[a] = history.completed(o);
            outcome[a] = history.outcome(o);
        }
        writeOfAccess = new int[size];
        int writes = 0;
        for (int a = 0; a < size; a++) {
            boolean effective = written(a) != History.NONE && outcome(a) != Outcome.FAIL;
            writeOfAccess[a] = effective ? writes++ : NOBODY;
        }
        accessOfWrite = new int[writes];
        seen = new BitSet(writes);
        source = new int[size];
        nameWriters(writer);
        leftOut = joinReads(writer);
        for (int a = 0; a < size; a++) {
            if (written(a) != History.NONE) {
                writer[written(a)] = NOBODY;
            }
        }
    }

    private void nameWriters(int[] writer) {
        int initial = history.initialValue();
        for (int a = 0; a < size; a++) {
            int w = writeOfAccess[a];
            if (w == NOBODY) {
                continue;
            }
            accessOfWrite[w] = a;
            int value = written(a);
            if (value == initial) {
                initialWritten = true;
            } else if (writer[value] == NOBODY) {
                writer[value] = w;
            } else {
                valuesWrittenTwiceCount++;
                if (!secondWriter.containsKey(value)) {
                    secondWriter.put(value, w);
                }
                if (valuesWrittenTwice.size() < NAMED_VALUES && !valuesWrittenTwice.contains(value)) {
                    valuesWrittenTwice.add(value);
                }
            }
        }
        for (int a = 0; a < size; a++) {
            if (written(a) != History.NONE && writeOfAccess[a] == NOBODY && writer[written(a)] == NOBODY) {
                writer[written(a)] = ABORTED;
            }
        }
    }

    private int joinReads(int[] writer) {
        int initial = history.initialValue();
        int faults = 0;
        for (int a = 0; a < size; a++) {
            int value = read(a);
            int from;
            if (value == History.NONE) {
                from = NO_READ;
            } else if (value == initial) {
                from = INITIAL;
            } else {
                from = writer[value];
                if (from >= 0 && from == writeOfAccess[a]) {
                    // nobody reads what it is about to write, but another may have written the same
                    from = secondWriter.get(value);
                }
                if (from == NOBODY) {
                    from = PHANTOM;
                } else if (from >= 0) {
                    if (invoked[accessOfWrite[from]] > completed[a]) {
                        from = FUTURE;
                    } else {
                        seen.set(from);
                    }
                }
                if (from < 0) {
                    faults++;
                }
            }
            source[a] = from;
        }
        return faults;
    }

    public int key() {
        return key;
    }

    /** How many accesses there are. */
    public int size() {
        return size;
    }

    /** The number of the operation in its history. */
    public int operation(int access) {
        return registers.operation(base + access);
    }

    /** The value id that the access read, or {@link History#NONE}. */
    public int read(int access) {
        return registers.read(base + access);
    }

    /** The value id that the access wrote or tried to write, or {@link History#NONE}. */
    public int written(int access) {
        return registers.written(base + access);
    }

    public Outcome outcome(int access) {
        return outcome[access];
    }

    public int invoked(int access) {
        return invoked[access];
    }

    /** The position of the completion; {@link History#NEVER} for an unknown outcome. */
    public int completed(int access) {
        return completed[access];
    }

    public int session(int access) {
        return history.session(operation(access));
    }

    /** The number of the write that the access returned, or one of this class' negative constants. */
    public int source(int access) {
        return source[access];
    }

    /** Whether the access reads, and what it read is the initial value or came from a write. */
    public boolean isGoodRead(int access) {
        return source[access] >= INITIAL;
    }

    /** The number of the access among the writes; negative if it did not write or failed. */
    public int writeOf(int access) {
        return writeOfAccess[access];
    }

    /** How many writes there are that did not fail. */
    public int writeCount() {
        return accessOfWrite.length;
    }

    public int accessOfWrite(int write) {
        return accessOfWrite[write];
    }

    public int operationOfWrite(int write) {
        return operation(accessOfWrite[write]);
    }

    public boolean isAcknowledged(int write) {
        return outcome(accessOfWrite[write]) == Outcome.OK;
    }

    /** Whether the write certainly took effect: it was acknowledged, or some good read returned it. */
    public boolean isEffective(int write) {
        return seen.get(write) || isAcknowledged(write);
    }

    /** The first access that tried to write a value, and failed, for telling. O(1), after O(size) for the first question. */
    public int failedWriter(int value) {
        return writers(true, value);
    }

    /** The first access that wrote a value and did not fail, for telling. O(1), after O(size) for the first question. */
    public int firstWriter(int value) {
        return writers(false, value);
    }

    private int writers(boolean failed, int value) {
        Int2IntHashMap writers = failed ? failedWriters : effectiveWriters;
        if (writers.isEmpty()) {
            for (int a = 0; a < size; a++) {
                if (written(a) != History.NONE && (outcome(a) == Outcome.FAIL) == failed) {
                    writers.putIfAbsent(written(a), a);
                }
            }
        }
        int access = writers.get(value);
        if (access == NOBODY) {
            throw new IllegalArgumentException(
                    "value: found " + value + ", expected one that was written to key " + key);
        }
        return access;
    }

    /** How many reads returned what no register can return; other guarantees than integrity leave them out. */
    public int leftOut() {
        return leftOut;
    }

    /** Whether a read cannot always be joined to one write. */
    public boolean isAmbiguous() {
        return initialWritten || valuesWrittenTwiceCount > 0;
    }

    /** The function that makes this key something else than a register; empty: it is a register. */
    public Optional<String> strangeFunction() {
        int function = registers.strangeFunction(key);
        return switch (function) {
            case Registers.ONLY_UNDERSTOOD -> Optional.empty();
            case Registers.WITHOUT_FUNCTION -> Optional.of("without a function");
            default -> Optional.of(history.functionName(function));
        };
    }

    /** Up to three values that were written more than once. */
    public List<Integer> valuesWrittenTwice() {
        return List.copyOf(valuesWrittenTwice);
    }

    public boolean isInitialWritten() {
        return initialWritten;
    }

    public History history() {
        return history;
    }

    boolean anyVersion() {
        return registers.anyVersion();
    }

    boolean anyPosition() {
        return registers.anyPosition();
    }

    /** The accesses that are OK, session by session, each session's in the order of invocations. */
    public SessionLists sessions() {
        SessionLists lists = sessions;
        if (lists == null) {
            lists = new SessionLists(this);
            sessions = lists;
        }
        return lists;
    }

    /** The numbers of the writes that certainly took effect and were acknowledged, by their completion. */
    public int[] acknowledgedByCompletion() {
        long[] order = new long[accessOfWrite.length];
        int count = 0;
        for (int w = 0; w < accessOfWrite.length; w++) {
            if (isAcknowledged(w)) {
                order[count++] = ((long) completed(accessOfWrite[w]) << 32) | w;
            }
        }
        Arrays.sort(order, 0, count);
        int[] writes = new int[count];
        for (int i = 0; i < count; i++) {
            writes[i] = (int) order[i];
        }
        return writes;
    }
}
