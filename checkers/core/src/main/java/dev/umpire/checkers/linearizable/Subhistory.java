package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Call;
import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The operations of one object as a search needs them: intervals and kinds, in the order of invocation.
 *
 * <p>Operations of one kind have the same call: they are interchangeable but for their time. An operation whose completion
 * is {@link History#NEVER} may take effect after its invocation, or never.
 */
final class Subhistory {

    /** Before every event of a history. */
    private static final int ALWAYS_INVOKED = -1;

    private final int[] operations;
    private final int[] invoked;
    private final int[] completed;
    private final int[] kinds;
    private final List<Call> calls;

    private Subhistory(int[] operations, int[] invoked, int[] completed, int[] kinds, List<Call> calls) {
        this.operations = operations;
        this.invoked = invoked;
        this.completed = completed;
        this.kinds = kinds;
        this.calls = calls;
    }

    static Subhistory of(History history, Calls calls, Model<?> model, int[] operations) {
        int size = operations.length;
        int[] invoked = new int[size];
        int[] completed = new int[size];
        int[] kinds = new int[size];
        Map<Call, Integer> numbers = new HashMap<>();
        List<Call> different = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int operation = operations[i];
            invoked[i] = history.invoked(operation);
            completed[i] = history.completed(operation);
            Call call = calls.of(operation, model);
            Integer number = numbers.putIfAbsent(call, different.size());
            if (number == null) {
                kinds[i] = different.size();
                different.add(call);
            } else {
                kinds[i] = number;
            }
        }
        return new Subhistory(operations, invoked, completed, kinds, List.copyOf(different));
    }

    int size() {
        return operations.length;
    }

    /** The number of an operation in the history. */
    int operation(int i) {
        return operations[i];
    }

    /** A position; ascending. */
    int invoked(int i) {
        return invoked[i];
    }

    /** A position, or NEVER. */
    int completed(int i) {
        return completed[i];
    }

    /** The place of the operation's call in {@link #calls}. */
    int kind(int i) {
        return kinds[i];
    }

    /** Every kind once. */
    List<Call> calls() {
        return calls;
    }

    /** Where an operation of the history stands here. */
    int placeOf(int operation) {
        return Arrays.binarySearch(operations, operation);
    }

    boolean isOptional(int i) {
        return completed[i] == History.NEVER;
    }

    /** What was invoked until an operation completed; operations that completed later become optional. */
    Subhistory upToCompletionOf(int last) {
        int end = completed[last];
        int size = 0;
        while (size < invoked.length && invoked[size] < end) {
            size++;
        }
        int[] cut = Arrays.copyOf(completed, size);
        for (int i = 0; i < size; i++) {
            if (cut[i] > end) {
                cut[i] = History.NEVER;
            }
        }
        return new Subhistory(
                Arrays.copyOf(operations, size), Arrays.copyOf(invoked, size), cut, Arrays.copyOf(kinds, size), calls);
    }

    /**
     * The same with the time of some operations forgotten: they may take effect at any time or never. If this is not
     * linearizable, then neither is what it was made of.
     */
    Subhistory withoutTimeOf(IntPredicate forgotten) {
        int size = size();
        int[] order = new int[size];
        int at = 0;
        for (int i = 0; i < size; i++) {
            if (forgotten.test(i)) {
                order[at++] = i;
            }
        }
        int free = at;
        for (int i = 0; i < size; i++) {
            if (!forgotten.test(i)) {
                order[at++] = i;
            }
        }
        int[] numbers = new int[size];
        int[] begins = new int[size];
        int[] ends = new int[size];
        int[] what = new int[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = operations[order[i]];
            begins[i] = i < free ? ALWAYS_INVOKED : invoked[order[i]];
            ends[i] = i < free ? History.NEVER : completed[order[i]];
            what[i] = kinds[order[i]];
        }
        return new Subhistory(numbers, begins, ends, what, calls);
    }
}
