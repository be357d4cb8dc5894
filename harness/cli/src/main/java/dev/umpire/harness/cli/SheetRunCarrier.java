package dev.umpire.harness.cli;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.report.RunFiles;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.RunStore;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.RealSheetRuns;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Carries out the runs of a real store's datasheet, each in a folder of its own, which is kept where it is evidence: of
 * something broken, or of why there is nothing to say.
 */
final class SheetRunCarrier implements RealSheetRuns.Carrier {
    private final Surroundings surroundings;
    private final Target target;
    private final RunsFolder runsFolder;
    private final Targets targets;
    private final SurveyProgress progress;
    private final Interruption interruption;

    SheetRunCarrier(
            Surroundings surroundings,
            Target target,
            RunsFolder runsFolder,
            Targets targets,
            SurveyProgress progress,
            Interruption interruption) {
        this.surroundings = surroundings;
        this.target = target;
        this.runsFolder = runsFolder;
        this.targets = targets;
        this.progress = progress;
        this.interruption = interruption;
    }

    @Override
    public RealSheetRuns.Carried carry(Plan plan) throws IOException, RunException {
        requireGoingOn();
        Runner.requirePossible(plan, target);
        Path folder = runsFolder.newRun(surroundings, plan);
        Run run;
        try {
            run = surroundings.runner().run(plan, target, progress.listener(), folder);
        } catch (RunException e) {
            requireGoingOn(); // the run hears of it, too, and fails
            throw new RunException(e.getMessage() + " (" + runsFolder.shown(folder) + ")", e);
        }
        progress.oneMore();
        for (String trouble : run.troubles()) {
            progress.pause();
            surroundings.terminal().err().println("umpire: " + SafeText.visible(trouble));
        }
        if (!isEvidence(run)) {
            RunStore.delete(folder);
            return new RealSheetRuns.Carried(run, Optional.empty());
        }
        RunFiles.keep(folder, run, new RunLines(runsFolder, targets).of(folder, run, target));
        return new RealSheetRuns.Carried(
                run, Optional.of(runsFolder.shown(folder).toString()));
    }

    private void requireGoingOn() {
        if (interruption.isAsked()) {
            throw new LoopInterruptedException("the survey was told to end");
        }
    }

    static boolean isEvidence(Run run) {
        return !run.missing().isEmpty()
                || !run.troubles().isEmpty()
                || !run.failures().isEmpty()
                || run.judged().stream().anyMatch(one -> one.verdict().answer() == Answer.INVALID);
    }
}
