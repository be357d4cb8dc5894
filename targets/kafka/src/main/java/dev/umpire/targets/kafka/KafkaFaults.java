package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.Elections;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.SlowServerFaults;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The levers that all clusters of processes have; who leads is left to the controllers. Used on the loop. */
final class KafkaFaults extends SlowServerFaults {

    private static final Duration BESIDE = Duration.ofSeconds(5);
    private static final long TO_LISTEN_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** Some times as long as a replica may lag before it is no longer in sync. */
    private static final long SUCCESSOR_NANOS = TimeUnit.SECONDS.toNanos(12);

    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** After it was known that others are in sync, which may take as long as for a failover. */
    private static final long LEFT_NANOS = TimeUnit.SECONDS.toNanos(15);
    /** A start on a busy machine, and copies. */
    private static final long JOINED_NANOS = TO_LISTEN_NANOS + TimeUnit.SECONDS.toNanos(15);
    /** Of one step of either, which is still heard: half a dozen orders of 3 s each, and questions of half a second. */
    private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Layout layout;
    private final Membership membership;

    KafkaFaults(Layout layout, Map<Node, NodeProcess> processes, NodeClocks clocks, DataFolders data) {
        super(layout.environment(), layout.links(), new KafkaProbes(layout), processes, clocks, data, TO_LISTEN_NANOS);
        this.layout = layout;
        this.membership = new Membership(layout, this::ended, this::joins);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A join takes the longest, with the step that is under way when its time is up. To leave takes less: others in sync, the
     * end of the process, and the same steps.
     */
    @Override
    public Duration toPull() {
        return Duration.ofNanos(JOINED_NANOS + STEP_NANOS).plus(BESIDE);
    }

    @Override
    public CompletionStage<Observation> isMember(Node node) {
        return layout.environment().blocking("probe-" + node, () -> membership.has(node));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The process is killed first: its machine is lost, and an operator takes it out. A leader whose followers are not in sync is
     * waited for, as nobody could take its place.
     */
    @Override
    public CompletionStage<Void> leave(Node node) {
        return succeeded(node)
                .thenCompose(ready -> {
                    membership.loses(node);
                    leaves(node);
                    return crash(node);
                })
                .thenCompose(dead -> agreed(node, "without", LEFT_NANOS, () -> membership.takenOut(node)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Completes when its copies are in sync. May be called again, where it failed and while it is under way: what was reached
     * is kept, and steps of one node are taken one after another, each by what is found then.
     */
    @Override
    public CompletionStage<Void> join(Node node) {
        return process(node)
                .explaining(agreed(node, "with", JOINED_NANOS, () -> membership.counted(node, process(node))));
    }

    private CompletionStage<Void> agreed(Node node, String how, long boundNanos, Callable<Polling.Seen> step) {
        return untilDone(node, "the cluster to go on " + how + " " + node, boundNanos, step);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Kills the broker first: one that could not write still answers for a moment, and then ends, with room or without.
     */
    @Override
    public CompletionStage<Void> makeRoom(Node node) {
        return crash(node).thenCompose(dead -> super.makeRoom(node));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The leader of the first partition is cut off from the others for about a second, while clients still reach it, and
     * then killed; the controllers elect another, where they may.
     */
    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return succeeded(leader)
                .thenCompose(ready -> whileIsolated(
                        leader,
                        () -> crash(leader)
                                .thenCompose(dead -> Elections.another(
                                        layout.environment(),
                                        leader,
                                        ELECTION_NANOS,
                                        () -> Standing.ask(layout.kafka()),
                                        Standing::leader,
                                        Standing::describe))));
    }

    /** Completes when every partition has another replica that leads it or may. */
    private CompletionStage<Void> succeeded(Node leader) {
        if (layout.settings().unclean()) {
            return CompletableFuture.completedFuture(null);
        }
        int id = layout.id(leader);
        return Polling.until(
                layout.environment(),
                "another replica in sync with " + leader,
                SUCCESSOR_NANOS,
                () -> Standing.ask(layout.kafka())
                        .thenApply(
                                standing -> new Polling.Seen(standing.goesOnWithout(leader, id), standing.describe())));
    }
}
