package dev.umpire.harness.shrink;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.report.Numbers;

/**
 * How large a schedule is.
 *
 * @param operations that sessions ask for, without the reads in the end
 * @param faults that strike
 * @param sessions that ask for anything
 * @param keys that are asked for
 * @param nodes of the cluster
 */
public record Size(int operations, int faults, int sessions, int keys, int nodes) {

    static Size of(Plan plan, Script script) {
        Candidate candidate = new Candidate(plan, script);
        return new Size(
                script.asks().size(),
                script.strikes().size(),
                candidate.sessions().size(),
                candidate.keys().size(),
                plan.nodes());
    }

    /** For people: {@code 7 operations, 1 fault, 3 sessions, 1 key, 3 nodes}. */
    public String inWords() {
        return Numbers.counted(operations, "operation") + ", " + Numbers.counted(faults, "fault") + ", "
                + Numbers.counted(sessions, "session") + ", " + Numbers.counted(keys, "key") + ", "
                + Numbers.counted(nodes, "node");
    }
}
