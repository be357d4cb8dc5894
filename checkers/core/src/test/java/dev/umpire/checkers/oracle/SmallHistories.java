package dev.umpire.checkers.oracle;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * All small histories within a bound, each once up to renaming of sessions, keys and values.
 *
 * <p>A history is a word of events. Two invocations that follow one another may change places, and so may two
 * completions: no operation comes to stand before another that did not before. Of such words the one with the smaller
 * session first is kept. Keys and values are named in the order in which they appear. Where both sessions begin
 * together, the word and the word with the sessions exchanged are written down as code, and the smaller code is kept.
 *
 * <p>Operations of unknown or failed outcome are points: nothing ever comes to stand after them, so only their
 * invocation matters. A read returns the initial value, or a value whose write was invoked before the read completed
 * (of a failed write too, if the bound has any); other reads are faults of integrity and not enumerated.
 */
public final class SmallHistories {

    /**
     * How far to go.
     *
     * @param operations the largest number of operations; all smaller numbers are enumerated too
     * @param keys 1 or 2
     * @param unknownWrites whether a write may be of unknown outcome
     * @param failedWrites whether a write may fail
     * @param snapshots whether both keys may be read at once
     * @param compareAndSet whether a write may be a cas of unknown or OK outcome
     */
    public record Bound(
            int operations,
            int keys,
            boolean unknownWrites,
            boolean failedWrites,
            boolean snapshots,
            boolean compareAndSet) {

        /** Reads and acknowledged writes. */
        public static Bound of(int operations, int keys) {
            return new Bound(operations, keys, false, false, false, false);
        }

        public Bound withUnknownWrites() {
            return new Bound(operations, keys, true, failedWrites, snapshots, compareAndSet);
        }

        public Bound withFailedWrites() {
            return new Bound(operations, keys, unknownWrites, true, snapshots, compareAndSet);
        }

        public Bound withSnapshots() {
            return new Bound(operations, keys, unknownWrites, failedWrites, true, compareAndSet);
        }

        public Bound withCompareAndSet() {
            return new Bound(operations, keys, unknownWrites, failedWrites, snapshots, true);
        }
    }

    private static final int SESSIONS = 2;
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int UNKNOWN_WRITE = 2;
    private static final int FAILED_WRITE = 3;
    private static final int SNAPSHOT = 4;
    private static final int CAS = 5;

    private final Bound bound;
    private final Consumer<SmallHistory> consumer;

    private final int[] kind;
    private final int[] session;
    private final int[] key;
    private final int[] first;
    private final int[] second;
    private final int[] invoked;
    private final int[] completed;
    /** The word: operation * 2 for an invocation, operation * 2 + 1 for a completion. */
    private final int[] word;

    private final int[] open = {-1, -1};
    private int operations;
    private int events;
    /** Of the histories of the largest number of operations, one of so many is told. */
    private final long stride;

    private long passed;
    private long largest;
    private long count;

    private SmallHistories(Bound bound, long stride, Consumer<SmallHistory> consumer) {
        this.bound = bound;
        this.stride = stride;
        this.consumer = consumer;
        int most = bound.operations();
        kind = new int[most];
        session = new int[most];
        key = new int[most];
        first = new int[most];
        second = new int[most];
        invoked = new int[most];
        completed = new int[most];
        word = new int[2 * most];
    }

    /** Hands every history, or the {@link Share} that is to be judged, to the consumer; returns how many there were. */
    public static long forEach(Bound bound, Consumer<SmallHistory> consumer) {
        return forEach(bound, 1, consumer);
    }

    /**
     * The same, of the histories of the largest number of operations one of {@code usual}; all with {@code -Dumpire.oracle.share=}
     * this number. Where the share is small already, beginnings are left out and no more.
     */
    public static long forEach(Bound bound, int usual, Consumer<SmallHistory> consumer) {
        long stride = Share.isSmall() ? 1 : Share.stride(usual);
        SmallHistories all = new SmallHistories(bound, stride, consumer);
        all.extend();
        return all.count;
    }

    private void extend() {
        if (operations > 0 && open[0] < 0 && open[1] < 0 && isCanonical() && isTold()) {
            count++;
            consumer.accept(history());
        }
        for (int s = 0; s < SESSIONS; s++) {
            if (open[s] >= 0) {
                if (!followsLargerSession(s, 1)) {
                    complete(s);
                }
            } else if (operations < bound.operations() && !followsLargerSession(s, 0) && (events > 0 || s == 0)) {
                invoke(s);
            }
        }
    }

    private boolean isTold() {
        return operations < bound.operations() || largest++ % stride == 0;
    }

    private boolean followsLargerSession(int s, int type) {
        if (events == 0) {
            return false;
        }
        int last = word[events - 1];
        return last % 2 == type && session[last / 2] > s;
    }

    private void invoke(int s) {
        int keys = Math.min(bound.keys(), keysInUse() + 1);
        for (int k = 0; k < keys; k++) {
            begin(s, READ, k);
            begin(s, WRITE, k);
            if (bound.unknownWrites()) {
                begin(s, UNKNOWN_WRITE, k);
            }
            if (bound.failedWrites()) {
                begin(s, FAILED_WRITE, k);
            }
            if (bound.compareAndSet()) {
                begin(s, CAS, k);
            }
        }
        if (bound.snapshots() && bound.keys() == 2) {
            begin(s, SNAPSHOT, 0);
        }
    }

    private int keysInUse() {
        int inUse = 0;
        for (int i = 0; i < operations; i++) {
            inUse = Math.max(inUse, kind[i] == SNAPSHOT ? 0 : key[i] + 1);
        }
        return inUse;
    }

    private void begin(int s, int what, int onKey) {
        int operation = operations++;
        kind[operation] = what;
        session[operation] = s;
        key[operation] = onKey;
        first[operation] = 0;
        second[operation] = 0;
        invoked[operation] = events;
        completed[operation] = History.NEVER;
        word[events++] = 2 * operation;
        boolean point = what == UNKNOWN_WRITE || what == FAILED_WRITE;
        if (!point) {
            open[s] = operation;
        }
        // all that begin with the same three invocations are in the share or none of them
        if (operations != 3 || Share.includes(passed++)) {
            extend();
        }
        open[s] = -1;
        events--;
        operations--;
    }

    private void complete(int s) {
        int operation = open[s];
        open[s] = -1;
        completed[operation] = events;
        word[events++] = 2 * operation + 1;
        if (kind[operation] == WRITE) {
            extend();
        } else if (kind[operation] == SNAPSHOT) {
            for (int x = -1; x < operations; x++) {
                for (int y = -1; y < operations; y++) {
                    if (isReadable(x, 0, operation) && isReadable(y, 1, operation)) {
                        first[operation] = x + 1;
                        second[operation] = y + 1;
                        extend();
                    }
                }
            }
        } else {
            for (int x = -1; x < operations; x++) {
                if (isReadable(x, key[operation], operation)) {
                    first[operation] = x + 1;
                    extend();
                }
            }
        }
        events--;
        completed[operation] = History.NEVER;
        open[s] = operation;
    }

    /** Values are the number of their write plus 1; -1 stands for the initial value. */
    private boolean isReadable(int write, int onKey, int by) {
        if (write < 0) {
            return true;
        }
        return write != by && kind[write] != READ && kind[write] != SNAPSHOT && key[write] == onKey;
    }

    private SmallHistory history() {
        List<SmallOperation> list = new ArrayList<>(operations);
        for (int i = 0; i < operations; i++) {
            list.add(operation(i));
        }
        return new SmallHistory(list);
    }

    private SmallOperation operation(int i) {
        int s = session[i];
        int k = key[i];
        int value = i + 1;
        return switch (kind[i]) {
            case READ -> SmallOperation.read(s, k, first[i], invoked[i], completed[i]);
            case SNAPSHOT ->
                SmallOperation.snapshot(s, new int[] {0, 1}, new int[] {first[i], second[i]}, invoked[i], completed[i]);
            case CAS -> SmallOperation.cas(s, k, first[i], value, Outcome.OK, invoked[i], completed[i]);
            case UNKNOWN_WRITE -> SmallOperation.write(s, k, value, Outcome.INFO, invoked[i], History.NEVER);
            case FAILED_WRITE -> SmallOperation.write(s, k, value, Outcome.FAIL, invoked[i], History.NEVER);
            default -> SmallOperation.write(s, k, value, Outcome.OK, invoked[i], completed[i]);
        };
    }

    /** False for the larger of a word and the same word with the sessions exchanged, where both begin together. */
    private boolean isCanonical() {
        boolean together = false;
        for (int e = 0; e < events && word[e] % 2 == 0; e++) {
            together |= session[word[e] / 2] == 1;
        }
        if (!together) {
            return true;
        }
        int[] exchanged = new int[events];
        for (int from = 0; from < events; ) {
            int type = word[from] % 2;
            int to = from;
            while (to < events && word[to] % 2 == type) {
                to++;
            }
            int at = from;
            for (int s = 1; s >= 0; s--) {
                for (int e = from; e < to; e++) {
                    if (session[word[e] / 2] == s) {
                        exchanged[at++] = word[e];
                    }
                }
            }
            from = to;
        }
        int[] mine = code(word, 0);
        int[] other = code(exchanged, 1);
        return Arrays.compare(mine, other) <= 0;
    }

    /** The word in numbers that no longer depend on how sessions, keys and values are called. */
    private int[] code(int[] ofWord, int exchange) {
        int[] nameOfOperation = new int[operations + 1];
        int[] nameOfKey = {-1, -1};
        int keys = 0;
        int names = 0;
        int[] code = new int[5 * events];
        int at = 0;
        for (int e = 0; e < events; e++) {
            int operation = ofWord[e] / 2;
            boolean invocation = ofWord[e] % 2 == 0;
            code[at++] = ofWord[e] % 2;
            code[at++] = session[operation] ^ exchange;
            code[at++] = kind[operation];
            if (invocation) {
                nameOfOperation[operation + 1] = ++names;
                if (kind[operation] != SNAPSHOT && nameOfKey[key[operation]] < 0) {
                    nameOfKey[key[operation]] = keys++;
                }
            }
            if (kind[operation] == SNAPSHOT) {
                // a snapshot names no key; before any key has a name it can only have returned initial values
                int x = invocation ? 0 : nameOfOperation[first[operation]];
                int y = invocation ? 0 : nameOfOperation[second[operation]];
                boolean inOrder = nameOfKey[0] == 0;
                code[at++] = inOrder ? x : y;
                code[at++] = inOrder ? y : x;
            } else {
                code[at++] = nameOfKey[key[operation]];
                code[at++] = invocation ? 0 : nameOfOperation[first[operation]];
            }
        }
        return code;
    }
}
