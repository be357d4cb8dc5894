package dev.umpire.targets.command;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import dev.umpire.harness.target.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Asks a node, by a client that no session uses, whether it answers. A question that has no answer yet is awaited further by whoever
 * asks next, so that a client that starts slowly need not start again as soon as its node is back. Used on the loop.
 */
final class NodeProbe {
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Environment environment;
    private final ClientProcess client;
    private final Node node;
    private Optional<CompletableFuture<Response>> pending = Optional.empty();
    private long askedNanos;

    NodeProbe(Environment environment, ClientProcess client, Node node) {
        this.environment = environment;
        this.client = client;
        this.node = node;
    }

    /** Whether it answers within a second. */
    CompletionStage<Observation> answers() {
        String asked = node + " was asked by a client of the probe and ";
        CompletableFuture<Observation> seen = new CompletableFuture<>();
        Environment.Timer late = environment.schedule(
                ANSWER_NANOS, () -> seen.complete(new Observation(false, asked + "did not answer within 1 s")));
        CompletionStage<Response> unused = question().whenComplete((response, failure) -> {
            late.cancel();
            pending = Optional.empty();
            seen.complete(
                    response instanceof Response.Ok
                            ? new Observation(true, asked + "answered")
                            : new Observation(false, asked + "did not answer: " + why(response)));
        });
        return seen;
    }

    private CompletableFuture<Response> question() {
        if (pending.isPresent() && environment.nowNanos() - askedNanos > PATIENCE_NANOS) {
            client.abandon();
            pending = Optional.empty();
        }
        if (pending.isEmpty()) {
            askedNanos = environment.nowNanos();
            pending = Optional.of(client.ping(node).toCompletableFuture());
        }
        return pending.get();
    }

    private static String why(Response response) {
        return response instanceof Response.Fail fail
                ? fail.reason()
                : response instanceof Response.Info info ? info.reason() : "";
    }
}
