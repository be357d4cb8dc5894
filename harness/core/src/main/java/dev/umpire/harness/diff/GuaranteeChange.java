package dev.umpire.harness.diff;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.report.BriefVerdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of one guarantee.
 *
 * @param guarantee its name; in surveys with the configuration and the fault before it
 * @param a empty: not judged there
 * @param b empty: not judged there
 */
public record GuaranteeChange(String guarantee, Optional<BriefVerdict> a, Optional<BriefVerdict> b) {

    /** Those of all guarantees that were judged on either side, in the order of A and then of B. */
    static List<GuaranteeChange> of(List<BriefVerdict> a, List<BriefVerdict> b) {
        Map<String, BriefVerdict> ofA = byName(a);
        Map<String, BriefVerdict> ofB = byName(b);
        Set<String> names =
                new LinkedHashSet<>(a.stream().map(BriefVerdict::guarantee).toList());
        b.forEach(one -> names.add(one.guarantee()));
        List<GuaranteeChange> changes = new ArrayList<>();
        for (String name : names) {
            changes.add(
                    new GuaranteeChange(name, Optional.ofNullable(ofA.get(name)), Optional.ofNullable(ofB.get(name))));
        }
        return changes;
    }

    private static Map<String, BriefVerdict> byName(List<BriefVerdict> verdicts) {
        return verdicts.stream()
                .collect(Collectors.toMap(BriefVerdict::guarantee, Function.identity(), (first, second) -> first));
    }

    public Trend trend() {
        return Trend.of(answer(a), answer(b));
    }

    /** Whether both sides say the same, to the number of observations. */
    public boolean isSame() {
        return a.equals(b);
    }

    /** Whether neither side decided. */
    public boolean isUndecided() {
        return answer(a) == Answer.UNKNOWN && answer(b) == Answer.UNKNOWN;
    }

    private static Answer answer(Optional<BriefVerdict> verdict) {
        return verdict.map(BriefVerdict::answer).orElse(Answer.UNKNOWN);
    }
}
