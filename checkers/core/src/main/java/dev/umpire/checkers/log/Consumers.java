package dev.umpire.checkers.log;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.BitSet;
import java.util.Set;

/** Who polls: which sessions share the partitions of a group, and after what a session may go on at another place. */
final class Consumers {
    private static final Set<String> MOVES = Set.of("assign", "subscribe", "unsubscribe", "seek");

    private final History history;
    private final BitSet inGroup = new BitSet();
    /** By operation: how often its session had been told by then where to go on. */
    private final int[] moves;
    /** By operation: how many polls of unknown outcome its session had made by then. */
    private final int[] doubts;

    private boolean groupDoubted;

    Consumers(History history) {
        this.history = history;
        moves = new int[history.size()];
        doubts = new int[history.size()];
        int[] moved = new int[history.sessionCount()];
        int[] doubted = new int[history.sessionCount()];
        BitSet doubtful = new BitSet();
        for (int o = 0; o < history.size(); o++) {
            int session = history.session(o);
            String function = history.function(o) == History.NONE ? "" : history.functionName(history.function(o));
            if (MOVES.contains(function) && history.outcome(o) != Outcome.FAIL) {
                moved[session]++;
                inGroup.set(session, inGroup.get(session) || function.equals("subscribe"));
            } else if (history.outcome(o) == Outcome.INFO && mayPoll(o, function)) {
                doubted[session]++;
                doubtful.set(session);
            }
            moves[o] = moved[session];
            doubts[o] = doubted[session];
        }
        groupDoubted = doubtful.intersects(inGroup);
    }

    private boolean mayPoll(int operation, String function) {
        return function.equals("poll")
                || (function.equals("txn")
                        && history.value(history.argument(operation)) instanceof Value.Sequence steps
                        && steps.elements().stream().anyMatch(step -> Partitions.isStep(step, "poll")));
    }

    /** Whether the session of an operation is a member of a group. */
    boolean isInGroup(int operation) {
        return inGroup.get(history.session(operation));
    }

    /** Whether a member made a poll of unknown outcome: what all of them seem to have passed over it may have got. */
    boolean isGroupDoubted() {
        return groupDoubted;
    }

    /** Whether a poll goes on from an earlier one of its session. */
    boolean goesOn(int earlier, int later) {
        return moves[earlier] == moves[later] && history.completed(earlier) < history.invoked(later);
    }

    /** Whether between two polls of a session lies one of unknown outcome, which may have got something. */
    boolean isDoubted(int earlier, int later) {
        return doubts[earlier] != doubts[later];
    }
}
