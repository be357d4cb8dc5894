package dev.umpire.checkers.knossos.child;

import dev.umpire.checkers.knossos.analysis.Finding;
import dev.umpire.checkers.knossos.analysis.Task;
import dev.umpire.checkers.knossos.bridge.Bridge;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The process in which Knossos runs: requests come in on standard input, one line each, findings go out on standard output.
 *
 * <p>It always ends by {@link Runtime#halt}, as neither Knossos' nor Clojure's threads are daemons.
 */
public final class ChildMain {
    /** How long a search may go on after its competitor has answered, before the process counts as spent. */
    private static final long LINGER_MILLIS = 300;

    private final PrintStream results;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    private ChildMain(PrintStream results) {
        this.results = results;
    }

    /** Runs until standard input ends. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream results = stream(FileDescriptor.out);
        // whatever Knossos or a log prints is no result
        System.setOut(stream(FileDescriptor.err));
        new ChildMain(results).run();
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private void run() throws InterruptedException {
        Thread listener = new Thread(this::listen, "requests");
        listener.setDaemon(true);
        listener.start();
        Bridge bridge;
        try {
            bridge = Bridge.load();
        } catch (IllegalStateException e) {
            end(Wire.state(Wire.FAILED).with("text", String.valueOf(e.getMessage())));
            return;
        }
        tell(Wire.state(Wire.READY));
        while (true) {
            obey(bridge, requests.take());
        }
    }

    private void listen() {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                requests.add(line);
            }
        } catch (IOException e) {
            // as if it had ended
        }
        Runtime.getRuntime().halt(0);
    }

    private void obey(Bridge bridge, String line) throws InterruptedException {
        Task task;
        int from;
        try {
            Request request = Request.read(Wire.read(line).orElseThrow(IllegalArgumentException::new));
            from = request.from();
            task = request.task();
        } catch (IOException | RuntimeException e) {
            end(Wire.state(Wire.FAILED).with("text", e.toString()));
            return;
        }
        tell(Wire.state(Wire.READ));
        long left = task.limitMillis();
        for (int object = from; object < task.objects().count() && left > 0; object++) {
            left -= analyse(bridge, task, object, task.shareMillis(object, left))
                    .millis();
        }
        tell(Wire.state(Wire.DONE));
    }

    /** Analyses an object in a thread of its own, and ends the process if that does not end in time, or leaves another. */
    private Finding analyse(Bridge bridge, Task task, int object, long limitMillis) throws InterruptedException {
        ThreadGroup group = new ThreadGroup("object " + object);
        AtomicReference<@Nullable Finding> found = new AtomicReference<>();
        // no limit of Knossos' own: under one, an exception in a search is swallowed
        Thread search = new Thread(
                group, () -> found.set(bridge.analyse(task, object, OptionalLong.empty())), "analysis " + object);
        search.setDaemon(true);
        search.start();
        search.join(limitMillis);
        Finding finding = Optional.ofNullable(found.get())
                .orElse(Finding.unknown(object, "Knossos gave no answer within " + limitMillis + " ms", limitMillis));
        tell(Wire.of(finding));
        if (search.isAlive() || lingers(group)) {
            end(Wire.state(Wire.SPENT));
        }
        return finding;
    }

    /** Whether a search goes on: Knossos starts them as plain threads, which Java calls Thread-1, Thread-2, ... */
    private static boolean lingers(ThreadGroup group) throws InterruptedException {
        Thread[] threads = new Thread[group.activeCount() + 16];
        int count = group.enumerate(threads);
        long left = LINGER_MILLIS;
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().startsWith("Thread-")) {
                threads[i].join(Math.max(1, left));
                if (threads[i].isAlive()) {
                    return true;
                }
                left /= 2;
            }
        }
        return false;
    }

    private void tell(Wire line) {
        results.println(line.line());
        results.flush();
    }

    private void end(Wire last) {
        tell(last);
        Runtime.getRuntime().halt(0);
    }
}
