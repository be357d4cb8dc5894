package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What all nodes say of their replication, asked at about the same time. */
record Standing(NodeAnswers<Replication> answers) {

    /** As long as a message may take to standbys that are well. */
    private static final long ON_ITS_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    static CompletionStage<Standing> ask(PostgresNodes postgres) {
        return NodeAnswers.ask(postgres.nodes(), node -> postgres.ask(node, Replication::of))
                .thenApply(Standing::new);
    }

    /**
     * The node that takes writes, on the newest timeline: a promotion begins a timeline, so that an old primary which lives
     * on is told from its successor. Empty if none does, or several on one timeline.
     */
    Optional<Node> leader() {
        List<Node> leaders = answers.where(Replication::leads).stream()
                .sorted(Comparator.comparingLong(this::timeline).reversed())
                .toList();
        boolean one =
                leaders.size() == 1 || (leaders.size() > 1 && timeline(leaders.get(0)) > timeline(leaders.get(1)));
        return one ? Optional.of(leaders.get(0)) : Optional.empty();
    }

    private long timeline(Node node) {
        return answers.of(node).map(Replication::timeline).orElse(0L);
    }

    /**
     * Asks whether there is one leader and every other node follows its timeline and has replayed all of its log. What is
     * asked for is a message that the leader writes into the log first, as the log's very end need not be a record.
     */
    static CompletionStage<Convergence> converged(PostgresNodes postgres) {
        return ask(postgres).thenCompose(before -> {
            Optional<Node> leader = before.leader();
            if (leader.isEmpty()) {
                return CompletableFuture.completedFuture(new Convergence(false, before.describe()));
            }
            return postgres.ask(leader.get(), Replication::writeMessage)
                    .thenCompose(place -> place.isPresent()
                            ? arrived(postgres, leader.get(), place.get())
                            : ask(postgres).thenApply(now -> new Convergence(false, now.describe())));
        });
    }

    /** A message is on its way for a while; who wrote another one each time that he asks would never hear that it arrived. */
    private static CompletionStage<Convergence> arrived(PostgresNodes postgres, Node leader, long place) {
        return Polling.within(
                        postgres.environment(),
                        ON_ITS_WAY_NANOS,
                        () -> ask(postgres)
                                .thenApply(now -> new Polling.Seen(now.allFollow(leader, place), now.describe())))
                .thenApply(seen -> new Convergence(seen.reached(), seen.lastSeen()));
    }

    /**
     * How much of the leader's log can be read at each node that follows its timeline; of the leader itself, as far as a message
     * that it writes first.
     */
    static CompletionStage<Map<Node, Long>> progress(PostgresNodes postgres) {
        return ask(postgres).thenCompose(before -> {
            Optional<Node> leader = before.leader();
            if (leader.isEmpty()) {
                return CompletableFuture.completedFuture(Map.of());
            }
            return postgres.ask(leader.get(), Replication::writeMessage)
                    .thenCompose(place -> ask(postgres).thenApply(now -> now.progress(leader.get(), place)));
        });
    }

    private Map<Node, Long> progress(Node leader, Optional<Long> written) {
        long timeline = timeline(leader);
        Map<Node, Long> progress = new TreeMap<>();
        answers.where(node -> !node.leads() && node.timeline() == timeline)
                .forEach(node ->
                        progress.put(node, answers.of(node).orElseThrow().replayed()));
        written.ifPresent(place -> progress.put(leader, place));
        return progress;
    }

    private boolean allFollow(Node leader, long place) {
        long timeline = timeline(leader);
        List<Node> following =
                answers.where(node -> !node.leads() && node.timeline() == timeline && node.replayed() >= place);
        return leader().equals(Optional.of(leader))
                && following.size() == answers.byNode().size() - 1;
    }

    /** {@code n1 leads timeline 1 at 0/3000148; n2 follows ...; n3 does not answer}. */
    String describe() {
        return answers.describe(Replication::describe);
    }
}
