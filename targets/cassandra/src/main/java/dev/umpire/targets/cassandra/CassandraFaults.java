package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.Lever;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.SlowServerFaults;
import dev.umpire.harness.environment.Bound;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The levers that all clusters of processes have; nobody leads. Used on the loop. */
final class CassandraFaults extends SlowServerFaults {

    /** What a start takes where others keep the machine busy. */
    static final long TO_LISTEN_NANOS = TimeUnit.SECONDS.toNanos(150);

    /** The others miss a node that was killed after 10 to 20 s, and need some seconds to agree that it is out. */
    static final long TO_LEAVE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Of one removal, which is done when every other node has said that it has what it is to have. */
    static final long REMOVAL_NANOS = TimeUnit.SECONDS.toNanos(30);

    static final long COPY_NANOS = TimeUnit.SECONDS.toNanos(40);

    /** A start, and what it takes to be given a copy of all ranges. */
    static final long TO_JOIN_NANOS = TO_LISTEN_NANOS + COPY_NANOS;

    /** What a leave or a join may take, as a last step may begin when the time is nearly up, and a little for a kill. */
    static final Duration TO_CHANGE = Duration.ofNanos(
                    Math.max(2 * TO_LEAVE_NANOS + REMOVAL_NANOS, TO_JOIN_NANOS + COPY_NANOS))
            .plusSeconds(10);

    /** Between two questions who is one of the ring, which changes in seconds. */
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Layout layout;
    private final Environment environment;
    private final Ring ring;
    private final Map<Node, Command> usual;
    private final MembershipChanges changes = new MembershipChanges();

    CassandraFaults(
            Layout layout,
            Coordinators coordinators,
            Map<Node, NodeProcess> processes,
            NodeClocks clocks,
            DataFolders data) {
        super(
                layout.environment(),
                layout.links(),
                new CassandraProbes(layout),
                processes,
                clocks,
                data,
                TO_LISTEN_NANOS);
        this.layout = layout;
        this.environment = layout.environment();
        this.ring = new Ring(layout, coordinators);
        this.usual = processes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, one -> one.getValue().command()));
    }

    /** {@inheritDoc} A change of membership, where there may be one, is not given up while it is under way. */
    @Override
    public Duration toPull() {
        return layout.operators().isEmpty() ? super.toPull() : TO_CHANGE;
    }

    @Override
    protected boolean awaitsJoin(Node node) {
        return changes.awaitsJoin(node);
    }

    @Override
    protected void startAgain(Node node) throws IOException {
        process(node).restart(usual(node));
    }

    private Command usual(Node node) {
        return node.in(usual);
    }

    @Override
    public CompletionStage<Observation> isMember(Node node) {
        return ring.told(node).thenApply(Ring.Told::observed);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The process is killed first: its machine is lost, and an operator takes it out as soon as the others miss it.
     */
    @Override
    public CompletionStage<Void> leave(Node node) {
        return changes.leave(
                node,
                () -> at(node, () -> {
                            process(node).kill();
                            changes.tell(node, JoinStep.Disk.GIVEN_UP);
                        })
                        .thenCompose(dead -> until(
                                node,
                                "one of the others to take out " + node,
                                TO_LEAVE_NANOS,
                                told -> told.listed() ? removed(told) : isOut(told)))
                        .thenCompose(removed -> until(
                                node, "the others to go on without " + node, TO_LEAVE_NANOS, CassandraFaults::isOut)));
    }

    private static CompletionStage<Polling.Seen> isOut(Ring.Told told) {
        return CompletableFuture.completedStage(new Polling.Seen(told.isOut(), told.describe()));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Completes when the others list the node and it serves clients. May be called again where it failed: what was reached is
     * kept.
     */
    @Override
    public CompletionStage<Void> join(Node node) {
        return changes.join(
                node,
                () -> process(node)
                        .explaining(
                                until(node, node + " to join the ring", TO_JOIN_NANOS, told -> stepped(node, told))));
    }

    /** @param step what is done by what the others say, and what is seen then */
    private CompletionStage<Void> until(
            Node node, String awaited, long boundNanos, Function<Ring.Told, CompletionStage<Polling.Seen>> step) {
        return until(
                awaited, boundNanos, () -> ring.told(node).thenCompose(step).thenCompose(this::withPause));
    }

    private CompletionStage<Polling.Seen> withPause(Polling.Seen seen) {
        return seen.reached()
                ? CompletableFuture.completedStage(seen)
                : environment.after(BETWEEN_NANOS).thenApply(later -> seen);
    }

    private CompletionStage<Polling.Seen> removed(Ring.Told told) {
        Node by = told.lister().orElseThrow();
        UUID hostId = told.hostId().orElseThrow();
        CompletionStage<Polling.Seen> asked = environment.blocking("removal by " + by, () -> {
            Nodetool.removeNode(layout.operatorPort(by), hostId);
            return new Polling.Seen(true, by + " has taken out " + told.node());
        });
        return Bound.within(environment, REMOVAL_NANOS, "the removal of " + told.node() + " by " + by, asked)
                .exceptionally(failure -> new Polling.Seen(
                        false,
                        told.describe() + "; " + by + ": "
                                + Failures.cause(failure).getMessage()));
    }

    private CompletionStage<Polling.Seen> stepped(Node node, Ring.Told told) {
        NodeProcess process = process(node);
        JoinStep step = JoinStep.next(told.listed(), told.isOut(), changes.disk(node), process.alive());
        Polling.Seen notYet = new Polling.Seen(false, told.describe() + ", and the next step was " + step);
        return switch (step) {
            case REMOVE -> removed(told).thenApply(seen -> new Polling.Seen(false, seen.lastSeen()));
            case BEGIN -> started(node, notYet, () -> beginEmpty(node));
            case START -> started(node, notYet, () -> process.restart(usual(node)));
            case AWAIT -> awaited(told, notYet);
        };
    }

    private CompletionStage<Polling.Seen> awaited(Ring.Told told, Polling.Seen notYet) {
        if (told.isIn()) {
            // it has its copy, and is started as any other from now on, also where it answers later than this join
            // lasts
            changes.tell(told.node(), JoinStep.Disk.LEFT);
            return answers(told.node())
                    .thenApply(seen -> new Polling.Seen(seen.positive(), told.describe() + ", " + seen.evidence()));
        }
        return told.isOut() ? toldToJoin(told) : CompletableFuture.completedStage(notYet);
    }

    private CompletionStage<Polling.Seen> toldToJoin(Ring.Told told) {
        Node node = told.node();
        CompletionStage<String> asked = environment.blocking(
                "join of " + node,
                () -> Nodetool.join(layout.operatorPort(node), Tables.KEYSPACE)
                        ? node + " says that it has joined"
                        : node + " does not know the tables yet");
        return Bound.within(environment, COPY_NANOS, "the copy for " + node, asked)
                .exceptionally(failure -> {
                    Throwable cause = Failures.cause(failure);
                    if (!(cause instanceof IOException) || cause instanceof Nodetool.Refused) {
                        changes.tell(node, JoinStep.Disk.SPOILED);
                    }
                    return node + ": " + cause.getMessage();
                })
                .thenApply(said -> new Polling.Seen(false, told.describe() + "; " + said));
    }

    private CompletionStage<Polling.Seen> started(Node node, Polling.Seen seen, Lever start) {
        return environment.blocking("launcher-" + node, () -> {
            if (!ended()) {
                start.pull();
            }
            return seen;
        });
    }

    private void beginEmpty(Node node) throws IOException {
        NodeProcess process = process(node);
        process.kill();
        layout.prepareToJoin(node, process.command().folder());
        changes.tell(node, JoinStep.Disk.EMPTIED);
        process.restart(Layout.apart(usual(node)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Kills the node first: one whose commit log could not go on serves nobody any more and need not have ended.
     */
    @Override
    public CompletionStage<Void> makeRoom(Node node) {
        return crash(node).thenCompose(dead -> super.makeRoom(node));
    }

    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return CompletableFuture.failedStage(new UnsupportedOperationException(
                "found a wish for a failover, which a store without a leader has not"));
    }
}
