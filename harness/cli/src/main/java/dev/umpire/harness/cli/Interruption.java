package dev.umpire.harness.cli;

import dev.umpire.harness.environment.ShutdownHook;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while many runs are made: the thread that makes them is interrupted, or sees that it is asked to end, and the program
 * waits until what was found is told and kept.
 */
final class Interruption implements AutoCloseable {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Thread thread = Thread.currentThread();
    private final boolean interrupting;
    private final ShutdownHook hook;
    private boolean listening = true;
    private volatile boolean asked;

    private Interruption(boolean interrupting) {
        this.interrupting = interrupting;
        hook = new ShutdownHook(LIMIT_NANOS, this::interrupt);
    }

    /** Interrupts the calling thread when the program is told to end, until {@link #over}. */
    static Interruption ofThisThread() {
        return new Interruption(true);
    }

    /**
     * Interrupts nobody: for runs of real stores, which hear for themselves that the program is told to end, and would be disturbed
     * where they tidy up.
     */
    static Interruption toBeAsked() {
        return new Interruption(false);
    }

    /** Whether the program was told to end. */
    boolean isAsked() {
        return asked;
    }

    private synchronized void interrupt() {
        asked = true;
        if (listening && interrupting) {
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
