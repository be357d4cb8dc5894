package dev.umpire.targets.simulated.multileader;

import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.client.StoreClient;
import dev.umpire.targets.simulated.multileader.Protocol.Status;
import dev.umpire.targets.simulated.multileader.Protocol.StatusQuestion;
import dev.umpire.targets.simulated.world.NetworkConditions;
import dev.umpire.targets.simulated.world.World;
import dev.umpire.targets.simulated.world.WorldFaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** A cluster of leaders, one in each datacentre, in a world of its own. */
public final class MultiLeaderCluster implements Cluster {
    private final Rules rules;
    private final World world;
    private final WorldFaults faults;
    private final Map<Integer, SessionMemory> sessions = new HashMap<>();

    private MultiLeaderCluster(StartContext context, NetworkConditions conditions) {
        this.rules = Rules.of(context.settings());
        this.world = new World(context, conditions, host -> new Replica(host, rules));
        this.faults = new WorldFaults(
                world,
                leader -> CompletableFuture.failedStage(
                        new IllegalStateException("failover: found several leaders, expected one to be replaced")));
    }

    /** Founds a cluster; every leader takes requests from its first moment on. */
    public static CompletionStage<Cluster> start(StartContext context, NetworkConditions conditions) {
        return CompletableFuture.completedStage(new MultiLeaderCluster(context, conditions));
    }

    @Override
    public List<Node> nodes() {
        return world.nodes();
    }

    @Override
    public Client connect(Session session, Node home) {
        int leaders = nodes().size();
        SessionMemory memory = sessions.computeIfAbsent(session.number(), number -> new SessionMemory(leaders));
        return new StoreClient(
                world,
                new SessionProtocol(rules, memory, session.number(), world.address(home), leaders),
                session.number(),
                memory.nextConnection());
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    /** All are leaders: no one is. */
    @Override
    public CompletionStage<Optional<Node>> leader() {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return world.askAll(new StatusQuestion(), Status.class).thenApply(statuses -> {
            long different = statuses.values().stream().distinct().count();
            return new Convergence(
                    statuses.size() == nodes().size() && different == 1,
                    nodes().stream()
                            .map(node -> sentence(node, Optional.ofNullable(statuses.get(node))))
                            .collect(Collectors.joining(", ")));
        });
    }

    private String sentence(Node node, Optional<Status> status) {
        return status.map(each -> {
                    StringBuilder sentence = new StringBuilder(node + " has");
                    for (int origin = 0; origin < nodes().size(); origin++) {
                        sentence.append(origin == 0 ? " " : " and ")
                                .append(each.held().of(origin))
                                .append(" of ")
                                .append(nodes().get(origin));
                    }
                    return sentence.toString();
                })
                .orElse(node + " does not answer");
    }

    @Override
    public CompletionStage<Void> stop() {
        world.stop();
        return CompletableFuture.completedStage(null);
    }
}
