package dev.umpire.targets.simulated.leaderless;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.client.StoreClient;
import dev.umpire.targets.simulated.leaderless.Protocol.Status;
import dev.umpire.targets.simulated.leaderless.Protocol.StatusQuestion;
import dev.umpire.targets.simulated.world.NetworkConditions;
import dev.umpire.targets.simulated.world.World;
import dev.umpire.targets.simulated.world.WorldFaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cluster of equal nodes in a world of its own. What it says of its nodes it has asked them over the network. */
public final class LeaderlessCluster implements Cluster {
    private static final long POLL_GAP_NANOS = 20_000_000;
    private static final long MOST_WAIT_NANOS = 8_000_000_000L;

    private final Environment environment;
    private final World world;
    private final WorldFaults faults;
    private final Map<Integer, SessionMemory> sessions = new HashMap<>();

    private LeaderlessCluster(StartContext context, NetworkConditions conditions) {
        Rules rules = Rules.of(context.settings());
        this.environment = context.environment();
        this.world = new World(context, conditions, host -> new Replica(host, rules));
        this.faults = new WorldFaults(
                world,
                leader -> CompletableFuture.failedStage(
                        new IllegalStateException("failover: found a store without a leader, expected one with")));
    }

    /** Founds a cluster; completes when every node has compared its empty disk with the others'. */
    public static CompletionStage<Cluster> start(StartContext context, NetworkConditions conditions) {
        LeaderlessCluster cluster = new LeaderlessCluster(context, conditions);
        CompletableFuture<Cluster> started = new CompletableFuture<>();
        cluster.awaitReady(cluster.environment.nowNanos() + MOST_WAIT_NANOS, started);
        return started;
    }

    private void awaitReady(long deadlineNanos, CompletableFuture<Cluster> started) {
        statuses().thenAccept(statuses -> {
            if (statuses.size() == nodes().size() && statuses.values().stream().allMatch(Status::ready)) {
                started.complete(this);
            } else if (environment.nowNanos() >= deadlineNanos) {
                started.completeExceptionally(new IllegalStateException("start: found nodes that are not ready within "
                        + MOST_WAIT_NANOS / 1_000_000 + " ms, last seen " + statuses));
            } else {
                environment.schedule(POLL_GAP_NANOS, () -> awaitReady(deadlineNanos, started));
            }
        });
    }

    private CompletionStage<Map<Node, Status>> statuses() {
        return world.askAll(new StatusQuestion(), Status.class);
    }

    @Override
    public List<Node> nodes() {
        return world.nodes();
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public Client connect(Session session, Node home) {
        SessionMemory memory = sessions.computeIfAbsent(session.number(), SessionMemory::new);
        return new StoreClient(
                world,
                new SessionProtocol(memory, world.address(home), nodes().size()),
                session.number(),
                memory.nextConnection());
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return statuses().thenApply(statuses -> {
            Map<Integer, Long> roots = new TreeMap<>();
            boolean reached = statuses.size() == nodes().size();
            for (Status status : statuses.values()) {
                reached &= status.ready() && status.pending() == 0 && status.hints() == 0;
                for (Map.Entry<Integer, Long> root : status.roots().entrySet()) {
                    Long other = roots.putIfAbsent(root.getKey(), root.getValue());
                    reached &= other == null || other.equals(root.getValue());
                }
            }
            return new Convergence(reached, sentence(statuses));
        });
    }

    private String sentence(Map<Node, Status> statuses) {
        StringBuilder sentence = new StringBuilder();
        for (Node node : nodes()) {
            Status status = statuses.get(node);
            sentence.append(sentence.isEmpty() ? "" : ", ").append(node);
            if (status == null) {
                sentence.append(" does not answer");
            } else {
                sentence.append(status.ready() ? " has" : " has not caught up, has")
                        .append(" the hashes ")
                        .append(status.roots())
                        .append(", ")
                        .append(status.pending())
                        .append(" writes under way and ")
                        .append(status.hints())
                        .append(" hints");
            }
        }
        return sentence.toString();
    }

    @Override
    public CompletionStage<Void> stop() {
        world.stop();
        return CompletableFuture.completedStage(null);
    }
}
