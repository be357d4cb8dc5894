package dev.umpire.targets.simulated.multileader;

import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.StoreCluster;
import dev.umpire.targets.simulated.client.ClientProtocol;
import dev.umpire.targets.simulated.multileader.Protocol.Status;
import dev.umpire.targets.simulated.world.WorldConditions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster of leaders, one in each datacentre. All are leaders: no one is. */
public final class MultiLeaderCluster extends StoreCluster<Status, SessionMemory> {
    private final Rules rules;

    private MultiLeaderCluster(StartContext context, WorldConditions conditions, Rules rules) {
        super(context, conditions, Status.class, host -> new Replica(host, rules));
        this.rules = rules;
    }

    /** Founds a cluster; every leader takes requests from its first moment on. */
    public static CompletionStage<Cluster> start(StartContext context, WorldConditions conditions) {
        return CompletableFuture.completedStage(
                new MultiLeaderCluster(context, conditions, Rules.of(context.settings())));
    }

    @Override
    protected SessionMemory memory(int session) {
        return new SessionMemory(nodes().size());
    }

    @Override
    protected ClientProtocol protocol(int session, long connection, SessionMemory memory, int home) {
        return new SessionProtocol(rules, memory, session, home, nodes().size());
    }

    @Override
    protected boolean converged(List<Status> statuses) {
        return statuses.stream().allMatch(status -> status.waiting() == 0)
                && statuses.stream().map(Status::held).distinct().count() == 1;
    }

    @Override
    protected String told(Status said) {
        return "has "
                + IntStream.range(0, nodes().size())
                        .mapToObj(origin -> said.held().of(origin) + " of " + nodes().get(origin))
                        .collect(Collectors.joining(" and "))
                + (said.waiting() == 0 ? "" : " and " + said.waiting() + " waiting requests");
    }
}
