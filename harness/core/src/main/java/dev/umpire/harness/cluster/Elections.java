package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Node;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Leaders that nodes elect themselves. */
public final class Elections {
    private Elections() {}

    /**
     * Completes with the node that leads once that is another than the old leader.
     *
     * @param boundNanos within which the nodes must elect one
     * @param question what the nodes say of themselves
     * @param leader who leads by that
     * @param words what they say, for people
     */
    public static <T> CompletionStage<Node> another(
            Environment environment,
            Node old,
            long boundNanos,
            Supplier<CompletionStage<T>> question,
            Function<T, Optional<Node>> leader,
            Function<T, String> words) {
        return urged(
                environment,
                old,
                boundNanos,
                question,
                leader,
                said -> CompletableFuture.completedStage(words.apply(said)));
    }

    /**
     * The same where the nodes are urged to it as long as nobody else leads.
     *
     * @param urge what is done after what the nodes said; completes with what is seen then, for people
     */
    public static <T> CompletionStage<Node> urged(
            Environment environment,
            Node old,
            long boundNanos,
            Supplier<CompletionStage<T>> question,
            Function<T, Optional<Node>> leader,
            Function<T, CompletionStage<String>> urge) {
        CompletableFuture<Node> elected = new CompletableFuture<>();
        return Polling.until(
                        environment,
                        "another leader than " + old,
                        boundNanos,
                        () -> question.get().thenCompose(said -> {
                            Optional<Node> found = leader.apply(said).filter(node -> !node.equals(old));
                            found.ifPresent(elected::complete);
                            CompletionStage<String> seen =
                                    found.isPresent() ? CompletableFuture.completedStage("") : urge.apply(said);
                            return seen.thenApply(words -> new Polling.Seen(found.isPresent(), words));
                        }))
                .thenCompose(seen -> elected);
    }
}
