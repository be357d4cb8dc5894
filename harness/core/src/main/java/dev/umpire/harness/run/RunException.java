package dev.umpire.harness.run;

/** A run that could not be carried out to its end: the cluster did not start, the disk is full, it was interrupted. */
public final class RunException extends Exception {
    private static final long serialVersionUID = 1;

    public RunException(String message) {
        super(message);
    }

    public RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
