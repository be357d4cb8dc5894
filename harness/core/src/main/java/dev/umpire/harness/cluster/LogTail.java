package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/**
 * What is written to a log from now on: the witness of a probe, where a server says nothing else of what has arrived. Used by
 * one thread, which it blocks.
 */
public final class LogTail implements AutoCloseable {

    private final Environment environment;
    private final Path log;
    private final WatchService changes;
    private final long begin;

    /** Looks at a log that is there, from its end on. */
    public LogTail(Environment environment, Path log) throws IOException {
        this.environment = environment;
        this.log = log;
        this.begin = Files.size(log);
        this.changes = log.getFileSystem().newWatchService();
        try {
            log.toAbsolutePath().resolveSibling("").register(changes, StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Waits until these words are there; whether they are within the bound. */
    public boolean says(String words, long boundNanos) throws IOException, InterruptedException {
        long deadline = environment.nowNanos() + boundNanos;
        while (!written().contains(words)) {
            WatchKey change = changes.poll(deadline - environment.nowNanos(), TimeUnit.NANOSECONDS);
            if (change == null) {
                return false;
            }
            change.pollEvents();
            change.reset();
        }
        return true;
    }

    private String written() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] since = new byte[Math.toIntExact(file.length() - begin)];
            file.seek(begin);
            file.readFully(since);
            return new String(since, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        changes.close();
    }
}
