package dev.umpire.harness.generator;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Node;
import java.util.List;

/**
 * All that a generator may know.
 *
 * @param nowNanos since the run began
 * @param random numbers of this run
 * @param sessionCount how many sessions there are
 * @param freeSessions those that can ask something now, the one that has been free longest first
 * @param nodes the cluster's nodes
 * @param nemesisFree whether the nemesis can act now
 */
public record Context(
        long nowNanos,
        KeyedRandom random,
        int sessionCount,
        List<Integer> freeSessions,
        List<Node> nodes,
        boolean nemesisFree) {
    public Context {
        freeSessions = freeSessions instanceof FreeSessions ? freeSessions : List.copyOf(freeSessions);
        nodes = List.copyOf(nodes);
    }

    /** Whether a session can ask something now. */
    public boolean anyFree() {
        return !freeSessions.isEmpty();
    }

    /** Whether nothing is under way, neither of a session nor of the nemesis. */
    public boolean idle() {
        return nemesisFree && freeSessions.size() == sessionCount;
    }
}
