package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.Node;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What all members say of themselves, asked at about the same time. */
record Standing(NodeAnswers<Status> answers) {

    /**
     * What a member says of itself. Ids are unsigned.
     *
     * @param cluster id of its cluster
     * @param id its own
     * @param leader of the member that leads as far as it knows; 0: none
     * @param term of Raft
     * @param logged the last entry of its log
     * @param applied the last entry that it has applied
     */
    record Status(long cluster, long id, long leader, long term, long logged, long applied) {

        static Status of(JsonNode answer) {
            JsonNode header = answer.path("header");
            return new Status(
                    unsigned(header.path("cluster_id")),
                    unsigned(header.path("member_id")),
                    unsigned(answer.path("leader")),
                    unsigned(answer.path("raftTerm")),
                    unsigned(answer.path("raftIndex")),
                    unsigned(answer.path("raftAppliedIndex")));
        }

        private static long unsigned(JsonNode field) {
            return Long.parseUnsignedLong(field.asString("0"));
        }

        boolean leads() {
            return id == leader;
        }

        String describe() {
            return (leads() ? "leads" : leader == 0 ? "knows no leader" : "follows") + " in term " + term
                    + ", has applied " + applied + " of " + logged;
        }
    }

    static CompletionStage<Standing> ask(EtcdNodes etcd) {
        return NodeAnswers.ask(etcd.nodes(), node -> status(etcd, node)).thenApply(Standing::new);
    }

    /** Asks one member; empty if it does not answer within the bound. */
    static CompletableFuture<Optional<Status>> status(EtcdNodes etcd, Node node) {
        Gateway gateway = etcd.gateway();
        return gateway.call(etcd.ports().direct(node), "/v3/maintenance/status", gateway.object(), EtcdNodes.QUESTION)
                .thenApply(answer -> Optional.of(Status.of(answer)))
                .exceptionally(noAnswer -> Optional.empty());
    }

    /** Whether a member can read what the cluster has agreed upon, for which it has to have all of it. */
    static CompletionStage<Polling.Seen> healthy(Layout layout, Node node) {
        return layout.gateway()
                .page(layout.at(node).client(), "/health", EtcdNodes.QUESTION)
                .thenApply(page -> new Polling.Seen(page.contains("\"true\""), page.strip()))
                .exceptionally(failure -> new Polling.Seen(
                        false, String.valueOf(Failures.cause(failure).getMessage())));
    }

    /** The one node that says that it leads; empty if none or several do. */
    Optional<Node> leader() {
        return answers.only(Status::leads);
    }

    /** The last entry that each member has applied. */
    Map<Node, Long> progress() {
        return answers.where(any -> true).stream()
                .collect(Collectors.toMap(
                        node -> node, node -> answers.of(node).orElseThrow().applied()));
    }

    /**
     * Asks whether all follow one leader and have applied all of the longest log, as it was when it was asked first: in a cluster
     * that others use too it is longer by now.
     */
    static CompletionStage<Convergence> converged(EtcdNodes etcd) {
        return ask(etcd)
                .thenCompose(
                        before -> ask(etcd).thenApply(now -> new Convergence(now.hasAllOf(before), now.describe())));
    }

    private boolean hasAllOf(Standing before) {
        long longest = before.answers.given().mapToLong(Status::logged).max().orElse(0);
        long leaders = answers.given().map(Status::leader).distinct().count();
        return leader().isPresent() && leaders == 1 && answers.all(status -> status.applied() >= longest);
    }

    /** {@code n1 leads in term 2, has applied 9 of 9; n2 does not answer}. */
    String describe() {
        return answers.describe(Status::describe);
    }
}
