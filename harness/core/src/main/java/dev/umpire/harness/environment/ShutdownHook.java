package dev.umpire.harness.environment;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a run tidy up when the program is told to end (Ctrl-C, SIGTERM) before the program ends. */
public final class ShutdownHook implements AutoCloseable {

    private final CountDownLatch tidy = new CountDownLatch(1);
    private final Thread hook;

    /**
     * From now on the end of the program first runs a task on the loop and then waits until this is closed.
     *
     * @param limitNanos waits no longer than this
     */
    public ShutdownHook(Environment environment, long limitNanos, Runnable onLoop) {
        this(limitNanos, () -> environment.execute(onLoop));
    }

    /**
     * From now on the end of the program first runs a task, on a thread of its own, and then waits until this is closed.
     *
     * @param limitNanos waits no longer than this
     */
    public ShutdownHook(long limitNanos, Runnable told) {
        hook = new Thread(
                () -> {
                    told.run();
                    try {
                        if (!tidy.await(limitNanos, TimeUnit.NANOSECONDS)) {
                            return; // the launcher's journal lets the next run undo what is left
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "umpire-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Everything is tidy: the program may end. */
    @Override
    public void close() {
        tidy.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            return; // the hook runs now, and the latch has let it go
        }
    }
}
