package dev.umpire.checkers.prefix;

import dev.umpire.checkers.register.PlainFunctions;
import dev.umpire.checkers.register.Siblings;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds, in one pass over a whole history, that the reported positions of all writes are an order that leaves a consistent prefix to
 * every read, where that is easily seen.
 *
 * <p>Nothing but reads and writes of one key, every write acknowledged with a position of its own, every value written once, and no
 * session overlaps itself. A read of one key is then explained by any order of the writes, so that the order of positions only has to
 * extend happens-before: what a session writes stands behind all that it had written and seen. O(n); says nothing in any other case,
 * nor where no read could have broken it ({@link Obliged}).
 */
final class PlainPositions {
    private static final int NONE = -1;

    private final History history;
    private final int[] writerOf;
    private final boolean[] isWritten;
    private long reads;
    /** How many reads of a written key their session followed with a write. */
    private long obliged;

    private int writes;

    private PlainPositions(History history) {
        this.history = history;
        writerOf = new int[history.valueCount()];
        Arrays.fill(writerOf, NONE);
        isWritten = new boolean[history.keyCount()];
    }

    /** The verdict where it is easily seen to be VALID. */
    static Optional<Verdict> verdict(History history, Promise promise) {
        if (promise != Promise.CONSISTENT || !history.realTime()) {
            return Optional.empty();
        }
        PlainPositions positions = new PlainPositions(history);
        if (!positions.name() || !positions.extendHappensBefore() || positions.obliged == 0) {
            return Optional.empty();
        }
        return Optional.of(new Verdict(
                promise.guarantee(),
                Answer.VALID,
                Optional.of("reported positions"),
                "intervals of reported positions",
                positions.obliged,
                positions.reads + positions.writes,
                Optional.empty(),
                0,
                List.of()));
    }

    private boolean name() {
        PlainFunctions functions = new PlainFunctions(history);
        long[] positions = new long[history.size()];
        for (int o = 0; o < history.size(); o++) {
            if (functions.isRead(o)) {
                if (Siblings.areShown(history, o)) {
                    return false;
                }
                reads += history.outcome(o) == Outcome.OK ? 1 : 0;
            } else if (!functions.isWrite(o)) {
                return false;
            } else if (history.outcome(o) != Outcome.FAIL) {
                int value = history.argument(o);
                long position = history.position(o);
                if (history.outcome(o) != Outcome.OK
                        || position == History.ABSENT
                        || value == history.initialValue()
                        || writerOf[value] != NONE) {
                    return false;
                }
                writerOf[value] = o;
                isWritten[history.key(o)] = true;
                positions[writes++] = position;
            }
        }
        return writes > 0 && reads > 0 && TotalOrder.areDistinct(Arrays.copyOf(positions, writes));
    }

    private boolean extendHappensBefore() {
        long[] newest = new long[history.sessionCount()];
        Arrays.fill(newest, Long.MIN_VALUE);
        int[] completed = new int[history.sessionCount()];
        Arrays.fill(completed, NONE);
        long[] readsSinceWrite = new long[history.sessionCount()];
        for (int o = 0; o < history.size(); o++) {
            if (history.outcome(o) != Outcome.OK) {
                continue;
            }
            int session = history.session(o);
            if (history.invoked(o) < completed[session]) {
                return false;
            }
            completed[session] = history.completed(o);
            if (history.writeCount(o) > 0) {
                if (history.position(o) < newest[session]) {
                    return false;
                }
                newest[session] = history.position(o);
                obliged += readsSinceWrite[session];
                readsSinceWrite[session] = 0;
                continue;
            }
            readsSinceWrite[session] += isWritten[history.key(o)] ? 1 : 0;
            if (!returnsWhatWasWritten(o)) {
                return false;
            }
            if (history.result(o) != history.initialValue()) {
                newest[session] = Math.max(newest[session], history.position(writerOf[history.result(o)]));
            }
        }
        return true;
    }

    /** Whether a read returned the initial value, or that of a write of its key that had begun. */
    private boolean returnsWhatWasWritten(int read) {
        int value = history.result(read);
        if (value == history.initialValue()) {
            return true;
        }
        int write = writerOf[value];
        return write != NONE
                && history.key(write) == history.key(read)
                && history.invoked(write) <= history.completed(read);
    }
}
