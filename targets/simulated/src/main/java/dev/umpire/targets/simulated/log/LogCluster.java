package dev.umpire.targets.simulated.log;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.StoreCluster;
import dev.umpire.targets.simulated.client.ClientProtocol;
import dev.umpire.targets.simulated.log.Protocol.PartitionStatus;
import dev.umpire.targets.simulated.log.Protocol.Status;
import dev.umpire.targets.simulated.world.WorldConditions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster of replicas; every partition has a leader of its own. */
final class LogCluster extends StoreCluster<Status, SessionMemory> {
    private final Rules rules;

    LogCluster(StartContext context, WorldConditions conditions, Rules rules) {
        super(context, conditions, Status.class, host -> new Replica(host, rules));
        this.rules = rules;
    }

    @Override
    protected SessionMemory memory(int session) {
        return new SessionMemory();
    }

    @Override
    protected ClientProtocol protocol(int session, long connection, SessionMemory memory, int home) {
        return new SessionProtocol(rules, memory, session, connection, nodes().size());
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

    @Override
    protected boolean converged(List<Status> statuses) {
        return IntStream.range(0, rules.allPartitions())
                .allMatch(partition -> agree(statuses.stream()
                        .map(status -> status.partitions().get(partition))
                        .toList()));
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
    protected String told(Status said) {
        return "has of its partitions "
                + said.partitions().stream()
                        .map(replica -> replica.highWatermark() + " of " + replica.end() + " safe"
                                + (replica.leads() ? " as leader" : ""))
                        .collect(Collectors.joining(" and "));
    }
}
