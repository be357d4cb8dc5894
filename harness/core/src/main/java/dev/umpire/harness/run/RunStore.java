package dev.umpire.harness.run;

import dev.umpire.harness.launcher.FolderTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The folder in which every run has a folder of its own, named after its time, target and seed; {@code latest} is a
 * symbolic link to the newest. Nothing is ever overwritten.
 *
 * @param folder made when the first run comes
 */
public record RunStore(Path folder) {

    private static final String LATEST = "latest";
    private static final int MOST_OF_ONE_SECOND = 1_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH.mm.ss", Locale.ROOT);

    /**
     * Makes the folder of a run and points {@code latest} to it.
     *
     * @param time of the run, as its user's clock says; to the second
     * @return {@code runs/2026-11-23T13.31.02-simulated-7}; with {@code -2} and so on at its end where that exists
     * @throws IOException if it cannot be made
     */
    public Path newRun(LocalDateTime time, String target, long seed) throws IOException {
        Files.createDirectories(folder);
        String name = TIME.format(time) + "-" + target.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + seed;
        for (int number = 1; number <= MOST_OF_ONE_SECOND; number++) {
            Path run = folder.resolve(number == 1 ? name : name + "-" + number);
            try {
                Files.createDirectory(run);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            pointTo(run);
            return run;
        }
        throw new FileAlreadyExistsException(
                folder.resolve(name).toString(), null, "and so do " + MOST_OF_ONE_SECOND + " more of this second");
    }

    /**
     * Deletes the folder of a run, if there is one; links in it are removed, never followed.
     *
     * @throws IOException if something could not be deleted
     */
    public static void delete(Path run) throws IOException {
        FolderTree.delete(run);
    }

    /** The link that points to the newest run. */
    public Path latest() {
        return folder.resolve(LATEST);
    }

    /** Swaps the link in one step, so that no moment is without it. A file system without links does without. */
    private void pointTo(Path run) throws IOException {
        if (Files.exists(latest(), LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(latest())) {
            return; // somebody's own folder of this name stays
        }
        Path fresh = folder.resolve("." + LATEST + "-" + run.getFileName());
        try {
            Files.createSymbolicLink(fresh, run.getFileName());
        } catch (UnsupportedOperationException e) {
            return;
        }
        Files.move(fresh, latest(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
