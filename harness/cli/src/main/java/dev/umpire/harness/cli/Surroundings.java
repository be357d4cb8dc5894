package dev.umpire.harness.cli;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.survey.Seeds;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.History;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the command takes from the machine around it.
 *
 * @param terminal where it writes
 * @param targets the targets that a class loader sees
 * @param judge asks the checkers
 * @param runner carries plans out
 * @param simulator runs plans in memory
 * @param now the wall clock's date and time, for names of folders
 * @param nanos monotonic nanoseconds since the command was given
 * @param directory against which paths are resolved
 * @param classPath jars and folders that the environment adds to the class path, as for java -cp; empty: none
 */
public record Surroundings(
        Terminal terminal,
        Function<ClassLoader, List<Target>> targets,
        Judge judge,
        PlanRunner runner,
        Seeds.Simulator simulator,
        Supplier<LocalDateTime> now,
        LongSupplier nanos,
        Path directory,
        String classPath) {

    /** Asks checkers about a history. */
    @FunctionalInterface
    public interface Judge {
        Judgement judge(History history, List<Guarantee> guarantees, CheckOptions options);
    }

    /** Carries a plan out; {@link dev.umpire.harness.run.Runner#run} in earnest. */
    @FunctionalInterface
    public interface PlanRunner {
        Run run(Plan plan, Target target, RunListener listener, Path folder) throws IOException, RunException;
    }
}
