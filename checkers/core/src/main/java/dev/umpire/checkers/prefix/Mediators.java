package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The reads through which happens-before passes from one write to another. */
final class Mediators {
    private Mediators() {}

    /** The first read of one write by the session of the other, before it wrote; {@link History#NONE} if there is none. */
    static int between(Recorded recorded, int first, int second) {
        History history = recorded.history;
        int writer = recorded.writeOperation[second];
        for (int i = 0; i < recorded.size(); i++) {
            int operation = recorded.operation(i);
            if (operation >= writer) {
                break;
            }
            if (history.session(operation) == history.session(writer)
                    && history.outcome(operation) == Outcome.OK
                    && history.completed(operation) < history.invoked(writer)
                    && saw(recorded, i, first)) {
                return operation;
            }
        }
        return History.NONE;
    }

    /** The first operation that saw the write, by number; if wanted, with a reported version. */
    static int firstReader(Recorded recorded, int write, boolean withVersion) {
        for (int i = 0; i < recorded.size(); i++) {
            int operation = recorded.operation(i);
            boolean wanted = !withVersion || recorded.history.version(operation) != History.ABSENT;
            if (wanted && saw(recorded, i, write)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("write " + write + " was seen by no operation");
    }

    /** All reads of these writes by sessions that made one of them later. */
    static List<Integer> among(Recorded recorded, boolean[] writes) {
        History history = recorded.history;
        int[] lastInvoked = new int[history.sessionCount()];
        for (int write = 0; write < writes.length; write++) {
            if (writes[write]) {
                int operation = recorded.writeOperation[write];
                int session = history.session(operation);
                lastInvoked[session] = Math.max(lastInvoked[session], history.invoked(operation));
            }
        }
        List<Integer> reads = new ArrayList<>();
        for (int i = 0; i < recorded.size(); i++) {
            int operation = recorded.operation(i);
            if (history.completed(operation) < lastInvoked[history.session(operation)]) {
                for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                    if (recorded.entryWrite[entry] >= 0 && writes[recorded.entryWrite[entry]]) {
                        reads.add(operation);
                        break;
                    }
                }
            }
        }
        return reads;
    }

    private static boolean saw(Recorded recorded, int i, int write) {
        for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
            if (recorded.entryWrite[entry] == write) {
                return true;
            }
        }
        return false;
    }
}
