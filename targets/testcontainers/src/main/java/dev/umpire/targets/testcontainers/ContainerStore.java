package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.testcontainers.containers.GenericContainer;

/**
 * What is a store's own when its nodes are containers. Its calls may block, and come from many threads; connections are used by
 * one thread at a time.
 *
 * <p>A store says three things: how the container of a node is made, how a node is asked, and what is promised. Everything else
 * has a default, which suits stores with one leader whose nodes listen at one port.
 */
public interface ContainerStore {

    /** The port at which a node listens in its container for clients, and, where nobody says, for the other nodes. */
    int port();

    /**
     * The ports at which a node listens in its container for the other nodes, one or more; at the first one links are
     * probed. By default {@link #port}.
     */
    default List<Integer> peerPorts() {
        return List.of(port());
    }

    /**
     * Whether nodes tell each other an address alone and expect the port at which they listen themselves: then each listens for
     * the others, in its container, at the port at which {@link Peers#advertised} says that it is dialled, instead of the one of
     * {@link #peerPorts}. By default not.
     */
    default boolean listensWhereDialled() {
        return false;
    }

    /**
     * Makes the container of a node, without starting it. Network, name on it, and published ports are added to it; nodes are
     * started one after another in their order, each once the one before is ready by its wait strategy. Where none is ready
     * without others, that is a {@link NoWait}: all are awaited anyway.
     *
     * @param peers where this node dials the others
     */
    GenericContainer<?> container(Node node, Peers peers);

    /**
     * Connects to a node as a client does.
     *
     * @throws Exception if the node does not take the connection; nothing was sent then
     */
    StoreConnection connect(String host, int port) throws Exception;

    /**
     * Connects a session to a node that it asks. By default as everybody; a store whose sessions keep something while they move
     * between nodes, such as where they are in a log, knows them by their numbers.
     *
     * @throws Exception if nothing was sent, and will not be
     */
    default StoreConnection connect(Session session, String host, int port) throws Exception {
        return connect(host, port);
    }

    /**
     * Connects to a node, at its port for clients, to see whether it answers. By default as a client does.
     *
     * @throws Exception if the node does not take the connection
     */
    default ProbeConnection connectToProbe(String host, int port) throws Exception {
        return connect(host, port);
    }

    /**
     * Connects to a node over a link, at the first of its {@link #peerPorts}, to see whether the link delivers. By default as at
     * its port for clients.
     *
     * @throws Exception if nobody takes the connection
     */
    default ProbeConnection connectToProbeLink(String host, int port) throws Exception {
        return connectToProbe(host, port);
    }

    /** Who is asked; one leader where nobody says. */
    default Asked asked() {
        return Asked.LEADER;
    }

    /** The functions that its connections understand; {@code read} and {@code write} where nobody says. */
    default Set<String> functions() {
        return Set.of(Request.READ, Request.WRITE);
    }

    /** What it promises, by its settings and those of {@link #asked}; nothing where nobody says. */
    default List<Configuration> configurations() {
        return List.of();
    }

    /** Its own settings; none where nobody says. */
    default List<Setting> settings() {
        return List.of();
    }

    /** The faults that its nodes can be given: by default all of containers. Without those of links where peers do not dial as they are told. */
    default Set<FaultKind> faults() {
        return ContainerTarget.ALL;
    }

    /**
     * The store as one cluster has it, with these settings; made before anything else is asked of it, and closed in the end.
     * By default the same for all.
     */
    default ContainerStore open(Settings settings) {
        return this;
    }

    /**
     * Makes what sessions need, such as a table, when all nodes can be asked. Called again, a moment later, while something is
     * missing.
     *
     * @param ports at which clients reach each node, at the loopback address
     * @return what is still missing; empty: nothing
     */
    default Optional<String> prepare(Map<Node, Integer> ports) throws Exception {
        return Optional.empty();
    }

    /** Gives back what its connections share, which are closed by now or never will be. */
    default void close() {
        // connections that share nothing give back what they have
    }
}
