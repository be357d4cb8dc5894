package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One key of a history: its accesses in the order of their invocations, its writes, and what each read returned.
 *
 * <p>An access is a read, a write, or both (an OK cas). Writes that failed are accesses but have no number among the
 * writes. {@link #source} joins a read to a write; where several wrote the same value ({@link #isAmbiguous}) it is the
 * first of them.
 *
 * <p>A list ({@link #isList}) is a register too: each append makes a new version, and a read returned the append of its
 * last element. Nothing and the empty list are its initial value.
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

    /**
     * The source of a read that returned what a transaction wrote and itself overwrote; of a list, one that shows a part of
     * what a transaction appended together.
     */
    public static final int INTERMEDIATE = -6;

    /** The source of a list read with an element twice that was appended once. */
    public static final int DUPLICATE = -7;

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
    /** Without real time: the accesses that returned what stands behind them in the recording. */
    private final BitSet fromLater = new BitSet();

    /** By value written more than once, the second write of it. */
    private final Int2IntHashMap secondWriter = new Int2IntHashMap(NOBODY);
    /** By value, the first access that tried to write it and failed; filled when somebody asks. */
    private final Int2IntHashMap failedWriters = new Int2IntHashMap(NOBODY);
    /** By value, the first access that wrote it and did not fail; filled when somebody asks. */
    private final Int2IntHashMap effectiveWriters = new Int2IntHashMap(NOBODY);

    /** What the reads of a list returned; nothing where the key is no list. */
    private final @Nullable ListReads lists;

    private final @Nullable TracedOrder traced;
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
        boolean list = isListKey();
        nameWriters(writer, list);
        lists = list ? new ListReads(this, registers.elements(), writer, secondWriter) : null;
        if (lists != null) {
            nameElements(writer, lists);
        }
        nameFailed(writer, list);
        leftOut = joinReads(writer);
        traced = lists == null ? null : lists.traced();
        for (int a = 0; a < size; a++) {
            if (written(a) != History.NONE) {
                writer[written(a)] = NOBODY;
            }
        }
        EarlyWrites early = registers.early();
        for (int at = early.from(key); at < early.to(key); at++) {
            writer[early.value(at)] = NOBODY;
        }
    }

    /** Appended to; or never written at all, and some read returned a list. */
    private boolean isListKey() {
        if (!registers.isUnwritten(key)) {
            return registers.isAppended(key);
        }
        for (int a = 0; a < size; a++) {
            if (read(a) != History.NONE && history.value(read(a)) instanceof Value.Sequence) {
                return true;
            }
        }
        return false;
    }

    private void nameWriters(int[] writer, boolean list) {
        int initial = list ? History.NONE : history.initialValue();
        for (int a = 0; a < size; a++) {
            int w = writeOfAccess[a];
            if (w == NOBODY) {
                continue;
            }
            accessOfWrite[w] = a;
            int value = written(a);
            if (value == initial) {
                initialWritten = true;
            } else {
                nameWriter(writer, value, w);
            }
        }
    }

    private void nameWriter(int[] writer, int value, int w) {
        if (writer[value] == NOBODY) {
            writer[value] = w;
            return;
        }
        if (w < writer[value]) {
            int later = writer[value];
            writer[value] = w;
            secondWriter.putIfAbsent(value, later);
        } else {
            secondWriter.putIfAbsent(value, w);
        }
        valuesWrittenTwiceCount++;
        if (valuesWrittenTwice.size() < NAMED_VALUES && !valuesWrittenTwice.contains(value)) {
            valuesWrittenTwice.add(value);
        }
    }

    /** All elements of a transaction are of its one write. */
    private void nameElements(int[] writer, ListReads reads) {
        EarlyWrites early = registers.early();
        for (int at = early.from(key); at < early.to(key); at++) {
            int a = early.access(at) - base;
            if (writeOfAccess[a] == NOBODY) {
                continue;
            }
            nameWriter(writer, early.value(at), writeOfAccess[a]);
            boolean more = at + 1 < early.to(key) && early.access(at + 1) == early.access(at);
            reads.appendedTogether(early.value(at), more ? early.value(at + 1) : written(a));
        }
    }

    /** What nobody else wrote and was overwritten by its own transaction; then what only failed writes tried to write. */
    private void nameFailed(int[] writer, boolean list) {
        EarlyWrites early = registers.early();
        for (int at = early.from(key); at < early.to(key) && !list; at++) {
            if (writeOfAccess[early.access(at) - base] != NOBODY && writer[early.value(at)] == NOBODY) {
                writer[early.value(at)] = INTERMEDIATE;
            }
        }
        for (int at = early.from(key); at < early.to(key); at++) {
            if (writer[early.value(at)] == NOBODY) {
                writer[early.value(at)] = ABORTED;
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
            } else if (lists != null) {
                from = lists.source(a);
                faults += from < INITIAL ? 1 : 0;
            } else if (value == initial || isAbsentText(a, value, writer)) {
                from = INITIAL;
            } else {
                from = writer[value];
                if (from >= 0 && operation(accessOfWrite[from]) == operation(a)) {
                    // nobody reads what it is about to write, but another may have written the same
                    from = secondWriter.get(value);
                }
                if (from == NOBODY) {
                    from = PHANTOM;
                } else if (from >= 0) {
                    if (invoked[accessOfWrite[from]] > completed[a] && history.realTime()) {
                        from = FUTURE;
                    } else {
                        if (invoked[accessOfWrite[from]] > completed[a]) {
                            fromLater.set(a);
                        }
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

    /** Whether it is the empty text that a key-value store gets where nothing was put. */
    private boolean isAbsentText(int access, int value, int[] writer) {
        return history.initialValue() == History.NIL
                && writer[value] == NOBODY
                && history.functionName(history.function(operation(access))).equals("get")
                && history.value(value).equals(Value.of(""));
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

    /**
     * Whether the access returned what is written behind it although no time is recorded: as a recording is put into an order in
     * which writes come first, what its sessions did and read follows itself in a circle. Such a read is as good as any other.
     */
    public boolean isFromLater(int access) {
        return fromLater.get(access);
    }

    void markFromLater(int access) {
        fromLater.set(access);
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

    /** What writes of transactions wrote and overwrote themselves: the number of each write that did not fail, and the value id. */
    public void earlyWrites(BiConsumer<Integer, Integer> each) {
        EarlyWrites early = registers.early();
        for (int at = early.from(key); at < early.to(key); at++) {
            int w = writeOfAccess[early.access(at) - base];
            if (w != NOBODY) {
                each.accept(w, early.value(at));
            }
        }
    }

    /** Whether the write certainly took effect: it was acknowledged, or some good read returned it. */
    public boolean isEffective(int write) {
        return seen.get(write) || isAcknowledged(write);
    }

    /** Whether it is a list to which was appended. */
    public boolean isList() {
        return lists != null;
    }

    /** The order that the reads of a list show; empty for what is no list. */
    Optional<TracedOrder> traced() {
        return Optional.ofNullable(traced);
    }

    /**
     * The writes that a read of a list showed, in their order, where the longest list does not begin with it; empty for every
     * other access, whose list is the beginning of the {@link TracedOrder}.
     */
    public Optional<int[]> apart(int access) {
        return lists == null ? Optional.empty() : lists.apart(access);
    }

    /** Some read returned the append. */
    void markSeen(int write) {
        seen.set(write);
    }

    /** Whether the write appended the element, or wrote the value, be it as its first or as its last. */
    boolean isElementOf(int value, int write) {
        int a = accessOfWrite[write];
        return written(a) == value || wroteEarly(a, value);
    }

    private boolean wroteEarly(int access, int value) {
        EarlyWrites early = registers.early();
        for (int at = early.from(key); at < early.to(key); at++) {
            if (early.access(at) == base + access && early.value(at) == value) {
                return true;
            }
        }
        return false;
    }

    /** What makes the access a fault: the value that was read; of a list, the first element at fault. */
    public Value culprit(int access) {
        return lists == null ? history.value(read(access)) : lists.culprit(access);
    }

    /** The id of the {@link #culprit}, or {@link History#NONE} if nobody tried to write it. */
    public int culpritId(int access) {
        return lists == null ? read(access) : lists.culpritId(access);
    }

    /** The first access that tried to write a value, and failed, for telling. O(1), after O(size) for the first question. */
    public int failedWriter(int value) {
        return writers(true, value);
    }

    /** The first access that wrote a value and did not fail, for telling. O(1), after O(size) for the first question. */
    public int firstWriter(int value) {
        return writers(false, value);
    }

    /** As {@link #firstWriter}; where that is the operation of the access itself, the first other one, if there is any. */
    public int firstOtherWriter(int value, int access) {
        int first = firstWriter(value);
        int second = secondWriter.get(value);
        return second == NOBODY || operation(first) != operation(access) ? first : accessOfWrite[second];
    }

    private int writers(boolean failed, int value) {
        Int2IntHashMap writers = failed ? failedWriters : effectiveWriters;
        if (writers.isEmpty()) {
            for (int a = 0; a < size; a++) {
                if (written(a) != History.NONE && (outcome(a) == Outcome.FAIL) == failed) {
                    writers.putIfAbsent(written(a), a);
                }
            }
            EarlyWrites early = registers.early();
            for (int at = early.from(key); at < early.to(key); at++) {
                int a = early.access(at) - base;
                if ((outcome(a) == Outcome.FAIL) == failed) {
                    writers.putIfAbsent(early.value(at), a);
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
        return function == Registers.ONLY_UNDERSTOOD ? Optional.empty() : Optional.of(history.functionName(function));
    }

    /** Whether a read of the key returned several values at once. */
    public boolean showsSiblings() {
        return registers.showsSiblings(key);
    }

    /** Why the key is neither a register nor a list, as "has ..." or "is ..."; empty: it is one of them. */
    public Optional<String> misfit() {
        if (registers.isMixed(key)) {
            return Optional.of("has appends and writes of whole values, which cannot be judged together");
        }
        if (lists == null) {
            return Optional.empty();
        }
        if (!lists.areAllLists()) {
            return Optional.of("has appends, but a read of it returned what is no list");
        }
        boolean begun = history.value(history.initialValue()) instanceof Value.Sequence initial
                && !initial.elements().isEmpty();
        return begun
                ? Optional.of("is a list with an initial value that is not empty, which this checker cannot judge yet")
                : Optional.empty();
    }

    /**
     * The version that belongs to what the access wrote, or to the value that it read; {@link History#ABSENT} if none is
     * known. The one number of an operation on several keys belongs to none of them.
     */
    public long version(int access) {
        int o = operation(access);
        boolean alone = written(access) == History.NONE
                ? history.readCount(o) == 1 && history.writeCount(o) == 0
                : writesOneKey(o);
        return alone ? history.version(o) : History.ABSENT;
    }

    private boolean writesOneKey(int operation) {
        for (int i = 0; i < history.writeCount(operation); i++) {
            if (history.writeKey(operation, i) != key) {
                return false;
            }
        }
        return true;
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

    /** The accesses that did not fail, session by session, each session's in the order of invocations. */
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
