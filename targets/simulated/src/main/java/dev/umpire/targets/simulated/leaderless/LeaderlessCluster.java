package dev.umpire.targets.simulated.leaderless;

import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.StoreCluster;
import dev.umpire.targets.simulated.client.ClientProtocol;
import dev.umpire.targets.simulated.leaderless.Protocol.Status;
import dev.umpire.targets.simulated.world.WorldConditions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** A cluster of equal nodes. */
public final class LeaderlessCluster extends StoreCluster<Status, SessionMemory> {

    private LeaderlessCluster(StartContext context, WorldConditions conditions, Rules rules) {
        super(context, conditions, Status.class, host -> new Replica(host, rules));
    }

    /** Founds a cluster; completes when every node has compared its empty disk with the others'. */
    public static CompletionStage<Cluster> start(StartContext context, WorldConditions conditions) {
        LeaderlessCluster cluster = new LeaderlessCluster(context, conditions, Rules.of(context.settings()));
        return cluster.await("nodes that are all ready", statuses -> {
            boolean ready = statuses.size() == cluster.nodes().size()
                    && statuses.values().stream().allMatch(Status::ready);
            return ready ? Optional.of(cluster) : Optional.empty();
        });
    }

    @Override
    protected SessionMemory memory(int session) {
        return new SessionMemory(session);
    }

    @Override
    protected ClientProtocol protocol(int session, long connection, SessionMemory memory, int home) {
        return new SessionProtocol(memory, home, nodes().size());
    }

    @Override
    protected boolean converged(List<Status> statuses) {
        Map<Integer, Long> roots = new TreeMap<>();
        for (Status status : statuses) {
            if (!status.ready() || status.pending() > 0 || status.hints() > 0) {
                return false;
            }
            for (Map.Entry<Integer, Long> root : status.roots().entrySet()) {
                Long other = roots.putIfAbsent(root.getKey(), root.getValue());
                if (other != null && !other.equals(root.getValue())) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    protected String told(Status said) {
        return (said.ready() ? "has" : "has not caught up, has") + " the hashes " + said.roots() + ", " + said.pending()
                + " writes under way and " + said.hints() + " hints";
    }
}
