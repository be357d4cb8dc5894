package dev.umpire.targets.simulated.multileader;

import dev.umpire.harness.target.Settings;
import java.util.Locale;

/**
 * What the settings make of the store; a defect is one rule that is not kept.
 *
 * @param topology along which ways changes go
 * @param conflicts what becomes of concurrent writes of one register
 * @param sessions which leader a session asks
 * @param causalDelivery whether a change waits for everything that its leader had when it made it; ML2 does not
 * @param asksAllLeaders whether reads and removals first wait for what any leader has
 * @param claims whether names can be claimed
 * @param hybridClock whether timestamps are later than all that the leader has heard of; ML1 takes the machine's clock
 * @param comparesVersions whether a write replaces only what its writer knew; ML5 lets the last to arrive replace everything
 * @param knowsItsOwn whether a leader recognises its own changes when they come back to it; ML4 does not
 * @param fillsGaps whether each leader is sent what it lacks itself, and nothing else may come before; ML3 takes what a
 *     failed leader held for passed on
 * @param claimsAtHome whether a name is claimed at its home leader; ML6 claims it at the session's
 */
record Rules(
        Topology topology,
        Conflicts conflicts,
        Sessions sessions,
        boolean causalDelivery,
        boolean asksAllLeaders,
        boolean claims,
        boolean hybridClock,
        boolean comparesVersions,
        boolean knowsItsOwn,
        boolean fillsGaps,
        boolean claimsAtHome) {

    /** What becomes of concurrent writes of one register. */
    enum Conflicts {
        /** The one with the largest timestamp stays. */
        LAST_WRITE_WINS,
        /** The one of the first leader is shown. */
        REPLICA_PRIORITY,
        /** All stay and are shown, until somebody who knows them writes again. */
        SIBLINGS,
        /** There are no registers, only what merges by itself: counters, sets, texts. */
        MERGE;
    }

    /** Which leader a session asks. */
    enum Sessions {
        /** That of its datacentre, for ever. */
        STAY,
        /** The one at which it is. */
        ROAM,
        /** The one at which it is, which must have what the session has seen. */
        TOKEN;
    }

    static Rules of(Settings settings) {
        String defect = settings.values().getOrDefault("defect", "");
        boolean byNodeClock = defect.equals("ML1");
        return new Rules(
                Topology.valueOf(constant(settings.get("topology"))),
                byNodeClock ? Conflicts.LAST_WRITE_WINS : Conflicts.valueOf(constant(settings.get("conflicts"))),
                Sessions.valueOf(constant(settings.get("sessions"))),
                settings.get("causal-delivery").equals("on") && !defect.equals("ML2"),
                settings.get("merged-reads").equals("on"),
                settings.get("claims").equals("on"),
                !byNodeClock,
                !defect.equals("ML5"),
                !defect.equals("ML4"),
                !defect.equals("ML3"),
                !defect.equals("ML6"));
    }

    private static String constant(String optionName) {
        return optionName.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
