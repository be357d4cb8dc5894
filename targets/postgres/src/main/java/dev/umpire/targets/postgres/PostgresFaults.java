package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Signals, the links, and the hand of an operator who promotes a standby and brings nodes back. Used on the loop. */
final class PostgresFaults implements FaultControl {

    private static final long LEAST_ISOLATION_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long MOST_ISOLATION_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long PROMOTION_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Layout layout;
    private final Environment environment;
    private final Leadership leadership;
    private final PostgresProbes probes;
    private final KeyedRandom.Stream isolation;

    /** Old primaries that live on. */
    private final Set<Node> deposed;

    /** Nodes that were not there when another was promoted: their log may have gone another way since. */
    private final Set<Node> missed = ConcurrentHashMap.newKeySet();

    private final Set<Node> paused = ConcurrentHashMap.newKeySet();
    private long failovers;
    private volatile boolean ended;

    PostgresFaults(Layout layout, Leadership leadership, Set<Node> deposed) {
        this.layout = layout;
        this.environment = layout.environment();
        this.leadership = leadership;
        this.deposed = deposed;
        this.probes = new PostgresProbes(layout);
        this.isolation = environment.random().stream("postgres/isolation");
    }

    /** From now on nothing is started any more. */
    void end() {
        ended = true;
    }

    @Override
    public CompletionStage<Void> crash(Node node) {
        return process(node, () -> {
            paused.remove(node);
            layout.at(node).process().kill();
        });
    }

    @Override
    public CompletionStage<Void> restart(Node node) {
        return process(node, () -> {
            if (!ended && (missed.contains(node) || !layout.at(node).process().alive())) {
                startAgain(node);
            }
        });
    }

    @Override
    public CompletionStage<Void> pause(Node node) {
        return process(node, () -> {
            paused.add(node);
            layout.at(node).process().pause();
        });
    }

    /**
     * {@inheritDoc}
     *
     * <p>One that stood still during a failover is stopped and brought onto the new timeline instead.
     */
    @Override
    public CompletionStage<Void> resume(Node node) {
        return process(node, () -> {
            paused.remove(node);
            if (!ended && missed.contains(node)) {
                startAgain(node);
            } else {
                layout.at(node).process().resume();
            }
        });
    }

    private void startAgain(Node node) throws IOException {
        layout.at(node).process().kill();
        Node leader = leadership.now();
        if (missed.contains(node)) {
            BaseBackup.rejoin(layout, node, leader);
            missed.remove(node);
            deposed.remove(node);
        } else {
            layout.writeSettings(node, Optional.of(leader), true);
            Layout.writeRole(layout.at(node).data(), !node.equals(leader));
        }
        layout.at(node).process().restart(layout.command(node));
    }

    @Override
    public CompletionStage<Void> cut(Set<Link> links) {
        return layout.links().cut(environment, links);
    }

    @Override
    public CompletionStage<Void> mend(Set<Link> links) {
        return layout.links().mend(environment, links);
    }

    /**
     * {@inheritDoc}
     *
     * <p>As it goes wrong in practice: the primary is first cut off from the others for about a second, while clients still
     * reach it; then it is ended, where it shall be fenced, and the standby that has most of the log is promoted.
     */
    @Override
    public CompletionStage<Node> failOver(Node leader) {
        CompletableFuture<Node> result = new CompletableFuture<>();
        layout.links()
                .isolate(environment, leader)
                .thenCompose(isolated ->
                        elapsed(isolation.between(LEAST_ISOLATION_NANOS, MOST_ISOLATION_NANOS, failovers++)))
                .thenCompose(now -> layout.settings().fenced() ? crash(leader) : elapsed(0))
                .thenCompose(fenced -> follow(leader, Optional.empty()))
                .thenCompose(silent -> successor(leader))
                .thenCompose(successor -> promote(leader, successor))
                .whenComplete((successor, failure) -> follow(leader, Optional.of(leadership.now()))
                        .whenComplete((told, trouble) -> layout.links()
                                .readmit(environment, leader)
                                .whenComplete((mended, worse) -> {
                                    if (failure != null) {
                                        result.completeExceptionally(failure);
                                    } else if (trouble != null) {
                                        result.completeExceptionally(trouble);
                                    } else if (worse != null) {
                                        result.completeExceptionally(worse);
                                    } else {
                                        result.complete(successor);
                                    }
                                })));
        return result;
    }

    /**
     * The standby that has most of the log. So many must answer that one of them has every commit that standbys confirmed:
     * any {@code standbys - confirming + 1} do, as they cannot all be among those that a commit did not wait for.
     */
    private CompletionStage<Node> successor(Node leader) {
        int confirming = layout.settings().confirming();
        int expected = confirming == 0 ? 1 : layout.nodes().size() - confirming;
        List<Node> found = new ArrayList<>();
        return Polling.until(
                        environment,
                        "all standbys to answer, at least " + expected,
                        ELECTION_NANOS,
                        () -> Standing.ask(layout).thenApply(standing -> {
                            List<Node> candidates = candidates(standing, leader);
                            found.clear();
                            found.addAll(candidates);
                            return new Polling.Seen(
                                    candidates.size() == layout.nodes().size() - 1, standing.describe());
                        }))
                .handle((all, tooFew) -> {
                    if (found.size() < expected) {
                        throw new CompletionException(tooFew);
                    }
                    layout.nodes().stream()
                            .filter(node -> !node.equals(leader) && !found.contains(node))
                            .forEach(missed::add);
                    return found.get(0);
                });
    }

    /** The standbys that answer and receive no more, the one with most of the log first. */
    private List<Node> candidates(Standing standing, Node leader) {
        return layout.nodes().stream()
                .filter(node -> !node.equals(leader) && !missed.contains(node))
                .filter(node ->
                        standing.of(node).filter(answer -> !answer.leads()).isPresent())
                .toList();
    }

    private CompletionStage<Node> promote(Node old, Node successor) {
        return layout.ask(successor, connection -> said(connection.createStatement(), "SELECT pg_promote(false)"))
                .thenCompose(said -> Polling.until(
                        environment,
                        successor + " to say that it leads",
                        PROMOTION_NANOS,
                        () -> layout.ask(successor, Replication::of)
                                .thenApply(answer -> new Polling.Seen(
                                        answer.filter(Replication::leads).isPresent(),
                                        answer.map(Replication::describe).orElse("does not answer")))))
                .thenApply(leads -> {
                    missed.add(old);
                    if (!layout.settings().fenced()) {
                        deposed.add(old);
                    }
                    leadership.pass(successor);
                    return successor;
                });
    }

    /**
     * Lets the standbys follow a leader, or nobody: what the old one has sent and is still on its way must not come to one of
     * them after another was chosen. One that did not answer then may have more of the log: it is brought onto the new
     * timeline, now if it runs, else when it is back.
     */
    private CompletionStage<Void> follow(Node old, Optional<Node> leader) {
        return CompletableFuture.allOf(layout.nodes().stream()
                .filter(node -> !node.equals(old) && !leader.equals(Optional.of(node)))
                .map(node -> process(node, () -> {
                            boolean runs = !ended && layout.at(node).process().alive();
                            if (!missed.contains(node)) {
                                layout.writeSettings(node, leader, true);
                                if (runs) {
                                    layout.at(node).process().signal("HUP"); // to read its settings again
                                }
                            } else if (leader.isPresent() && runs && !paused.contains(node)) {
                                startAgain(node);
                            }
                        })
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private static boolean said(Statement statement, String sql) throws SQLException {
        try (statement) {
            return statement.execute(sql);
        }
    }

    @Override
    public CompletionStage<Observation> answers(Node node) {
        return probes.answers(node);
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return probes.delivers(link);
    }

    private CompletionStage<Void> elapsed(long nanos) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        environment.schedule(nanos, () -> end.complete(null));
        return end;
    }

    private CompletionStage<Void> process(Node node, Lever lever) {
        return environment.blocking("launcher-" + node, () -> {
            lever.pull();
            return null;
        });
    }

    private interface Lever {
        void pull() throws IOException;
    }
}
