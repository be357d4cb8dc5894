package dev.umpire.checkers.prefix;

/** How many steps a search may still take; not thread-safe. */
final class Budget {
    private final long steps;
    private long left;

    Budget(long steps) {
        this.steps = steps;
        this.left = steps;
    }

    /** Takes one step; false if there is none left. */
    boolean take() {
        return left > 0 && left-- > 0;
    }

    boolean spent() {
        return left == 0;
    }

    /** How many steps there were at the start. */
    long steps() {
        return steps;
    }
}
