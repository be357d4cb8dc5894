package dev.umpire.harness.environment;

import java.util.concurrent.CompletionException;

/** What a stage that failed says. */
public final class Failures {

    private Failures() {}

    /** Why it failed, without the {@link CompletionException} in which a stage that follows another hands it on. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
