package dev.umpire.harness.diff;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A field in which what was asked differs.
 *
 * @param field {@code settings.reads}, as it stands in the plan's JSON; in surveys with the configuration before it
 * @param a empty: not set there
 * @param b empty: not set there
 */
public record PlanChange(String field, Optional<String> a, Optional<String> b) {

    /** Where two plans differ; a side without a plan differs in nothing. */
    static List<PlanChange> between(Optional<Plan> a, Optional<Plan> b) {
        return a.isEmpty() || b.isEmpty() ? List.of() : of(PlanFile.fields(a.get()), PlanFile.fields(b.get()));
    }

    /** Where two sets of fields differ, in the order of their names. */
    static List<PlanChange> of(Map<String, String> a, Map<String, String> b) {
        Set<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        List<PlanChange> changes = new ArrayList<>();
        for (String name : names) {
            PlanChange change =
                    new PlanChange(name, Optional.ofNullable(a.get(name)), Optional.ofNullable(b.get(name)));
            if (!change.a().equals(change.b())) {
                changes.add(change);
            }
        }
        return changes;
    }
}
