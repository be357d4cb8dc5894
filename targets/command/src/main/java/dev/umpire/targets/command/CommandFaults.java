package dev.umpire.targets.command;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.external.Order;
import dev.umpire.harness.external.OrderedFaults;
import dev.umpire.harness.external.Orders;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The levers for which the user gave commands, and the questions: nodes are asked by clients of their own. Used on the loop. */
final class CommandFaults extends OrderedFaults {
    private final Environment environment;
    private final Orders orders;
    private final Clients clients;
    private final Set<Node> nodes;
    private final Map<Node, NodeProbe> probes = new TreeMap<>();

    CommandFaults(Environment environment, Orders orders, Clients clients, Set<Node> nodes) {
        super(environment, orders);
        this.environment = environment;
        this.orders = orders;
        this.clients = clients;
        this.nodes = Set.copyOf(nodes);
    }

    /** Who leads, as the order tells; empty where there is no order. */
    @Override
    protected CompletionStage<Optional<Node>> leader() {
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
}
