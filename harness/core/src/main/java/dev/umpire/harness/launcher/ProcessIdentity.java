package dev.umpire.harness.launcher;

import dev.umpire.harness.environment.Uninterruptibly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One process and no other: a pid is used again, a pid with its start time is not while the machine is up.
 *
 * @param pid of the process
 * @param startTicks when it started, in clock ticks since the machine did: field 22 of {@code /proc/PID/stat}, proc(5)
 * @param program the file that it runs, as {@code /proc/PID/exe} names it; empty if that may not be read. Not the command
 *     line, which a process may overwrite (redis-server does)
 */
record ProcessIdentity(long pid, long startTicks, String program) {

    static final int KILL_SECONDS = 5;
    private static final int PROC_FILE_BYTES = 4096;

    /** The process that has this pid now; empty if there is none or it is dead and only awaits its parent. */
    static Optional<ProcessIdentity> of(long pid) {
        try {
            String stat = readAtOnce("/proc/" + pid + "/stat");
            String[] fromThird = fromThird(stat);
            if (fromThird[0].equals("Z") || fromThird[0].equals("X")) {
                return Optional.empty();
            }
            return Optional.of(new ProcessIdentity(pid, Long.parseLong(fromThird[22 - 3]), programOf(pid)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** The fields of a {@code /proc/PID/stat} from the third on. */
    static String[] fromThird(String stat) {
        // the name in field 2 may hold spaces and brackets; the fields after its last bracket do not
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    }

    /** Whether it is there, whatever program it runs by now: a script may have become what it starts. */
    boolean alive() {
        return of(pid).filter(now -> now.startTicks == startTicks).isPresent();
    }

    /**
     * Sends a signal to this process, and then to all that descend from it: a server that serves each connection by a process
     * of its own stands still only when all of them do.
     */
    void signalAll(String signal) throws IOException {
        signal(signal); // first, so that no more are started
        List<String> descendants = ProcessHandle.of(pid)
                .map(handle -> handle.descendants()
                        .map(descendant -> String.valueOf(descendant.pid()))
                        .toList())
                .orElse(List.of());
        if (!descendants.isEmpty()) {
            // one that ended meanwhile is as still as it can be
            shell("kill -" + signal + " " + String.join(" ", descendants) + " 2>/dev/null; true");
        }
    }

    /** Sends a signal to this process and no other. */
    void signal(String signal) throws IOException {
        if (!alive()) {
            throw new LaunchException(
                    "process " + pid + " (" + program + "): found none, expected it to take SIG" + signal);
        }
        shell("kill -" + signal + " " + pid);
    }

    static void shell(String command) throws IOException {
        // the kill that is built into the shell: a minimal system has no other
        Process shell = new ProcessBuilder("/bin/sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!Uninterruptibly.awaitEnd(shell, Duration.ofSeconds(KILL_SECONDS)) || shell.exitValue() != 0) {
            throw new LaunchException(command + " failed: " + said);
        }
    }

    /**
     * Ends this process and all that descend from it, paused or not, waits until they are gone, and removes the shared memory that
     * this one has left.
     *
     * @return whether they are gone within 5 seconds
     */
    boolean kill() throws IOException {
        Optional<Instant> started =
                alive() ? ProcessHandle.of(pid).flatMap(handle -> handle.info().startInstant()) : Optional.empty();
        boolean gone = killAll();
        if (gone && started.isPresent()) {
            SharedMemory.removeThatOf(pid, started.get());
        }
        return gone;
    }

    private boolean killAll() {
        // a descendant would go on writing into folders that are about to be deleted, or hold what a new one of this
        // needs
        List<ProcessIdentity> all =
                Stream.concat(Stream.of(this), descendantsAtRest().stream()).toList();
        for (ProcessIdentity one : all) {
            if (one.alive()) {
                ProcessHandle.of(one.pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(KILL_SECONDS);
        while (all.stream().anyMatch(ProcessIdentity::alive)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return true;
    }

    /** Those that there are when this one stands still, so that it starts no more of them. */
    private List<ProcessIdentity> descendantsAtRest() {
        try {
            signal("STOP");
        } catch (IOException gone) {
            return List.of();
        }
        return ProcessHandle.of(pid)
                .map(handle -> handle.descendants()
                        .flatMap(descendant -> of(descendant.pid()).stream())
                        .toList())
                .orElse(List.of());
    }

    /** Reads a file of {@code /proc}: some give all to the first read and nothing to the next, whatever its size. */
    static String readAtOnce(String file) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = new byte[PROC_FILE_BYTES];
            int length = in.read(bytes);
            return new String(bytes, 0, Math.max(0, length), StandardCharsets.UTF_8).strip();
        }
    }

    /** The folder in which a process works; empty if that may not be read. */
    static String folderOf(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toString();
        } catch (IOException forbidden) {
            return "";
        }
    }

    private static String programOf(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe")).toString();
        } catch (IOException forbidden) {
            return "";
        }
    }
}
