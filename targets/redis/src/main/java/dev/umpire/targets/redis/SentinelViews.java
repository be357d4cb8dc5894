package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Node;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What all sentinels say, asked at about the same time.
 *
 * @param answers by the node beside which a sentinel runs
 */
record SentinelViews(NodeAnswers<SentinelView> answers) {

    /** The node that most of so many sentinels name; empty if they name several, or too few of them answer. */
    static Optional<Node> majority(Collection<Node> named, int sentinels) {
        return named.stream()
                .filter(node -> 2 * named.stream().filter(node::equals).count() > sentinels)
                .findFirst();
    }

    /** Whom most of them name. */
    Optional<Node> named() {
        List<Node> named =
                answers.given().flatMap(view -> view.primary().stream()).toList();
        return majority(named, answers.byNode().size());
    }

    /** Whether all of them answer, name this node in the same epoch, miss nothing of it, and know all others. */
    boolean agreeOn(Node primary) {
        int others = answers.byNode().size() - 1;
        return answers.given().map(SentinelView::epoch).distinct().count() == 1
                && allSettledOn(primary)
                && answers.all(view -> view.replicas() == others && view.others() == others);
    }

    /** Whether all of them answer, name this node, miss nothing of it and change nothing. */
    boolean allSettledOn(Node primary) {
        return answers.all(view -> view.primary().equals(Optional.of(primary)) && view.settled());
    }

    /** {@code sentinels: n1 names n2 in epoch 1, knows 2 replicas and 2 sentinels; n2 …}. */
    String describe() {
        return "sentinels: " + answers.describe(SentinelView::describe);
    }
}
