package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Steps;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the few operations whose times suffice to show that a subhistory is not linearizable.
 *
 * <p><b>Algorithm.</b> The times of operations are forgotten as long as the rest still cannot be ordered: an operation
 * without time may take effect whenever it likes, or never, so that forgetting never makes a violation. All observers
 * come first, then the others, halves first, then single ones (after Zeller and Hildebrandt, <i>Simplifying and isolating
 * failure-inducing input</i>, TSE 28(2), 2002). What is left is minimal: without the time of any of them there is an order.
 *
 * <p>Bounded apart from deciding: when the effort is spent, what is left is the answer, minimal or not.
 */
final class Explanation {
    private static final long EFFORT = 100_000;
    private static final long CONFIGURATIONS = 2_000;
    private static final long SIZE_BYTES = 32L << 20;

    private final Subhistory operations;
    private final Steps steps;
    private final CheckOptions options;
    private final boolean[] forgotten;
    private long effort = EFFORT;
    private boolean complete = true;

    private Explanation(Subhistory operations, Steps steps, CheckOptions options) {
        this.operations = operations;
        this.steps = steps;
        this.options = options;
        this.forgotten = new boolean[operations.size()];
    }

    /**
     * What is left.
     *
     * @param places of the operations, in the order of invocation
     * @param minimal whether there is an order as soon as the time of any of them is forgotten
     */
    record Tight(List<Integer> places, boolean minimal) {}

    /**
     * The operations whose times matter.
     *
     * @param operations not linearizable
     */
    static Tight of(Subhistory operations, Steps steps, CheckOptions options) {
        Explanation explanation = new Explanation(operations, steps, options);
        explanation.forgetWhatCanBe(true);
        explanation.forgetWhatCanBe(false);
        return new Tight(explanation.left(), explanation.complete);
    }

    /** A search within the bound of explaining. */
    static ConfigurationSearch.Result search(Subhistory operations, Steps steps, CheckOptions options) {
        return new ConfigurationSearch(operations, steps)
                .run(Math.min(CONFIGURATIONS, options.searchBudget()), SIZE_BYTES);
    }

    private int[] unforgotten(boolean observing) {
        return IntStream.range(0, operations.size())
                .filter(i -> !forgotten[i] && steps.observes(operations.kind(i)) == observing)
                .toArray();
    }

    /** What could not be forgotten once cannot be forgotten later, so that one pass of each size is enough. */
    private void forgetWhatCanBe(boolean observing) {
        int chunk = Math.max(1, unforgotten(observing).length / 2);
        while (true) {
            int[] candidates = unforgotten(observing);
            for (int from = 0; from < candidates.length; from += chunk) {
                forget(candidates, from, Math.min(from + chunk, candidates.length));
            }
            if (chunk == 1) {
                return;
            }
            chunk /= 2;
        }
    }

    private void forget(int[] candidates, int from, int to) {
        for (int i = from; i < to; i++) {
            forgotten[candidates[i]] = true;
        }
        if (!isBroken()) {
            for (int i = from; i < to; i++) {
                forgotten[candidates[i]] = false;
            }
        }
    }

    private boolean isBroken() {
        if (effort <= 0) {
            complete = false;
            return false;
        }
        ConfigurationSearch.Result result = search(operations.withoutTimeOf(i -> forgotten[i]), steps, options);
        effort -= operations.size() + result.configurations();
        complete &= result.answer() != Answer.UNKNOWN;
        return result.answer() == Answer.INVALID;
    }

    private List<Integer> left() {
        return IntStream.range(0, operations.size())
                .filter(i -> !forgotten[i])
                .boxed()
                .toList();
    }
}
