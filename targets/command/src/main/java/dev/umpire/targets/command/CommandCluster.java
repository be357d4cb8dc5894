package dev.umpire.targets.command;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.external.Order;
import dev.umpire.harness.external.Orders;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A cluster that somebody else started and will stop. Used on the loop. */
final class CommandCluster implements Cluster {
    private static final int STARTING_AT_ONCE = 8;

    private final Environment environment;
    private final CommandSettings settings;
    private final Clients clients;
    private final Orders orders;
    private final CommandFaults faults;
    private final Optional<String> version;
    private final KeyedRandom.Stream random;
    private final Map<Integer, ClientProcess> bySession = new TreeMap<>();
    private final Map<Integer, LogPositions> positions = new TreeMap<>();
    private OptionalLong askedFirstNanos = OptionalLong.empty();
    private long changesBefore;

    CommandCluster(
            Environment environment,
            CommandSettings settings,
            Clients clients,
            Orders orders,
            CommandFaults faults,
            Optional<String> version) {
        this.environment = environment;
        this.settings = settings;
        this.clients = clients;
        this.orders = orders;
        this.faults = faults;
        this.version = version;
        this.random = environment.random().stream("command/route");
    }

    /**
     * Starts the clients of sessions that will ask, some at a time, so that none is started on the time of its session's first
     * operation. One that does not come is started again with that, and so are those whose turn was to come after it: where none
     * comes, nobody waits for each of them.
     *
     * @return how many came
     */
    CompletionStage<Integer> startClients(int sessions) {
        CompletionStage<Integer> came = CompletableFuture.completedStage(0);
        for (int lane = 0; lane < Math.min(sessions, STARTING_AT_ONCE); lane++) {
            came = came.thenCombine(startLane(lane, sessions, 0), Integer::sum);
        }
        return came;
    }

    private CompletionStage<Integer> startLane(int session, int sessions, int cameBefore) {
        if (session >= sessions) {
            return CompletableFuture.completedStage(cameBefore);
        }
        return client(session)
                .hello()
                .handle((hello, failure) -> failure == null)
                .thenCompose(came -> came
                        ? startLane(session + STARTING_AT_ONCE, sessions, cameBefore + 1)
                        : CompletableFuture.completedStage(cameBefore));
    }

    private ClientProcess client(int session) {
        return bySession.computeIfAbsent(session, one -> clients.of("" + one));
    }

    @Override
    public List<Node> nodes() {
        return List.copyOf(settings.byNode().keySet());
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return CompletableFuture.completedStage(version);
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return faults.leader();
    }

    @Override
    public Client connect(Session session, Node home) {
        int number = session.number();
        AskedNode.Route route = settings.at().route(nodes(), number, home, random.split(number));
        return new CommandClient(client(number), positions.computeIfAbsent(number, one -> new LogPositions()), route);
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where no order tells whether they have converged, replicas are given time, from the first question on after an order broke
     * or mended something: a cluster that a test breaks twice settles twice.
     */
    @Override
    public CompletionStage<Convergence> convergence() {
        if (orders.has(Order.CONVERGED)) {
            return orders.ask(Order.CONVERGED).thenApply(said -> new Convergence(said.equals("yes"), said));
        }
        long now = environment.nowNanos();
        if (orders.changes() != changesBefore) {
            changesBefore = orders.changes();
            askedFirstNanos = OptionalLong.empty();
        }
        askedFirstNanos = OptionalLong.of(askedFirstNanos.orElse(now));
        long passed = TimeUnit.NANOSECONDS.toMillis(now - askedFirstNanos.getAsLong());
        return CompletableFuture.completedStage(new Convergence(
                passed >= settings.settleMillis(),
                passed + " of " + settings.settleMillis() + " ms have passed (the setting settle-ms)"));
    }

    /**
     * {@inheritDoc}
     *
     * <p>What runs is the user's; clients end with the launcher.
     */
    @Override
    public CompletionStage<Void> stop() {
        return CompletableFuture.completedStage(null);
    }
}
