package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.NodeClock;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.ClockReading;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The levers that every cluster of processes behind {@link NodeLinks} has: SIGKILL, SIGTERM, SIGSTOP and SIGCONT, and the links. A
 * store adds what is its own: how a node comes back, and how another one comes to lead. Used on the loop.
 */
public abstract class ProcessFaults extends LinkedFaults {

    private static final long LEAST_ISOLATION_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long MOST_ISOLATION_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    /** Within which a node ends that was told to; then it is killed. Longer than Redis waits for its replicas, 10 s. */
    private static final Duration TO_END = Duration.ofSeconds(20);

    private final Environment environment;
    private final NodeLinks links;
    private final KeyedRandom.Stream isolation;
    private long isolations;
    private volatile boolean ended;

    /** Those that leave or are out, and which no join has started yet. */
    private final Set<Node> left = ConcurrentHashMap.newKeySet();

    protected ProcessFaults(Environment environment, NodeLinks links, Probes probes) {
        super(environment, links, probes);
        this.environment = environment;
        this.links = links;
        this.isolation = environment.random().stream("cluster/isolation");
    }

    /** The process of a node, which may be dead. */
    protected abstract NodeProcess process(Node node);

    /** The small disk that a node's data is on; empty, as by default: they are on the machine's own. */
    protected Optional<SmallDisk> disk(Node node) {
        return Optional.empty();
    }

    /** The wall clock that a node was started with; empty, as by default: it is the machine's own. */
    protected Optional<NodeClock> clock(Node node) {
        return Optional.empty();
    }

    /** How a node is told to end: the name of a signal. */
    protected String stopSignal() {
        return "TERM";
    }

    /** Starts a dead node again, with what its disk kept. Blocks. */
    protected void startAgain(Node node) throws IOException {
        process(node).restart();
    }

    /**
     * From now on its join alone starts a node: by any other way it would come back with the disk that it is to lose. To be told
     * by what takes a node out. On any thread.
     */
    protected final void leaves(Node node) {
        left.add(node);
    }

    /**
     * From now on a node that left is started as any other again. To be told by its join, when that is about to start it or finds
     * that it goes on with what its disk has. On any thread.
     */
    protected final void joins(Node node) {
        left.remove(node);
    }

    /** Whether its join alone may start a node: from {@link #leaves} to {@link #joins}, as by default. Asked on any thread. */
    protected boolean awaitsJoin(Node node) {
        return left.contains(node);
    }

    /** From now on nothing is started any more. */
    public final void end() {
        ended = true;
    }

    /** Whether {@link #end} was called. */
    protected final boolean ended() {
        return ended;
    }

    @Override
    public CompletionStage<Void> crash(Node node) {
        return at(node, () -> process(node).kill());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Waits until it is back. Does nothing to a node that left, which its join starts.
     */
    @Override
    public CompletionStage<Void> restart(Node node) {
        if (awaitsJoin(node)) {
            return CompletableFuture.completedStage(null);
        }
        return at(node, () -> {
                    // asked again, as it may have been told to leave meanwhile
                    if (!ended && !awaitsJoin(node) && !process(node).alive()) {
                        startAgain(node);
                    }
                })
                .thenCompose(started -> awaitsJoin(node) ? CompletableFuture.completedStage(null) : isBack(node));
    }

    /** Completes when a node that was started again is of use: at once, unless a store knows better. */
    protected CompletionStage<Void> isBack(Node node) {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> stop(Node node) {
        return at(node, () -> process(node).end(stopSignal(), TO_END));
    }

    @Override
    public CompletionStage<Void> fill(Node node) {
        return at(node, () -> smallDisk(node).fill());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Waits until it answers: it may end by what it could not write before, when there is room already.
     */
    @Override
    public CompletionStage<Void> makeRoom(Node node) {
        return at(node, () -> smallDisk(node).makeRoom())
                .thenCompose(room -> Polling.until(
                        environment,
                        node + " to answer with room on its disk",
                        TO_END.toNanos(),
                        () -> restart(node)
                                .thenCompose(runs -> answers(node))
                                .thenApply(seen -> new Polling.Seen(seen.positive() || ended, seen.evidence()))));
    }

    @Override
    public CompletionStage<Observation> hasRoom(Node node) {
        return environment.blocking(
                "probe-disk-" + node,
                () -> smallDisk(node)
                        .refusal()
                        .map(why -> new Observation(
                                false, "a page could not be written to the disk of " + node + ": " + why))
                        .orElseGet(() -> new Observation(true, "a page could be written to the disk of " + node)));
    }

    @Override
    public CompletionStage<Void> disturbClock(Node node, Duration jump, int partsPerMillion) {
        return at(node, () -> ownClock(node).disturb(jump, partsPerMillion));
    }

    @Override
    public CompletionStage<ClockReading> clockAhead(Node node) {
        return environment.blocking("probe-clock-" + node, () -> {
            NodeClock clock = ownClock(node);
            Instant asked = clock.machineTime();
            Instant said = time(node);
            Duration way = Duration.between(asked, clock.machineTime());
            Duration unit = unit(said);
            return new ClockReading(
                    Duration.between(asked.plus(way.dividedBy(2)), said.plus(unit.dividedBy(2))),
                    way.plus(unit).dividedBy(2));
        });
    }

    /** What a store leaves out of the time that it tells: logs end in milliseconds, answers in microseconds. */
    private static Duration unit(Instant said) {
        return said.equals(said.truncatedTo(ChronoUnit.MILLIS)) ? Duration.ofMillis(1) : Duration.ofNanos(1_000);
    }

    private NodeClock ownClock(Node node) {
        return clock(node)
                .orElseThrow(() -> new UnsupportedOperationException("clock: found " + node
                        + " with the clock of this machine, expected one of its own, which is there where the plan asks for"
                        + " the fault"));
    }

    private SmallDisk smallDisk(Node node) {
        return disk(node)
                .orElseThrow(() -> new UnsupportedOperationException("full-disk: found the data of " + node
                        + " on the disk of this machine, expected a small disk, which is there where the plan asks for the"
                        + " fault"));
    }

    /**
     * Completes when a node that was started again answers, for servers that take seconds until they listen; or when {@link
     * #end} was called meanwhile.
     */
    protected final CompletionStage<Void> listens(Node node, long boundNanos) {
        return process(node).explaining(Polling.until(environment, node + " to listen", boundNanos, () -> {
            if (!ended) {
                process(node).requireAlive();
            }
            return answers(node).thenApply(seen -> new Polling.Seen(seen.positive() || ended, seen.evidence()));
        }));
    }

    /** As {@link Polling#until}; and completes when {@link #end} was called meanwhile. Called on the loop. */
    protected final CompletionStage<Void> until(
            String awaited, long boundNanos, Supplier<CompletionStage<Polling.Seen>> question) {
        return Polling.until(
                environment,
                awaited,
                boundNanos,
                () -> ended ? CompletableFuture.completedStage(new Polling.Seen(true, "the end")) : question.get());
    }

    /**
     * The same of steps by which a node leaves or joins, each taken anew off the loop, after what was done to the node before.
     *
     * @param step goes one step; whether all are done then. Blocks
     */
    protected final CompletionStage<Void> untilDone(
            Node node, String awaited, long boundNanos, Callable<Polling.Seen> step) {
        return until(awaited, boundNanos, () -> environment.blocking("launcher-" + node, step));
    }

    @Override
    public CompletionStage<Void> pause(Node node) {
        return at(node, () -> process(node).pause());
    }

    @Override
    public CompletionStage<Void> resume(Node node) {
        return at(node, () -> process(node).resume());
    }

    /**
     * A failover as it goes wrong in practice: the leader is first cut off from the others for about a second, while clients
     * still reach it and it acknowledges what nobody copies. Then comes the succession, and whatever becomes of it, the
     * links carry again.
     */
    protected final CompletionStage<Node> whileIsolated(Node leader, Supplier<CompletionStage<Node>> succession) {
        CompletionStage<Node> succeeded = links.isolate(environment, leader)
                .thenCompose(isolated ->
                        environment.after(isolation.between(LEAST_ISOLATION_NANOS, MOST_ISOLATION_NANOS, isolations++)))
                .thenCompose(now -> succession.get());
        return andAlways(succeeded, () -> links.readmit(environment, leader));
    }

    /** Does something else when a stage has ended, however it ended. The first failure outranks the second. */
    protected static <T> CompletionStage<T> andAlways(CompletionStage<T> first, Supplier<CompletionStage<Void>> then) {
        return first.handle((value, failure) -> then.get().handle((done, trouble) -> {
                    Throwable worst = failure != null ? failure : trouble;
                    return worst == null ? first : CompletableFuture.<T>failedStage(worst);
                }))
                .thenCompose(ended -> ended)
                .thenCompose(outcome -> outcome);
    }
}
