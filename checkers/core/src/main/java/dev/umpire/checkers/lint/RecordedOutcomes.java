package dev.umpire.checkers.lint;

import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import java.util.Set;

/** Mistakes in how outcomes and times are recorded: processes that go on, sessions never answered, clocks that run back. */
final class RecordedOutcomes {
    /** What an object may refuse; that is an answer, which a read or a write that failed did not get. */
    private static final Set<String> REFUSED_BY_ITS_OBJECT =
            Set.of("cas", "acquire", "release", "claim", "transfer", "dequeue", "pop", "txn");

    private final History history;
    private final Findings findings;
    private final Words words;

    RecordedOutcomes(History history, Findings findings) {
        this.history = history;
        this.findings = findings;
        words = Words.of(history);
    }

    void look() {
        processes();
        sessions();
        times();
    }

    private void processes() {
        int[] unknown = new int[history.processCount()];
        Arrays.fill(unknown, History.NONE);
        for (int operation = 0; operation < history.size(); operation++) {
            int process = history.process(operation);
            if (process == History.NONE) {
                continue;
            }
            int before = unknown[process];
            if (before != History.NONE && history.ended(before) < history.invoked(operation)) {
                int later = operation;
                findings.add(
                        Mistake.PROCESS_REUSED,
                        later,
                        () -> "process "
                                + Visible.text(history.processName(process).toString()) + " did '" + words.deed(later)
                                + "' (event " + history.index(later) + ") after '" + words.deed(before) + "' (event "
                                + history.index(before) + "), of which nobody knows the outcome");
                unknown[process] = History.NONE;
            }
            if (history.outcome(operation) == Outcome.INFO) {
                unknown[process] = operation;
            }
        }
    }

    private void sessions() {
        boolean[] answered = new boolean[history.sessionCount()];
        int[] first = new int[history.sessionCount()];
        Arrays.fill(first, History.NONE);
        for (int operation = 0; operation < history.size(); operation++) {
            int session = history.session(operation);
            if (session == History.NONE) {
                continue;
            }
            answered[session] |= isAnswered(operation);
            first[session] = first[session] == History.NONE ? operation : first[session];
        }
        for (int session = 0; session < first.length; session++) {
            if (first[session] != History.NONE && !answered[session]) {
                int operation = first[session];
                findings.add(
                        Mistake.SESSION_NEVER_ANSWERED,
                        operation,
                        () -> words.session(operation) + " was never answered; it began with '" + words.deed(operation)
                                + "' (event " + history.index(operation) + ")");
            }
        }
    }

    private boolean isAnswered(int operation) {
        return switch (history.outcome(operation)) {
            case OK -> true;
            case FAIL -> REFUSED_BY_ITS_OBJECT.contains(history.functionName(history.function(operation)));
            case INFO -> false;
        };
    }

    private void times() {
        if (!history.realTime()) {
            // sessions may stand in any order beside one another
            return;
        }
        int events = history.eventCount();
        long[] nanos = new long[events];
        int[] operationAt = new int[events];
        Arrays.fill(nanos, History.ABSENT);
        for (int operation = 0; operation < history.size(); operation++) {
            place(nanos, operationAt, history.invoked(operation), history.invokedNanos(operation), operation);
            place(nanos, operationAt, history.ended(operation), history.endedNanos(operation), operation);
        }
        long latest = Long.MIN_VALUE;
        for (int at = 0; at < events; at++) {
            if (nanos[at] == History.ABSENT) {
                continue;
            }
            if (nanos[at] < latest) {
                long back = latest - nanos[at];
                int operation = operationAt[at];
                findings.add(
                        Mistake.TIME_BACKWARDS,
                        operation,
                        () -> "an event of '" + words.deed(operation) + "' (invoked as event "
                                + history.index(operation) + ") has a time " + Words.duration(back)
                                + " before that of an event that stands earlier in the recording");
            }
            latest = nanos[at];
        }
    }

    private static void place(long[] nanos, int[] operationAt, int position, long time, int operation) {
        if (position < nanos.length) {
            nanos[position] = time;
            operationAt[position] = operation;
        }
    }
}
