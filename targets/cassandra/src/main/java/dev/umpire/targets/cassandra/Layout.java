package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.FolderTree;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the nodes of a cluster are and how they reach each other; never changes.
 *
 * <p>A node listens for the others at the loopback address and tells them another one, 127.0.0.2 for the first, at which the
 * same port is a proxy's.
 *
 * @param clients the port of each node for clients
 * @param operators the port of each node for orders ({@link Nodetool}); empty where none is given in the run
 * @param links between the ports for other nodes
 */
record Layout(
        Environment environment,
        CassandraSettings settings,
        ServerJars jars,
        NodeLogs logs,
        List<Node> nodes,
        Map<Node, Integer> clients,
        Map<Node, Integer> operators,
        NodeLinks links) {

    /** How many addresses end in one byte. */
    static final int MOST_NODES = 100;

    static final String DATACENTER = "datacenter1";

    /** The bound of every question to a node that needs no other one. */
    static final int QUESTION_MILLIS = 500;

    /** Of the server. */
    static final String MAIN_CLASS = "org.apache.cassandra.service.CassandraDaemon";

    /** A probe's greeting is refused with an exception, of which one line is enough. */
    private static final String LOGGING = """
            <configuration>
              <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%date{ISO8601} %-5level [%thread] %logger{0} - %msg%n</pattern></encoder>
              </appender>
              <appender name="REFUSALS" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%date{ISO8601} %-5level [%thread] %logger{0} - %msg%n%ex{1}</pattern></encoder>
              </appender>
              <logger name="org.apache.cassandra.net.InboundConnectionInitiator" additivity="false">
                <appender-ref ref="REFUSALS"/>
              </logger>
              <root level="INFO"><appender-ref ref="OUT"/></root>
            </configuration>
            """;

    Layout {
        nodes = List.copyOf(nodes);
        clients = Map.copyOf(clients);
        operators = Map.copyOf(operators);
    }

    /** The nodes as they can be asked. */
    CassandraNodes cassandra() {
        return new CassandraNodes(environment, settings, nodes, NodePorts.of(this::clientPort), Map.of());
    }

    /** The port of a node for clients. */
    int clientPort(Node node) {
        return node.in(clients);
    }

    /** The port of a node for orders. */
    int operatorPort(Node node) {
        return node.in(operators);
    }

    /** The port of a node for the others. */
    int peerPort(Node node) {
        return links.listening(node);
    }

    /** Where the others dial each node. */
    static Map<Node, InetAddress> advertised(List<Node> nodes) throws IOException {
        Map<Node, InetAddress> addresses = new HashMap<>();
        for (Node node : nodes) {
            addresses.put(node, InetAddress.getByName(advertised(nodes.indexOf(node))));
        }
        return addresses;
    }

    private static String advertised(int index) {
        return "127.0.0." + (index + 2);
    }

    /** By which address the others know a node. */
    String advertised(Node node) {
        return advertised(nodes.indexOf(node));
    }

    /** Writes what a node reads when it starts as one of those of which the ring is made. */
    void writeSettings(Node node, Path folder) throws IOException {
        Files.write(folder.resolve("cassandra.yaml"), settings(node, false, nodes));
        Files.write(folder.resolve("cassandra-rackdc.properties"), List.of("dc=" + DATACENTER, "rack=rack1"));
        Files.writeString(folder.resolve("logback.xml"), LOGGING);
    }

    /**
     * Deletes all that a node has stored, and writes what it reads when it starts to join the ring and later: it gets a copy of
     * all ranges once, as the first start on an empty disk of a node that is no seed itself.
     */
    void prepareToJoin(Node node, Path folder) throws IOException {
        try (DirectoryStream<Path> stored = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path one : stored) {
                FolderTree.delete(one);
            }
        }
        List<Node> others = nodes.stream().filter(other -> !other.equals(node)).toList();
        Files.write(folder.resolve("cassandra.yaml"), settings(node, true, others));
    }

    private List<String> settings(Node node, boolean bootstraps, List<Node> seeds) {
        List<String> lines = new ArrayList<>(List.of(
                "cluster_name: umpire",
                "partitioner: org.apache.cassandra.dht.Murmur3Partitioner",
                "num_tokens: 1",
                "initial_token: \"" + token(node) + "\"",
                "auto_bootstrap: " + bootstraps,
                "listen_address: 127.0.0.1",
                "broadcast_address: " + advertised(node),
                "storage_port: " + peerPort(node),
                "rpc_address: 127.0.0.1",
                "native_transport_port: " + clientPort(node),
                "start_native_transport: true",
                "seed_provider: [{class_name: org.apache.cassandra.locator.SimpleSeedProvider,"
                        + " parameters: [{seeds: \"" + listed(seeds) + "\"}]}]",
                // with it, a coordinator asks its own replica first, whatever others answer
                "endpoint_snitch: GossipingPropertyFileSnitch",
                "dynamic_snitch: false",
                "hinted_handoff_enabled: " + settings.hints(),
                "hints_flush_period: 1s",
                "paxos_variant: v2",
                "commitlog_segment_size: 4MiB",
                "memtable_heap_space: 16MiB",
                "memtable_offheap_space: 16MiB",
                "auto_snapshot: false",
                // shorter than a session waits, so that it hears how its request ended
                "read_request_timeout: 800ms",
                "range_request_timeout: 800ms",
                "write_request_timeout: 800ms",
                "cas_contention_timeout: 800ms"));
        lines.addAll(
                settings.synced()
                        ? List.of("commitlog_sync: batch")
                        : List.of("commitlog_sync: periodic", "commitlog_sync_period: 10s"));
        return lines;
    }

    /** Several for every node, which may start again while any of them is lost. */
    private String listed(List<Node> seeds) {
        return seeds.stream()
                .map(seed -> advertised(seed) + ":" + peerPort(seed))
                .collect(Collectors.joining(","));
    }

    /** Parts the ring evenly. */
    private long token(Node node) {
        return Long.MIN_VALUE + nodes.indexOf(node) * (Long.MAX_VALUE / nodes.size() * 2);
    }

    /** The same node, started so that it is none of the ring before {@link Nodetool#join}. */
    static Command apart(Command usual) {
        List<String> arguments = new ArrayList<>(List.of(JavaOptions.APART));
        arguments.addAll(usual.arguments());
        return new Command(
                usual.name(),
                usual.program(),
                arguments,
                usual.folder(),
                usual.environment(),
                usual.log(),
                usual.user());
    }

    /** How to start a node, the first time and again. */
    Command command(Node node, Path folder) {
        Optional<Integer> operator = Optional.ofNullable(operators.get(node));
        return new Command(
                node.name(), jars.java(), JavaOptions.of(jars, folder, operator), folder, Map.of(), logs.file(node));
    }
}
