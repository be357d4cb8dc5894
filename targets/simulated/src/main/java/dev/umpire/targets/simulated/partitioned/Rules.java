package dev.umpire.targets.simulated.partitioned;

import dev.umpire.harness.target.Settings;

/**
 * What the settings make of the store; a defect is one rule that is not kept.
 *
 * @param answersAsOfOneTime whether the leaders that a read asks answer as of the time that the read names; PL1 answers with
 *     the newest
 */
record Rules(boolean answersAsOfOneTime) {
    static final String SNAPSHOTS = "snapshots";
    static final String AT_ONE_TIME = "at-one-time";
    static final String NEWEST = "newest";

    static Rules of(Settings settings) {
        String defect = settings.values().getOrDefault("defect", "");
        return new Rules(settings.get(SNAPSHOTS).equals(AT_ONE_TIME) && !defect.equals("PL1"));
    }
}
