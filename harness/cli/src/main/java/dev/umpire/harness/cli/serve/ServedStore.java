package dev.umpire.harness.cli.serve;

import dev.umpire.harness.plan.Plan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * The folder of runs that is served.
 *
 * @param shown the folder as people are told of it
 * @param clock by which a run that has written nothing for long is no longer called running
 * @param commands what is offered to be pasted
 */
public record ServedStore(Path folder, String shown, Clock clock, Commands commands) {

    /** Lines for a shell. Nothing here runs them. */
    public interface Commands {

        /**
         * What can be done with a run.
         *
         * @param run the name of its folder
         * @param repeatable whether it can be run again as it was
         * @param broken whether it breaks a guarantee
         */
        List<String> of(String run, Plan plan, boolean repeatable, boolean broken);

        /** How two runs are compared. */
        String diff(String a, String b);
    }
}
