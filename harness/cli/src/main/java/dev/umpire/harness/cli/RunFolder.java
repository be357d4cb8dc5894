package dev.umpire.harness.cli;

import dev.umpire.harness.plan.Plan;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The folder of one run, {@code runs/2026-11-23T13.31.02-simulated-7}, and the link {@code latest} beside it.
 *
 * @param path exists and was empty
 */
record RunFolder(Path path) {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH.mm.ss", Locale.ROOT);
    private static final int MOST_RUNS_A_SECOND = 1_000;

    /** Makes a folder that nobody else has: a number is added where two runs begin in one second. */
    static RunFolder create(Path store, Plan plan, LocalDateTime now) throws IOException {
        Files.createDirectories(store);
        String name = SECOND.format(now) + "-" + plan.target() + "-" + plan.seed();
        for (int i = 1; i <= MOST_RUNS_A_SECOND; i++) {
            try {
                return new RunFolder(Files.createDirectory(store.resolve(i == 1 ? name : name + "-" + i)));
            } catch (FileAlreadyExistsException e) {
                continue;
            }
        }
        throw new IOException(name + ": found " + MOST_RUNS_A_SECOND + " folders of this name, expected fewer");
    }

    /** Lets {@code latest} point here; where links cannot be made there is none. */
    void pointLatest() throws IOException {
        Path latest = path.resolveSibling("latest");
        Path next = path.resolveSibling(".latest-" + path.getFileName());
        try {
            Files.deleteIfExists(next);
            Files.createSymbolicLink(next, path.getFileName());
            Files.move(next, latest, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (UnsupportedOperationException e) {
            // a file system without links: the newest folder has the greatest name
        }
    }
}
