package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all nodes say of themselves, asked at about the same time.
 *
 * @param byNode in the order of the nodes; empty for one that does not answer
 */
public record NodeAnswers<T>(Map<Node, Optional<T>> byNode) {

    public NodeAnswers {
        byNode = Collections.unmodifiableMap(new LinkedHashMap<>(byNode));
    }

    /** Asks all of them; completes when the last has answered or was given up. */
    public static <T> CompletionStage<NodeAnswers<T>> ask(
            List<Node> nodes, Function<Node, CompletionStage<Optional<T>>> question) {
        Map<Node, CompletableFuture<Optional<T>>> asked = new LinkedHashMap<>();
        nodes.forEach(node -> asked.put(node, question.apply(node).toCompletableFuture()));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<Node, Optional<T>> answers = new LinkedHashMap<>();
                    asked.forEach((node, answer) -> answers.put(node, answer.join()));
                    return new NodeAnswers<>(answers);
                });
    }

    /** A question that blocks. */
    public interface Question<T> {
        /** Asks one node; an exception says that it does not answer. */
        T ask(Node node) throws Exception;
    }

    /** Asks all of them by blocking calls, off the loop; completes when the last has answered or was given up. */
    public static <T> CompletionStage<NodeAnswers<T>> ask(
            Environment environment, List<Node> nodes, Question<T> question) {
        return ask(
                nodes,
                node -> environment
                        .blocking("ask-" + node, () -> Optional.of(question.ask(node)))
                        .exceptionally(noAnswer -> Optional.empty()));
    }

    /** What one of them says; empty if it does not answer. */
    public Optional<T> of(Node node) {
        return byNode.getOrDefault(node, Optional.empty());
    }

    /** The answers that there are, in the order of the nodes. */
    public Stream<T> given() {
        return byNode.values().stream().flatMap(Optional::stream);
    }

    /** Those who answer so, in the order of the nodes. */
    public List<Node> where(Predicate<T> answer) {
        return byNode.entrySet().stream()
                .filter(one -> one.getValue().filter(answer).isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The one node that answers so; empty if none or several do. */
    public Optional<Node> only(Predicate<T> answer) {
        List<Node> found = where(answer);
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Whether all of them answer, and so. */
    public boolean all(Predicate<T> answer) {
        return byNode.values().stream().allMatch(one -> one.filter(answer).isPresent());
    }

    /** {@code n1 leads; n2 follows; n3 does not answer}. */
    public String describe(Function<T, String> words) {
        return byNode.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue().map(words).orElse("does not answer"))
                .collect(Collectors.joining("; "));
    }
}
