package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import dev.umpire.harness.target.Session;
import java.io.IOException;
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
    private final NodeLogs logs;
    private final Map<Node, Machine> machines =
            new ConcurrentHashMap<>(); // grows off the loop while the cluster is started
    private final Diallers diallers;
    private final Doors doors;

    /** @param holdings takes ports and links */
    Machines(
            Environment environment,
            EngineNetwork network,
            ContainerStore store,
            List<Node> nodes,
            NodeLogs logs,
            Holdings holdings)
            throws IOException {
        this.environment = environment;
        this.network = network;
        this.store = store;
        this.nodes = List.copyOf(nodes);
        this.logs = logs;
        this.diallers = new Diallers(network, machines);
        this.doors = Doors.open(store, nodes, network, diallers, holdings);
    }

    /** The container of a node that has none yet, not started. */
    Machine add(Node node) {
        Machine machine = new Machine(
                node,
                network,
                store.container(node, new Peers(node, nodes, doors)),
                doors.published(node),
                diallers,
                logs);
        machines.put(node, machine);
        return machine;
    }

    Environment environment() {
        return environment;
    }

    ContainerStore store() {
        return store;
    }

    Doors doors() {
        return doors;
    }

    NodeLinks links() {
        return doors.links();
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
        return node.in(machines);
    }

    /** @throws LaunchException if a container has ended; the message has the end of its log */
    void requireRunning() throws LaunchException {
        for (Machine machine : machines.values()) {
            machine.requireRunning();
        }
    }

    /** Connects a session to a node. Blocks. */
    StoreConnection connect(Session session, Node node) throws Exception {
        return store.connect(session, Machine.LOOPBACK, doors.client(node));
    }

    /** Connects to a node to see whether it answers. Blocks. */
    ProbeConnection connectToProbe(Node node) throws Exception {
        return store.connectToProbe(Machine.LOOPBACK, doors.client(node));
    }

    /** Connects over a link, as the node at its start does, to see whether it delivers. Blocks. */
    ProbeConnection connectToProbe(Link link) throws Exception {
        return store.connectToProbeLink(doors.gateway(), links().dial(link.from(), link.to()));
    }

    /** A question to a node. Blocks. */
    interface Question<T> {
        Optional<T> ask(StoreConnection connection) throws Exception;
    }

    /** What a node says on a connection of its own; empty if it does not answer. */
    <T> CompletionStage<Optional<T>> ask(Node node, Question<T> question) {
        return environment.blocking("ask-" + node, () -> {
            try (StoreConnection connection = store.connect(Machine.LOOPBACK, doors.client(node))) {
                return question.ask(connection);
            } catch (Exception noAnswer) {
                return Optional.empty();
            }
        });
    }
}
