package dev.umpire.harness.launcher;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The temporary folder of a run. Only a folder that carries the mark of its journal is ever deleted. */
final class RunFolder {

    /** The file in the folder that holds the journal's name. */
    static final String MARK = ".umpire-run";

    private RunFolder() {}

    /** The {@code attempt}-th place for the folder of this journal. */
    static Path place(String journal, int attempt) {
        return Path.of(System.getProperty("java.io.tmpdir"), "umpire-" + journal + (attempt == 0 ? "" : "-" + attempt))
                .toAbsolutePath();
    }

    static void make(Path folder, String journal) throws IOException {
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(folder.resolve(MARK), journal);
    }

    /**
     * Deletes the folder of a journal.
     *
     * @return whether there was one; false also for a folder that is not this journal's
     */
    static boolean delete(Path folder, String journal) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Path mark = folder.resolve(MARK);
        if (Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.readString(mark).equals(journal)) {
                return false;
            }
            FolderTree.delete(folder);
            return true;
        }
        try {
            Files.delete(folder); // killed before the mark was written: then it is empty
            return true;
        } catch (DirectoryNotEmptyException ofSomebodyElse) {
            return false;
        }
    }
}
