package dev.umpire.targets.testing;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Whole runs on real stores. */
public final class TestRun {

    private TestRun() {}

    /** Runs a plan in a new folder below this one. */
    public static Run run(PlanBuilder plan, Target target, Path folder) throws Exception {
        return Runner.run(plan.build(), target, RunListener.SILENT, Files.createTempDirectory(folder, "run"));
    }

    /** What was found of each guarantee, by its name. */
    public static Map<String, Answer> answers(Run run) {
        Map<String, Answer> answers = new TreeMap<>();
        run.judged()
                .forEach(one ->
                        answers.put(one.verdict().guarantee(), one.verdict().answer()));
        return answers;
    }
}
