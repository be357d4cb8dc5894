package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.target.Node;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The nodes of a cluster as they can be asked, whoever runs them.
 *
 * @param questions connects as the harness does, by a way that no fault strikes
 * @param sessions connects as sessions do
 * @param ports where the nodes are reached
 */
record PostgresNodes(
        Environment environment,
        PostgresSettings settings,
        List<Node> nodes,
        SqlNodes questions,
        SqlNodes sessions,
        NodePorts ports) {

    PostgresNodes {
        nodes = List.copyOf(nodes);
    }

    /** As {@link SqlNodes#ask}. */
    <T> CompletionStage<Optional<T>> ask(Node node, SqlNodes.Question<T> question) {
        return questions.ask(node, question);
    }
}
