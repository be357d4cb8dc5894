package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.Node;
import java.util.concurrent.CompletionStage;

/** What all nodes of a Galera cluster say of their membership. */
final class GaleraStanding {

    private GaleraStanding() {}

    static CompletionStage<NodeAnswers<Membership>> ask(MariadbNodes mariadb) {
        return NodeAnswers.ask(mariadb.nodes(), node -> mariadb.questions().ask(node, Membership::of));
    }

    /** Whether all nodes are members of one cluster and take statements. */
    static CompletionStage<Polling.Seen> ready(MariadbNodes mariadb) {
        int nodes = mariadb.nodes().size();
        return ask(mariadb)
                .thenApply(now ->
                        new Polling.Seen(now.all(one -> one.readyAmong(nodes)), now.describe(Membership::describe)));
    }

    /** Whether one node takes statements. */
    static CompletionStage<Polling.Seen> ready(MariadbNodes mariadb, Node node) {
        return mariadb.questions()
                .ask(node, Membership::of)
                .thenApply(now -> new Polling.Seen(
                        now.filter(Membership::ready).isPresent(),
                        now.map(Membership::describe).orElse("does not answer")));
    }

    /**
     * Whether one node takes statements as a member of the same group as all others that take some. One that went on after a
     * pause believes for a moment that it is still a member of the group that it was stopped in.
     */
    static CompletionStage<Polling.Seen> joined(MariadbNodes mariadb, Node node) {
        return ask(mariadb)
                .thenApply(now -> new Polling.Seen(
                        now.of(node).filter(Membership::ready).isPresent()
                                && now.given()
                                                .filter(Membership::ready)
                                                .map(Membership::view)
                                                .distinct()
                                                .count()
                                        == 1,
                        now.describe(Membership::describe)));
    }

    /** Asks whether every node has applied everything: each waits until it has what was committed, and all are equally far. */
    static CompletionStage<Convergence> converged(MariadbNodes mariadb) {
        int nodes = mariadb.nodes().size();
        return NodeAnswers.ask(mariadb.nodes(), node -> mariadb.questions().ask(node, Membership::afterAll))
                .thenApply(now -> new Convergence(
                        now.all(one -> one.readyAmong(nodes))
                                && now.given()
                                                .mapToLong(Membership::committed)
                                                .distinct()
                                                .count()
                                        == 1,
                        now.describe(Membership::describe)));
    }
}
