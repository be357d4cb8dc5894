package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.FolderTree;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the servers of an ensemble are and how they reach each other; never changes.
 *
 * <p>All have the same list of servers, by name. At a server its own name leads to where it listens, and that of another one to
 * an address of the link between the two, at which the same ports are a proxy's.
 *
 * @param clients the port of each node for clients
 * @param peers the port of each node at which followers dial it while it leads
 * @param links between the ports for elections
 * @param reached where sessions and the harness dial servers
 * @param changeable whether others may become members while it runs
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
        boolean changeable) {

    /** Of the server. */
    static final String MAIN_CLASS = "org.apache.zookeeper.server.quorum.QuorumPeerMain";

    private static final String PROPERTIES = "zoo.cfg";
    private static final String HOSTS = "hosts";
    private static final String STORED = "version-2";
    private static final byte LOOPBACK = 127;

    Layout {
        nodes = List.copyOf(nodes);
        clients = Map.copyOf(clients);
        peers = Map.copyOf(peers);
    }

    /** The servers as they can be asked. */
    ZooKeeperNodes zookeeper() {
        return new ZooKeeperNodes(environment, settings, nodes, reached);
    }

    /** The port of a node for clients. */
    int client(Node node) {
        return node.in(clients);
    }

    /** The port of a node for its followers. */
    int peer(Node node) {
        return node.in(peers);
    }

    /** The port of a node for elections. */
    int election(Node node) {
        return links.listening(node);
    }

    /** Where the node at the start of a link dials the one at its end. */
    static InetAddress dialled(List<Node> nodes, Link link) {
        byte[] address = {LOOPBACK, 1, (byte) id(nodes, link.from()), (byte) id(nodes, link.to())};
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("of " + address.length + " bytes", e);
        }
    }

    /** Writes what a server reads when it starts for the first time. */
    void writeSettings(Node node, Path folder) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("myid"), "" + id(node));
        write(folder, settings(folder, nodes.stream().map(this::member).toList()));
        Files.write(folder.resolve(HOSTS), hosts(node));
    }

    /**
     * Writes what a server reads when it starts to become a member. It stands there as an observer, so that it can take no part in
     * an election before it has learned from the members who they are.
     *
     * @param members as lines of a list of servers; the server's own is left out
     */
    void writeJoiningSettings(Node node, Path folder, List<String> members) throws IOException {
        // what it wrote itself when it learned of members
        try (DirectoryStream<Path> written = Files.newDirectoryStream(folder, PROPERTIES + "*")) {
            for (Path file : written) {
                Files.delete(file);
            }
        }
        List<String> known = new ArrayList<>(members);
        known.removeIf(line -> line.startsWith(key(node)));
        known.add(listed(node, "observer"));
        write(folder, settings(folder, known));
    }

    /** Deletes all that a server has stored. */
    static void empty(Path folder) throws IOException {
        FolderTree.delete(folder.resolve("data").resolve(STORED));
    }

    private static void write(Path folder, List<String> lines) throws IOException {
        Files.write(folder.resolve(PROPERTIES), lines);
    }

    private List<String> settings(Path folder, List<String> servers) {
        // short enough that a run sees what a fault of a second or two does
        List<String> lines = new ArrayList<>(List.of(
                "dataDir=" + folder.resolve("data"),
                "tickTime=500",
                "initLimit=6",
                "syncLimit=4",
                "maxClientCnxns=0",
                "maxSessionTimeout=60000",
                "preAllocSize=1024",
                "standaloneEnabled=false",
                "reconfigEnabled=" + changeable,
                "admin.enableServer=false",
                "4lw.commands.whitelist=srvr,conf"));
        lines.addAll(servers);
        return lines;
    }

    /** How a member stands in the list of all. */
    String member(Node node) {
        return listed(node, "participant");
    }

    private String listed(Node node, String role) {
        return key(node) + node.name() + ":" + peer(node) + ":" + election(node) + ":" + role + ";"
                + ZooKeeperNodes.at(client(node));
    }

    /** With what the line of a node in the list of all begins. */
    String key(Node node) {
        return "server." + id(node) + "=";
    }

    /**
     * The names of nodes as one server understands them. A server that is called by one with a smaller id hangs up and calls
     * back at the address by which the caller names itself, which is its name too.
     */
    private List<String> hosts(Node own) {
        return nodes.stream()
                .map(node -> node.equals(own)
                        ? "127.0.0.1 localhost " + node.name()
                        : dialled(nodes, new Link(own, node)).getHostAddress() + " " + node.name())
                .toList();
    }

    /** By which the ensemble knows a server. */
    int id(Node node) {
        return id(nodes, node);
    }

    private static int id(List<Node> nodes, Node node) {
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
                // whoever reaches the ensemble may do all that can be done there, and change its members
                "-Dzookeeper.skipACL=" + (changeable ? "yes" : "no"),
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS",
                "-cp",
                jars.classPath(),
                MAIN_CLASS,
                PROPERTIES));
        return new Command(node.name(), jars.java(), arguments, folder, Map.of(), logs.file(node));
    }
}
