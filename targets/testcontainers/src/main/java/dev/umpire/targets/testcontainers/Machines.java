package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The containers of a cluster, and where they are dialled. */
final class Machines {
    private final Environment environment;
    private final EngineNetwork network;
    private final ContainerStore store;
    private final List<Node> nodes;
    private final NodeLinks links;
    private final NodeLogs logs;
    private final String gateway;
    private final Map<Node, Machine> machines =
            new ConcurrentHashMap<>(); // grows off the loop while the cluster is started

    Machines(
            Environment environment,
            EngineNetwork network,
            ContainerStore store,
            List<Node> nodes,
            NodeLinks links,
            NodeLogs logs) {
        this.environment = environment;
        this.network = network;
        this.store = store;
        this.nodes = List.copyOf(nodes);
        this.links = links;
        this.logs = logs;
        this.gateway = network.gateway();
    }

    /** The container of a node that has none yet, not started. */
    Machine add(Node node) {
        Machine machine = new Machine(
                node,
                network,
                store.container(node, new Peers(node, nodes, gateway, links)),
                store.port(),
                links.listening(node),
                logs);
        machines.put(node, machine);
        return machine;
    }

    Environment environment() {
        return environment;
    }

    NodeLinks links() {
        return links;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** The node that began first. */
    Node first() {
        return nodes.get(0);
    }

    /** The container of a node. */
    Machine of(Node node) {
        Machine found = machines.get(node);
        if (found == null) {
            throw new IllegalArgumentException("node: found " + node + ", expected one of " + machines.keySet());
        }
        return found;
    }

    /** Connects to a node as clients do. Blocks. */
    StoreConnection connect(Node node) throws Exception {
        return store.connect(Machine.LOOPBACK, links.listening(node));
    }

    /** Connects over a link as the node at its start does. Blocks. */
    StoreConnection connect(Link link) throws Exception {
        return store.connect(gateway, links.dial(link.from(), link.to()));
    }

    /** A question to a node. Blocks. */
    interface Question<T> {
        Optional<T> ask(StoreConnection connection) throws Exception;
    }

    /** What a node says on a connection of its own; empty if it does not answer. */
    <T> CompletionStage<Optional<T>> ask(Node node, Question<T> question) {
        return environment.blocking("ask-" + node, () -> {
            try (StoreConnection connection = connect(node)) {
                return question.ask(connection);
            } catch (Exception noAnswer) {
                return Optional.empty();
            }
        });
    }
}
