package dev.umpire.targets.simulated;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.client.ClientProtocol;
import dev.umpire.targets.simulated.client.StoreClient;
import dev.umpire.targets.simulated.world.Host;
import dev.umpire.targets.simulated.world.Message;
import dev.umpire.targets.simulated.world.Program;
import dev.umpire.targets.simulated.world.StoreLevers;
import dev.umpire.targets.simulated.world.World;
import dev.umpire.targets.simulated.world.WorldConditions;
import dev.umpire.targets.simulated.world.WorldFaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the clusters of all simulated stores have in common: a world of their own, sessions that remember something over their
 * reconnects, and nodes that are asked over the network how they are.
 *
 * @param <S> what a node says of itself
 * @param <M> what a session remembers
 */
public abstract class StoreCluster<S extends Message, M> implements Cluster, StoreLevers {
    private static final long POLL_GAP_NANOS = 20_000_000;
    /** An election on links that lose half of what they carry took more than 8 s once in some thousand runs. */
    private static final long MOST_WAIT_NANOS = 25_000_000_000L;

    private final Environment environment;
    private final World world;
    private final WorldFaults faults;
    private final Class<S> status;
    private final Map<Integer, M> memories = new HashMap<>();
    private final Map<Integer, Long> connections = new HashMap<>();

    /**
     * Builds the machines and starts a process on each.
     *
     * @param status what every process answers when it is asked how it is
     * @param programs makes what a machine runs, anew at each start
     */
    protected StoreCluster(
            StartContext context, WorldConditions conditions, Class<S> status, Function<Host, Program> programs) {
        this.environment = context.environment();
        this.status = status;
        this.world = new World(context, conditions, programs);
        this.faults = new WorldFaults(world, this);
    }

    /** What a session remembers that has not asked anything yet. */
    protected abstract M memory(int session);

    /**
     * The store's protocol on one connection.
     *
     * @param connection how many connections this session has had before
     * @param home the address of the node at which the session is
     */
    protected abstract ClientProtocol protocol(int session, long connection, M memory, int home);

    /**
     * Whether all replicas have everything, where every node has said how it is.
     *
     * @param statuses in the order of the nodes
     */
    protected abstract boolean converged(List<S> statuses);

    /** What a node has, for people, after its name: {@code has applied 3 of 4 entries}. */
    protected abstract String told(S said);

    /** Puts a new machine, with an empty disk and no process, in the place of a node's, which has no process. */
    protected final void exchange(Node node) {
        world.exchange(node);
    }

    /** The address of a node. */
    protected final int address(Node node) {
        return world.address(node);
    }

    /** Asks one node something, whose answer is not waited for. */
    protected final void tell(Node node, Message order) {
        CompletionStage<Optional<Message>> unused = world.ask(node, order, POLL_GAP_NANOS);
    }

    protected final Environment environment() {
        return environment;
    }

    @Override
    public final List<Node> nodes() {
        return world.nodes();
    }

    @Override
    public final FaultControl faults() {
        return faults;
    }

    @Override
    public final Client connect(Session session, Node home) {
        int number = session.number();
        M memory = memories.computeIfAbsent(number, this::memory);
        long connection = connections.merge(number, 1L, Long::sum) - 1;
        return new StoreClient(world, protocol(number, connection, memory, world.address(home)), number, connection);
    }

    /** Empty, where the store has no leader of all. */
    @Override
    public CompletionStage<Optional<Node>> leader() {
        return CompletableFuture.completedStage(Optional.empty());
    }

    /** How every node that answers in time sees itself, in the order of the nodes. */
    protected final CompletionStage<Map<Node, S>> statuses() {
        return world.askAll(status);
    }

    /**
     * Asks all nodes how they are, again and again, until what they say has a wanted meaning; fails after some seconds.
     *
     * @param what is waited for, in a word or two
     * @param meaning of what they say; empty: not yet
     */
    protected final <T> CompletionStage<T> await(String what, Function<Map<Node, S>, Optional<T>> meaning) {
        CompletableFuture<T> found = new CompletableFuture<>();
        poll(what, meaning, environment.nowNanos() + MOST_WAIT_NANOS, found);
        return found;
    }

    private <T> void poll(
            String what, Function<Map<Node, S>, Optional<T>> meaning, long deadlineNanos, CompletableFuture<T> found) {
        statuses().thenAccept(statuses -> {
            Optional<T> wanted = meaning.apply(statuses);
            if (wanted.isPresent()) {
                found.complete(wanted.get());
            } else if (environment.nowNanos() >= deadlineNanos) {
                found.completeExceptionally(new IllegalStateException(
                        what + ": found none within " + MOST_WAIT_NANOS / 1_000_000 + " ms, last seen " + statuses));
            } else {
                environment.schedule(POLL_GAP_NANOS, () -> poll(what, meaning, deadlineNanos, found));
            }
        });
    }

    @Override
    public final CompletionStage<Convergence> convergence() {
        return statuses()
                .thenApply(statuses -> new Convergence(
                        statuses.size() == nodes().size() && converged(List.copyOf(statuses.values())),
                        nodes().stream()
                                .map(node -> node + " "
                                        + Optional.ofNullable(statuses.get(node))
                                                .map(this::told)
                                                .orElse("does not answer"))
                                .collect(Collectors.joining(", "))));
    }

    @Override
    public final CompletionStage<Void> stop() {
        world.stop();
        return CompletableFuture.completedStage(null);
    }
}
