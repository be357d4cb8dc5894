package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.RunFiles;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            "Compared is all that happened in a run: history, faults, schedule, nodes' logs; what the folder of the run lacks is"
                    + " left out. The exit is 1 where something differs; of each file the first line that does is told. The new"
                    + " folder has a verdict and a report, too, by the guarantees of the plan.",
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
                    "Run it twice, and compare these two runs. Default: run it once, and compare with the folder.")
    boolean twice;

    @Mixin
    RunsFolder runsFolder = new RunsFolder();

    @Mixin
    Targets targets = new Targets();

    private record Again(Path folder, Run run) {}

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
            Again first = again(recorded);
            Optional<Again> second = twice ? Optional.of(again(recorded)) : Optional.empty();
            Exit exit = compareAll(
                    second.isPresent() ? first.folder() : recorded.folder(),
                    second.orElse(first).folder());
            keep(first, recorded, "folder     ");
            if (second.isPresent()) {
                keep(second.get(), recorded, "and        ");
            }
            return exit.code();
        } catch (WrongUse | IllegalArgumentException | RunException | IOException e) {
            return Failure.tell(terminal, "replay", e, false);
        }
    }

    private Again again(RecordedRun recorded) throws IOException, RunException {
        Path folder = runsFolder.newRun(surroundings, recorded.plan());
        return new Again(
                folder, Runner.run(recorded.plan(), recorded.script(), recorded.target(), RunListener.SILENT, folder));
    }

    /** Once the folders were compared: what is said of a run tells what judging cost, too, which is never the same twice. */
    private void keep(Again again, RecordedRun recorded, String label) throws IOException {
        RunFiles.keep(
                again.folder(),
                again.run(),
                new RunLines(runsFolder, targets).of(again.folder(), again.run(), recorded.target()));
        surroundings.terminal().out().println(label + runsFolder.shown(again.folder()));
    }

    /** Compares what a run left with what it left before; what the folder of a recorded run lacks is passed over. */
    private Exit compareAll(Path before, Path now) throws IOException {
        Set<String> names = files(now);
        if (twice) {
            names.addAll(files(before));
        } else {
            names.removeIf(name -> !Files.exists(before.resolve(name)));
        }
        Exit exit = Exit.HELD;
        for (String name : names) {
            exit = exit.and(compare(before.resolve(name), now.resolve(name), name));
        }
        return exit;
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Tells whether two files are the same, or what differs first. */
    private Exit compare(Path before, Path now, String name) throws IOException {
        Terminal terminal = surroundings.terminal();
        byte[] bytesNow = bytes(now);
        byte[] bytesBefore = bytes(before);
        int differs = Arrays.mismatch(bytesBefore, bytesNow);
        List<String> found = lines(bytesNow);
        if (differs < 0) {
            terminal.out()
                    .println("✓ same     " + name + " · " + Numbers.counted(found.size(), "line") + ", byte for byte");
            return Exit.HELD;
        }
        List<String> expected = lines(bytesBefore);
        int line = 0;
        while (line < Math.min(found.size(), expected.size()) && found.get(line).equals(expected.get(line))) {
            line++;
        }
        terminal.out()
                .println("✗ differs  " + name + ":" + (line + 1) + ": found " + shown(found, line) + ", expected "
                        + shown(expected, line) + " (byte " + Numbers.grouped(differs + 1L) + ")");
        return Exit.BROKEN;
    }

    private static String shown(List<String> lines, int number) {
        return number < lines.size() ? SafeText.visible(lines.get(number)) : "no such line";
    }

    private static byte[] bytes(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    /** With what ends each: files may differ in that alone. */
    private static List<String> lines(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
    }
}
