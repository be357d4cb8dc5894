package dev.umpire.harness.plan;

import java.util.Arrays;
import java.util.List;

/** How the requests of a run come. */
public enum Load {
    /** A session asks again when it was answered: a store that is slow is asked less. */
    CLOSED("closed"),
    /** Requests arrive at random, by a Poisson process of the plan's rate, whether or not earlier ones are answered. */
    OPEN("open"),
    /** The same, the time between two arrivals being always the same. */
    OPEN_EVEN("open-even");

    private final String label;

    Load(String label) {
        this.label = label;
    }

    /** Its name in plans and on the command line. */
    public String label() {
        return label;
    }

    /** Whether requests arrive whatever happens to earlier ones. */
    public boolean open() {
        return this != CLOSED;
    }

    /** The names of all. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Load::label).toList();
    }

    /**
     * The one of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Load named(String label) {
        return Arrays.stream(values())
                .filter(one -> one.label.equals(label))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("load: found " + label + ", expected one of " + labels()));
    }
}
