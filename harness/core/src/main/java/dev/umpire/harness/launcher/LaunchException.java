package dev.umpire.harness.launcher;

import java.io.IOException;

/** A process that could not be started, or ended when it should run; the message says what a user can do. */
public final class LaunchException extends IOException {
    private static final long serialVersionUID = 1;

    public LaunchException(String message) {
        super(message);
    }

    public LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
