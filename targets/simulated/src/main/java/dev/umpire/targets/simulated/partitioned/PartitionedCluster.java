package dev.umpire.targets.simulated.partitioned;

import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.client.StoreClient;
import dev.umpire.targets.simulated.partitioned.Protocol.Status;
import dev.umpire.targets.simulated.partitioned.Protocol.StatusQuestion;
import dev.umpire.targets.simulated.world.KeyRanges;
import dev.umpire.targets.simulated.world.NetworkConditions;
import dev.umpire.targets.simulated.world.World;
import dev.umpire.targets.simulated.world.WorldFaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cluster of as many partitions as nodes, in a world of its own. What it says of its nodes it has asked them. */
public final class PartitionedCluster implements Cluster {
    private final World world;
    private final WorldFaults faults;
    private final KeyRanges ranges;
    private final Map<Integer, SessionMemory> sessions = new HashMap<>();

    private PartitionedCluster(StartContext context, NetworkConditions conditions) {
        Rules rules = Rules.of(context.settings());
        this.world = new World(context, conditions, host -> new Replica(host, rules));
        this.faults = new WorldFaults(
                world,
                leader -> CompletableFuture.failedStage(new IllegalStateException(
                        "failover: found " + leader + ", expected nothing: every node leads its partition for ever")));
        this.ranges = new KeyRanges(context.nodeCount());
    }

    /** Founds a cluster; completes when every node has said how it is. */
    public static CompletionStage<Cluster> start(StartContext context, NetworkConditions conditions) {
        PartitionedCluster cluster = new PartitionedCluster(context, conditions);
        return cluster.statuses().thenApply(statuses -> cluster);
    }

    @Override
    public List<Node> nodes() {
        return world.nodes();
    }

    @Override
    public Client connect(Session session, Node home) {
        SessionMemory memory = sessions.computeIfAbsent(session.number(), number -> new SessionMemory());
        return new StoreClient(
                world,
                new SessionProtocol(memory, ranges, world.address(home)),
                session.number(),
                memory.nextConnection());
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    /** Empty: every node leads its own partition. */
    @Override
    public CompletionStage<Optional<Node>> leader() {
        return CompletableFuture.completedStage(Optional.empty());
    }

    private CompletionStage<Map<Node, Status>> statuses() {
        return world.askAll(new StatusQuestion(), Status.class);
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return statuses().thenApply(statuses -> {
            boolean reached = statuses.size() == nodes().size()
                    && statuses.values().stream().distinct().count() == 1;
            return new Convergence(reached, sentence(statuses));
        });
    }

    private String sentence(Map<Node, Status> statuses) {
        StringBuilder sentence = new StringBuilder();
        for (Node node : nodes()) {
            Status status = statuses.get(node);
            sentence.append(sentence.isEmpty() ? "" : ", ")
                    .append(node)
                    .append(
                            status == null
                                    ? " does not answer"
                                    : " has " + status.shown() + " commits of each partition");
        }
        return sentence.toString();
    }

    @Override
    public CompletionStage<Void> stop() {
        world.stop();
        return CompletableFuture.completedStage(null);
    }
}
