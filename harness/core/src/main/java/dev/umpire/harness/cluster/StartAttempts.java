package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.target.Cluster;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Starts a cluster, again if somebody took a port just before a node did, and leaves nothing behind where it fails. */
public final class StartAttempts {

    private static final int MOST = 3;

    private StartAttempts() {}

    /** One try to start a cluster. */
    public interface Attempt {

        /** Starts it; completes when it is ready. */
        CompletionStage<Cluster> run();

        /** Undoes all that was started, after {@link #run} failed. Blocks. */
        void undo() throws IOException;
    }

    /**
     * Tries to start a cluster, three times at most.
     *
     * @param portTaken what the message of a failure contains where another try may help
     */
    public static CompletionStage<Cluster> start(
            Environment environment, String portTaken, Supplier<? extends Attempt> attempts) {
        CompletableFuture<Cluster> result = new CompletableFuture<>();
        attempt(environment, portTaken, attempts, 1, result);
        return result;
    }

    private static void attempt(
            Environment environment,
            String portTaken,
            Supplier<? extends Attempt> attempts,
            int number,
            CompletableFuture<Cluster> result) {
        Attempt attempt = attempts.get();
        attempt.run().whenComplete((cluster, failure) -> {
            if (failure == null) {
                result.complete(cluster);
                return;
            }
            Throwable cause = Failures.cause(failure);
            environment
                    .blocking("launcher", () -> {
                        attempt.undo();
                        return true;
                    })
                    .whenComplete((undone, trouble) -> {
                        if (trouble != null) {
                            cause.addSuppressed(trouble);
                        }
                        if (number < MOST && String.valueOf(cause.getMessage()).contains(portTaken)) {
                            attempt(environment, portTaken, attempts, number + 1, result);
                        } else {
                            result.completeExceptionally(cause);
                        }
                    });
        });
    }
}
