package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import java.util.List;
import java.util.Set;
import org.testcontainers.containers.GenericContainer;

/** What is a store's own when its nodes are containers. Its calls may block; connections are used by one thread at a time. */
public interface ContainerStore {

    /** The port at which a node listens in its container, for clients and for the other nodes. */
    int port();

    /**
     * Makes the container of a node, without starting it. Network, name on it, and published port are added to it; nodes are
     * started one after another in their order, each once the one before is ready by its wait strategy.
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

    /** The functions that its connections understand; {@code read} and {@code write} where nobody says. */
    default Set<String> functions() {
        return Set.of(Request.READ, Request.WRITE);
    }

    /** What it promises, by where its reads go; nothing where nobody says. */
    default List<Configuration> configurations() {
        return List.of();
    }
}
