package dev.umpire.harness.cli;

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
    private static final List<String> OTHERS = List.of("plan.json", "verdict.json");

    private HistoryFolder() {}

    /** Whether a folder stands for one history itself. */
    static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(RecordedFiles.HISTORY)) || HistoryFiles.isEtcdReport(folder);
    }

    /**
     * The histories below a folder, links not followed, in the order of their names. Beside {@code history.jsonl} in the folder of a run
     * nothing else there is one.
     *
     * @throws IOException if a folder cannot be read
     */
    static List<Path> histories(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
                if (isOne(inside)) {
                    found.add(inside);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
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

    private static boolean isHistory(String name) {
        return !OTHERS.contains(name)
                && (HistoryFormat.ofFileName(name).isPresent()
                        || name.toLowerCase(Locale.ROOT).endsWith(".log"));
    }
}
