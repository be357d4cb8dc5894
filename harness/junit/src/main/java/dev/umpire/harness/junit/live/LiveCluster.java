package dev.umpire.harness.junit.live;

import dev.umpire.harness.environment.AskedLoop;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.junit.recording.SessionRecorder;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.nemesis.Nemesis;
import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.NodeLogFiles;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.InContainers;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryRecorder;
import dev.umpire.histories.RecordingHeader;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A cluster of any target that runs while a test does.
 *
 * <pre>
 * &#64;Test
 * void aReplicaThatWasCutOffCatchesUp(LiveCluster cluster, LiveNemesis nemesis) {
 *     LiveSession alice = cluster.session("alice");
 *     try (Strike cut = nemesis.partition("n3")) {
 *         alice.write("cart", 3);
 *     }
 *     await().until(cluster.replica("n3").caughtUpWith("n1"));
 *     alice.readAt("n3", "cart");
 *     assertThat(cluster.history()).satisfies(READ_YOUR_WRITES);
 * }
 * </pre>
 *
 * <p>Thread-safe. Closing it heals whatever is in force and stops whatever was started.
 */
public final class LiveCluster implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration QUESTION = Duration.ofSeconds(10);
    private static final Duration HEAL = Duration.ofMinutes(1);
    private static final Duration HEAL_AT_ONCE = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(15);
    /** How much of virtual time passes with a condition that is not true yet. */
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final AskedLoop loop;
    /** What killed harnesses had left and could not be undone, a sentence each. */
    private final List<String> leftovers;

    private final Cluster cluster;
    private final Launcher launcher;
    private final NodeLogFiles logs;
    private final SessionRecorder recorder;
    private final Nemesis nemesis;
    private final LiveNemesis hands;
    private final ScheduledFaults faults;
    private final Duration operationTimeout;
    private final Map<String, LiveSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger sessionsSoFar = new AtomicInteger();
    private final List<Condition> conditions = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private LiveCluster(
            Plan plan,
            Target target,
            AskedLoop loop,
            Cluster cluster,
            StartContext context,
            NodeLogFiles logs,
            List<String> leftovers) {
        this.loop = loop;
        this.leftovers = leftovers;
        this.cluster = cluster;
        this.launcher = context.launcher();
        this.logs = logs;
        this.recorder = SessionRecorder.inMemory(loop::nanos, failure -> false);
        this.nemesis = new Nemesis(loop.environment(), cluster, recorder::nemesis);
        this.hands = new LiveNemesis(this, nemesis, InContainers.faults(target, context.settings()));
        this.faults = new ScheduledFaults(
                loop.environment(),
                cluster.nodes(),
                nemesis,
                NemesisKinds.of(plan.nemesis(), target, context.settings(), plan.nodes()),
                plan.nemesis());
        this.operationTimeout = Duration.ofMillis(plan.operationTimeoutMillis());
    }

    /**
     * Starts a cluster; returns when every node is ready for requests.
     *
     * @param plan settings, nodes, seed, operation timeout and nemesis count, whose faults strike from now on until {@link
     *     LiveNemesis#healAll} or {@link #close}
     * @param folder the nodes' logs go into it
     * @throws IllegalArgumentException if the plan asks for what the target cannot do, or has a schedule
     * @throws IllegalStateException if it does not start, with the reason; nothing is left of it then
     */
    public static LiveCluster start(Plan plan, Target target, Path folder) throws IOException {
        Runner.requirePossible(plan, target);
        if (!plan.nemesis().schedule().isEmpty()) {
            throw new IllegalArgumentException("schedule: found "
                    + plan.nemesis().schedule().size()
                    + ", expected no fault: what strikes a cluster of a test is drawn,"
                    + " or struck by hand");
        }
        KeyedRandom random = new KeyedRandom(plan.seed());
        Settings settings = SettingsResolver.resolve(target, plan.settings());
        Launcher.Undone undone = target.simulated() ? Launcher.Undone.NOTHING : Launcher.undoAsFarAsPossible();
        Launcher launcher =
                target.simulated() ? Launcher.none() : Launcher.openAfter(undone, InContainers.image(settings));
        NodeLogFiles logs = new NodeLogFiles(folder.resolve(Runner.NODES), false);
        AskedLoop loop = target.simulated() ? AskedLoop.simulated(random) : AskedLoop.real(random);
        StartContext context = new StartContext(
                loop.environment(),
                settings,
                plan.nodes(),
                logs,
                launcher,
                Set.copyOf(NemesisKinds.of(plan.nemesis(), target, settings, plan.nodes())));
        try {
            Cluster started = loop.ask("the start of " + target.name(), START, () -> target.start(context));
            LiveCluster running = new LiveCluster(plan, target, loop, started, context, logs, undone.troubles());
            running.doOnLoop("the first of the scheduled faults", running.faults::goOn);
            return running;
        } catch (RuntimeException e) {
            List<String> troubles = new ArrayList<>();
            attempt(troubles, "closing the launcher", launcher::close);
            attempt(troubles, "closing the logs", logs::close);
            loop.close();
            troubles.forEach(trouble -> e.addSuppressed(new IllegalStateException(trouble)));
            throw e;
        }
    }

    /** The names of the nodes, in their order. */
    public List<String> nodes() {
        return cluster.nodes().stream().map(Node::name).toList();
    }

    List<Node> allNodes() {
        return cluster.nodes();
    }

    /** The node of that name. */
    Node node(String name) {
        return cluster.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("node: found " + name + ", expected one of " + nodes()));
    }

    /** The name of the node that leads now; empty if there is none, or several claim it. */
    public Optional<String> leader() {
        return ask("who leads", Cluster::leader).map(Node::name);
    }

    /** The session of this name, at the first node until it moves; the same one whenever it is asked for. */
    public LiveSession session(String name) {
        return sessions.computeIfAbsent(
                name,
                unused -> new LiveSession(
                        this,
                        new Session(sessionsSoFar.getAndIncrement()),
                        recorder.session(name),
                        cluster.nodes().get(0),
                        operationTimeout));
    }

    /** Records what clients of the test's own ask and are answered, in the same history and by the same clock. */
    public SessionRecorder recorder() {
        return recorder;
    }

    /** What happened until now: operations of all sessions, and faults. */
    public History history() {
        return recorder.history();
    }

    /**
     * Writes what happened until now as {@code history.jsonl}, for {@code umpire check}.
     *
     * @param folder exists
     */
    public void writeHistory(Path folder) throws IOException {
        RecordingHeader header = new RecordingHeader(nodes(), Value.NIL);
        try (HistoryRecorder file = HistoryRecorder.open(folder.resolve(Runner.HISTORY), header)) {
            for (Event event : history().events()) {
                long unused = file.append(event);
            }
        }
    }

    /** Breaks this cluster. */
    public LiveNemesis nemesis() {
        return hands;
    }

    /** One of the replicas. */
    public Replica replica(String name) {
        return new Replica(this, node(name));
    }

    /** That all replicas have everything. */
    public Condition converged() {
        Supplier<Polling.Seen> question = () -> {
            Convergence seen = ask("how far all replicas are", Cluster::convergence);
            return new Polling.Seen(seen.reached(), seen.lastSeen());
        };
        return watched(new Condition("that all replicas have everything", question, this::letPass) {});
    }

    /** That one node leads, and no other claims it. */
    public Condition hasLeader() {
        Supplier<Polling.Seen> question = () -> {
            Optional<String> leader = leader();
            return new Polling.Seen(
                    leader.isPresent(), leader.map(name -> name + " leads").orElse("no node leads, or several"));
        };
        return watched(new Condition("that one node leads", question, this::letPass) {});
    }

    /** A condition of this cluster, as whoever tells of a failed test wants to know of it. */
    Condition watched(Condition condition) {
        conditions.add(condition);
        return condition;
    }

    /** What of the plan's nemesis never struck, a sentence each; whoever wants to have tested under faults wants none. */
    public List<String> missing() {
        return Stream.concat(
                        leftovers.stream().map(Runner::mayHaveBeenInForce),
                        onLoop("what struck", faults::missing).stream())
                .toList();
    }

    void endSchedule() {
        doOnLoop("the end of scheduled faults", faults::end);
    }

    private void doOnLoop(String what, Runnable deed) {
        boolean unused = onLoop(what, () -> {
            deed.run();
            return true;
        });
    }

    /** What is in force and what was awaited in vain, a sentence each, for the message of a test that failed. */
    public List<String> told() {
        List<String> told = new ArrayList<>();
        List<String> inForce = hands.inForce();
        if (!inForce.isEmpty()) {
            told.add("in force: " + String.join(", ", inForce));
        }
        conditions.stream()
                .filter(one -> !one.reached())
                .map(Condition::toString)
                .distinct()
                .forEach(told::add);
        return told;
    }

    /**
     * Asks the target's cluster something, on its loop, and waits for the answer for at most ten seconds.
     *
     * @param what is asked, for people
     * @throws IllegalStateException if there is no answer; the message says why
     */
    public <T> T ask(String what, Function<Cluster, CompletionStage<T>> question) {
        return ask(what, QUESTION, question);
    }

    <T> T ask(String what, Duration atMost, Function<Cluster, CompletionStage<T>> question) {
        return loop.ask(what, atMost, () -> question.apply(cluster));
    }

    <T> T onLoop(String what, Supplier<T> answer) {
        return ask(what, running -> CompletableFuture.completedStage(answer.get()));
    }

    /** Lets a little of virtual time pass, for whoever is to ask again. */
    void letPass() {
        loop.letPass(BETWEEN);
    }

    /**
     * Heals what is in force, gives connections back, stops the cluster. Closing again does nothing.
     *
     * @throws IllegalStateException if something could not be undone, or a fault was never seen gone; the message says what
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // what is in force must be undone all the same
        List<String> troubles = new ArrayList<>();
        attempt(troubles, "healing", this::heal);
        attempt(
                troubles,
                "a look at what struck",
                () -> troubles.addAll(onLoop("what was not seen", () -> nemesis.missing(List.of()))));
        sessions.values().forEach(session -> attempt(troubles, "closing a connection", session::disconnect));
        attempt(troubles, "stopping the cluster", () -> ask("the stop", STOP, Cluster::stop));
        attempt(troubles, "closing the launcher", launcher::close);
        attempt(troubles, "closing the logs", logs::close);
        loop.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!troubles.isEmpty()) {
            throw new IllegalStateException(String.join("; ", troubles));
        }
    }

    private void heal() {
        try {
            endSchedule();
            ask("healing", HEAL, running -> nemesis.healAll());
        } catch (IllegalStateException e) {
            ask("healing", HEAL_AT_ONCE, running -> nemesis.healAtOnce());
            throw e;
        }
    }

    /** A step of the way out. */
    @FunctionalInterface
    private interface Step {
        void take() throws Exception;
    }

    /** Takes a step whose failure must not keep the next one from being taken. */
    private static void attempt(List<String> troubles, String what, Step step) {
        try {
            step.take();
        } catch (Exception e) {
            troubles.add(what + " failed: " + e.getMessage());
        }
    }
}
