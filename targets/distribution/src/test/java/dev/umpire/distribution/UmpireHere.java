package dev.umpire.distribution;

import dev.umpire.harness.cli.Surroundings;
import dev.umpire.harness.cli.Umpire;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The command with the stores of the distribution, in the process of the tests, where its classes are loaded and compiled already: for
 * tests of what a command does on a simulated store. What becomes of its process is for {@link UmpireProcess}.
 */
final class UmpireHere {
    private static final int COLUMNS = 80;

    private UmpireHere() {}

    /** Runs it to its end, as if it were typed in this folder into what is no terminal. */
    static UmpireProcess.Ended run(Path directory, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        long begun = System.nanoTime();
        Surroundings surroundings = new Surroundings(
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        COLUMNS),
                UmpireHere::targets,
                (history, guarantees, options) -> Judgement.of(history, guarantees, options, System::nanoTime),
                Runner::run,
                Runner::simulate,
                LocalDateTime::now,
                () -> System.nanoTime() - begun,
                directory,
                "");
        int code = Umpire.run(arguments, surroundings);
        return new UmpireProcess.Ended(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static List<Target> targets(ClassLoader loader) {
        return ServiceLoader.load(Target.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
