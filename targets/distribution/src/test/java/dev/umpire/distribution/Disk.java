package dev.umpire.distribution;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small file system of a test's own, in memory. */
final class Disk implements AutoCloseable {
    private static final long LONGEST_SECONDS = 20;

    private final Path folder;

    private Disk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one; the test is skipped where this user may not. */
    static Disk mounted(Path folder, String size) throws IOException {
        assumeTrue(
                ended("mount", "-t", "tmpfs", "-o", "size=" + size, "umpire-test", folder.toString()),
                "found no right to mount a small file system, expected root");
        return new Disk(folder);
    }

    Path folder() {
        return folder;
    }

    void makeReadOnly() throws IOException {
        if (!ended("mount", "-o", "remount,ro", folder.toString())) {
            throw new IllegalStateException(
                    folder + ": found a file system that stays writable, expected it read-only");
        }
    }

    private static boolean ended(String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.onExit()
                .completeOnTimeout(process, LONGEST_SECONDS, TimeUnit.SECONDS)
                .join();
        return !process.isAlive() && process.exitValue() == 0;
    }

    @Override
    public void close() throws IOException {
        if (!ended("umount", folder.toString())) {
            throw new IllegalStateException(folder + ": found a file system that stays mounted, expected none");
        }
    }
}
