package dev.umpire.harness.explore;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was found, so far or in the end.
 *
 * @param runs how many were made
 * @param states how many different states were seen: what nodes and clients said, and under which faults
 * @param answers what was said of each guarantee that was asked for, and of others that a run broke
 * @param lacking how many runs lack evidence: a fault that never took hold, replicas that did not agree
 * @param firstLack what the first of these lacks, with its seed
 * @param first the first run that broke a guarantee
 */
public record Exploration(
        long runs,
        int states,
        Map<String, Answers> answers,
        long lacking,
        Optional<String> firstLack,
        Optional<Found> first) {
    public Exploration {
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
    }

    /** How many runs broke each guarantee; without those that none broke. */
    public Map<String, Long> violations() {
        return answers.entrySet().stream()
                .filter(one -> one.getValue().broken() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().broken(), (one, other) -> one, TreeMap::new));
    }

    /** Whether some guarantee was judged in no run: that nothing broke it says nothing. */
    public boolean leavesAnyUndecided() {
        return answers.values().stream().anyMatch(one -> one.held() + one.broken() == 0);
    }

    /**
     * How many runs kept a guarantee, broke it, and could not tell.
     *
     * @param held 0 or more, and so are the others
     */
    public record Answers(long held, long broken, long undecided) {
        static final Answers NONE = new Answers(0, 0, 0);

        Answers with(Answer answer) {
            return new Answers(
                    held + (answer == Answer.VALID ? 1 : 0),
                    broken + (answer == Answer.INVALID ? 1 : 0),
                    undecided + (answer == Answer.UNKNOWN ? 1 : 0));
        }
    }

    /**
     * A run that broke a guarantee.
     *
     * @param plan its plan
     * @param script by which it ran; empty: its plan drew
     * @param guarantee the first that was broken
     * @param number which of the runs it was, from 1
     */
    public record Found(Plan plan, Optional<Script> script, String guarantee, long number) {}
}
