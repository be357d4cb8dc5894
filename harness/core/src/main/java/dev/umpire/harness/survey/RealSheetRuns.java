package dev.umpire.harness.survey;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Runs of a real store, one after another. What cannot be run leaves a gap in the sheet, and the next is tried: a fault that is
 * refused on one machine says nothing of the others.
 *
 * @param settings beside the configuration: {@code home}, {@code version}; none that makes another store of it
 * @param time how long sessions ask in each
 * @param ratePerSecond operations a second over all sessions; 0: as fast as they are answered
 * @param carrier carries them out
 */
public record RealSheetRuns(
        Target target, Seeds seeds, Map<String, String> settings, Duration time, double ratePerSecond, Carrier carrier)
        implements SheetRuns {

    public RealSheetRuns {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** Carries out one plan. */
    @FunctionalInterface
    public interface Carrier {
        /**
         * Carries it out.
         *
         * @throws IllegalArgumentException if the store cannot be given what the plan asks for
         * @throws RunException if the run could not be carried out
         * @throws IOException if its folder cannot be written
         * @throws dev.umpire.harness.environment.LoopInterruptedException if the program was told to end
         */
        Carried carry(Plan plan) throws IOException, RunException;
    }

    /**
     * A run.
     *
     * @param folder as people are told of it; empty: it was not kept
     */
    public record Carried(Run run, Optional<String> folder) {}

    @Override
    public Plan plan(Configuration configuration, Collection<FaultKind> kinds, List<String> guarantees, long seed) {
        requireAsItIs(configuration);
        List<String> workloads = configuration.workloads();
        String workload = workloads.get(Math.floorMod(seed - seeds.first(), workloads.size()));
        PlanBuilder plan = PlanBuilder.of(target, settings(configuration));
        if (!workload.equals(workloads.get(0))) {
            plan.workload(workload, Map.of());
        }
        return plan.nemesis(kinds.stream().sorted().map(FaultKind::optionName).toArray(String[]::new))
                .lasting(time)
                .rate(ratePerSecond)
                .guarantees(guarantees.toArray(String[]::new))
                .seed(seed)
                .build();
    }

    @Override
    public Optional<Datasheet.Gap> make(LongFunction<Plan> plans, Consumer<Seen> each) {
        for (long seed = seeds.first(); seed < seeds.first() + seeds.count(); seed++) {
            try {
                Carried carried = carrier.carry(plans.apply(seed));
                each.accept(Seen.of(carried.run(), carried.folder()));
                Optional<CheckerFailure> failure =
                        carried.run().failures().stream().findFirst();
                if (failure.isPresent()) {
                    return Optional.of(new Datasheet.Gap(true, failure.get().sentence()));
                }
            } catch (IllegalArgumentException e) {
                return Optional.of(new Datasheet.Gap(false, String.valueOf(e.getMessage())));
            } catch (IOException | RunException e) {
                return Optional.of(new Datasheet.Gap(true, String.valueOf(e.getMessage())));
            }
        }
        return Optional.empty();
    }
}
