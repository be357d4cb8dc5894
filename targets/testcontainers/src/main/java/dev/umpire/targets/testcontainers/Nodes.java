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

    /** Whether all answer. */
    boolean allAnswer() {
        return answers.all(any -> true);
    }

    /** Whether one leads, or all do, in a store without a leader. */
    boolean led() {
        return leader().isPresent() || answers.all(Standing::leads);
    }

    /** How far each node is that answers. */
    Map<Node, Long> progress() {
        return answers.where(any -> true).stream()
                .collect(Collectors.toMap(
                        node -> node, node -> answers.of(node).orElseThrow().position()));
    }

    /** Whether all answer and have as much as each other, and so as much as the one that leads. */
    boolean converged() {
        return allAnswer()
                && led()
                && answers.given().map(Standing::position).distinct().count() == 1;
    }

    /** {@code n1 leads at 812; n2 follows at 700; n3 does not answer}. */
    String describe() {
        return answers.describe(Standing::describe);
    }
}
