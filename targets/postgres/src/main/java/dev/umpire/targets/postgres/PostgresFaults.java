package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.cluster.ProcessFaults;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.external.ClientProbes;
import dev.umpire.harness.launcher.NodeClock;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The hand of an operator who promotes a standby and brings nodes back. Used on the loop. */
final class PostgresFaults extends ProcessFaults {

    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long PROMOTION_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long REPLAY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Layout layout;
    private final Environment environment;
    private final Leadership leadership;
    private final Timelines timelines;

    /** Old primaries that live on. */
    private final Set<Node> deposed;

    /** Nodes that were not there when another was promoted: their log may have gone another way since. */
    private final Set<Node> missed = ConcurrentHashMap.newKeySet();

    private final Set<Node> paused = ConcurrentHashMap.newKeySet();
    private final Probes clients;

    PostgresFaults(Layout layout, Leadership leadership, Timelines timelines, Set<Node> deposed) {
        super(layout.environment(), layout.links(), new PostgresProbes(layout));
        this.layout = layout;
        this.environment = layout.environment();
        this.leadership = leadership;
        this.timelines = timelines;
        this.deposed = deposed;
        this.clients = new ClientProbes(environment, layout.ports(), Layout.question());
    }

    @Override
    protected Optional<Probes> clientProbes() {
        return Optional.of(clients);
    }

    @Override
    protected NodeProcess process(Node node) {
        return layout.at(node).process();
    }

    @Override
    protected Optional<NodeClock> clock(Node node) {
        return layout.clocks().clock(node);
    }

    @Override
    protected Optional<SmallDisk> disk(Node node) {
        return layout.data().disk(node);
    }

    /** Told by SIGTERM, a server waits until its clients go. */
    @Override
    protected String stopSignal() {
        return "INT";
    }

    @Override
    public CompletionStage<Void> crash(Node node) {
        return at(node, () -> {
            paused.remove(node);
            process(node).kill();
        });
    }

    /**
     * {@inheritDoc}
     *
     * <p>Waits until it answers, since replaying its log may take longer than a probe waits; not for ever, as it may need what
     * another fault keeps from it.
     */
    @Override
    public CompletionStage<Void> restart(Node node) {
        return at(node, () -> {
                    if (!ended() && (missed.contains(node) || !process(node).alive())) {
                        startAgain(node);
                    }
                })
                .thenCompose(started -> listens(node, REPLAY_NANOS).exceptionally(late -> null));
    }

    @Override
    public CompletionStage<Void> pause(Node node) {
        return at(node, () -> {
            paused.add(node);
            process(node).pause();
        });
    }

    /**
     * {@inheritDoc}
     *
     * <p>One that stood still during a failover is stopped and brought onto the new timeline instead.
     */
    @Override
    public CompletionStage<Void> resume(Node node) {
        return at(node, () -> {
            paused.remove(node);
            if (!ended() && missed.contains(node)) {
                startAgain(node);
            } else {
                process(node).resume();
            }
        });
    }

    @Override
    protected void startAgain(Node node) throws IOException {
        process(node).kill();
        Node leader = leadership.now();
        if (missed.contains(node)) {
            BaseBackup.rejoin(layout, node, leader);
            missed.remove(node);
            deposed.remove(node);
        } else {
            layout.writeSettings(node, Optional.of(leader), true);
            Layout.writeRole(layout.at(node).data(), !node.equals(leader));
        }
        process(node).restart(layout.command(node));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The primary is isolated; then it is ended, where it shall be fenced, and the standby that has most of the log is
     * promoted.
     */
    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return whileIsolated(
                leader, () -> andAlways(succession(leader), () -> follow(leader, Optional.of(leadership.now()))));
    }

    private CompletionStage<Node> succession(Node leader) {
        CompletionStage<Void> fenced =
                layout.settings().fenced() ? crash(leader) : CompletableFuture.completedStage(null);
        return fenced.thenCompose(ended -> follow(leader, Optional.empty()))
                .thenCompose(silent -> successor(leader))
                .thenCompose(successor -> promote(leader, successor));
    }

    /**
     * The standby that has most of the log. So many must answer that one of them has every commit that standbys confirmed:
     * any {@code standbys - confirming + 1} do, as they cannot all be among those that a commit did not wait for.
     */
    private CompletionStage<Node> successor(Node leader) {
        int confirming = layout.settings().confirming();
        int expected = confirming == 0 ? 1 : Math.max(1, layout.nodes().size() - confirming);
        List<Node> found = new ArrayList<>();
        return Polling.until(
                        environment,
                        "all standbys to answer, at least " + expected,
                        ELECTION_NANOS,
                        () -> Standing.ask(layout.postgres()).thenApply(standing -> {
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
        NodeAnswers<Replication> answers = standing.answers();
        return answers.where(answer -> !answer.leads() && answer.timeline() == Replication.NONE).stream()
                .filter(node -> !node.equals(leader) && !missed.contains(node))
                .sorted(Comparator.comparingLong((Node node) ->
                                answers.of(node).map(Replication::received).orElse(0L))
                        .reversed())
                .toList();
    }

    private CompletionStage<Node> promote(Node old, Node successor) {
        timelines.another();
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
                .map(node -> at(node, () -> {
                            boolean runs = !ended() && process(node).alive();
                            if (!missed.contains(node)) {
                                layout.writeSettings(node, leader, true);
                                if (runs) {
                                    process(node).signal("HUP"); // to read its settings again
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
}
