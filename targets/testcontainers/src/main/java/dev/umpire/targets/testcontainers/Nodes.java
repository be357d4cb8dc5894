package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Node;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What all nodes say of themselves, asked at about the same time. */
record Nodes(NodeAnswers<Standing> answers) {

    static CompletionStage<Nodes> ask(Machines machines) {
        return NodeAnswers.ask(
                        machines.nodes(), node -> machines.ask(node, connection -> Optional.of(connection.standing())))
                .thenApply(Nodes::new);
    }

    /** The one node that says that it leads; empty if none or several do. */
    Optional<Node> leader() {
        return answers.only(Standing::leads);
    }

    /** How far each node is that answers. */
    Map<Node, Long> progress() {
        return answers.where(any -> true).stream()
                .collect(Collectors.toMap(
                        node -> node, node -> answers.of(node).orElseThrow().position()));
    }

    /** Whether all answer, and have as much as the one that leads. */
    boolean converged() {
        Optional<Standing> leading = leader().flatMap(answers::of);
        return leading.isPresent()
                && answers.all(node -> node.position() == leading.get().position());
    }

    /** {@code n1 leads at 812; n2 follows at 700; n3 does not answer}. */
    String describe() {
        return answers.describe(Standing::describe);
    }
}
