package dev.umpire.harness.launcher;

import dev.umpire.harness.environment.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The process of a node, or its container: may be killed, paused and started again. Calls block, one at a time, but for those
 * that say so: they are asked on the loop, which must not stand still while a container comes or goes.
 *
 * <p>A container takes signals from the engine: SIGSTOP and SIGCONT are its freezer, and one that is started again is a new
 * container with the same folder.
 */
public final class NodeProcess {

    private static final Duration ASKED_AGAIN = Duration.ofSeconds(4);
    private static final int LOG_TAIL_BYTES = 8192;
    private static final int LOG_TAIL_LINES = 10;

    private final LocalLauncher launcher;
    private final boolean conversing;
    private volatile Command command;
    private volatile @Nullable Started started;
    private volatile boolean startedAgain;

    /** @param conversing whether the harness talks to it */
    NodeProcess(LocalLauncher launcher, Command command, boolean conversing) {
        this.launcher = launcher;
        this.conversing = conversing;
        this.command = command;
    }

    synchronized void start() throws IOException {
        Started now = launcher.launch(this, command, conversing);
        started = now;
        now.awaitRunning();
    }

    /** What people call it. */
    public String name() {
        return command.name();
    }

    /**
     * What it reads, of one that {@link Launcher#converse} started; of each start its own.
     *
     * @throws IllegalStateException if it was killed
     */
    public synchronized OutputStream input() {
        return talking().getOutputStream();
    }

    /**
     * What it writes, as {@link #input}.
     *
     * @throws IllegalStateException if it was killed
     */
    public synchronized InputStream output() {
        return talking().getInputStream();
    }

    private Process talking() {
        Started now = started;
        if (now == null || !conversing) {
            throw new IllegalStateException(
                    name() + ": found no process that was started to be talked to, expected one");
        }
        return now.process();
    }

    /** How it was started, or will be the next time. Does not block. */
    public Command command() {
        return command;
    }

    /** Its pid on this machine; empty if it was killed, and of a container that ended at once. Does not block. */
    public Optional<Long> pid() {
        return Optional.ofNullable(started).flatMap(Started::pid);
    }

    /** Whether it runs or is paused. Does not block. */
    public boolean alive() {
        Started now = started;
        return now != null && now.process().isAlive();
    }

    /**
     * Ends it with SIGKILL, paused or not, and waits until it is gone. Does nothing if it is.
     *
     * @throws LaunchException if it is still there after 5 seconds, a container after 10
     */
    public synchronized void kill() throws IOException {
        Started now = started;
        if (now == null) {
            return;
        }
        Optional<String> left = now.kill();
        if (left.isPresent()) {
            throw new LaunchException(name() + ": " + left.get());
        }
        launcher.forget(now.entry());
        started = null;
    }

    /** Awaits its end, which must come within the bound and with exit code 0. */
    void complete(Duration bound) throws IOException {
        Process process;
        synchronized (this) {
            Started now = started;
            if (now == null) {
                throw failure("did not run to its end");
            }
            process = now.process();
        }
        if (!ended(process, bound)) {
            throw failure("did not end within " + bound.toMillis() + " ms");
        }
        if (process.exitValue() != 0) {
            throw failure("failed");
        }
    }

    /**
     * Asks it by a signal to end, and kills it where it has not within the bound. For a store that gives something back to
     * the machine when it ends, which SIGKILL would leave behind. Asks again now and then: Redis refuses to end while it writes
     * its first append-only file.
     *
     * @param signal its name: {@code TERM}, {@code QUIT}
     */
    public synchronized void end(String signal, Duration bound) throws IOException {
        Started now = started;
        if (now != null && now.process().isAlive() && now.seenRunning()) {
            try {
                now.resume(); // one that is paused would not hear it
                Duration left = bound;
                do {
                    now.signal(signal);
                    Duration turn = left.compareTo(ASKED_AGAIN) < 0 ? left : ASKED_AGAIN;
                    left = ended(now.process(), turn) ? Duration.ZERO : left.minus(turn);
                } while (left.compareTo(Duration.ZERO) > 0);
            } catch (LaunchException endedMeanwhile) {
                kill();
            }
        }
        kill();
    }

    private boolean ended(Process process, Duration bound) throws LaunchException {
        try {
            return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(name() + ": interrupted while its end was awaited", e);
        }
    }

    /** Starts it again with the same command, after killing what is left of it. */
    public synchronized void restart() throws IOException {
        restart(command);
    }

    /** Starts it again with another command, after killing what is left of it. */
    public synchronized void restart(Command next) throws IOException {
        startedAgain = true;
        try {
            kill();
            command = next;
            start();
        } finally {
            startedAgain = false;
        }
    }

    /**
     * Sends it a signal, for a store that takes orders by one. A paused process hears it when it goes on.
     *
     * @param name of the signal: {@code HUP}
     */
    public void signal(String name) throws IOException {
        running().signal(name);
    }

    /** Makes it and its descendants stand still, with SIGSTOP. */
    public void pause() throws IOException {
        running().pause();
    }

    /** Lets it and its descendants go on, with SIGCONT. */
    public void resume() throws IOException {
        running().resume();
    }

    private synchronized Started running() throws LaunchException {
        Started now = started;
        if (now == null || !now.seenRunning()) {
            throw new LaunchException(name() + ": found no running process, expected one");
        }
        return now;
    }

    /**
     * What to throw when it does not do what it was started for: the sentence, how it ended, the last lines of its log. Waits for
     * nothing but the log's file.
     */
    public LaunchException failure(String sentence) {
        Started now = started;
        String state = now == null
                ? "it was killed"
                : now.process().isAlive()
                        ? "it runs"
                        : "it ended with exit code " + now.process().exitValue();
        return new LaunchException(name() + ": " + sentence + "; " + state + "; the last lines of " + command.log()
                + ":\n  " + String.join("\n  ", lastLogLines()));
    }

    /** What is awaited of it; where that does not come in time, its {@link #failure} says why. */
    public <T> CompletionStage<T> explaining(CompletionStage<T> awaited) {
        return awaited.exceptionallyCompose(failure -> {
            Throwable cause = Failures.cause(failure);
            return CompletableFuture.failedStage(
                    cause instanceof TimeoutException ? failure(String.valueOf(cause.getMessage())) : cause);
        });
    }

    /**
     * Refuses to await anything more of it where it has ended: it will never be ready, and its log says why. Does not block.
     *
     * @throws CompletionException with its {@link #failure}, if it has ended and is not being started again just now
     */
    public void requireAlive() {
        // in this order: where the start is over, what was started is alive
        if (!startedAgain && !alive()) {
            throw new CompletionException(failure("did not start"));
        }
    }

    /** The last lines of its log, 10 at most; none if it cannot be read. */
    public List<String> lastLogLines() {
        Path log = command.log();
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - LOG_TAIL_BYTES);
            byte[] tail = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(tail);
            List<String> lines =
                    new String(tail, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
