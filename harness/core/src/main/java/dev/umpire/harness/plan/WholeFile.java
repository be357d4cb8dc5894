package dev.umpire.harness.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file as a whole or not at all. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes what a file is to hold. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes the file.
         *
         * @param part where to; it is moved to its place afterwards
         */
        void writeTo(Path part) throws IOException;
    }

    /**
     * Writes beside the file first; what exists there is replaced once all is written.
     *
     * @throws IOException if it cannot be written; a file that exists is then as it was, and so after any other exception of the content
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            content.writeTo(part);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
