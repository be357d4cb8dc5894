package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Command;
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
import java.util.Properties;
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
        Map<Node, Integer> advertisedControllers) {

    /** The topic that sessions use. */
    private static final String TOPIC = "umpire";

    /** Of the server. */
    static final String MAIN_CLASS = "kafka.Kafka";

    private static final String PROPERTIES = "server.properties";
    private static final String LOGGING = "log4j.properties";
    private static final String DATA = "data";

    Layout {
        nodes = List.copyOf(nodes);
        clients = Map.copyOf(clients);
        brokers = Map.copyOf(brokers);
        controllers = Map.copyOf(controllers);
        advertisedControllers = Map.copyOf(advertisedControllers);
    }

    /** The port of a node for clients. */
    int client(Node node) {
        return of(node, clients);
    }

    /** The port of a node for the other brokers. */
    int broker(Node node) {
        return of(node, brokers);
    }

    /** The port of a node for the other controllers. */
    int controller(Node node) {
        return of(node, controllers);
    }

    private static <T> T of(Node node, Map<Node, T> byNode) {
        T found = byNode.get(node);
        if (found == null) {
            throw new IllegalArgumentException("node: found " + node + ", expected one of " + byNode.keySet());
        }
        return found;
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
                "node.id=" + id(node),
                "log.dirs=" + folder.resolve(DATA),
                "listeners=" + listeners(client(node), broker(node), controller(node)),
                "advertised.listeners="
                        + listeners(client(node), links.advertised(node), of(node, advertisedControllers)),
                "listener.security.protocol.map=CLIENT:PLAINTEXT,BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name=BROKER",
                "controller.listener.names=CONTROLLER",
                "controller.quorum.voters="
                        + nodes.stream()
                                .map(one -> id(one) + "@127.0.0.1:" + of(one, advertisedControllers))
                                .collect(Collectors.joining(","))));
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

    private static String listeners(int client, int broker, int controller) {
        return "CLIENT://127.0.0.1:" + client + ",BROKER://127.0.0.1:" + broker + ",CONTROLLER://127.0.0.1:"
                + controller;
    }

    /** How to make a broker's empty data folder. */
    Command format(Node node, Path folder) {
        // brokers of another cluster that find one of our ports are refused by it
        Uuid cluster = new Uuid(0x756d70697265L, client(nodes.get(0)));
        return command(
                "format of " + node,
                node,
                folder,
                List.of("kafka.tools.StorageTool", "format", "-t", cluster.toString(), "-c", PROPERTIES));
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
        Path identity = to.resolve("meta.properties");
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(identity)) {
            properties.load(in);
        }
        properties.setProperty("node.id", String.valueOf(id(node)));
        // which a broker draws where it finds none
        properties.remove("directory.id");
        try (Writer out = Files.newBufferedWriter(identity)) {
            properties.store(out, null);
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
