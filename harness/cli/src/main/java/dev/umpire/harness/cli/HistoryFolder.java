package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.report.RunFiles;
import dev.umpire.harness.run.Runner;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.HistoryFormat;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A folder of many histories: of runs, of reports of etcd's robustness tests, and of files by their extensions. */
final class HistoryFolder {
    /** Names of our own files that are no histories, whatever their extension says. */
    private static final List<String> OTHERS =
            List.of(PlanFile.NAME, RunFiles.VERDICT, Runner.SCHEDULE, Runner.STRIKES, Runner.SCRIPT, Runner.NEMESIS);

    private HistoryFolder() {}

    /**
     * The names of histories, with those below a folder in the place of its name.
     *
     * @throws WrongUse if a folder holds none, or cannot be read
     */
    static List<String> expanded(List<String> names, Surroundings surroundings) throws WrongUse {
        List<String> expanded = new ArrayList<>();
        for (String name : names) {
            Path folder = surroundings.directory().resolve(name);
            if (name.equals("-") || !Files.isDirectory(folder) || isOne(folder)) {
                expanded.add(name);
            } else {
                below(name, folder)
                        .forEach(file -> expanded.add(
                                Path.of(name).resolve(folder.relativize(file)).toString()));
            }
        }
        return expanded;
    }

    private static List<Path> below(String name, Path folder) throws WrongUse {
        List<Path> histories;
        try {
            histories = histories(folder);
        } catch (IOException e) {
            throw new WrongUse(name + ": found a folder that cannot be read: " + e.getMessage());
        }
        if (histories.isEmpty()) {
            throw new WrongUse(name + ": found a folder without any history, expected runs, or files such as"
                    + " history.edn or history.jsonl");
        }
        return histories;
    }

    /** Whether a folder stands for one history itself. */
    private static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(Runner.HISTORY)) || HistoryFiles.isEtcdReport(folder);
    }

    /**
     * The histories below a folder, links not followed, in the order of their names. Beside {@code history.jsonl} in the folder of a run
     * nothing else there is one.
     *
     * @throws IOException if a folder cannot be read
     */
    private static List<Path> histories(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
                if (isOne(inside)) {
                    found.add(inside);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return isNodeLogs(inside) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && isHistory(file.getFileName().toString())) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    /** Whether this is what the nodes of a run wrote, which is no history though it ends with {@code .log}. */
    private static boolean isNodeLogs(Path folder) {
        return folder.endsWith(Runner.NODES) && Files.exists(folder.resolveSibling(PlanFile.NAME));
    }

    private static boolean isHistory(String name) {
        return !OTHERS.contains(name)
                && (HistoryFormat.ofFileName(name).isPresent()
                        || name.toLowerCase(Locale.ROOT).endsWith(".log"));
    }
}
