package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Node;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What all nodes say of their replication, asked at about the same time. */
record Standing(NodeAnswers<Replication> answers) {

    static CompletionStage<Standing> ask(Layout layout) {
        return NodeAnswers.ask(layout.nodes(), layout::replication).thenApply(Standing::new);
    }

    /** The one node that says that it leads; empty if none or several do. */
    Optional<Node> leader() {
        return answers.only(Replication::leads);
    }

    /** How much of the stream a node has made or applied; -1 if it does not answer. */
    long offset(Node node) {
        return answers.of(node).map(Replication::offset).orElse(-1L);
    }

    /** How much of the leader's stream each node has; who follows another stream is left out. */
    Map<Node, Long> progress() {
        Optional<String> stream = leader().flatMap(answers::of).map(Replication::id);
        return answers.where(node -> stream.equals(Optional.of(node.id()))).stream()
                .collect(Collectors.toMap(node -> node, this::offset));
    }

    /** Whether there is one leader and every other node is connected to it and has applied all of its stream. */
    boolean converged() {
        Optional<Replication> leading = leader().flatMap(answers::of);
        if (leading.isEmpty()
                || leading.get().onlineReplicas() != answers.byNode().size() - 1) {
            return false;
        }
        Replication leads = leading.get();
        return answers.all(node -> node.linkUp() && node.id().equals(leads.id()) && node.offset() == leads.offset());
    }

    /** {@code n1 leads at 812; n2 follows at 700, link down; n3 does not answer}. */
    String describe() {
        return answers.describe(Replication::describe);
    }
}
