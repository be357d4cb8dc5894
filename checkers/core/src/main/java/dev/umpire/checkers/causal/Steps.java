package dev.umpire.checkers.causal;

import dev.umpire.checkers.verdict.CheckOptions;

/** How much work beyond one look at everything may still be done; not thread-safe. */
final class Steps {
    private static final long A_STEP = 64;

    private final long limit;
    private long taken;

    private Steps(long limit) {
        this.limit = limit;
    }

    /** So many as the options allow: 64 small ones for each step of a search. */
    static Steps of(CheckOptions options) {
        return new Steps(
                options.searchBudget() > Long.MAX_VALUE / A_STEP ? Long.MAX_VALUE : A_STEP * options.searchBudget());
    }

    static Steps atMost(long limit) {
        return new Steps(limit);
    }

    void take() {
        taken++;
    }

    void take(long many) {
        taken += many;
    }

    boolean spent() {
        return taken > limit;
    }

    long limit() {
        return limit;
    }
}
