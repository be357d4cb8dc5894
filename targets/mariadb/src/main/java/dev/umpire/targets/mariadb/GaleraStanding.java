package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What all nodes of a Galera cluster say of their membership. */
final class GaleraStanding {

    private GaleraStanding() {}

    static CompletionStage<NodeAnswers<Membership>> ask(MariadbNodes mariadb) {
        return ask(mariadb, mariadb.nodes());
    }

    private static CompletionStage<NodeAnswers<Membership>> ask(MariadbNodes mariadb, List<Node> some) {
        return NodeAnswers.ask(some, node -> mariadb.questions().ask(node, Membership::of));
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

    /** Whether all others are members of one cluster without a node, and take statements. */
    static CompletionStage<Polling.Seen> without(MariadbNodes mariadb, Node node) {
        List<Node> others = others(mariadb, node);
        return ask(mariadb, others)
                .thenApply(now -> new Polling.Seen(
                        now.all(one -> one.readyAmong(others.size())), now.describe(Membership::describe)));
    }

    /**
     * Whether those who have a quorum count a node among themselves, as all others of them say; not known where they differ.
     *
     * @return fails with an {@link IllegalStateException} if none says so
     */
    static CompletionStage<Observation> counted(MariadbNodes mariadb, Node node) {
        int port = mariadb.ports().direct(node);
        return ask(mariadb, others(mariadb, node)).thenApply(now -> counted(now, node, port));
    }

    /** @param port at which the node is asked */
    static Observation counted(NodeAnswers<Membership> others, Node node, int port) {
        List<Node> counting = others.where(one -> one.hasQuorum() && one.counts(port));
        List<Node> without = others.where(one -> one.hasQuorum() && !one.counts(port));
        if (counting.isEmpty() && without.isEmpty()) {
            throw new IllegalStateException(
                    "no node that has a quorum tells who is a member: " + others.describe(Membership::describe));
        }
        boolean counts = without.isEmpty();
        Node other = (counts ? counting : without).get(0);
        int size = others.of(other).orElseThrow().size();
        String told = other + (counts ? " counts " : " does not count ") + node + " among " + size + " members";
        return counting.isEmpty() || counts
                ? new Observation(counts, told)
                : Observation.unknown(told + ", " + counting.get(0) + " does");
    }

    private static List<Node> others(MariadbNodes mariadb, Node node) {
        return mariadb.nodes().stream().filter(other -> !other.equals(node)).toList();
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
