package dev.umpire.targets.redis;

import dev.umpire.harness.target.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * What all nodes say of themselves, asked at about the same time.
 *
 * @param answers by node, in the order of the nodes; empty for one that does not answer
 */
record Standing(Map<Node, Optional<Replication>> answers) {

    static CompletionStage<Standing> ask(Layout layout) {
        Map<Node, CompletableFuture<Optional<Replication>>> asked = new LinkedHashMap<>();
        for (Node node : layout.nodes()) {
            asked.put(node, layout.replication(node).toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<Node, Optional<Replication>> answers = new LinkedHashMap<>();
                    asked.forEach((node, answer) -> answers.put(node, answer.join()));
                    return new Standing(answers);
                });
    }

    /** The one node that says that it leads; empty if none or several do. */
    Optional<Node> leader() {
        List<Node> leaders = answers.entrySet().stream()
                .filter(answer -> answer.getValue().filter(Replication::leads).isPresent())
                .map(Map.Entry::getKey)
                .toList();
        return leaders.size() == 1 ? Optional.of(leaders.get(0)) : Optional.empty();
    }

    /** Whether there is one leader and every other node is connected to it and has applied all of its stream. */
    boolean converged() {
        Optional<Replication> leading = leader().flatMap(leader -> answers.getOrDefault(leader, Optional.empty()));
        if (leading.isEmpty() || leading.get().onlineReplicas() != answers.size() - 1) {
            return false;
        }
        Replication leads = leading.get();
        return answers.values().stream()
                .allMatch(answer -> answer.filter(node ->
                                node.linkUp() && node.id().equals(leads.id()) && node.offset() == leads.offset())
                        .isPresent());
    }

    /** {@code n1 leads at 812; n2 follows at 700, link down; n3 does not answer}. */
    String describe() {
        return answers.entrySet().stream()
                .map(answer -> answer.getKey() + " "
                        + answer.getValue().map(Replication::describe).orElse("does not answer"))
                .collect(Collectors.joining("; "));
    }
}
