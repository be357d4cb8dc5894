package dev.umpire.harness.launcher;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The temporary folder of a run. Only a folder that carries the mark of its journal is ever deleted. */
final class RunFolder {

    /** The file in the folder that holds the journal's name. */
    static final String MARK = ".umpire-run";

    private static final int DELETE_ATTEMPTS = 5;

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
            deleteTree(folder);
            return true;
        }
        try {
            Files.delete(folder); // killed before the mark was written: then it is empty
            return true;
        } catch (DirectoryNotEmptyException ofSomebodyElse) {
            return false;
        }
    }

    /** Deletes a folder and all that is in it; links are removed, never followed. */
    static void deleteTree(Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.walkFileTree(folder, new Deletion());
                return;
            } catch (NoSuchFileException alreadyGone) {
                return;
            } catch (DirectoryNotEmptyException stillWrittenTo) {
                if (attempt == DELETE_ATTEMPTS) {
                    throw stillWrittenTo;
                }
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
