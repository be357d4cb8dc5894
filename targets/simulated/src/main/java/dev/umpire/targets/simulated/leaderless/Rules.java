package dev.umpire.targets.simulated.leaderless;

import dev.umpire.harness.target.Settings;

/**
 * What the settings make of the store; a defect is one rule that is not kept.
 *
 * @param n how many replicas a key has
 * @param w how many of them must have a write before it is acknowledged
 * @param r how many of them must answer a read; with LL1 so few that they may all lack an acknowledged write
 * @param versions how replicas tell which value is newer; with LL4 by the clocks of the nodes
 * @param sloppy whether others than the replicas may stand in for them in quorums; with LL2 always
 * @param writesBack whether a read answers only when a write quorum has what it returns
 * @param repairs whether a read sends what it found to replicas that lack it; with LL3 neither this nor the former
 * @param reportsUnknown whether a write that missed its quorum is said to be of unknown outcome; LL5 says that it failed
 * @param dotted whether a version says of each write whether it is known; LL8 takes all earlier ones of the process for known
 * @param catchesUp whether a replica that starts answers reads only once it has compared with others what it has; LL6 does not
 * @param keepsTombstones whether a tombstone is kept for replicas that lack it still; LL7 drops it after a while
 */
record Rules(
        int n,
        int w,
        int r,
        Versions versions,
        boolean sloppy,
        boolean writesBack,
        boolean repairs,
        boolean reportsUnknown,
        boolean dotted,
        boolean keepsTombstones,
        boolean catchesUp) {

    /** How replicas tell which value is newer. */
    enum Versions {
        LOGICAL,
        CLOCK,
        SIBLINGS;
    }

    static Rules of(Settings settings) {
        String defect = settings.values().getOrDefault("defect", "");
        int n = settings.number(LeaderlessStore.N);
        int w = settings.number(LeaderlessStore.W);
        boolean logical = settings.get(LeaderlessStore.VERSIONS).equals(LeaderlessStore.LOGICAL);
        return new Rules(
                n,
                w,
                defect.equals("LL1") ? Math.max(1, n - w) : settings.number(LeaderlessStore.R),
                defect.equals("LL4") ? Versions.CLOCK : versions(settings.get(LeaderlessStore.VERSIONS)),
                settings.get(LeaderlessStore.QUORUM).equals(LeaderlessStore.SLOPPY) || defect.equals("LL2"),
                logical && !defect.equals("LL3"),
                !defect.equals("LL3"),
                !defect.equals("LL5"),
                !defect.equals("LL8"),
                !defect.equals("LL7"),
                !defect.equals("LL6"));
    }

    private static Versions versions(String option) {
        return switch (option) {
            case LeaderlessStore.LOGICAL -> Versions.LOGICAL;
            case LeaderlessStore.CLOCK -> Versions.CLOCK;
            default -> Versions.SIBLINGS;
        };
    }

    /** From how many others a replica must have heard to know of everything that was acknowledged. */
    int othersToCatchUpWith() {
        return catchesUp ? Math.min(n - 1, n - w + 1) : 0;
    }
}
