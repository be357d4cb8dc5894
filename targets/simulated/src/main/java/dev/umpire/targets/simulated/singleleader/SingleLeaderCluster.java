package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.client.StoreClient;
import dev.umpire.targets.simulated.singleleader.Protocol.Status;
import dev.umpire.targets.simulated.singleleader.Protocol.StatusQuestion;
import dev.umpire.targets.simulated.world.NetworkConditions;
import dev.umpire.targets.simulated.world.World;
import dev.umpire.targets.simulated.world.WorldFaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A cluster of replicas in a world of its own. What it says of its nodes it has asked them over the network. */
public final class SingleLeaderCluster implements Cluster {
    private static final long POLL_GAP_NANOS = 20_000_000;
    private static final long MOST_WAIT_FOR_LEADER_NANOS = 8_000_000_000L;

    private final Environment environment;
    private final Rules rules;
    private final World world;
    private final WorldFaults faults;
    private final Map<Integer, SessionMemory> sessions = new HashMap<>();

    private SingleLeaderCluster(StartContext context, NetworkConditions conditions) {
        this.environment = context.environment();
        this.rules = Rules.of(context.settings());
        this.world = new World(context, conditions, host -> new Replica(host, rules));
        this.faults = new WorldFaults(world, this::failOver);
    }

    /** Founds a cluster with the first node as its leader; completes when that one takes requests. */
    public static CompletionStage<Cluster> start(StartContext context, NetworkConditions conditions) {
        SingleLeaderCluster cluster = new SingleLeaderCluster(context, conditions);
        return cluster.awaitLeader(leader -> true).thenApply(leader -> cluster);
    }

    @Override
    public List<Node> nodes() {
        return world.nodes();
    }

    @Override
    public Client connect(Session session, Node home) {
        SessionMemory memory = sessions.computeIfAbsent(
                session.number(),
                number -> new SessionMemory(
                        environment.random().stream("store/routing").split(number)));
        long connection = memory.nextConnection();
        return new StoreClient(
                world,
                new SessionProtocol(rules, memory, environment, world.address(home), nodes().size(), connection),
                session.number(),
                connection);
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return statuses().thenApply(SingleLeaderCluster::onlyLeader);
    }

    private static Optional<Node> onlyLeader(Map<Node, Status> statuses) {
        List<Node> leaders = statuses.entrySet().stream()
                .filter(entry -> entry.getValue().leads())
                .map(Map.Entry::getKey)
                .toList();
        return leaders.size() == 1 ? Optional.of(leaders.get(0)) : Optional.empty();
    }

    /** How every node that answers in time sees itself. */
    private CompletionStage<Map<Node, Status>> statuses() {
        return world.askAll(new StatusQuestion(), Status.class);
    }

    private CompletionStage<Node> awaitLeader(Predicate<Node> wanted) {
        CompletableFuture<Node> found = new CompletableFuture<>();
        pollForLeader(wanted, environment.nowNanos() + MOST_WAIT_FOR_LEADER_NANOS, found);
        return found;
    }

    private void pollForLeader(Predicate<Node> wanted, long deadlineNanos, CompletableFuture<Node> found) {
        statuses().thenAccept(statuses -> {
            Optional<Node> leader = onlyLeader(statuses);
            if (leader.isPresent() && wanted.test(leader.get())) {
                found.complete(leader.get());
            } else if (environment.nowNanos() >= deadlineNanos) {
                found.completeExceptionally(new IllegalStateException("leader: found none within "
                        + MOST_WAIT_FOR_LEADER_NANOS / 1_000_000 + " ms, last seen " + statuses));
            } else {
                environment.schedule(POLL_GAP_NANOS, () -> pollForLeader(wanted, deadlineNanos, found));
            }
        });
    }

    private CompletionStage<Node> failOver(Node leader) {
        if (!rules.failover()) {
            return CompletableFuture.failedStage(
                    new IllegalStateException("failover: found off, expected on to make another node the leader"));
        }
        return faults.crash(leader).thenCompose(crashed -> awaitLeader(node -> !node.equals(leader)));
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return statuses().thenApply(statuses -> {
            Optional<Node> leader = onlyLeader(statuses);
            long last = leader.map(statuses::get).map(Status::lastIndex).orElse(-1L);
            boolean reached = leader.isPresent()
                    && statuses.size() == nodes().size()
                    && statuses.values().stream()
                            .allMatch(status -> status.applied() == last && status.lastIndex() == last);
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
                sentence.append(status.leads() ? " leads and" : "")
                        .append(" has applied ")
                        .append(status.applied())
                        .append(" of ")
                        .append(status.lastIndex())
                        .append(" entries");
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
