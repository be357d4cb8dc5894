package dev.umpire.harness.cluster;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Where reads go in a store with one leader. */
public enum Reads {
    /** To the leader. */
    LEADER("leader"),
    /** To the session's home node if that is a follower, else to a random follower. */
    ANY_FOLLOWER("any-follower"),
    /** To one follower for each session, for ever, as long as it stays a follower. */
    STICKY("sticky"),
    /** As {@link #ANY_FOLLOWER}, but answered only when the follower has what the session has written and read. */
    TOKEN("token");

    private final String option;

    Reads(String option) {
        this.option = option;
    }

    /** As on the command line: {@code any-follower}. */
    public String option() {
        return option;
    }

    /**
     * The one of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Reads of(String option) {
        return Arrays.stream(values())
                .filter(reads -> reads.option.equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("reads: found " + option + ", expected one of "
                        + Arrays.stream(values()).map(Reads::option).collect(Collectors.joining(", "))));
    }
}
