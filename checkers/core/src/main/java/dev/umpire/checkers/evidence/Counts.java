package dev.umpire.checkers.evidence;

import dev.umpire.histories.Outcome;

/** How many operations ended how. */
public record Counts(long ok, long fail, long info) {

    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0, 0);

    Counts plus(Outcome outcome) {
        return switch (outcome) {
            case OK -> new Counts(ok + 1, fail, info);
            case FAIL -> new Counts(ok, fail + 1, info);
            case INFO -> new Counts(ok, fail, info + 1);
        };
    }

    Counts plus(Counts other) {
        return new Counts(ok + other.ok, fail + other.fail, info + other.info);
    }

    /** All of them. */
    public long total() {
        return ok + fail + info;
    }
}
