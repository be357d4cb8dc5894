package dev.umpire.harness.run;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.Path;

/** Runs plans. */
public final class Runner {
    private Runner() {}

    /**
     * Runs a plan from start to verdicts: starts the cluster, drives sessions and nemesis, heals, awaits convergence, reads
     * from every node, stops the cluster, judges.
     *
     * <p>Writes into {@code folder}: {@code plan.json}, {@code history.jsonl}, {@code nemesis.jsonl} and the nodes' logs
     * under {@code nodes/}. The verdicts and the report are written by whoever presents the run.
     *
     * @param folder exists; it becomes the run's folder
     * @throws RunException if the run could not be carried out; what was recorded until then stands in the folder
     * @throws IllegalArgumentException if the plan asks for something that the target cannot do
     */
    public static Run run(Plan plan, Target target, RunListener listener, Path folder)
            throws IOException, RunException {
        throw new UnsupportedOperationException("not yet: " + plan + target + listener + folder);
    }
}
