package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.StoreCluster;
import dev.umpire.targets.simulated.client.ClientProtocol;
import dev.umpire.targets.simulated.singleleader.Protocol.ChangeMembers;
import dev.umpire.targets.simulated.singleleader.Protocol.Status;
import dev.umpire.targets.simulated.world.WorldConditions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cluster of replicas, of which one leads. */
public final class SingleLeaderCluster extends StoreCluster<Status, SessionMemory> {
    private final Rules rules;
    /** Those that are to be no members. */
    private final Set<Node> away = new TreeSet<>();
    /** Those of them without which the others have agreed to go on. */
    private final Set<Node> replaceable = new TreeSet<>();
    /** Those that are back, and perhaps no members yet. */
    private final Set<Node> joining = new TreeSet<>();

    private SingleLeaderCluster(StartContext context, WorldConditions conditions, Rules rules) {
        super(context, conditions, Status.class, host -> new Replica(host, rules));
        this.rules = rules;
    }

    /** Founds a cluster with the first node as its leader; completes when that one takes requests. */
    public static CompletionStage<Cluster> start(StartContext context, WorldConditions conditions) {
        SingleLeaderCluster cluster = new SingleLeaderCluster(context, conditions, Rules.of(context.settings()));
        return cluster.awaitLeader(leader -> true).thenApply(leader -> cluster);
    }

    @Override
    protected SessionMemory memory(int session) {
        return new SessionMemory(environment().random().stream("store/routing").split(session));
    }

    @Override
    protected ClientProtocol protocol(int session, long connection, SessionMemory memory, int home) {
        return new SessionProtocol(rules, memory, environment(), home, nodes().size(), connection);
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return statuses().thenApply(SingleLeaderCluster::onlyLeader);
    }

    /** By the entries of the log that each has applied. */
    @Override
    public CompletionStage<Map<Node, Long>> progress() {
        return statuses()
                .thenApply(statuses -> statuses.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().applied())));
    }

    private static Optional<Node> onlyLeader(Map<Node, Status> statuses) {
        List<Node> leaders = statuses.entrySet().stream()
                .filter(entry -> entry.getValue().leads())
                .map(Map.Entry::getKey)
                .toList();
        return leaders.size() == 1 ? Optional.of(leaders.get(0)) : Optional.empty();
    }

    private CompletionStage<Node> awaitLeader(Predicate<Node> wanted) {
        return await("leader", statuses -> onlyLeader(statuses).filter(wanted));
    }

    @Override
    public CompletionStage<Node> failOver(Node leader) {
        if (!rules.failover()) {
            return CompletableFuture.failedStage(
                    new IllegalStateException("failover: found off, expected on to make another node the leader"));
        }
        return settled()
                .thenCompose(all -> faults().crash(leader))
                .thenCompose(crashed -> awaitLeader(node -> !node.equals(leader)));
    }

    @Override
    public CompletionStage<Void> leave(Node node) {
        return settled()
                .thenCompose(all -> {
                    away.add(node);
                    return faults().crash(node);
                })
                .thenCompose(crashed -> awaitWithout(node))
                .thenAccept(leader -> replaceable.add(node));
    }

    @Override
    public CompletionStage<Void> join(Node node) {
        away.remove(node);
        // where the others have not agreed to go on without it, what its disk holds still counts
        if (replaceable.remove(node)) {
            exchange(node);
        }
        joining.add(node);
        return faults().restart(node).thenAccept(started -> {
            CompletionStage<Void> unused = awaitAllMembers();
        });
    }

    /** Asks the leader to go on without a node, until all have agreed; completes with the leader. */
    private CompletionStage<Node> awaitWithout(Node node) {
        return await(
                "agreement on going on without " + node,
                statuses -> onlyLeader(statuses)
                        .filter(leader -> !leader.equals(node))
                        .filter(leader -> isAgreed(leader, statuses.get(leader), node, false)));
    }

    /** One thing after the other: who takes a node away while another is still joining may leave too few. */
    private CompletionStage<Void> settled() {
        return joining.isEmpty() ? CompletableFuture.completedStage(null) : awaitAllMembers();
    }

    /** Asks the leader to let in whoever is not away, until all have agreed. */
    private CompletionStage<Void> awaitAllMembers() {
        return await(
                        "all members",
                        statuses -> onlyLeader(statuses)
                                .filter(leader -> nodes().stream()
                                        .filter(node -> !away.contains(node))
                                        .allMatch(node -> isAgreed(leader, statuses.get(leader), node, true))))
                .thenAccept(leader -> joining.clear());
    }

    private boolean isAgreed(Node leader, @Nullable Status status, Node node, boolean member) {
        if (status == null) {
            return false;
        }
        if (status.members().has(address(node)) != member) {
            tell(leader, new ChangeMembers(address(node), member));
            return false;
        }
        return status.membersAgreed();
    }

    private boolean hasAllMembers(Status leading) {
        return leading.membersAgreed() && leading.members().count() == nodes().size();
    }

    @Override
    protected boolean converged(List<Status> statuses) {
        List<Status> leading = statuses.stream().filter(Status::leads).toList();
        return leading.size() == 1
                && hasAllMembers(leading.get(0))
                && statuses.stream()
                        .allMatch(status -> status.applied() == leading.get(0).lastIndex()
                                && status.lastIndex() == leading.get(0).lastIndex());
    }

    @Override
    protected String told(Status said) {
        return (said.leads() ? "leads and " : "") + "has applied " + said.applied() + " of " + said.lastIndex()
                + " entries";
    }
}
