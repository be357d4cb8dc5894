package dev.umpire.harness.explore;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found, so far or in the end.
 *
 * @param runs how many were made
 * @param states how many different states were seen: what nodes and clients said, and under which faults
 * @param violations how many runs broke each guarantee
 * @param first the first run that broke one
 */
public record Exploration(long runs, int states, Map<String, Long> violations, Optional<Found> first) {
    public Exploration {
        violations = Collections.unmodifiableMap(new TreeMap<>(violations));
    }

    /**
     * A run that broke a guarantee.
     *
     * @param plan its plan
     * @param script by which it ran; empty: its plan drew
     * @param guarantee the first that was broken
     * @param number which of the runs it was, from 1
     */
    public record Found(Plan plan, Optional<Script> script, String guarantee, long number) {}
}
