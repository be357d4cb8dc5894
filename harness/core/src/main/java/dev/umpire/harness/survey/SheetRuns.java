package dev.umpire.harness.survey;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** How the runs of a datasheet are planned and made: many in virtual time, or a few of a real store. */
public sealed interface SheetRuns permits VirtualSheetRuns, RealSheetRuns {

    /** The settings of the runs of a configuration: its name, and what they have beside. */
    default Map<String, String> settings(Configuration configuration) {
        Map<String, String> all = new TreeMap<>(settings());
        all.put(SettingsResolver.CONFIGURATION, configuration.name());
        return all;
    }

    /**
     * Refuses settings with which the store is another than a configuration says: what its runs would show is said of nothing that
     * is promised.
     *
     * @throws IllegalArgumentException if it is; the message names those settings
     */
    default void requireAsItIs(Configuration configuration) {
        List<String> departures =
                SettingsResolver.departures(target(), SettingsResolver.resolve(target(), settings(configuration)));
        if (!departures.isEmpty()) {
            throw new IllegalArgumentException(
                    "settings: found " + String.join(", ", departures) + ", expected none that " + configuration.name()
                            + " has otherwise: it would be another store's row");
        }
    }

    /** Whose configurations are surveyed. */
    Target target();

    /** Which seeds are tried under each fault. */
    Seeds seeds();

    /** The settings that runs have beside those of a configuration, by name. */
    Map<String, String> settings();

    /** What a seed asks of a configuration under faults. */
    Plan plan(Configuration configuration, Collection<FaultKind> kinds, List<String> guarantees, long seed);

    /**
     * Makes the runs of all seeds, and hands over what each showed, in the order of the seeds.
     *
     * @return why there are no more of them; empty: all were made
     * @throws IllegalStateException if a run in virtual time could not be carried out, which is a mistake of the program; the
     *     message names the seed
     * @throws dev.umpire.harness.environment.LoopInterruptedException if the program was told to end
     */
    Optional<Datasheet.Gap> make(LongFunction<Plan> plans, Consumer<Seen> each);
}
