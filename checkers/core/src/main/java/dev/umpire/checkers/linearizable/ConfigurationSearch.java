package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Steps;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.TimeIsOver;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.agrona.collections.IntArrayList;

/**
 * Searches for an order of the operations of one object that respects real time and that the model accepts.
 *
 * <p><b>Definition.</b> A subhistory is linearizable when there is a total order of its required operations and some of its
 * optional ones in which a comes before b wherever a was completed before b was invoked, and which the model accepts.
 * Source: Herlihy and Wing, <i>Linearizability</i>, TOPLAS 12(3), 1990.
 *
 * <p><b>Algorithm.</b> Depth first, after Wing and Gong (JPDC 1993) and Lowe (<i>Testing for linearizability</i>, 2017): an
 * operation may be placed next while no unplaced one was completed before its invocation; a placed one is lifted out of the
 * linked list of the unplaced and put back when the search returns; a configuration (placed operations, state) is never
 * entered twice. Beyond these:
 *
 * <ul>
 *   <li>Of the placed operations only those are told apart that are still open at the first completion that was not yet
 *       passed (the boundary): each has a slot, and the configuration one bit a slot.
 *   <li>The operation that completes first is tried first; one that observes and agrees with the state is placed at once,
 *       as that can do no harm.
 *   <li>Of open operations of one kind only that which completes first is tried, as the two could change places.
 *   <li>A configuration from which the next observation to complete cannot become possible is left at once, and a state that
 *       leads to no observation is forgotten until it is overwritten ({@link dev.umpire.checkers.model.Model#leadsTo}).
 *   <li>Operations of unknown outcome are counted by kind. A configuration is not entered if an equal one was that had
 *       spent no more of any kind.
 * </ul>
 *
 * <p>Exponential in the operations that are open at once, at worst. Bounded by configurations, bytes and time; not thread-safe, to
 * be used once.
 *
 * <p><b>Witness.</b> The boundary that no configuration could pass: the operation that completes there is the first that has
 * no place; everything that completed before has. Where configurations were left because of what was yet to be observed, the
 * first one without a place may be earlier.
 */
final class ConfigurationSearch {
    /** How much work the model may do for each configuration of the budget. */
    private static final long WORK_OF_A_CONFIGURATION = 8;

    /** How many candidates are tried between two questions for time. */
    private static final int TURNS = 256;

    private static final int NONE = -1;
    private static final int TRY_TARGET = -1;
    private static final int LEFT_AT_MOST = 8;

    /**
     * What a search found.
     *
     * @param answer UNKNOWN when the bound was reached
     * @param configurations how many were entered
     * @param blocked the operation that could not be placed, as its place in the subhistory; -1 unless INVALID
     * @param lastPlaced the one placed before the search stood at {@code blocked}; -1 if there is none
     * @param placed how many operations were placed at most
     * @param left the configurations in which {@code blocked} had no place, one a state, a few; empty unless INVALID, and
     *     where configurations were left because of what was yet to be observed
     */
    record Result(Answer answer, long configurations, int blocked, int lastPlaced, int placed, List<Left> left) {}

    /**
     * A configuration from which there was no way on.
     *
     * @param state the state that the object was in
     * @param lastPlaced the operation that was placed last, as its place in the subhistory; -1 if there is none
     */
    record Left(int state, int lastPlaced) {}

    private final Subhistory operations;
    private final Steps steps;
    /** Is told how many operations are placed, each time that there are more than before. */
    private final IntConsumer placedSoFar;

    /** The required operations, by number of their invocation, and the places of these in order of completion. */
    private final int[] required;

    private final int[] byCompletion;
    /** Of each place in order of completion the first from there on that observes. */
    private final int[] nextObserver;

    private final int[] slot;
    private final boolean[] placed;
    /** The unplaced required operations in the order of invocation; the last element is head and end. */
    private final int[] after;

    private final int[] before;
    private final int end;

    /** The optional operations, and their kinds numbered by first invocation. */
    private final int[] optional;

    private final int[] optionalOverwrites;
    private final int[] optionalKind;
    private final int[] kindOf;
    private final int[] counterWord;
    private final int[] counterShift;
    private final int[] available;
    private final int[] spent;

    private final long[] row;
    private final Configurations entered;

    // the configuration in which the search stands
    private int state;
    private int boundary;
    private int invokedOptional;
    private int kindsInvoked;
    /** What was placed, in order: a required operation, or -1 - an optional kind. */
    private final IntArrayList trail = new IntArrayList();

    private int furthest = -1;
    private int lastPlacedThere = NONE;
    private final List<Left> leftThere = new ArrayList<>();
    private int mostPlaced;

    ConfigurationSearch(Subhistory operations, Steps steps) {
        this(operations, steps, placed -> {});
    }

    ConfigurationSearch(Subhistory operations, Steps steps, IntConsumer placedSoFar) {
        this.operations = operations;
        this.steps = steps;
        this.placedSoFar = placedSoFar;
        SearchLayout layout = new SearchLayout(operations, steps);
        required = layout.required;
        byCompletion = layout.byCompletion;
        nextObserver = layout.nextObserver;
        slot = layout.slot;
        optional = layout.optional;
        optionalOverwrites = layout.optionalOverwrites;
        optionalKind = layout.optionalKind;
        kindOf = layout.kindOf;
        counterWord = layout.counterWord;
        counterShift = layout.counterShift;
        available = new int[kindOf.length];
        spent = new int[kindOf.length];
        end = required.length;
        placed = new boolean[end];
        after = new int[end + 1];
        before = new int[end + 1];
        for (int i = 0; i <= end; i++) {
            after[i] = i == end ? 0 : i + 1;
            before[i] = i == 0 ? end : i - 1;
        }
        row = new long[layout.firstCounter + layout.guards.length];
        entered = new Configurations(layout.firstCounter, layout.guards);
        state = steps.initial();
    }

    /**
     * Runs to the end, or to a bound; the bound of time is that of the steps.
     *
     * @param budget how many configurations may be entered
     * @param sizeBytes how much memory they may take
     */
    Result run(long budget, long sizeBytes) {
        try {
            return search(budget, sizeBytes);
        } catch (TimeIsOver over) {
            return result(Answer.UNKNOWN);
        }
    }

    private Result search(long budget, long sizeBytes) {
        int turns = 0;
        long workBefore = steps.work();
        // configurations that come to nothing are never entered, so the work is bounded by itself
        long workBudget = budget > Long.MAX_VALUE / WORK_OF_A_CONFIGURATION ? budget : budget * WORK_OF_A_CONFIGURATION;
        settle();
        Frames frames = new Frames();
        frames.push();
        while (boundary < end) {
            if (++turns % TURNS == 0) {
                steps.askForTime();
            }
            int candidate = frames.nextCandidate();
            if (candidate == Frames.NO_CANDIDATE) {
                if (!frames.pop()) {
                    return result(Answer.INVALID);
                }
                continue;
            }
            place(candidate);
            settle();
            if (boundary == end) {
                break;
            }
            if (steps.work() - workBefore > workBudget) {
                return result(Answer.UNKNOWN);
            }
            if (isHopeless()) {
                frames.restore();
                continue;
            }
            if (hasChoice() && !entered.add(configuration())) {
                frames.restore();
                continue;
            }
            if (entered.size() > budget || entered.sizeBytes() + steps.sizeBytes() > sizeBytes) {
                return result(Answer.UNKNOWN);
            }
            frames.push();
        }
        return result(Answer.VALID);
    }

    private Result result(Answer answer) {
        boolean invalid = answer == Answer.INVALID;
        return new Result(
                answer,
                entered.size(),
                invalid ? required[byCompletion[furthest]] : NONE,
                invalid ? lastPlacedThere : NONE,
                mostPlaced,
                invalid ? List.copyOf(leftThere) : List.of());
    }

    // -- moving on: what follows from a placement without a choice

    /** Passes completions and places what observes the present state, until nothing more follows. */
    private void settle() {
        boolean targetPlaced = true;
        while (targetPlaced) {
            passBoundaries();
            targetPlaced = false;
            if (boundary == end) {
                break;
            }
            int target = byCompletion[boundary];
            int until = completed(target);
            for (int i = after[end]; i != end && invoked(i) < until; i = after[i]) {
                int kind = kind(i);
                if (steps.observes(kind) && steps.next(state, kind) == state) {
                    lift(i);
                    trail.addInt(i);
                    targetPlaced |= i == target;
                }
            }
        }
        if (boundary > furthest) {
            furthest = boundary;
            lastPlacedThere = lastPlaced();
            leftThere.clear();
        }
        if (boundary == furthest && leftThere.size() < LEFT_AT_MOST && boundary < end) {
            keepLeft();
        }
        if (trail.size() > mostPlaced) {
            mostPlaced = trail.size();
            placedSoFar.accept(mostPlaced);
        }
    }

    private void keepLeft() {
        for (Left left : leftThere) {
            if (left.state() == state) {
                return;
            }
        }
        leftThere.add(new Left(state, lastPlaced()));
    }

    private void passBoundaries() {
        while (boundary < end && placed[byCompletion[boundary]]) {
            clear(slot[byCompletion[boundary]]);
            boundary++;
        }
        int until = boundary < end ? completed(byCompletion[boundary]) : History.NEVER;
        while (invokedOptional < optional.length && operations.invoked(optional[invokedOptional]) < until) {
            int kind = optionalKind[invokedOptional++];
            available[kind]++;
            kindsInvoked = Math.max(kindsInvoked, kind + 1);
        }
    }

    /**
     * Whether the next observation to complete cannot become possible: what is there does not lead to it, nor does anything
     * that could overwrite it in time. A state that leads to no observation at all is forgotten.
     */
    private boolean isHopeless() {
        if (state == Steps.FORGOTTEN || !steps.looksAhead()) {
            return false;
        }
        int at = nextUnplaced(boundary);
        if (at < end && steps.leadsTo(state, kind(byCompletion[at]))) {
            return false;
        }
        if (at < end && !someOverwriteLeadsTo(byCompletion[at])) {
            if (at > furthest) {
                furthest = at;
                leftThere.clear();
            }
            return true;
        }
        for (int later = at; later < end; later = nextUnplaced(later + 1)) {
            if (steps.leadsTo(state, kind(byCompletion[later]))) {
                return false;
            }
        }
        state = Steps.FORGOTTEN;
        return false;
    }

    /** The first unplaced observation from a place in the order of completion on; {@code end} if there is none. */
    private int nextUnplaced(int from) {
        int at = nextObserver[from];
        while (at < end && placed[byCompletion[at]]) {
            at = nextObserver[at + 1];
        }
        return at;
    }

    private boolean someOverwriteLeadsTo(int observer) {
        int until = completed(observer);
        for (int i = after[end]; i != end && invoked(i) < until; i = after[i]) {
            if (overwriteLeadsTo(kind(i), kind(observer))) {
                return true;
            }
        }
        for (int operation : optionalOverwrites) {
            if (operations.invoked(operation) >= until) {
                return false;
            }
            if (overwriteLeadsTo(operations.kind(operation), kind(observer))) {
                return true;
            }
        }
        return false;
    }

    private boolean overwriteLeadsTo(int kind, int observation) {
        if (!steps.overwrites(kind)) {
            return false;
        }
        int next = steps.next(state, kind);
        return next != Steps.IMPOSSIBLE && steps.leadsTo(next, observation);
    }

    /** Whether more than one operation could come next; without a choice there is nothing to remember. */
    private boolean hasChoice() {
        int target = byCompletion[boundary];
        int first = after[end];
        if (first != target || (after[first] != end && invoked(after[first]) < completed(target))) {
            return true;
        }
        for (int kind = 0; kind < kindsInvoked; kind++) {
            if (spent[kind] < available[kind]) {
                return true;
            }
        }
        return false;
    }

    private int lastPlaced() {
        if (trail.isEmpty()) {
            return NONE;
        }
        int last = trail.getInt(trail.size() - 1);
        if (last >= 0) {
            return required[last];
        }
        int kind = -1 - last;
        int count = 0;
        for (int i = 0; i < optional.length; i++) {
            if (optionalKind[i] == kind && ++count == spent[kind]) {
                return optional[i];
            }
        }
        return NONE;
    }

    private void place(int candidate) {
        if (candidate >= 0) {
            state = steps.next(state, kind(candidate));
            lift(candidate);
        } else {
            int kind = -1 - candidate;
            state = steps.next(state, kindOf[kind]);
            spent[kind]++;
            row[counterWord[kind]] += 1L << counterShift[kind];
        }
        trail.addInt(candidate);
    }

    /** Goes back to an earlier configuration on the way here. */
    private void restore(int toState, int toBoundary, int toInvokedOptional, int toKindsInvoked, int toTrail) {
        while (invokedOptional > toInvokedOptional) {
            available[optionalKind[--invokedOptional]]--;
        }
        kindsInvoked = toKindsInvoked;
        while (trail.size() > toTrail) {
            int last = trail.removeAt(trail.size() - 1);
            if (last >= 0) {
                unlift(last);
            } else {
                int kind = -1 - last;
                spent[kind]--;
                row[counterWord[kind]] -= 1L << counterShift[kind];
            }
        }
        // after the trail: slots are used again, and the earlier holder of one has it back
        while (boundary > toBoundary) {
            int passed = byCompletion[--boundary];
            if (placed[passed]) {
                set(slot[passed]);
            }
        }
        state = toState;
    }

    private void lift(int i) {
        after[before[i]] = after[i];
        before[after[i]] = before[i];
        placed[i] = true;
        set(slot[i]);
    }

    private void unlift(int i) {
        after[before[i]] = i;
        before[after[i]] = i;
        placed[i] = false;
        clear(slot[i]);
    }

    private void set(int bit) {
        row[1 + bit / Long.SIZE] |= 1L << bit;
    }

    private void clear(int bit) {
        row[1 + bit / Long.SIZE] &= ~(1L << bit);
    }

    private long[] configuration() {
        row[0] = ((long) boundary << 32) | state;
        return row;
    }

    private int invoked(int i) {
        return operations.invoked(required[i]);
    }

    private int completed(int i) {
        return operations.completed(required[i]);
    }

    private int kind(int i) {
        return operations.kind(required[i]);
    }

    // -- choices

    /** The way from the first configuration to the present one, with what was tried at each. */
    private final class Frames {
        static final int NO_CANDIDATE = Integer.MIN_VALUE;
        private static final int WIDTH = 6;
        private int[] frames = new int[16 * WIDTH];
        private int depth;

        void push() {
            if (depth * WIDTH == frames.length) {
                frames = Arrays.copyOf(frames, 2 * frames.length);
            }
            int at = depth++ * WIDTH;
            frames[at] = state;
            frames[at + 1] = boundary;
            frames[at + 2] = invokedOptional;
            frames[at + 3] = kindsInvoked;
            frames[at + 4] = trail.size();
            frames[at + 5] = TRY_TARGET;
        }

        /** Leaves the present configuration for the one before; false if there is none. */
        boolean pop() {
            depth--;
            if (depth == 0) {
                return false;
            }
            restore();
            return true;
        }

        void restore() {
            int at = (depth - 1) * WIDTH;
            ConfigurationSearch.this.restore(
                    frames[at], frames[at + 1], frames[at + 2], frames[at + 3], frames[at + 4]);
        }

        /** What to place next: a required operation, or -1 - an optional kind. */
        int nextCandidate() {
            int at = (depth - 1) * WIDTH + 5;
            int target = byCompletion[boundary];
            int cursor = frames[at];
            if (cursor == TRY_TARGET) {
                cursor = after[end];
                if (isPossible(target)) {
                    frames[at] = cursor;
                    return target;
                }
            }
            int until = completed(target);
            while (cursor < end) {
                if (invoked(cursor) >= until) {
                    cursor = end;
                    break;
                }
                int candidate = cursor;
                cursor = after[cursor];
                if (candidate != target && isPossible(candidate) && isFirstOfItsKind(candidate, until)) {
                    frames[at] = cursor;
                    return candidate;
                }
            }
            for (int kind = cursor - end; kind < kindsInvoked; kind++) {
                if (spent[kind] < available[kind] && isUseful(kindOf[kind], until)) {
                    frames[at] = end + kind + 1;
                    return -1 - kind;
                }
            }
            frames[at] = end + kindsInvoked;
            return NO_CANDIDATE;
        }

        /** Operations that observe were placed already if they could be. */
        private boolean isPossible(int i) {
            return !steps.observes(kind(i)) && steps.next(state, kind(i)) != Steps.IMPOSSIBLE;
        }

        private boolean isFirstOfItsKind(int candidate, int until) {
            for (int i = after[end]; i != end && invoked(i) < until; i = after[i]) {
                if (kind(i) == kind(candidate) && completed(i) < completed(candidate)) {
                    return false;
                }
            }
            return true;
        }

        /** Of an operation that need not have happened: whether it changes anything, and no required one does the same. */
        private boolean isUseful(int kind, int until) {
            int next = steps.next(state, kind);
            if (next == Steps.IMPOSSIBLE || next == state) {
                return false;
            }
            for (int i = after[end]; i != end && invoked(i) < until; i = after[i]) {
                if (kind(i) == kind) {
                    return false;
                }
            }
            return true;
        }
    }
}
