package dev.umpire.checkers.session;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;

/**
 * What the reads of a session bind across plain keys whose writes are all numbered: who was shown a write of some session is to see,
 * of every key, what that session had written (monotonic-writes) or read (writes-follow-reads) there before, or something newer.
 *
 * <p><b>Algorithm.</b> Session by session, with the newest number of each key that its reads have to reach by now. What is shown of
 * another session is gone over once, up to the newest write that was shown: O(n &times; sessions), in the order in which it stands
 * in memory.
 */
final class ReadsOfSeveralKeys {
    private static final int NONE = -1;

    private final History history;
    private final Bindings bindings;
    private final PlainNumbers numbers;
    private final int[] writerOf;

    /** By session, where its operations and its deeds begin in the columns below. */
    private final int[] start;

    private final int[] operation;
    private final int[] keyOfDeed;
    private final long[] numberOfDeed;
    /** By operation, where the deeds end that its session had done before. */
    private final int[] deedsBefore;

    /** @param writerOf by value, the write of it, or -1 */
    ReadsOfSeveralKeys(History history, Bindings bindings, PlainNumbers numbers, int[] writerOf) {
        this.history = history;
        this.bindings = bindings;
        this.numbers = numbers;
        this.writerOf = writerOf;
        int size = history.size();
        start = new int[history.sessionCount() + 1];
        for (int o = 0; o < size; o++) {
            start[history.session(o) + 1] += history.outcome(o) == Outcome.OK ? 1 : 0;
        }
        for (int session = 0; session < history.sessionCount(); session++) {
            start[session + 1] += start[session];
        }
        int acknowledged = start[history.sessionCount()];
        operation = new int[acknowledged];
        keyOfDeed = new int[acknowledged];
        numberOfDeed = new long[acknowledged];
        deedsBefore = new int[size];
        int[] nextOperation = start.clone();
        int[] nextDeed = start.clone();
        for (int o = 0; o < size; o++) {
            if (history.outcome(o) != Outcome.OK) {
                continue;
            }
            int session = history.session(o);
            operation[nextOperation[session]++] = o;
            deedsBefore[o] = nextDeed[session];
            boolean wrote = history.writeCount(o) > 0;
            int write = wrote ? o : writeThatWasRead(o);
            if (write != NONE && (wrote ? bindings.writesInOrder() : bindings.writesAfterReads())) {
                keyOfDeed[nextDeed[session]] = history.key(o);
                numberOfDeed[nextDeed[session]++] = numbers.number(write);
            }
        }
    }

    private int writeThatWasRead(int read) {
        int value = history.result(read);
        return value == history.initialValue() ? NONE : writerOf[value];
    }

    /**
     * Whether all reads see what they have to.
     *
     * @param obliged by key, gets the reads added that nothing else of their session binds
     * @return false also where a session overlaps itself; then the numbers of {@code obliged} mean nothing
     */
    boolean hold(long[] obliged) {
        int keys = history.keyCount();
        long[] least = new long[keys];
        boolean[] isBound = new boolean[keys];
        int[] seen = new int[history.sessionCount()];
        for (int session = 0; session < history.sessionCount(); session++) {
            Arrays.fill(least, Long.MIN_VALUE);
            Arrays.fill(isBound, false);
            System.arraycopy(start, 0, seen, 0, seen.length);
            int completed = NONE;
            for (int i = start[session]; i < start[session + 1]; i++) {
                int o = operation[i];
                if (history.invoked(o) < completed) {
                    return false;
                }
                completed = history.completed(o);
                int key = history.key(o);
                if (history.writeCount(o) > 0) {
                    isBound[key] |= bindings.ownWrites();
                    continue;
                }
                int write = writeThatWasRead(o);
                if (least[key] != Long.MIN_VALUE) {
                    if (write == NONE || numbers.number(write) < least[key]) {
                        return false;
                    }
                    obliged[key] += isBound[key] ? 0 : 1;
                }
                isBound[key] = true;
                if (write != NONE) {
                    see(write, seen, least);
                }
            }
        }
        return true;
    }

    private void see(int write, int[] seen, long[] least) {
        int writer = history.session(write);
        int end = deedsBefore[write];
        for (int deed = seen[writer]; deed < end; deed++) {
            int key = keyOfDeed[deed];
            least[key] = Math.max(least[key], numberOfDeed[deed]);
        }
        seen[writer] = Math.max(seen[writer], end);
    }
}
