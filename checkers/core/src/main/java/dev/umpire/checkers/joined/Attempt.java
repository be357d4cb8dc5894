package dev.umpire.checkers.joined;

import dev.umpire.checkers.verdict.TimeIsOver;

/** What can be said of joined reads without a search: an order that proves, or a cycle that refutes. */
public enum Attempt {

    /** The first order that was tried is right. */
    PROVED_AT_ONCE,

    /** That order is, among what every order must have. */
    PROVED,

    /** What every order must have goes round in a circle. */
    REFUTED,

    /** Neither was found. */
    OPEN;

    /**
     * Tries both; afterwards the constraints are what every order must have, as far as their bounds allow.
     *
     * @throws TimeIsOver when the deadline of the constraints is over
     */
    public static Attempt of(Constraints constraints) {
        if (isProved(constraints)) {
            return PROVED_AT_ONCE;
        }
        if (constraints.saturate()) {
            return REFUTED;
        }
        return isProved(constraints) ? PROVED : OPEN;
    }

    private static boolean isProved(Constraints constraints) {
        if (!constraints.readsFrom.complete) {
            return false;
        }
        int[] order = EarliestFirst.order(constraints.readsFrom, constraints.graph());
        return order.length > 0 && EarliestFirst.isProof(constraints.readsFrom, order);
    }
}
