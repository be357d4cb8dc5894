package dev.umpire.checkers.availability;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The operations of one function, and when somebody waited for one in vain.
 *
 * <p>An operation is acknowledged when it completes OK. It is under way from its invocation until its last event; where it
 * has none, as long as anything is recorded. Operations of the phase {@code final} do not count: they are asked of each node
 * in turn when all is over. Neither do operations without times.
 *
 * <p>The silence after a moment t begins at the first moment from t on at which an operation is under way, or after t is
 * invoked and has its last event at once, and ends with the first acknowledgement from t on, of whatever operation. Where none follows, it lasts at least until the last operation of
 * the function was given up.
 */
final class Lane {
    private final String function;
    private final int[] operations;
    private final long[] invoked;
    /** The operation among those invoked so far that is under way longest, as a place in {@link #operations}. */
    private final int[] latest;

    private final long[] ended;
    private final int[] acknowledgements;
    private final long[] acknowledged;

    private Lane(History history, String function, List<Integer> timed, long lastNanos) {
        this.function = function;
        operations = timed.stream()
                .sorted(Comparator.comparingLong(history::invokedNanos))
                .mapToInt(Integer::intValue)
                .toArray();
        invoked = Arrays.stream(operations).mapToLong(history::invokedNanos).toArray();
        ended = Arrays.stream(operations)
                .mapToLong(o -> history.ended(o) == History.NEVER ? lastNanos : history.endedNanos(o))
                .toArray();
        latest = new int[operations.length];
        for (int i = 1; i < operations.length; i++) {
            latest[i] = ended[i] > ended[latest[i - 1]] ? i : latest[i - 1];
        }
        acknowledgements = timed.stream()
                .filter(o -> history.outcome(o) == Outcome.OK)
                .sorted(Comparator.comparingLong(history::endedNanos))
                .mapToInt(Integer::intValue)
                .toArray();
        acknowledged =
                Arrays.stream(acknowledgements).mapToLong(history::endedNanos).toArray();
    }

    /** Those of a history in the order in which it first names their functions; none without an operation that has times. */
    static List<Lane> of(History history) {
        List<List<Integer>> byFunction = new ArrayList<>();
        for (int function = 0; function < history.functionCount(); function++) {
            byFunction.add(new ArrayList<>());
        }
        long lastNanos = Long.MIN_VALUE;
        for (int o = 0; o < history.size(); o++) {
            boolean never = history.ended(o) == History.NEVER;
            if (history.isFinal(o)
                    || history.invokedNanos(o) == History.ABSENT
                    || (!never && history.endedNanos(o) == History.ABSENT)) {
                continue;
            }
            byFunction.get(history.function(o)).add(o);
            lastNanos = Math.max(lastNanos, never ? history.invokedNanos(o) : history.endedNanos(o));
        }
        List<Lane> lanes = new ArrayList<>();
        for (int function = 0; function < byFunction.size(); function++) {
            if (!byFunction.get(function).isEmpty()) {
                lanes.add(new Lane(history, history.functionName(function), byFunction.get(function), lastNanos));
            }
        }
        return lanes;
    }

    String function() {
        return function;
    }

    /** How many operations were acknowledged. */
    int acknowledgedCount() {
        return acknowledgements.length;
    }

    /** Whether any was acknowledged before a moment. */
    boolean isAcknowledgedBefore(long nanos) {
        return acknowledged.length > 0 && acknowledged[0] < nanos;
    }

    /** The silence from a moment on; empty if nobody asks from then on. */
    Optional<Silence> from(long nanos) {
        return silence(nanos, firstAcknowledgement(nanos));
    }

    /** The silence between an acknowledgement and the next, -1 for that before the first; empty if nobody asks meanwhile. */
    Optional<Silence> after(int acknowledgement) {
        return silence(acknowledgement < 0 ? Long.MIN_VALUE : acknowledged[acknowledgement], acknowledgement + 1);
    }

    /**
     * The longest of the silences that lie at least in part between two moments.
     *
     * @param cutNanos of each only as much counts as is before this moment; it is returned as a whole all the same
     */
    Optional<Silence> longest(long fromNanos, long untilNanos, long cutNanos) {
        Optional<Silence> longest = Optional.empty();
        for (int i = firstAcknowledgement(fromNanos) - 1; i < acknowledged.length; i++) {
            Optional<Silence> next = after(i);
            if (next.isEmpty() || next.get().fromNanos() > untilNanos) {
                break;
            }
            if (next.get().untilNanos() >= fromNanos
                    && (longest.isEmpty()
                            || next.get().before(cutNanos).nanos()
                                    > longest.get().before(cutNanos).nanos())) {
                longest = next;
            }
        }
        return longest;
    }

    /**
     * The longest of the silences that begin from a moment on and before another: that from the first moment on, and those
     * after the acknowledgements that follow.
     *
     * @param cutNanos of each only as much counts as is before this moment; it is returned as a whole all the same
     */
    Optional<Silence> longestFrom(long fromNanos, long untilNanos, long cutNanos) {
        Comparator<Silence> order = Comparator.comparingLong(
                        (Silence silence) -> silence.before(cutNanos).nanos())
                .thenComparingLong(Silence::nanos)
                .thenComparing(silence -> !silence.ended());
        Optional<Silence> longest = Optional.empty();
        Optional<Silence> next = from(fromNanos);
        for (int i = firstAcknowledgement(fromNanos); next.isPresent(); i++) {
            Silence silence = next.get();
            if (silence.fromNanos() >= untilNanos) {
                break;
            }
            if (longest.isEmpty() || order.compare(silence, longest.get()) > 0) {
                longest = next;
            }
            next = i < acknowledged.length ? after(i) : Optional.empty();
        }
        return longest;
    }

    /** The last acknowledgement before a silence ends, unless it is before a moment. */
    OptionalLong acknowledgedBefore(Silence silence, long fromNanos) {
        int last = firstAfter(acknowledged, silence.fromNanos()) - 1;
        return last >= 0 && acknowledged[last] >= fromNanos
                ? OptionalLong.of(acknowledged[last])
                : OptionalLong.empty();
    }

    /** The operations that were under way in a silence and acknowledged no sooner than its end, in the order of invocation. */
    List<Integer> triedIn(Silence silence) {
        List<Integer> tried = new ArrayList<>();
        for (int i = 0; i < operations.length && invoked[i] < silence.untilNanos(); i++) {
            // what ended at the moment at which it was asked was tried as well
            boolean underWay = ended[i] > silence.fromNanos() || operations[i] == silence.asked();
            if (underWay && operations[i] != silence.acknowledged()) {
                tried.add(operations[i]);
            }
        }
        return tried;
    }

    private Optional<Silence> silence(long nanos, int next) {
        int before = lastInvoked(nanos);
        boolean underWay = before >= 0 && ended[latest[before]] > nanos;
        int asked = underWay ? latest[before] : before + 1;
        if (asked == operations.length) {
            return Optional.empty();
        }
        long from = Math.max(nanos, invoked[asked]);
        boolean answered = next < acknowledged.length;
        long until = answered ? acknowledged[next] : ended[latest[latest.length - 1]];
        return Optional.of(new Silence(
                function,
                from,
                Math.max(from, until),
                answered,
                operations[asked],
                answered ? acknowledgements[next] : History.NONE));
    }

    /** The place of the last operation invoked at or before a moment; -1 if there is none. */
    private int lastInvoked(long nanos) {
        return firstAfter(invoked, nanos) - 1;
    }

    /** The place of the first acknowledgement at or after a moment; the number of all if there is none. */
    private int firstAcknowledgement(long nanos) {
        return nanos == Long.MIN_VALUE ? 0 : firstAfter(acknowledged, nanos - 1);
    }

    private static int firstAfter(long[] ascending, long nanos) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] > nanos) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
