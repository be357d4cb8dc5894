package dev.umpire.targets.simulated.partitioned;

import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.StoreCluster;
import dev.umpire.targets.simulated.client.ClientProtocol;
import dev.umpire.targets.simulated.partitioned.Protocol.Status;
import dev.umpire.targets.simulated.world.KeyRanges;
import dev.umpire.targets.simulated.world.WorldConditions;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A cluster of as many partitions as nodes; every node leads its own. */
public final class PartitionedCluster extends StoreCluster<Status, SessionMemory> {
    private final KeyRanges ranges;

    private PartitionedCluster(StartContext context, WorldConditions conditions, Rules rules) {
        super(context, conditions, Status.class, host -> new Replica(host, rules));
        this.ranges = new KeyRanges(context.nodeCount());
    }

    /** Founds a cluster; completes when every node has said how it is. */
    public static CompletionStage<Cluster> start(StartContext context, WorldConditions conditions) {
        PartitionedCluster cluster = new PartitionedCluster(context, conditions, Rules.of(context.settings()));
        return cluster.statuses().thenApply(statuses -> cluster);
    }

    @Override
    protected SessionMemory memory(int session) {
        return new SessionMemory();
    }

    @Override
    protected ClientProtocol protocol(int session, long connection, SessionMemory memory, int home) {
        return new SessionProtocol(memory, ranges, home);
    }

    @Override
    protected boolean converged(List<Status> statuses) {
        return statuses.stream().distinct().count() == 1;
    }

    @Override
    protected String told(Status said) {
        return "has " + said.shown() + " commits of each partition";
    }
}
