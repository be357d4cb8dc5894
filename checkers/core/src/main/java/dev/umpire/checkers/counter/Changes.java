package dev.umpire.checkers.counter;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The changes of one counter that did not fail, and their sums up to a moment. */
final class Changes {
    private final History history;
    private final long initial;
    /** By operation number of the parallel {@link #operation}: what it adds. */
    private final long[] amount;

    private final int[] operation;
    /** Positions of the invocations, ascending, and the sums of the gains and losses before each. */
    private final Sums invoked;
    /** The same of the completions of the acknowledged ones. */
    private final Sums acknowledged;

    private final long[] unknown;
    private final int[] unknownInvoked;

    /** Positions in ascending order, and the sums of what was added and taken away before each. */
    private static final class Sums {
        private final int[] at;
        private final long[] gains;
        private final long[] losses;

        private Sums(int[] at, long[] gains, long[] losses) {
            this.at = at;
            this.gains = gains;
            this.losses = losses;
        }

        static Sums of(List<long[]> changes) {
            List<long[]> sorted = new ArrayList<>(changes);
            sorted.sort(Comparator.comparingLong(change -> change[0]));
            int[] at = new int[sorted.size()];
            long[] gains = new long[at.length + 1];
            long[] losses = new long[at.length + 1];
            for (int i = 0; i < at.length; i++) {
                long[] change = sorted.get(i);
                at[i] = (int) change[0];
                gains[i + 1] = Math.addExact(gains[i], Math.max(0, change[1]));
                losses[i + 1] = Math.addExact(losses[i], Math.min(0, change[1]));
            }
            return new Sums(at, gains, losses);
        }

        long before(int position, int sign) {
            int found = Arrays.binarySearch(at, position);
            int count = found < 0 ? -found - 1 : found;
            return sign > 0 ? gains[count] : losses[count];
        }
    }

    private Changes(History history, long initial, int[] operation, long[] amount) {
        this.history = history;
        this.initial = initial;
        this.operation = operation;
        this.amount = amount;
        List<long[]> begun = new ArrayList<>();
        List<long[]> ended = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < operation.length; i++) {
            begun.add(new long[] {history.invoked(operation[i]), amount[i]});
            if (history.outcome(operation[i]) == Outcome.OK) {
                ended.add(new long[] {history.completed(operation[i]), amount[i]});
            } else {
                open.add(i);
            }
        }
        invoked = Sums.of(begun);
        acknowledged = Sums.of(ended);
        unknown = open.stream().mapToLong(i -> amount[i]).toArray();
        unknownInvoked =
                open.stream().mapToInt(i -> history.invoked(operation[i])).toArray();
    }

    /** Of these operations in the order of their invocations; empty if an amount or the initial value is no number. */
    static Optional<Changes> of(History history, int[] operations) {
        Value declared = history.value(history.initialValue());
        Optional<Long> initial = declared.isNil() ? Optional.of(0L) : Amounts.integer(declared);
        long[] amount = new long[operations.length];
        for (int i = 0; i < operations.length; i++) {
            Value argument = history.value(history.argument(operations[i]));
            Optional<Long> by = argument.isNil() ? Optional.of(1L) : Amounts.integer(argument);
            if (by.isEmpty()) {
                return Optional.empty();
            }
            boolean down = history.functionName(history.function(operations[i])).equals("decrement");
            amount[i] = down ? Math.negateExact(by.get()) : by.get();
        }
        return initial.map(start -> new Changes(history, start, operations, amount));
    }

    long initial() {
        return initial;
    }

    /** The sum of all that was acknowledged. */
    long acknowledged() {
        return Math.addExact(acknowledged.before(History.NEVER, 1), acknowledged.before(History.NEVER, -1));
    }

    /** The position at which the last acknowledged change had completed; -1 without any. */
    int settled() {
        return acknowledged.at.length == 0 ? -1 : acknowledged.at[acknowledged.at.length - 1];
    }

    /** The gains ({@code sign} 1) or losses (-1) that were acknowledged before the read was invoked. */
    long acknowledgedBefore(int read, int sign) {
        return acknowledged.before(history.invoked(read), sign);
    }

    /** The gains or losses that were invoked before the read completed. */
    long invokedBefore(int read, int sign) {
        return invoked.before(history.completed(read), sign);
    }

    /** Whether there are more than so many changes of unknown outcome that were invoked before the read completed. */
    boolean hasUnknownBefore(int read, int count) {
        return count < unknown.length && unknownInvoked[count] < history.completed(read);
    }

    /** What the change of unknown outcome with this number, from 0 in the order of invocations, adds. */
    long unknown(int number) {
        return unknown[number];
    }

    /** The fewest changes acknowledged before the read that lead from a number past the value, by invocation. */
    List<Integer> fewest(int read, int sign, long from, long value) {
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < operation.length; i++) {
            if (history.outcome(operation[i]) == Outcome.OK
                    && history.completed(operation[i]) < history.invoked(read)
                    && Long.signum(amount[i]) == sign) {
                candidates.add(i);
            }
        }
        // the largest first, and of equal ones the latest
        Collections.reverse(candidates);
        candidates.sort(Comparator.comparingLong(i -> -sign * amount[i]));
        List<Integer> needed = new ArrayList<>();
        long sum = from;
        for (int i : candidates) {
            if (sign > 0 ? sum > value : sum < value) {
                break;
            }
            sum = Math.addExact(sum, amount[i]);
            needed.add(operation[i]);
        }
        Collections.sort(needed);
        return needed;
    }
}
