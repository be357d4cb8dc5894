package dev.umpire.harness.cli;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines to paste that judge a run anew, make it again or make it smaller, as they are typed beside the folder of runs. */
final class RunLines {
    private final RunsFolder runsFolder;

    RunLines(RunsFolder runsFolder) {
        this.runsFolder = runsFolder;
    }

    /** Those of a run that has just been made in a folder. */
    List<String> of(Path folder, Run run, Target target) {
        return of(
                folder,
                run.plan(),
                Files.exists(folder.resolve(Runner.SCHEDULE)),
                run.answer() == Answer.INVALID,
                Optional.of(target));
    }

    /**
     * Those of any run.
     *
     * @param repeatable whether it can be run again as it was
     * @param broken whether there is an anomaly that could be told with less around it
     * @param target its store; empty: nobody knows it here
     */
    List<String> of(Path folder, Plan plan, boolean repeatable, boolean broken, Optional<Target> target) {
        String typed = PlanDefaults.quoted(runsFolder.shown(folder).toString());
        List<String> lines = new ArrayList<>();
        lines.add("./umpire check " + typed);
        if (repeatable) {
            lines.add("./umpire replay " + typed + runsFolder.typed());
        }
        if (repeatable && broken) {
            lines.add("./umpire shrink " + typed + runsFolder.typed());
        }
        // a plan does not say what a script did in place of its draws
        if (!Files.exists(folder.resolve(Runner.SCRIPT))) {
            target.ifPresent(store -> lines.add(anew(plan, store)));
        }
        return lines;
    }

    private String anew(Plan plan, Target target) {
        try {
            return PlanDefaults.command(plan, target) + runsFolder.typed();
        } catch (IllegalArgumentException e) {
            return "# cannot be run again here: " + e.getMessage();
        }
    }
}
