package dev.umpire.harness.environment;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a stage that failed says. */
public final class Failures {

    private Failures() {}

    /** Why it failed, without the {@link CompletionException} in which a stage that follows another hands it on. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Of a question that was asked of a loop from outside: what was asked, and why there is no answer. */
    static IllegalStateException asked(String what, Exception failure) {
        Throwable wrapped =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        Throwable cause = cause(wrapped);
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new IllegalStateException(message.startsWith(what + ": ") ? message : what + ": " + message, cause);
    }
}
