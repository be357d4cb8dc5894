package dev.umpire.checkers.log;

import dev.umpire.checkers.log.Partition.Entry;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who polls: which polls go on from which, and which sessions share the partitions of a group. */
public final class Consumers {

    /**
     * Two messages that a consumer got one directly after the other.
     *
     * @param doubted whether a poll of unknown outcome may have got something between them
     */
    public record Step(Entry before, Entry after, boolean doubted) {}

    private static final Set<String> MODES = Set.of("assign", "subscribe", "unsubscribe");

    private final History history;
    /** The sessions that subscribed, or may have. */
    private final BitSet subscribed = new BitSet();
    /** By operation: whether its session was a member of the group then. */
    private final BitSet asMember = new BitSet();
    /** By operation: how often its session had been told by then where to go on. */
    private final int[] moves;
    /** By session: the invocation of its first poll of unknown outcome, from which on that may get anything. */
    private final int[] doubted;
    /** By session: the invocation of its first move of unknown outcome, from which on it may be anywhere. */
    private final int[] lost;
    /** The sessions of which two polls or moves overlap. */
    private final BitSet overlapping = new BitSet();

    private final List<Integer> unknownPolls = new ArrayList<>();
    /** Whether a consumer was told, or may have been, where to go on: what lies before it nobody may have asked for. */
    private boolean anySought;

    private boolean groupDoubted;

    public Consumers(History history) {
        this.history = history;
        moves = new int[history.size()];
        int sessions = history.sessionCount();
        doubted = filled(sessions, History.NEVER);
        lost = filled(sessions, History.NEVER);
        BitSet members = new BitSet();
        BitSet sought = new BitSet();
        int[] moved = new int[sessions];
        int[] ended = filled(sessions, -1);
        for (int o = 0; o < history.size(); o++) {
            int session = history.session(o);
            String function = history.functionName(history.function(o));
            boolean isMove = function.equals("seek") || MODES.contains(function);
            if (history.outcome(o) == Outcome.FAIL || !(isMove || mayPoll(o, function))) {
                continue;
            }
            if (isMove) {
                moved[session]++;
                if (function.equals("seek")) {
                    anySought = true;
                    sought.set(session);
                } else {
                    members.set(session, function.equals("subscribe"));
                    subscribed.set(session, subscribed.get(session) || function.equals("subscribe"));
                }
            }
            moves[o] = moved[session];
            asMember.set(o, members.get(session));
            if (history.outcome(o) == Outcome.OK) {
                overlapping.set(session, overlapping.get(session) || history.invoked(o) < ended[session]);
                ended[session] = Math.max(ended[session], history.completed(o));
            } else if (isMove) {
                lost[session] = Math.min(lost[session], history.invoked(o));
            } else {
                doubted[session] = Math.min(doubted[session], history.invoked(o));
                unknownPolls.add(o);
            }
        }
        subscribed.stream()
                .forEach(session -> groupDoubted |=
                        doubted[session] < History.NEVER || lost[session] < History.NEVER || sought.get(session));
    }

    private static int[] filled(int size, int value) {
        int[] array = new int[size];
        Arrays.fill(array, value);
        return array;
    }

    private boolean mayPoll(int operation, String function) {
        return function.equals("poll")
                || (function.equals("txn")
                        && history.value(history.argument(operation)) instanceof Value.Sequence steps
                        && steps.elements().stream().anyMatch(step -> Partitions.isStep(step, "poll")));
    }

    /** Whether an operation was made as a member of the group. */
    boolean isMember(int operation) {
        return asMember.get(operation);
    }

    /** Whether the session of an operation was a member of the group at any time: then it may have moved the group on. */
    boolean wasMember(int operation) {
        return subscribed.get(history.session(operation));
    }

    /** Whether what all members seem to have passed over one of them may have got, or was told to pass over. */
    boolean isGroupDoubted() {
        return groupDoubted;
    }

    /** Whether a poll of unknown outcome may have got something from a partition. */
    public boolean mayHaveGotMore(Partition partition) {
        return unknownPolls.stream().anyMatch(poll -> {
            int key = history.key(poll);
            boolean steps = !history.functionName(history.function(poll)).equals("poll")
                    || history.value(history.argument(poll)) instanceof Value.Sequence;
            return steps || (key == History.NONE ? Value.NIL : history.keyName(key)).equals(partition.name());
        });
    }

    /** Whether a consumer of the history may have been told to pass over messages. */
    public boolean wereTold() {
        return anySought;
    }

    /** Whether polls of the session of an operation overlap, or moves of it, so that nobody knows how it went on. */
    boolean isOverlapping(int operation) {
        return overlapping.get(history.session(operation));
    }

    /** All that the consumers of a partition got one directly after the other, in one poll or in one poll and the next. */
    public List<Step> steps(Partition partition) {
        List<Step> steps = new ArrayList<>();
        Map<Integer, Entry> last = new HashMap<>();
        for (Entry entry : partition.polled()) {
            Entry before = last.put(history.session(entry.operation()), entry);
            if (before == null) {
                continue;
            }
            if (before.operation() == entry.operation()) {
                steps.add(new Step(before, entry, false));
            } else if (goesOn(before.operation(), entry.operation())) {
                int session = history.session(entry.operation());
                steps.add(new Step(before, entry, doubted[session] < history.completed(entry.operation())));
            }
        }
        return steps;
    }

    /** Whether a poll goes on from the one before it. */
    private boolean goesOn(int earlier, int later) {
        return moves[earlier] == moves[later]
                && !isMember(later)
                && !isOverlapping(later)
                && lost[history.session(later)] > history.completed(later);
    }
}
