package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.Node;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What all nodes say of their replication, asked at about the same time. */
record Standing(NodeAnswers<Replication> answers) {

    static CompletionStage<Standing> ask(RedisNodes redis) {
        return NodeAnswers.ask(redis.nodes(), redis::replication).thenApply(Standing::new);
    }

    /** The one node that says that it leads; empty if none or several do. */
    Optional<Node> leader() {
        return answers.only(Replication::leads);
    }

    /** How much of the stream a node has made or applied; -1 if it does not answer. */
    long offset(Node node) {
        return answers.of(node).map(Replication::offset).orElse(-1L);
    }

    /**
     * How much of the leader's stream each node has; who follows another stream is left out.
     *
     * @param leader who leads; empty: nobody knows
     */
    Map<Node, Long> progress(Optional<Node> leader) {
        Optional<String> stream = leader.flatMap(answers::of).map(Replication::id);
        return answers.where(node -> stream.equals(Optional.of(node.id()))).stream()
                .collect(Collectors.toMap(node -> node, this::offset));
    }

    /**
     * Asks whether there is one leader and every other node is connected to it and has applied all of its stream, as it was
     * when it was asked first: in a cluster that others use too it is longer by now.
     */
    static CompletionStage<Convergence> converged(RedisNodes redis) {
        return ask(redis)
                .thenCompose(
                        before -> ask(redis).thenApply(now -> new Convergence(now.hasAllOf(before), now.describe())));
    }

    private boolean hasAllOf(Standing before) {
        Optional<Replication> led = before.leader().flatMap(before.answers::of);
        Optional<Replication> leading = leader().flatMap(answers::of);
        if (led.isEmpty()
                || leading.isEmpty()
                || leading.get().onlineReplicas() < answers.byNode().size() - 1) {
            return false;
        }
        Replication leads = led.get();
        return answers.all(node -> node.linkUp() && node.id().equals(leads.id()) && node.offset() >= leads.offset());
    }

    /** {@code n1 leads at 812; n2 follows at 700, link down; n3 does not answer}. */
    String describe() {
        return answers.describe(Replication::describe);
    }
}
