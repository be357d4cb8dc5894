package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.StartContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Starts a cluster, again if somebody took a port just before a node did, and leaves nothing behind where it fails. */
public final class StartAttempts {

    private static final int MOST = 3;

    private final Environment environment;
    private final int most;
    private final String portTaken;
    private final Supplier<Holdings> empty;
    private final Function<Holdings, CompletionStage<Cluster>> attempt;
    private final CompletableFuture<Cluster> result = new CompletableFuture<>();

    private StartAttempts(
            Environment environment,
            int most,
            String portTaken,
            Supplier<Holdings> empty,
            Function<Holdings, CompletionStage<Cluster>> attempt) {
        this.environment = environment;
        this.most = most;
        this.portTaken = portTaken;
        this.empty = empty;
        this.attempt = attempt;
    }

    /**
     * Tries to start a cluster, three times at most.
     *
     * @param portTaken what the message of a failure contains where another try may help
     * @param empty what a try holds at its begin; it is given back when the try fails
     * @param attempt starts a cluster with what it takes; completes when it is ready
     */
    public static CompletionStage<Cluster> start(
            Environment environment,
            String portTaken,
            Supplier<Holdings> empty,
            Function<Holdings, CompletionStage<Cluster>> attempt) {
        return begun(new StartAttempts(environment, MOST, portTaken, empty, attempt));
    }

    private static CompletionStage<Cluster> begun(StartAttempts attempts) {
        attempts.attempt(1);
        return attempts.result;
    }

    /** Tries it once: what it holds is given back all the same when the try fails. */
    public static CompletionStage<Cluster> once(
            StartContext context, Function<Holdings, CompletionStage<Cluster>> attempt) {
        return begun(new StartAttempts(context.environment(), 1, "", () -> new Holdings(context.launcher()), attempt));
    }

    /** The same for processes that are killed in the end. */
    public static CompletionStage<Cluster> start(
            StartContext context, String portTaken, Function<Holdings, CompletionStage<Cluster>> attempt) {
        return start(context.environment(), portTaken, () -> new Holdings(context.launcher()), attempt);
    }

    private void attempt(int number) {
        Holdings holdings = empty.get();
        attempt.apply(holdings).whenComplete((cluster, failure) -> {
            if (failure == null) {
                result.complete(cluster);
                return;
            }
            Throwable cause = Failures.cause(failure);
            holdings.giveBack(environment).whenComplete((given, trouble) -> {
                if (trouble != null) {
                    cause.addSuppressed(trouble);
                }
                if (number < most && String.valueOf(cause.getMessage()).contains(portTaken)) {
                    attempt(number + 1);
                } else {
                    result.completeExceptionally(cause);
                }
            });
        });
    }
}
