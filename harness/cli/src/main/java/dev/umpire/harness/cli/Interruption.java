package dev.umpire.harness.cli;

import dev.umpire.harness.environment.ShutdownHook;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while many runs are made: the thread that makes them is interrupted, and the program waits until what was found is
 * told and kept.
 */
final class Interruption implements AutoCloseable {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Thread thread = Thread.currentThread();
    private final ShutdownHook hook;
    private boolean listening = true;

    private Interruption() {
        hook = new ShutdownHook(LIMIT_NANOS, this::interrupt);
    }

    /** Interrupts the calling thread when the program is told to end, until {@link #over}. */
    static Interruption ofThisThread() {
        return new Interruption();
    }

    private synchronized void interrupt() {
        if (listening) {
            thread.interrupt();
        }
    }

    /** The runs are made: what is written from now on is not interrupted. */
    synchronized void over() {
        listening = false;
        boolean unused = Thread.interrupted();
    }

    /** Everything is told: the program may end. */
    @Override
    public void close() {
        hook.close();
    }
}
