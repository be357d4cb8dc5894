package dev.umpire.targets.simulated;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges a promise with the checkers that there are. A guarantee without a checker of its own is judged by those that it
 * implies, and linearizability by the zones of {@link Zones} too.
 */
final class Judge {
    private static final String LINEARIZABLE = "linearizable";

    /** What follows from a guarantee, weaker and with a checker. */
    private static final Map<String, List<String>> IMPLIED = Map.of(
            LINEARIZABLE,
            List.of("read-your-writes", "monotonic-reads", "consistent-prefix"),
            "strict-consistent-prefix",
            List.of("consistent-prefix"),
            "monotonic-prefix",
            List.of("consistent-prefix"),
            "read-your-writes+monotonic-reads",
            List.of("read-your-writes", "monotonic-reads"));

    private Judge() {}

    /** The names to put into a plan so that this promise is judged. */
    static List<String> namesFor(List<String> promise) {
        Set<String> known = new LinkedHashSet<>();
        Guarantee.all().forEach(guarantee -> known.add(guarantee.name()));
        Set<String> names = new LinkedHashSet<>();
        for (String name : promise) {
            if (IMPLIED.containsKey(name)) {
                names.addAll(IMPLIED.get(name));
            } else {
                names.add(name);
            }
        }
        names.retainAll(known);
        return List.copyOf(names);
    }

    /** What of the promise is broken, a sentence each. */
    static List<String> broken(Run run, List<String> promise) {
        List<String> broken = new ArrayList<>();
        for (Judged judged : run.judged()) {
            if (judged.verdict().answer() == Answer.INVALID) {
                broken.add(judged.verdict().guarantee() + ": "
                        + judged.verdict().anomalies().get(0).sentence());
            }
        }
        if (promise.contains(LINEARIZABLE)) {
            Zones.overlapping(run.history()).forEach(zones -> broken.add(LINEARIZABLE + ": " + zones));
        }
        run.failures().forEach(failure -> broken.add("checker: " + failure));
        return broken;
    }

    /** Whether this guarantee is judged INVALID. */
    static boolean breaks(Run run, String guarantee) {
        return guarantee.equals(LINEARIZABLE)
                ? !Zones.overlapping(run.history()).isEmpty()
                : run.judged().stream()
                        .anyMatch(judged -> judged.verdict().guarantee().equals(guarantee)
                                && judged.verdict().answer() == Answer.INVALID);
    }
}
