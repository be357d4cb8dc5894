package dev.umpire.harness.cli;

import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.survey.Seeds;
import dev.umpire.harness.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;

/** The command with a machine of its own: streams in memory, a clock that stands, one folder. */
final class Command {
    private final Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private List<Target> targets = List.of(new StoreInTests());
    private Surroundings.Judge judge =
            (history, guarantees, options) -> Judgement.of(history, guarantees, options, () -> 0);
    private Surroundings.PlanRunner runner = (plan, target, listener, folder) -> {
        throw new RunException("nothing was to be run here");
    };
    private Seeds.Simulator simulator = (plan, target) -> {
        throw new RunException("nothing was to be simulated here");
    };
    private String classPath = "";
    private boolean colours;
    private boolean terminal;

    private Command(Path directory) {
        this.directory = directory;
    }

    static Command in(Path directory) {
        return new Command(directory);
    }

    Command with(Target... these) {
        targets = List.of(these);
        return this;
    }

    Command with(Surroundings.Judge other) {
        judge = other;
        return this;
    }

    Command with(Surroundings.PlanRunner other) {
        runner = other;
        return this;
    }

    Command simulating(Seeds.Simulator other) {
        simulator = other;
        return this;
    }

    Command withClassPathOfTheEnvironment(String jars) {
        classPath = jars;
        return this;
    }

    Command onATerminal(boolean withColours) {
        terminal = true;
        colours = withColours;
        return this;
    }

    Command file(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Command folder(String name) {
        try {
            Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    String content(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answered run(String... arguments) {
        int code = Umpire.run(arguments, surroundings());
        Answered answered =
                new Answered(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        out.reset();
        err.reset();
        return answered;
    }

    /**
     * Understands a command line without obeying it.
     *
     * @throws picocli.CommandLine.ParameterException if it is not understood
     */
    void understand(String... arguments) {
        Umpire.commandLine(surroundings()).parseArgs(arguments);
    }

    private Surroundings surroundings() {
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Surroundings(
                new Terminal(outStream, errStream, colours, terminal, 80),
                loader -> targets,
                judge,
                runner,
                simulator,
                () -> LocalDateTime.of(2026, 11, 23, 13, 31, 2),
                () -> 0,
                directory,
                classPath);
    }

    /** What a script sees of a command that ended. */
    record Answered(int code, String out, String err) {}
}
