package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.plan.MalformedPlanException;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.harness.run.Runner;
import dev.umpire.histories.event.MalformedHistoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The faults that {@code --schedule} names, each with its times. */
final class GivenSchedule {
    private static final String OPTION = "--schedule: ";

    private GivenSchedule() {}

    /**
     * Those of a file as runs leave it, of a plan with a schedule, or of the folder of a run: the schedule of its plan, else what
     * struck it.
     *
     * @throws WrongUse if nothing of that stands there
     */
    static List<Script.Strike> of(Path given, Surroundings surroundings) throws WrongUse {
        Path file = surroundings.directory().resolve(given);
        try {
            if (Files.isDirectory(file)) {
                return ofRun(given, file);
            }
            return file.toString().endsWith(".json")
                    ? ofPlan(given, PlanFile.read(file))
                    : ScriptFile.read(file).strikes();
        } catch (MalformedPlanException | MalformedHistoryException e) {
            throw new WrongUse(OPTION + e.getMessage());
        } catch (IOException e) {
            throw new WrongUse(OPTION + given + " cannot be read: " + e.getMessage());
        }
    }

    private static List<Script.Strike> ofRun(Path given, Path folder) throws WrongUse, IOException {
        List<Script.Strike> planned =
                PlanFile.beside(folder).map(plan -> plan.nemesis().schedule()).orElse(List.of());
        if (!planned.isEmpty()) {
            return planned;
        }
        Path struck = Stream.of(Runner.STRIKES, Runner.SCHEDULE)
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new WrongUse(OPTION + "found " + given + " with neither " + Runner.STRIKES + " nor "
                        + Runner.SCHEDULE + ", expected the folder of a run that came to its end"));
        return ScriptFile.read(struck).strikes();
    }

    private static List<Script.Strike> ofPlan(Path given, Plan plan) throws WrongUse {
        if (plan.nemesis().schedule().isEmpty()) {
            throw new WrongUse(OPTION + "found " + given + ", a plan without a schedule, expected one with it, or the"
                    + " folder of its run");
        }
        return plan.nemesis().schedule();
    }
}
