package dev.umpire.targets.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How far the replicas are, asked of each node at about the same time, and so that no answer repairs anything. */
final class Replicas {

    private Replicas() {}

    /** Whether each node reaches all replicas: it is asked for what is nowhere, which all must say. */
    static CompletionStage<Convergence> reached(List<Node> nodes, Coordinators coordinators, Tables tables) {
        return answeredByAll(nodes, coordinators, tables.nothing());
    }

    /** The same where tables have just been made, of both of them: a node may hear of the later one first. */
    static CompletionStage<Convergence> ready(List<Node> nodes, Coordinators coordinators, Tables tables) {
        return reached(nodes, coordinators, tables)
                .thenCompose(first -> first.reached()
                        ? answeredByAll(nodes, coordinators, tables.noRegister())
                        : CompletableFuture.completedStage(first));
    }

    private static CompletionStage<Convergence> answeredByAll(
            List<Node> nodes, Coordinators coordinators, String question) {
        return ask(nodes, coordinators, question, DefaultConsistencyLevel.ALL)
                .thenApply(answers -> new Convergence(
                        answers.all(rows -> true), answers.describe(nothing -> "reaches all replicas")));
    }

    /** Whether each node has the same itself. */
    static CompletionStage<Convergence> alike(List<Node> nodes, Coordinators coordinators, Tables tables) {
        return ask(nodes, coordinators, tables.allRows(), DefaultConsistencyLevel.ONE)
                .thenApply(Replicas::compared);
    }

    private static CompletionStage<NodeAnswers<Set<String>>> ask(
            List<Node> nodes, Coordinators coordinators, String question, ConsistencyLevel consistency) {
        SimpleStatement asked = SimpleStatement.newInstance(question)
                .setConsistencyLevel(consistency)
                .setPageSize(Integer.MAX_VALUE);
        return NodeAnswers.ask(nodes, node -> coordinators.ask(node, asked).handle(Replicas::rows));
    }

    private static Optional<Set<String>> rows(AsyncResultSet answer, Throwable failure) {
        if (failure != null) {
            return Optional.empty();
        }
        Set<String> rows = new HashSet<>();
        for (Row row : answer.currentPage()) {
            rows.add(row.getFormattedContents());
        }
        return Optional.of(rows);
    }

    private static Convergence compared(NodeAnswers<Set<String>> answers) {
        Set<String> shared = new HashSet<>(answers.given().findFirst().orElseGet(Set::of));
        answers.given().forEach(shared::retainAll);
        boolean alike = answers.all(shared::equals);
        return new Convergence(
                alike,
                answers.describe(rows -> "has " + rows.size() + " rows, " + (rows.size() - shared.size())
                        + " of them not as the others"));
    }
}
