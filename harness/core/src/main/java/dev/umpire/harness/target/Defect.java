package dev.umpire.harness.target;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A bug that a simulated store can be told to have, {@code --defect SL1}.
 *
 * @param configuration the configuration on which it is a defect; chosen where none is named
 * @param meaning one sentence for people: what goes wrong
 * @param source where it is known from: a figure of a book, a paper, an incident
 * @param breaks names of the guarantees that it breaks
 * @param keeps names of the guarantees that it must not break
 * @param trial how to bring it out
 */
public record Defect(
        String id,
        String configuration,
        String meaning,
        String source,
        List<String> breaks,
        List<String> keeps,
        Trial trial) {
    public Defect {
        breaks = List.copyOf(breaks);
        keeps = List.copyOf(keeps);
    }

    /**
     * What differs from the configuration's own plan in a run that is to bring a defect out.
     *
     * @param workload name of the workload; empty: the configuration's first
     * @param options of the workload
     * @param faults what strikes; empty: everything under which the configuration keeps its promise
     * @param writeOrder the write order assumption under which {@code breaks} is meant; empty: the configuration's
     * @param hold for how long a fault is kept in force; empty: as the plan says
     */
    public record Trial(
            Optional<String> workload,
            Map<String, String> options,
            Set<FaultKind> faults,
            Optional<String> writeOrder,
            Optional<Hold> hold) {

        /** Nothing differs. */
        public static final Trial USUAL =
                new Trial(Optional.empty(), Map.of(), Set.of(), Optional.empty(), Optional.empty());

        /** Options of the workload {@code register} for few keys that are soon retired: lost tails show there. */
        public static final Map<String, String> FEW_KEYS = Map.of("keys", "4", "retire-every", "20");

        public Trial {
            options = Map.copyOf(options);
            faults = Set.copyOf(faults);
        }

        /** The same, with this workload. */
        public Trial with(String name, Map<String, String> given) {
            return new Trial(Optional.of(name), given, faults, writeOrder, hold);
        }

        /** The same, struck by these. */
        public Trial struckBy(FaultKind... kinds) {
            return new Trial(workload, options, Set.of(kinds), writeOrder, hold);
        }

        /** The same, judged under this write order. */
        public Trial judgedUnder(String order) {
            return new Trial(workload, options, faults, Optional.of(order), hold);
        }

        /** The same, with faults that last so long, in milliseconds. */
        public Trial heldFor(long leastMillis, long mostMillis) {
            return new Trial(workload, options, faults, writeOrder, Optional.of(new Hold(leastMillis, mostMillis)));
        }
    }

    /** For how long a fault is kept in force, in milliseconds. */
    public record Hold(long leastMillis, long mostMillis) {}
}
