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
    private final Targets targets;

    RunLines(RunsFolder runsFolder, Targets targets) {
        this.runsFolder = runsFolder;
        this.targets = targets;
    }

    /** What is to be typed behind a command that makes a run, with a blank before it; empty where all has its default. */
    static String typed(RunsFolder runsFolder, Targets targets) {
        return runsFolder.typed() + targets.classPath.typed();
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
        List<String> lines = new ArrayList<>();
        lines.add(check(folder));
        if (repeatable) {
            lines.add(replay(folder));
        }
        if (repeatable && broken) {
            lines.add(shrink(folder));
        }
        if (!isOfAScript(folder)) {
            target.ifPresent(store -> lines.add(anew(folder, plan, store)));
        }
        return lines;
    }

    String check(Path folder) {
        return "./umpire check " + typed(folder);
    }

    String shrink(Path folder) {
        return "./umpire shrink " + typed(folder) + typed(runsFolder, targets);
    }

    /** The one that makes a run in virtual time again: from its plan, or from its folder where the plan does not say all. */
    String again(Path folder, Plan plan, Target target) {
        return isOfAScript(folder) ? replay(folder) : anew(folder, plan, target);
    }

    /** The option that takes the schedule of a run from its folder, with a blank before it; empty where its nemesis drew. */
    String schedule(Path folder, Plan plan) {
        return plan.nemesis().schedule().isEmpty() ? "" : " --schedule " + typed(folder);
    }

    private String replay(Path folder) {
        return "./umpire replay " + typed(folder) + typed(runsFolder, targets);
    }

    private String typed(Path folder) {
        return PlanDefaults.quoted(runsFolder.shown(folder).toString());
    }

    /** Sessions asked by a script, so that the plan alone makes another run. */
    private static boolean isOfAScript(Path folder) {
        return Files.exists(folder.resolve(Runner.SCRIPT));
    }

    private String anew(Path folder, Plan plan, Target target) {
        try {
            return PlanDefaults.command(plan, target) + schedule(folder, plan) + typed(runsFolder, targets);
        } catch (IllegalArgumentException e) {
            return "# cannot be run again here: " + e.getMessage();
        }
    }
}
