package dev.umpire.targets.postgres;

import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.Node;
import java.util.Comparator;
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
            asked.put(node, layout.ask(node, Replication::of).toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<Node, Optional<Replication>> answers = new LinkedHashMap<>();
                    asked.forEach((node, answer) -> answers.put(node, answer.join()));
                    return new Standing(answers);
                });
    }

    Optional<Replication> of(Node node) {
        return answers.getOrDefault(node, Optional.empty());
    }

    /**
     * The node that takes writes, on the newest timeline: a promotion begins a timeline, so that an old primary which lives
     * on is told from its successor. Empty if none does, or several on one timeline.
     */
    Optional<Node> leader() {
        List<Node> leaders = answers.entrySet().stream()
                .filter(answer -> answer.getValue().filter(Replication::leads).isPresent())
                .sorted(Comparator.comparingLong((Map.Entry<Node, Optional<Replication>> answer) ->
                                answer.getValue().map(Replication::timeline).orElse(0L))
                        .reversed())
                .map(Map.Entry::getKey)
                .toList();
        boolean one =
                leaders.size() == 1 || (leaders.size() > 1 && timeline(leaders.get(0)) > timeline(leaders.get(1)));
        return one ? Optional.of(leaders.get(0)) : Optional.empty();
    }

    private long timeline(Node node) {
        return of(node).map(Replication::timeline).orElse(0L);
    }

    /**
     * Asks whether there is one leader and every other node follows its timeline and has replayed all of its log. What is
     * asked for is a message that the leader writes into the log first, as the log's very end need not be a record.
     */
    static CompletionStage<Convergence> converged(Layout layout) {
        return ask(layout).thenCompose(before -> {
            Optional<Node> leader = before.leader();
            if (leader.isEmpty()) {
                return CompletableFuture.completedFuture(new Convergence(false, before.describe()));
            }
            return layout.ask(leader.get(), Replication::writeMessage)
                    .thenCompose(place -> ask(layout)
                            .thenApply(now -> new Convergence(
                                    place.isPresent() && now.allFollow(leader.get(), place.get()), now.describe())));
        });
    }

    private boolean allFollow(Node leader, long place) {
        long timeline = timeline(leader);
        return leader().equals(Optional.of(leader))
                && answers.entrySet().stream()
                        .filter(answer -> !answer.getKey().equals(leader))
                        .allMatch(answer -> answer.getValue()
                                .filter(node ->
                                        !node.leads() && node.timeline() == timeline && node.replayed() >= place)
                                .isPresent());
    }

    /** {@code n1 leads timeline 1 at 0/3000148; n2 follows ...; n3 does not answer}. */
    String describe() {
        return answers.entrySet().stream()
                .map(answer -> answer.getKey() + " "
                        + answer.getValue().map(Replication::describe).orElse("does not answer"))
                .collect(Collectors.joining("; "));
    }
}
