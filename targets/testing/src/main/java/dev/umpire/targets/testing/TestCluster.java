package dev.umpire.targets.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeClock;
import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.InContainers;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import dev.umpire.harness.target.Observation;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A running cluster of a real store with everything that a run would give it, asked in steps by one thread. */
public final class TestCluster implements AutoCloseable {

    public static final Node N1 = new Node("n1");
    public static final Node N2 = new Node("n2");
    public static final Node N3 = new Node("n3");
    public static final Value X = Value.of("x");

    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** A session of no client of the test. */
    private static final Session READER = new Session(99);

    private final Environment environment;
    private final Launcher launcher;
    private final Path folder;
    private final Cluster cluster;

    /**
     * Starts one.
     *
     * @param folder gets the nodes' logs and the launcher's state
     * @param settings {@code name=value}; the others are as by default
     */
    public TestCluster(Target target, Path folder, int nodes, String... settings) throws IOException {
        this(target, Set.of(), folder, nodes, settings);
    }

    /**
     * Starts one that is to be given these faults.
     *
     * @param folder gets the nodes' logs and the launcher's state
     * @param settings {@code name=value}; the others are as by default
     */
    public TestCluster(Target target, Set<FaultKind> faults, Path folder, int nodes, String... settings)
            throws IOException {
        this(new RealEnvironment(new KeyedRandom(1)), target, faults, folder, nodes, settings);
    }

    TestCluster(
            Environment environment, Target target, Set<FaultKind> faults, Path folder, int nodes, String... settings)
            throws IOException {
        this.environment = environment;
        this.folder = folder;
        Settings resolved = settings(target, settings);
        launcher = Launcher.open(folder.resolve("state"), InContainers.image(resolved));
        List<ProcessHandle> before = children();
        try {
            StartContext context =
                    new StartContext(environment, resolved, nodes, new ProcessLogs(folder), launcher, faults);
            cluster = await(target.start(context));
        } catch (RuntimeException e) {
            try {
                assertThat(children()).as("after " + e.getMessage()).isSubsetOf(before);
            } finally {
                close();
            }
            throw e;
        }
    }

    /** Why one cannot be started; whatever was started for it was undone by the target. */
    public static Throwable refusal(Target target, Path folder, int nodes, String... settings) {
        return catchThrowable(() -> new TestCluster(target, folder, nodes, settings).close());
    }

    /** The settings of a target by default, but for these, {@code name=value}. */
    public static Settings settings(Target target, String... given) {
        Map<String, String> values = target.settings().stream()
                .collect(Collectors.toMap(Setting::name, Setting::byDefault, (one, same) -> one, HashMap::new));
        for (String setting : given) {
            String[] parts = setting.split("=", 2);
            values.put(parts[0], parts[1]);
        }
        return new Settings(values);
    }

    private record ProcessLogs(Path folder) implements NodeLogs {
        @Override
        public void append(Node node, String line) {
            throw new AssertionError("found a line for the log of " + node + ", expected the process to write it");
        }

        @Override
        public Path file(Node node) {
            return folder.resolve(node + ".log");
        }
    }

    public Cluster cluster() {
        return cluster;
    }

    public FaultControl faults() {
        return cluster.faults();
    }

    public Client connect(Session session, Node home) {
        return cluster.connect(session, home);
    }

    public <T> T await(CompletionStage<T> stage) {
        return environment.await("test", stage);
    }

    public Response write(Client client, long value) {
        return ask(client, Request.write(X, Value.of(value)));
    }

    public Response ask(Client client, Request request) {
        return await(client.invoke(request, client.route(request)));
    }

    /** What a node answers to a read of x. */
    public Response readAt(Node node) {
        try (Client client = cluster.connect(READER, node)) {
            return await(client.invoke(Request.read(X), node));
        }
    }

    /** The links from and to a node. */
    public Set<Link> around(Node node) {
        return cluster.nodes().stream()
                .filter(other -> !other.equals(node))
                .flatMap(other -> Stream.of(new Link(node, other), new Link(other, node)))
                .collect(Collectors.toSet());
    }

    /** Lets nodes hear of one another later than clients do. */
    public void slowLinksBetweenNodes(Duration longer) {
        Set<Link> links =
                cluster.nodes().stream().flatMap(node -> around(node).stream()).collect(Collectors.toSet());
        await(faults().slow(links, longer));
    }

    public Observation delivers(Node from, Node to) {
        return delivers(new Link(from, to));
    }

    public Observation delivers(Link link) {
        return await(faults().delivers(link));
    }

    public Observation answers(Node node) {
        return await(faults().answers(node));
    }

    /** Awaits that a probe sees the link deliver, or not deliver. */
    public void awaitDelivers(Link link, boolean expected) {
        awaitProbe(() -> delivers(link), expected);
    }

    /** Awaits that a probe sees the node answer, or not answer. */
    public void awaitAnswers(Node node, boolean expected) {
        awaitProbe(() -> answers(node), expected);
    }

    private void awaitProbe(Supplier<Observation> probe, boolean expected) {
        Awaitility.await("probe")
                .atMost(LIMIT)
                .pollInSameThread()
                .ignoreExceptions()
                .untilAsserted(() -> {
                    Observation seen = probe.get();
                    assertThat(seen.positive()).as(seen.evidence()).isEqualTo(expected);
                });
    }

    /** Asserts that a node can be stopped cleanly, of which its log tells by these words, and comes back. */
    public void assertStopsCleanlyAndComesBack(Node node, String words) {
        await(faults().stop(node));
        awaitAnswers(node, false);
        assertThat(folder.resolve(node + ".log")).content().contains(words);
        await(faults().restart(node));
        awaitAnswers(node, true);
    }

    /** Fills a node's disk, does something, and asserts that probes see it full and with room again, and the node back. */
    public void assertFilledAndBack(Node node, Runnable meanwhile) {
        assertThat(await(faults().hasRoom(node)).positive()).isTrue();
        await(faults().fill(node));
        assertThat(await(faults().hasRoom(node)).evidence()).endsWith("No space left on device");
        meanwhile.run();
        await(faults().makeRoom(node));
        assertThat(await(faults().hasRoom(node)).positive()).isTrue();
        awaitAnswers(node, true);
    }

    /** Skips visibly where this machine lets nobody mount a small disk. */
    public static void requireSmallDisks() {
        assumeTrue(SmallDisk.missing().isEmpty(), () -> SmallDisk.missing().orElse(""));
    }

    /** Skips visibly where nodes of this machine have no clocks of their own; fails instead where {@code UMPIRE_REQUIRE} names clock. */
    public static void requireNodeClocks() {
        InstalledStore.required("clock", launcher -> {
            if (NodeClock.missing().isPresent()) {
                throw new LaunchException(NodeClock.missing().get());
            }
        });
    }

    /** Asserts that a node's clock can be set wrong and right again, as the node tells itself, and that another's is right. */
    public void assertClockWrongAndRightAgain(Node node, Node other) {
        Duration jump = Duration.ofSeconds(-90);
        awaitClockAhead(node, Duration.ZERO);
        await(faults().disturbClock(node, jump, 0));
        awaitClockAhead(node, jump);
        awaitClockAhead(other, Duration.ZERO);
        await(faults().disturbClock(node, jump.negated(), 0));
        awaitClockAhead(node, Duration.ZERO);
    }

    /** Awaits that a node says that it is ahead by this much, give or take what the answer of a busy one may take. */
    public void awaitClockAhead(Node node, Duration expected) {
        Awaitility.await("clock of " + node)
                .atMost(LIMIT)
                .pollInSameThread()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(await(faults().clockAhead(node)).ahead())
                        .isCloseTo(expected, Duration.ofSeconds(5)));
    }

    /** Asserts that a link can be slowed, that a sample sees it, on this way alone, and that it is quick again. */
    public void assertSlowedAndQuickAgain(Link link) {
        Duration longer = Duration.ofMillis(60);
        await(faults().slow(Set.of(link), longer));
        awaitSlowerThan(longer, link);
        awaitQuickerThan(longer, new Link(link.to(), link.from()));
        await(faults().slow(Set.of(link), Duration.ZERO));
        awaitQuickerThan(longer, link);
    }

    /**
     * Asserts that a link can be made lossy and narrow, that its connections can be reset, that measures see each, and that all have
     * everything afterwards.
     */
    public void assertMadePoorAndGoodAgain(Link link) {
        Set<Link> bothWays = Set.of(link, link.back());
        long narrow = 10_000;
        await(faults().lose(bothWays, 40));
        awaitMeasured(faults()::losses, link, seen -> seen.arrived() < seen.sent());
        await(faults().lose(bothWays, 0));
        awaitMeasured(faults()::losses, link, seen -> seen.arrived() == seen.sent());

        await(faults().throttle(bothWays, narrow));
        awaitMeasured(faults()::bytesPerSecond, link, seen -> seen > 0 && seen < 2 * narrow);
        await(faults().throttle(bothWays, 0));
        awaitMeasured(faults()::bytesPerSecond, link, seen -> seen > 10 * narrow);

        await(faults().reset(bothWays, Duration.ofMillis(200)));
        awaitMeasured(faults()::stands, link, seen -> seen.known() && !seen.positive());
        await(faults().reset(bothWays, Duration.ZERO));
        awaitMeasured(faults()::stands, link, Observation::positive);
        awaitConvergence();
    }

    private <T> void awaitMeasured(
            Function<Link, CompletionStage<T>> measure, Link link, Predicate<? super T> expected) {
        Awaitility.await("measure of " + link)
                .atMost(LIMIT)
                .pollInSameThread()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(await(measure.apply(link))).matches(expected));
    }

    /** The same of a link of clients and the way back, of which a sample goes both. */
    public void assertClientsSlowedAndQuickAgain(Link link) {
        Duration longer = Duration.ofMillis(60);
        await(faults().slow(Set.of(link, link.back()), longer));
        awaitSlowerThan(longer, link);
        await(faults().slow(Set.of(link, link.back()), Duration.ZERO));
        awaitQuickerThan(longer, link);
    }

    private void awaitSlowerThan(Duration longer, Link link) {
        Awaitility.await("slow " + link).atMost(LIMIT).pollInSameThread().untilAsserted(() -> {
            LinkSample seen = await(faults().sample(link));
            assertThat(seen.arrived()).isEqualTo(seen.sent()).isPositive();
            assertThat(seen.median()).isGreaterThanOrEqualTo(longer);
        });
    }

    private void awaitQuickerThan(Duration longer, Link link) {
        Awaitility.await("quick " + link).atMost(LIMIT).pollInSameThread().untilAsserted(() -> {
            LinkSample seen = await(faults().sample(link));
            assertThat(seen.arrived()).isPositive();
            assertThat(seen.median()).isLessThan(longer);
        });
    }

    /** Awaits that all replicas have everything. */
    public void awaitConvergence() {
        Awaitility.await("convergence").atMost(LIMIT).pollInSameThread().untilAsserted(() -> {
            Convergence seen = await(cluster.convergence());
            assertThat(seen.reached()).as(seen.lastSeen()).isTrue();
        });
    }

    /** The processes that this one has started and that live. */
    public static List<ProcessHandle> children() {
        return ProcessHandle.current().children().toList();
    }

    /** Asserts that a launcher with its state in this folder has nothing in force. */
    public static void assertNothingInForce(Path folder) throws IOException {
        assertNothingInForceBeside(folder, 0);
    }

    /** The same where so many processes of others live. */
    public static void assertNothingInForceBeside(Path folder, int others) throws IOException {
        assertThat(children()).hasSize(others);
        try (Stream<Path> journals = Files.list(folder.resolve("state/in-force"))) {
            assertThat(journals.filter(file -> !file.endsWith(".lock"))).isEmpty();
        }
    }

    @Override
    public void close() {
        launcher.close();
        environment.close();
    }
}
