package dev.umpire.harness.environment;

import java.util.concurrent.CancellationException;

/** The thread of the loop was interrupted while it waited. Its interrupt flag is clear, so that it can still tidy up. */
public final class LoopInterruptedException extends CancellationException {
    private static final long serialVersionUID = 1;

    /** @param message what was interrupted */
    public LoopInterruptedException(String message) {
        super(message);
    }
}
