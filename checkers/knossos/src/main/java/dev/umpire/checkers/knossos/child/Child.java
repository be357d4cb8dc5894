package dev.umpire.checkers.knossos.child;

import dev.umpire.checkers.words.Visible;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The other process, seen from ours. */
final class Child {
    private static final long SHORTEST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 20;
    private static final int QUOTED_CHARACTERS = 600;

    private final Process process;
    private final Deque<String> lines = new ArrayDeque<>();
    private final StringBuilder incomplete = new StringBuilder();
    private final StringBuilder errors = new StringBuilder();

    private Child(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param heapMegabytes 0: what the JVM takes by itself, a quarter of the machine's memory
     * @param classPath in which Clojure and Knossos are; ours is added
     */
    static Child start(long heapMegabytes, List<String> classPath) throws IOException {
        List<String> path = new ArrayList<>(List.of(System.getProperty("java.class.path")));
        path.addAll(classPath);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (heapMegabytes > 0) {
            command.add("-Xmx" + heapMegabytes + "m");
        }
        command.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                String.join(File.pathSeparator, path),
                ChildMain.class.getName()));
        return new Child(new ProcessBuilder(command).start());
    }

    void ask(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /**
     * Waits for the next line that is one of ours.
     *
     * @return empty if the process ended, or no line came in time
     */
    Optional<Wire> next(long limitMillis) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        long pause = SHORTEST_PAUSE_MILLIS;
        while (true) {
            boolean ended = !process.isAlive();
            drain();
            while (!lines.isEmpty()) {
                Optional<Wire> line = Wire.read(lines.remove());
                if (line.isPresent()) {
                    return line;
                }
            }
            if (ended || System.nanoTime() - deadline > 0) {
                return Optional.empty();
            }
            // polled, as a thread that reads could not be ended while the pipe is open
            process.waitFor(pause, TimeUnit.MILLISECONDS);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause + 1);
        }
    }

    private void drain() throws IOException {
        incomplete.append(available(process.getInputStream()));
        for (int end = incomplete.indexOf("\n"); end >= 0; end = incomplete.indexOf("\n")) {
            lines.add(incomplete.substring(0, end));
            incomplete.delete(0, end + 1);
        }
        errors.append(available(process.getErrorStream()));
        if (errors.length() > 2 * QUOTED_CHARACTERS) {
            errors.delete(0, errors.length() - QUOTED_CHARACTERS);
        }
    }

    /** What can be read without waiting. A character of several bytes that is cut here only spoils a text. */
    private static String available(InputStream in) throws IOException {
        int available = in.available();
        return available == 0 ? "" : new String(in.readNBytes(available), StandardCharsets.UTF_8);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended and what it wrote to standard error, as a clause. */
    String ending() {
        String how = process.isAlive() ? "did not answer and was killed" : "ended with code " + process.exitValue();
        String text = errors.toString().strip();
        return "the process of Knossos " + how
                + (text.isEmpty() ? "" : ", after it wrote: " + Visible.text(lastLines(text)));
    }

    private static String lastLines(String text) {
        String last = text.substring(Math.max(0, text.length() - QUOTED_CHARACTERS));
        int interesting = last.indexOf("Exception");
        int out = last.indexOf("OutOfMemoryError");
        int from = Math.max(0, last.lastIndexOf('\n', Math.max(interesting, out)) + 1);
        if (interesting < 0 && out < 0) {
            return last.substring(last.lastIndexOf('\n') + 1);
        }
        int end = last.indexOf('\n', from);
        return last.substring(from, end < 0 ? last.length() : end).strip();
    }

    void kill() {
        process.destroyForcibly();
        boolean interrupted = false;
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
