package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.plan.MalformedPlanException;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.event.MalformedHistoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of a run in virtual time, which can be run again.
 *
 * @param script by which it ran; empty: its plan drew
 */
record RecordedRun(Path folder, Plan plan, Target target, Optional<Script> script) {

    /**
     * The run of a folder.
     *
     * @throws WrongUse if this is not the folder of a run, or of one that cannot be run again; where its plan names what there is
     *     not, the message says so of that file
     */
    static RecordedRun of(String name, Targets targets, Surroundings surroundings) throws WrongUse {
        Path folder = surroundings.directory().resolve(name);
        Path file = folder.resolve(PlanFile.NAME);
        try {
            Plan plan = PlanFile.read(file);
            Target target = targets.named(file + ": target", plan.target(), surroundings);
            if (!target.simulated()) {
                throw new WrongUse(name + ": found a run of " + plan.target()
                        + ", expected one in virtual time: in real time nothing happens twice");
            }
            Path script = folder.resolve(Runner.SCRIPT);
            Optional<Script> read = Files.exists(script) ? Optional.of(ScriptFile.read(script)) : Optional.empty();
            requirePossible(file, plan, read, target);
            return new RecordedRun(folder, plan, target, read);
        } catch (MalformedPlanException | MalformedHistoryException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw new WrongUse(name + ": found no "
                    + Path.of(String.valueOf(e.getMessage())).getFileName() + " there, expected the folder of a run");
        } catch (IOException e) {
            throw new WrongUse(name + ": cannot be read: " + e.getMessage());
        }
    }

    private static void requirePossible(Path file, Plan plan, Optional<Script> script, Target target) throws WrongUse {
        try {
            Runner.requirePossible(plan, script, target);
        } catch (IllegalArgumentException e) {
            throw new WrongUse(file + ": " + e.getMessage());
        }
    }

    /** The script by which it ran, else, also where that leaves what is asked to the workload, what it asked and what struck. */
    Script schedule() throws WrongUse {
        if (script.isPresent() && !script.get().drawn()) {
            return script.get();
        }
        Path schedule = folder.resolve(Runner.SCHEDULE);
        try {
            return ScriptFile.read(schedule);
        } catch (NoSuchFileException e) {
            throw new WrongUse(folder.getFileName() + ": found no " + Runner.SCHEDULE
                    + " there, expected one, as every run in virtual time leaves that came to its end");
        } catch (MalformedPlanException | MalformedHistoryException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new WrongUse(schedule + ": cannot be read: " + e.getMessage());
        }
    }
}
