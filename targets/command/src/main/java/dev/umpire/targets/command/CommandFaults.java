package dev.umpire.targets.command;

import dev.umpire.harness.cluster.Elections;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The levers for which the user gave commands, and the questions: nodes are asked by clients of their own. Used on the loop. */
final class CommandFaults implements FaultControl {
    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Environment environment;
    private final Orders orders;
    private final Clients clients;
    private final Set<Node> nodes;
    private final Map<Node, NodeProbe> probes = new TreeMap<>();

    CommandFaults(Environment environment, Orders orders, Clients clients, Set<Node> nodes) {
        this.environment = environment;
        this.orders = orders;
        this.clients = clients;
        this.nodes = Set.copyOf(nodes);
    }

    @Override
    public CompletionStage<Void> crash(Node node) {
        return orders.breaking(Order.CRASH, Order.RESTART, node);
    }

    @Override
    public CompletionStage<Void> restart(Node node) {
        return orders.mending(Order.RESTART, node);
    }

    @Override
    public CompletionStage<Void> pause(Node node) {
        return orders.breaking(Order.PAUSE, Order.RESUME, node);
    }

    @Override
    public CompletionStage<Void> resume(Node node) {
        return orders.mending(Order.RESUME, node);
    }

    @Override
    public CompletionStage<Void> cut(Set<Link> links) {
        return each(links, link -> orders.breaking(Order.CUT, Order.MEND, link));
    }

    @Override
    public CompletionStage<Void> mend(Set<Link> links) {
        return each(links, link -> orders.mending(Order.MEND, link));
    }

    private static CompletionStage<Void> each(Set<Link> links, Function<Link, CompletionStage<Void>> order) {
        CompletionStage<Void> all = CompletableFuture.completedStage(null);
        for (Link link : new TreeSet<>(links)) {
            all = all.thenCompose(done -> order.apply(link));
        }
        return all;
    }

    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return orders.breaking(Order.FAILOVER, Order.RESTART, leader)
                .thenCompose(ordered -> Elections.another(
                        environment,
                        leader,
                        ELECTION_NANOS,
                        this::leader,
                        now -> now,
                        now -> now.map(Node::name).orElse("none")));
    }

    /** Who leads, as the order tells; empty where there is no order. */
    CompletionStage<Optional<Node>> leader() {
        if (!orders.has(Order.LEADER)) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return orders.ask(Order.LEADER)
                .thenApply(name ->
                        nodes.stream().filter(node -> node.name().equals(name)).findFirst());
    }

    @Override
    public CompletionStage<Observation> answers(Node node) {
        return probes.computeIfAbsent(node, one -> new NodeProbe(environment, clients.of("probe-" + one), one))
                .answers();
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return orders.ask(Order.DELIVERS, link).thenApply(said -> switch (said) {
            case "yes" -> new Observation(true, "something sent on " + link + " arrived");
            case "no" -> new Observation(false, "something sent on " + link + " did not arrive");
            default ->
                throw new IllegalStateException(
                        Order.DELIVERS.setting() + ": found '" + said + "' as its last line, expected yes or no");
        });
    }
}
