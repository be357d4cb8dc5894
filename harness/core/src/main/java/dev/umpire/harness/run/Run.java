package dev.umpire.harness.run;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.histories.History;
import java.nio.file.Path;
import java.util.List;

/**
 * A run that has ended.
 *
 * @param plan what was asked
 * @param history what happened
 * @param judged the verdicts, in the order of the plan's guarantees; integrity is always among them
 * @param missing what evidence the run lacks, one sentence each: no write acknowledged, a fault that never took hold;
 *     empty: none
 * @param troubles what went wrong in tearing down, one sentence each; empty: nothing
 * @param historyFile the recording
 */
public record Run(
        Plan plan,
        History history,
        List<Judged> judged,
        List<String> missing,
        List<String> troubles,
        Path historyFile) {
    public Run {
        judged = List.copyOf(judged);
        missing = List.copyOf(missing);
        troubles = List.copyOf(troubles);
    }

    /** All verdicts together; a run that lacks evidence is not VALID. */
    public Answer answer() {
        Answer all = missing.isEmpty() ? Answer.VALID : Answer.UNKNOWN;
        for (Judged one : judged) {
            all = all.and(one.verdict().answer());
        }
        return all;
    }
}
