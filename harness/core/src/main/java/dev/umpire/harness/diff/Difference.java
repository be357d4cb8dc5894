package dev.umpire.harness.diff;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.report.BriefVerdict;
import java.util.List;
import java.util.Optional;

/**
 * What differs between A and B.
 *
 * @param plan where what was asked differs
 * @param guarantees all that were judged on either side, those that are the same among them
 * @param measured all that was measured on either side
 * @param first the first event in which the histories differ; empty: none does, or there are no histories
 * @param beyondTime the first event in which they differ in more than its time; empty: none does
 */
public record Difference(
        List<PlanChange> plan,
        List<GuaranteeChange> guarantees,
        List<MeasuredChange> measured,
        Optional<Divergence> first,
        Optional<Divergence> beyondTime) {

    public Difference {
        plan = List.copyOf(plan);
        guarantees = List.copyOf(guarantees);
        measured = List.copyOf(measured);
    }

    /** Between two recordings. */
    public static Difference between(Recorded a, Recorded b) {
        Optional<Divergence> first = Divergence.of(a.history(), b.history());
        return new Difference(
                PlanChange.between(a.plan(), b.plan()),
                GuaranteeChange.of(a.verdicts(), b.verdicts()),
                MeasuredChange.of(a.measured(), b.measured()),
                first,
                first.flatMap(unused -> Divergence.beyondTime(a.history(), b.history())));
    }

    /** Between what two runs were asked and found to keep; their histories are not looked at. */
    public static Difference between(
            Optional<Plan> a, List<BriefVerdict> verdictsOfA, Optional<Plan> b, List<BriefVerdict> verdictsOfB) {
        return new Difference(
                PlanChange.between(a, b),
                GuaranteeChange.of(verdictsOfA, verdictsOfB),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Between two surveys; the number of an observation is that of the seeds. */
    public static Difference between(Survey a, Survey b) {
        return new Difference(
                PlanChange.of(a.asked(), b.asked()),
                GuaranteeChange.of(a.verdicts(), b.verdicts()),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether nothing differs at all. */
    public boolean isNone() {
        return plan.isEmpty()
                && guarantees.stream().allMatch(GuaranteeChange::isSame)
                && measured.stream().allMatch(MeasuredChange::isSame)
                && first.isEmpty();
    }

    /** Which way the guarantees went, taken together: one that got worse outranks all others. */
    public Trend trend() {
        return guarantees.stream().map(GuaranteeChange::trend).reduce(Trend.SAME, Trend::and);
    }
}
