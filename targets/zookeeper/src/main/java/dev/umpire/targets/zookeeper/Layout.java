package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the servers of an ensemble are and how they reach each other; never changes.
 *
 * @param clients the port of each node for clients
 * @param peers the port of each node at which followers dial it while it leads
 * @param links between the ports for elections
 * @param reached where sessions and the harness dial servers
 * @param followerDials the port at which the node at the start of a link follows the one at its end, over the same links
 */
record Layout(
        Environment environment,
        ZooKeeperSettings settings,
        ServerJars jars,
        NodeLogs logs,
        List<Node> nodes,
        Map<Node, Integer> clients,
        Map<Node, Integer> peers,
        NodeLinks links,
        NodePorts reached,
        Map<Link, Integer> followerDials) {

    /** Of the server. */
    static final String MAIN_CLASS = "org.apache.zookeeper.server.quorum.QuorumPeerMain";

    private static final String PROPERTIES = "zoo.cfg";
    private static final String HOSTS = "hosts";

    Layout {
        nodes = List.copyOf(nodes);
        clients = Map.copyOf(clients);
        peers = Map.copyOf(peers);
        followerDials = Map.copyOf(followerDials);
    }

    /** The servers as they can be asked. */
    ZooKeeperNodes zookeeper() {
        return new ZooKeeperNodes(environment, settings, nodes, reached);
    }

    /** The port of a node for clients. */
    int client(Node node) {
        return of(node, clients);
    }

    /** The port of a node for its followers. */
    int peer(Node node) {
        return of(node, peers);
    }

    /** The port of a node for elections. */
    int election(Node node) {
        return links.listening(node);
    }

    private static <K> int of(K key, Map<K, Integer> ports) {
        Integer found = ports.get(key);
        if (found == null) {
            throw new IllegalArgumentException("found " + key + ", expected one of " + ports.keySet());
        }
        return found;
    }

    /** Writes what a server reads when it starts. */
    void writeSettings(Node node, Path folder) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("myid"), "" + id(node));
        // short enough that a run sees what a fault of a second or two does
        List<String> lines = new ArrayList<>(List.of(
                "dataDir=" + data,
                "clientPort=" + client(node),
                "clientPortAddress=127.0.0.1",
                "tickTime=500",
                "initLimit=6",
                "syncLimit=4",
                "maxClientCnxns=0",
                "maxSessionTimeout=60000",
                "preAllocSize=1024",
                "standaloneEnabled=false",
                // a leader would tell its followers which ports it dials itself
                "reconfigEnabled=false",
                "admin.enableServer=false",
                "4lw.commands.whitelist=srvr"));
        nodes.forEach(other -> lines.add("server." + id(other) + "=" + address(node, other)));
        Files.write(folder.resolve(PROPERTIES), lines);
        Files.write(folder.resolve(HOSTS), hosts(node));
    }

    /** Where a server finds another one, and where it listens itself. */
    private String address(Node own, Node other) {
        return own.equals(other)
                ? own.name() + ":" + peer(own) + ":" + election(own)
                : "127.0.0.1:" + of(new Link(own, other), followerDials) + ":" + links.dial(own, other);
    }

    /**
     * The names of nodes as one server understands them. A server that is called by one with a smaller id hangs up and calls
     * back, at the address by which the caller names itself, which leads around the links; but where that is no address that
     * can be called, at the one that stands in its own settings.
     */
    private List<String> hosts(Node own) {
        return nodes.stream()
                .map(node -> (node.equals(own) ? "127.0.0.1 localhost " : "0.0.0.0 ") + node.name())
                .toList();
    }

    private int id(Node node) {
        return nodes.indexOf(node) + 1;
    }

    /** How to start a server, the first time and again. */
    Command command(Node node, Path folder) {
        List<String> arguments = new ArrayList<>(jars.classes().options());
        arguments.addAll(List.of(
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.net.hosts.file=" + folder.resolve(HOSTS),
                // the pauses between a server's votes grow, by default up to a minute
                "-Dzookeeper.fastleader.maxNotificationInterval=500",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS",
                "-cp",
                jars.classPath(),
                MAIN_CLASS,
                PROPERTIES));
        return new Command(node.name(), jars.java(), arguments, folder, Map.of(), logs.file(node));
    }
}
