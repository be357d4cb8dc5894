package dev.umpire.harness.survey;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Target;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Short runs in virtual time, side by side. */
public record VirtualSheetRuns(Target target, Seeds seeds, Seeds.Simulator simulator) implements SheetRuns {

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public Plan plan(Configuration configuration, Collection<FaultKind> kinds, List<String> guarantees, long seed) {
        return Trials.of(target, configuration, kinds, guarantees, seed);
    }

    @Override
    public Optional<Datasheet.Gap> make(LongFunction<Plan> plans, Consumer<Seen> each) {
        seeds.each(target, simulator, plans, seen -> {
            each.accept(seen);
            return true;
        });
        return Optional.empty();
    }
}
