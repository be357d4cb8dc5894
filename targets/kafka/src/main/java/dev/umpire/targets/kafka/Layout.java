package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.FolderTree;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * Where the brokers of a cluster are and how they reach each other; never changes.
 *
 * @param clients the port of each node for clients
 * @param brokers the port of each node for the other brokers
 * @param controllers the port of each node for the other controllers, which is answered as soon as the process runs
 * @param links between brokers and between controllers
 * @param advertisedControllers the port at which the other controllers dial each node
 * @param changeable whether controllers may leave the quorum and join it (KIP-853); else they are those of a list, for ever
 */
record Layout(
        Environment environment,
        KafkaSettings settings,
        ServerJars jars,
        NodeLogs logs,
        List<Node> nodes,
        Map<Node, Integer> clients,
        Map<Node, Integer> brokers,
        Map<Node, Integer> controllers,
        NodeLinks links,
        Map<Node, Integer> advertisedControllers,
        boolean changeable) {

    /** The topic that sessions use. */
    private static final String TOPIC = "umpire";

    /** Where all nodes are. */
    static final String HOST = "127.0.0.1";

    /** The name of the listener for the other controllers. */
    static final String CONTROLLERS = "CONTROLLER";

    /** Of the server. */
    static final String MAIN_CLASS = "kafka.Kafka";

    private static final String PROPERTIES = "server.properties";
    private static final String LOGGING = "log4j.properties";
    private static final String DATA = "data";
    private static final String IDENTITY = "meta.properties";
    private static final String NODE_ID = "node.id";
    private static final String DIRECTORY_ID = "directory.id";
    /** With which ids of this target begin: {@code umpire}. */
    private static final long OURS = 0x756d70697265L;

    Layout {
        nodes = List.copyOf(nodes);
        clients = Map.copyOf(clients);
        brokers = Map.copyOf(brokers);
        controllers = Map.copyOf(controllers);
        advertisedControllers = Map.copyOf(advertisedControllers);
    }

    /** The port of a node for clients. */
    int client(Node node) {
        return node.in(clients);
    }

    /** The port of a node for the other brokers. */
    int broker(Node node) {
        return node.in(brokers);
    }

    /** The port of a node for the other controllers. */
    int controller(Node node) {
        return node.in(controllers);
    }

    /** The id of a broker: {@code n1} is 1. */
    int id(Node node) {
        return nodes.indexOf(node) + 1;
    }

    /** The brokers as they can be asked. */
    KafkaNodes kafka() {
        return new KafkaNodes(
                environment,
                settings,
                nodes,
                NodePorts.of(this::client),
                nodes.stream().collect(Collectors.toMap(node -> node, this::id)),
                TOPIC);
    }

    /** Writes what a broker reads when it starts. */
    void writeSettings(Node node, Path folder) throws IOException {
        Files.write(folder.resolve(PROPERTIES), properties(node, folder));
        Files.write(
                folder.resolve(LOGGING),
                List.of(
                        "log4j.rootLogger=INFO, out",
                        "log4j.appender.out=org.apache.log4j.ConsoleAppender",
                        "log4j.appender.out.layout=org.apache.log4j.PatternLayout",
                        "log4j.appender.out.layout.ConversionPattern=[%d] %p %m (%c)%n"));
    }

    private List<String> properties(Node node, Path folder) {
        List<String> lines = new ArrayList<>(List.of(
                "process.roles=broker,controller",
                NODE_ID + "=" + id(node),
                "log.dirs=" + folder.resolve(DATA),
                "listeners=" + listeners(client(node), broker(node), controller(node)),
                "advertised.listeners=" + listeners(client(node), links.advertised(node), advertisedController(node)),
                "listener.security.protocol.map=CLIENT:PLAINTEXT,BROKER:PLAINTEXT," + CONTROLLERS + ":PLAINTEXT",
                "inter.broker.listener.name=BROKER",
                "controller.listener.names=" + CONTROLLERS,
                changeable
                        ? "controller.quorum.bootstrap.servers=" + listed(this::toController)
                        : "controller.quorum.voters=" + listed(one -> id(one) + "@" + toController(one))));
        // short enough that a run sees what a fault of a second or two does
        lines.addAll(List.of(
                "controller.quorum.election.timeout.ms=500",
                "controller.quorum.fetch.timeout.ms=1000",
                "broker.session.timeout.ms=2000",
                "broker.heartbeat.interval.ms=300",
                "replica.lag.time.max.ms=2000",
                "replica.fetch.wait.max.ms=100",
                "replica.socket.timeout.ms=2000",
                "auto.create.topics.enable=false",
                "auto.leader.rebalance.enable=false",
                "offsets.topic.num.partitions=1",
                "offsets.topic.replication.factor=" + nodes.size(),
                "transaction.state.log.num.partitions=1",
                "transaction.state.log.replication.factor=" + nodes.size(),
                "transaction.state.log.min.isr=2",
                // what a session left open is given up as soon as it may
                "transaction.abort.timed.out.transaction.cleanup.interval.ms=500",
                "group.initial.rebalance.delay.ms=0",
                "group.min.session.timeout.ms=500",
                "log.cleaner.enable=false",
                "num.network.threads=2",
                "num.io.threads=4",
                "background.threads=2"));
        return lines;
    }

    private String listed(Function<Node, String> one) {
        return nodes.stream().map(one).collect(Collectors.joining(","));
    }

    /** Where the other controllers dial a node. */
    private String toController(Node node) {
        return HOST + ":" + advertisedController(node);
    }

    /** The port of {@link #HOST} at which the other controllers dial a node. */
    int advertisedController(Node node) {
        return node.in(advertisedControllers);
    }

    private static String listeners(int client, int broker, int controller) {
        return "CLIENT://" + HOST + ":" + client + ",BROKER://" + HOST + ":" + broker + "," + CONTROLLERS + "://" + HOST
                + ":" + controller;
    }

    /** How to make a broker's empty data folder. */
    Command format(Node node, Path folder) {
        List<String> program = new ArrayList<>(
                List.of("kafka.tools.StorageTool", "format", "-t", cluster().toString(), "-c", PROPERTIES));
        if (changeable) {
            program.addAll(List.of(
                    "--initial-controllers",
                    listed(one -> id(one) + "@" + toController(one) + ":" + firstDirectory(one))));
        }
        return command("format of " + node, node, folder, program);
    }

    /** Brokers of another cluster that find one of our ports are refused by it. */
    private Uuid cluster() {
        return new Uuid(OURS, client(nodes.get(0)));
    }

    /** By which controllers know the disk that a node begins with, where they may leave the quorum. */
    private Uuid firstDirectory(Node node) {
        return new Uuid(OURS, controller(node));
    }

    /**
     * Makes a broker's empty data folder like that of another one.
     *
     * @param formatted the folder of the other broker
     */
    void copyFormat(Path formatted, Node node, Path folder) throws IOException {
        Path from = formatted.resolve(DATA);
        Path to = folder.resolve(DATA);
        if (Files.notExists(from)) {
            // the broker says what it misses
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        Properties properties = identity(folder);
        properties.setProperty(NODE_ID, String.valueOf(id(node)));
        if (changeable) {
            properties.setProperty(DIRECTORY_ID, firstDirectory(node).toString());
        } else {
            // which a broker draws where it finds none
            properties.remove(DIRECTORY_ID);
        }
        write(properties, folder);
    }

    /**
     * Gives a node an empty disk, as the storage tool formats one for a cluster that is there already
     * ({@code --no-initial-controllers}): the broker draws its id itself, and is no controller that votes.
     */
    void empty(Node node, Path folder) throws IOException {
        FolderTree.delete(folder.resolve(DATA));
        Files.createDirectory(folder.resolve(DATA));
        Properties properties = new Properties();
        properties.setProperty("version", "1");
        properties.setProperty("cluster.id", cluster().toString());
        properties.setProperty(NODE_ID, String.valueOf(id(node)));
        write(properties, folder);
    }

    /** By which controllers know the disk in a node's folder; empty where it has no id yet. */
    static Optional<Uuid> directory(Path folder) throws IOException {
        return Optional.ofNullable(identity(folder).getProperty(DIRECTORY_ID)).map(Uuid::fromString);
    }

    private static Properties identity(Path folder) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(folder.resolve(DATA).resolve(IDENTITY))) {
            properties.load(in);
        }
        return properties;
    }

    private static void write(Properties identity, Path folder) throws IOException {
        try (Writer out = Files.newBufferedWriter(folder.resolve(DATA).resolve(IDENTITY))) {
            identity.store(out, null);
        }
    }

    /** How to start a broker, the first time and again. */
    Command command(Node node, Path folder) {
        return command(node.name(), node, folder, List.of(MAIN_CLASS, PROPERTIES));
    }

    private Command command(String name, Node node, Path folder, List<String> program) {
        List<String> arguments = new ArrayList<>(jars.classes().options());
        arguments.addAll(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j.configuration=file:" + folder.resolve(LOGGING),
                "-cp",
                jars.classPath()));
        arguments.addAll(program);
        return new Command(name, jars.java(), arguments, folder, Map.of(), logs.file(node));
    }
}
