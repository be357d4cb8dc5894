package dev.umpire.checkers.prefix;

/** Which of the prefix guarantees is judged: they differ in what the one order of all writes must extend. */
enum Promise {
    /** Happens-before, and the order of each key's writes. */
    CONSISTENT("consistent-prefix"),
    /** Real time as well, over all keys. */
    STRICT("strict-consistent-prefix"),
    /** And each observation has a place in it, which never goes back along a session. */
    MONOTONIC("monotonic-prefix");

    private final String guarantee;

    Promise(String guarantee) {
        this.guarantee = guarantee;
    }

    /** As on the command line. */
    String guarantee() {
        return guarantee;
    }
}
