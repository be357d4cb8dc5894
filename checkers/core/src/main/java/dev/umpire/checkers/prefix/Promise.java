package dev.umpire.checkers.prefix;

/** Which of the prefix guarantees is judged: they differ in what the one order of all writes must extend. */
enum Promise {
    /** Happens-before, and the order of each key's writes. */
    CONSISTENT("consistent-prefix", Promise.NO_SNAPSHOT),
    /** Real time as well, over all keys. */
    STRICT("strict-consistent-prefix", Promise.NO_SNAPSHOT),
    /** And each observation has a place in it, which never goes back along a session. */
    MONOTONIC("monotonic-prefix", "vacuous: no session read twice what somebody wrote");

    private static final String NO_SNAPSHOT =
            "vacuous: reads of one key each cannot break it; snapshots of several keys or lists could";

    private final String guarantee;
    private final String vacuous;

    Promise(String guarantee, String vacuous) {
        this.guarantee = guarantee;
        this.vacuous = vacuous;
    }

    /** What is said where nothing that was read could have broken it. */
    String vacuous() {
        return vacuous;
    }

    /** As on the command line. */
    String guarantee() {
        return guarantee;
    }
}
