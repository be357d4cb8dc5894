package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The reads through which happens-before passes from one write to another. */
final class Mediators {
    private Mediators() {}

    /**
     * The first read of what one node wrote by the session of the other, before it wrote; {@link History#NONE} if there is
     * none.
     */
    static int between(Recorded recorded, int first, int second) {
        History history = recorded.history;
        if (second >= recorded.realWrites) {
            return History.NONE;
        }
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

    /** Whether the operation of one node itself read what the other wrote. */
    static boolean readItself(Recorded recorded, int first, int second) {
        if (second >= recorded.realWrites || recorded.isPlain()) {
            return false;
        }
        int i = recorded.index(recorded.writeOperation[second]);
        return saw(recorded, i, first);
    }

    /** The first read of a list that shows the append; {@link History#NONE} if there is none. */
    static int firstList(Recorded recorded, int write) {
        for (int i = 0; i < recorded.size() && recorded.placeShown(write) >= 0; i++) {
            for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                if (recorded.shows(entry, write)) {
                    return recorded.operation(i);
                }
            }
        }
        return History.NONE;
    }

    /** The first operation that saw something of the node, by number; if wanted, with a reported version. */
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

    /** All reads of these nodes by sessions that wrote one of them later. */
    static List<Integer> among(Recorded recorded, boolean[] writes) {
        History history = recorded.history;
        int[] lastInvoked = new int[history.sessionCount()];
        for (int write = 0; write < recorded.realWrites; write++) {
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
                    if (recorded.entryWrite[entry] >= 0 && writes[recorded.node(recorded.entryWrite[entry])]) {
                        reads.add(operation);
                        break;
                    }
                }
            }
        }
        return reads;
    }

    private static boolean saw(Recorded recorded, int i, int node) {
        for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
            for (int write = node; write < recorded.endOfNode(node); write++) {
                if (recorded.shows(entry, write)) {
                    return true;
                }
            }
        }
        return false;
    }
}
