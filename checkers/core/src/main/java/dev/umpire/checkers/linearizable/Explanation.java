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
 * without time may take effect whenever it likes, or never, so that forgetting never makes a violation. The observers come
 * first, then the others. Of each, all times are forgotten and given back from the blocked operation backwards, until there
 * is no order again: the time that was given back last matters, and the next that does is looked for among those before it.
 * How many have to be given back is found by doubling and halving, as a search that finds an order ends much sooner than one
 * that finds none. What is left is minimal: without the time of any of them there is an order.
 *
 * <p>Bounded apart from deciding: when the effort is spent, what is left is the answer, minimal or not.
 */
final class Explanation {
    private static final long EFFORT = 100_000;
    private static final long CONFIGURATIONS = 2_000;
    private static final long SIZE_BYTES = 32L << 20;

    private final Subhistory operations;
    private final Steps steps;
    private final int blocked;
    private final CheckOptions options;
    private final boolean[] forgotten;
    private long effort = EFFORT;
    private boolean complete = true;

    private Explanation(Subhistory operations, Steps steps, int blocked, CheckOptions options) {
        this.operations = operations;
        this.blocked = blocked;
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
     * @param blocked the operation that completes last of those that must be placed
     */
    static Tight of(Subhistory operations, Steps steps, int blocked, CheckOptions options) {
        Explanation explanation = new Explanation(operations, steps, blocked, options);
        explanation.forgetWhatCanBe(true);
        explanation.forgetWhatCanBe(false);
        return new Tight(explanation.left(), explanation.complete);
    }

    /** A search within the bound of explaining. */
    static ConfigurationSearch.Result search(Subhistory operations, Steps steps, CheckOptions options) {
        return new ConfigurationSearch(operations, steps)
                .run(Math.min(CONFIGURATIONS, options.searchBudget()), SIZE_BYTES);
    }

    /** The blocked one first, then the latest. */
    private int[] candidates(boolean observing) {
        IntStream latest = IntStream.iterate(operations.size() - 1, i -> i >= 0, i -> i - 1)
                .filter(i -> i != blocked);
        return IntStream.concat(IntStream.of(blocked), latest)
                .filter(i -> steps.observes(operations.kind(i)) == observing)
                .toArray();
    }

    private void forgetWhatCanBe(boolean observing) {
        int[] candidates = candidates(observing);
        for (int end = candidates.length; end > 0; ) {
            int needed = fewestThatBreak(candidates, end);
            remember(candidates, needed, end);
            // the last of them matters, and is left out of what is given back from now on
            end = needed - 1;
        }
    }

    /** How many candidates from the first on must have their times for a violation; at most {@code end}, which is enough. */
    private int fewestThatBreak(int[] candidates, int end) {
        int tooFew = -1;
        int enough = 0;
        while (enough < end && !isBrokenWith(candidates, enough, end)) {
            tooFew = enough;
            enough = Math.min(end, Math.max(1, 2 * enough));
        }
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) >>> 1;
            if (isBrokenWith(candidates, middle, end)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return enough;
    }

    private boolean isBrokenWith(int[] candidates, int given, int end) {
        remember(candidates, given, end);
        return isBroken();
    }

    /** Gives the first so many candidates their times, and none to those that follow before {@code end}. */
    private void remember(int[] candidates, int given, int end) {
        for (int i = 0; i < end; i++) {
            forgotten[candidates[i]] = i >= given;
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
