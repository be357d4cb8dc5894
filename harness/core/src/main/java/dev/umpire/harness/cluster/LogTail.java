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
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What is written to a log from now on: the witness of a probe, where a server says nothing else of what has arrived. Used by
 * one thread, which it blocks.
 */
public final class LogTail implements AutoCloseable {

    /** Of {@code [2026-01-31 23:59:59,999] }, and of {@code 2026-01-31T23:59:59.999}. */
    private static final Pattern TIME = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d)[.,](\\d{3})");

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

    /**
     * The time that stands last before these words, as lines of a log begin with one: in milliseconds, and in the zone of this
     * machine. Empty: the words are not there within the bound, or no time before them.
     */
    Optional<Instant> timeOf(String words, long boundNanos) throws IOException, InterruptedException {
        return says(words, boundNanos) ? timeOf(words, written()) : Optional.empty();
    }

    static Optional<Instant> timeOf(String words, String lines) {
        return TIME.matcher(lines.substring(0, lines.indexOf(words)))
                .results()
                .reduce((earlier, later) -> later)
                .map(time -> LocalDateTime.parse(time.group(1) + "T" + time.group(2) + "." + time.group(3))
                        .atZone(ZoneId.systemDefault())
                        .toInstant());
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
