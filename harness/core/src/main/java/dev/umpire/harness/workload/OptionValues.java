package dev.umpire.harness.workload;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The options of a workload, each with the value that was given or its default. */
final class OptionValues {
    private final Map<String, String> values = new TreeMap<>();

    /**
     * The options of this workload.
     *
     * @throws IllegalArgumentException if one that it does not take is given
     */
    OptionValues(Workload workload, Map<String, String> given) {
        workload.options().forEach(option -> values.put(option.name(), option.byDefault()));
        given.forEach((name, value) -> {
            if (values.replace(name, value) == null) {
                throw new IllegalArgumentException("option of " + workload.name() + ": found " + name + ", expected "
                        + (values.isEmpty() ? "none" : "one of " + values.keySet()));
            }
        });
    }

    /**
     * The value of an option that is a whole number.
     *
     * @throws IllegalArgumentException if it is none, or out of the range
     */
    int number(String name, int least, int most) {
        String found = String.valueOf(values.get(name));
        String expected = "expected a whole number from " + least + " to " + most;
        try {
            int number = Integer.parseInt(found);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": found " + found + ", " + expected, e);
        }
        throw new IllegalArgumentException(name + ": found " + found + ", " + expected);
    }

    /**
     * Refuses a target that does not understand what the workload cannot do without.
     *
     * @throws IllegalArgumentException if one of {@code needed} is not among {@code functions}
     */
    static void requireFunctions(Workload workload, Set<String> functions, Collection<String> needed) {
        for (String function : needed) {
            if (!functions.contains(function)) {
                throw new IllegalArgumentException("workload: found " + workload.name() + ", which needs the function "
                        + function + ", but the target understands only " + functions);
            }
        }
    }
}
