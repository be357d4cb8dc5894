package dev.umpire.targets.simulated.log;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.client.StoreClient;
import dev.umpire.targets.simulated.log.Protocol.PartitionStatus;
import dev.umpire.targets.simulated.log.Protocol.Status;
import dev.umpire.targets.simulated.log.Protocol.StatusQuestion;
import dev.umpire.targets.simulated.world.NetworkConditions;
import dev.umpire.targets.simulated.world.World;
import dev.umpire.targets.simulated.world.WorldFaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cluster of replicas in a world of its own. What it says of its nodes it has asked them over the network. */
final class LogCluster implements Cluster {
    private final Rules rules;
    private final World world;
    private final WorldFaults faults;
    private final Map<Integer, SessionMemory> sessions = new HashMap<>();

    LogCluster(StartContext context, NetworkConditions conditions) {
        this.rules = Rules.of(context.settings());
        this.world = new World(context, conditions, host -> new Replica(host, rules));
        this.faults = new WorldFaults(
                world,
                leader -> CompletableFuture.failedStage(new IllegalStateException(
                        "failover: found a log, whose partitions have leaders of their own, expected one leader")));
    }

    Environment environment() {
        return world.environment();
    }

    @Override
    public List<Node> nodes() {
        return world.nodes();
    }

    @Override
    public Client connect(Session session, Node home) {
        SessionMemory memory = sessions.computeIfAbsent(session.number(), number -> new SessionMemory());
        SessionProtocol protocol = new SessionProtocol(
                rules, memory, session.number(), world.nodes().size());
        return new StoreClient(world, protocol, session.number(), protocol.connection());
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    /** The leader of the first partition: each has its own. */
    @Override
    public CompletionStage<Optional<Node>> leader() {
        return statuses().thenApply(statuses -> {
            List<Node> leaders = statuses.entrySet().stream()
                    .filter(entry -> entry.getValue().partitions().get(0).leads())
                    .map(Map.Entry::getKey)
                    .toList();
            return leaders.size() == 1 ? Optional.of(leaders.get(0)) : Optional.empty();
        });
    }

    private CompletionStage<Map<Node, Status>> statuses() {
        return world.askAll(new StatusQuestion(), Status.class);
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return statuses().thenApply(statuses -> {
            StringBuilder sentence = new StringBuilder();
            boolean reached = statuses.size() == nodes().size();
            for (Node node : nodes()) {
                if (!statuses.containsKey(node)) {
                    sentence.append(node).append(" does not answer; ");
                }
            }
            for (int partition = 0; partition < rules.allPartitions(); partition++) {
                int number = partition;
                List<PartitionStatus> replicas = statuses.values().stream()
                        .map(status -> status.partitions().get(number))
                        .toList();
                reached &= agree(replicas);
                sentence.append("partition ").append(partition).append(':');
                for (PartitionStatus replica : replicas) {
                    sentence.append(replica.leads() ? " leader " : " follower ")
                            .append(replica.highWatermark())
                            .append(" of ")
                            .append(replica.end())
                            .append(" safe,");
                }
            }
            return new Convergence(reached, sentence.substring(0, sentence.length() - 1));
        });
    }

    /** Whether there is one leader, whom all know, and all replicas are in sync and hold the same, all of it safe. */
    private boolean agree(List<PartitionStatus> replicas) {
        return replicas.stream().filter(PartitionStatus::leads).count() == 1
                && replicas.stream().map(PartitionStatus::state).distinct().count() == 1
                && replicas.get(0).state().inSync().size() == nodes().size()
                && replicas.stream()
                        .allMatch(replica ->
                                replica.end() == replicas.get(0).end() && replica.highWatermark() == replica.end());
    }

    @Override
    public CompletionStage<Void> stop() {
        world.stop();
        return CompletableFuture.completedStage(null);
    }
}
