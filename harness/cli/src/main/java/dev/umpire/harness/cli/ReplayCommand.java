package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire replay}: the same run again. */
@Command(
        name = "replay",
        description = "Run a run of a simulated store again, and compare what happened, byte for byte.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The exit is 1 where something differs; the first event that does is told.",
            "",
            "Examples:",
            "  umpire replay runs/latest",
            "  umpire replay runs/latest --twice"
        })
final class ReplayCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "RUN", description = "The folder of a run.")
    String run = "";

    @Option(
            names = "--twice",
            description =
                    "Run it twice, and compare the two runs with all that they left: history, faults, nodes' logs.")
    boolean twice;

    @Mixin
    RunsFolder runsFolder = new RunsFolder();

    @Mixin
    Targets targets = new Targets();

    ReplayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            RecordedRun recorded = RecordedRun.of(run, targets, surroundings);
            if (!twice && !Files.exists(recorded.folder().resolve(Runner.HISTORY))) {
                throw new WrongUse(
                        run + ": found no " + Runner.HISTORY + " there, expected one to compare with, or --twice");
            }
            Path first = again(recorded);
            Exit exit = twice ? compareAll(first, again(recorded)) : compare(recorded.folder(), first, Runner.HISTORY);
            terminal.out().println("folder     " + runsFolder.shown(first));
            return exit.code();
        } catch (WrongUse | IllegalArgumentException | RunException | IOException e) {
            return Failure.tell(terminal, "replay", e, false);
        }
    }

    private Path again(RecordedRun recorded) throws IOException, RunException {
        Path folder = runsFolder.newRun(surroundings, recorded.plan());
        Runner.run(recorded.plan(), recorded.script(), recorded.target(), RunListener.SILENT, folder);
        return folder;
    }

    private Exit compareAll(Path one, Path other) throws IOException {
        Set<String> names = new TreeSet<>(files(one));
        names.addAll(files(other));
        Exit exit = Exit.HELD;
        for (String name : names) {
            exit = exit.and(compare(one, other, name));
        }
        return exit;
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    /** Tells whether two files of this name are the same, or what differs first. */
    private Exit compare(Path one, Path other, String name) throws IOException {
        List<String> found = lines(other.resolve(name));
        List<String> expected = lines(one.resolve(name));
        Terminal terminal = surroundings.terminal();
        for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
            String now = i < found.size() ? found.get(i) : "nothing";
            String then = i < expected.size() ? expected.get(i) : "nothing";
            if (!Objects.equals(now, then)) {
                terminal.out()
                        .println("✗ differs  " + name + ":" + (i + 1) + ": found " + SafeText.visible(now)
                                + ", expected " + SafeText.visible(then));
                return Exit.BROKEN;
            }
        }
        terminal.out()
                .println("✓ same     " + name + " · " + Numbers.counted(found.size(), "line") + ", byte for byte");
        return Exit.HELD;
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    }
}
