package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Brokers of Apache Kafka, controllers too (KRaft), of any image with {@code kafka-storage.sh} and {@code kafka-server-start.sh} in
 * {@code /opt/kafka/bin} or on {@code PATH}: version 3.9 or later. One topic, of three partitions, of which each broker has a copy.
 * Needs {@code kafka-clients} on the class path.
 *
 * <p>The promises are those of Kafka's documentation: the producer's {@code acks}, the topic's {@code min.insync.replicas} and
 * {@code unclean.leader.election.enable}, and <i>Design: Replication</i>.
 */
public final class KafkaContainers implements ContainerStore {
    private static final int CLIENT = 9092;
    private static final int BROKER = 9093;
    private static final int CONTROLLER = 9094;
    private static final String ACKS = "acks";
    private static final String ALL = "all";
    private static final String ONE = "1";

    /** Runs again whenever the container is started, and goes on with the data that are there then. */
    private static final String SERVE = """
            PATH=/opt/kafka/bin:$PATH
            export KAFKA_HEAP_OPTS=-Xmx256m KAFKA_JVM_PERFORMANCE_OPTS='-XX:+UseSerialGC -XX:TieredStopAtLevel=1'
            echo '%s' >/tmp/umpire.properties
            [ -s /tmp/umpire/meta.properties ] || kafka-storage.sh format -t %s -c /tmp/umpire.properties || exit 1
            exec kafka-server-start.sh /tmp/umpire.properties
            """;

    private static final String SETTINGS = """
            process.roles=broker,controller
            log.dirs=/tmp/umpire
            node.id=%d
            listeners=CLIENT://0.0.0.0:9092,BROKER://0.0.0.0:9093,CONTROLLER://0.0.0.0:9094
            advertised.listeners=CLIENT://127.0.0.1:%d,BROKER://%s,CONTROLLER://%s
            listener.security.protocol.map=CLIENT:PLAINTEXT,BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
            inter.broker.listener.name=BROKER
            controller.listener.names=CONTROLLER
            controller.quorum.voters=%s
            controller.quorum.election.timeout.ms=3000
            controller.quorum.fetch.timeout.ms=3000
            broker.session.timeout.ms=4000
            broker.heartbeat.interval.ms=500
            initial.broker.registration.timeout.ms=100000
            replica.lag.time.max.ms=4000
            replica.fetch.wait.max.ms=100
            replica.socket.timeout.ms=4000
            auto.create.topics.enable=false
            auto.leader.rebalance.enable=false
            offsets.topic.num.partitions=1
            log.cleaner.enable=false
            num.network.threads=2
            num.io.threads=4
            background.threads=2
            """;

    private final String image;
    private final String acks;
    private final Map<Node, Integer> ports = new ConcurrentHashMap<>();
    private final Map<Session, KafkaSession> sessions = new ConcurrentHashMap<>();

    /** @param image its name: {@code apache/kafka:3.9.1} */
    public KafkaContainers(String image) {
        this(image, ALL);
    }

    private KafkaContainers(String image, String acks) {
        this.image = image;
        this.acks = acks;
    }

    @Override
    public ContainerStore open(Settings settings) {
        return new KafkaContainers(image, settings.get(ACKS));
    }

    @Override
    public int port() {
        return CLIENT;
    }

    @Override
    public List<Integer> peerPorts() {
        return List.of(BROKER, CONTROLLER);
    }

    @Override
    public GenericContainer<?> container(Node node, Peers peers) {
        String voters = peers.nodes().stream()
                .map(one -> peers.number(one) + "@" + at(peers, one, CONTROLLER))
                .collect(Collectors.joining(","));
        String settings = SETTINGS.formatted(
                peers.number(node), peers.client(node), at(peers, node, BROKER), at(peers, node, CONTROLLER), voters);
        // brokers of another cluster that finds one of our ports are refused by it
        Uuid cluster = new Uuid(0x756d70697265L, peers.client(peers.nodes().get(0)));
        return new GenericContainer<>(DockerImageName.parse(image))
                .withCreateContainerCmdModifier(
                        command -> command.withEntrypoint("sh", "-c", SERVE.formatted(settings, cluster)))
                .waitingFor(new NoWait());
    }

    private static String at(Peers peers, Node node, int inside) {
        return peers.host() + ":" + peers.advertised(node, inside);
    }

    @Override
    public Optional<String> prepare(Map<Node, Integer> clients) throws IOException {
        ports.putAll(clients);
        Optional<String> missing = KafkaTopic.make(bootstrap(), clients.size(), acks.equals(ALL) ? 2 : 1);
        return missing.isPresent()
                ? missing
                : clients.values().stream()
                        .flatMap(port -> producersGetNoId(port).stream())
                        .findFirst();
    }

    private static Optional<String> producersGetNoId(int port) {
        try (KafkaWire wire = new KafkaWire(Machine.LOOPBACK, port)) {
            return wire.givesProducersNoId();
        } catch (IOException notYet) {
            return Optional.of("an id for producers: " + notYet.getMessage());
        }
    }

    private String bootstrap() {
        return ports.values().stream()
                .map(port -> Machine.LOOPBACK + ":" + port)
                .collect(Collectors.joining(","));
    }

    @Override
    public StoreConnection connect(String host, int port) throws IOException {
        return new KafkaWire(host, port);
    }

    @Override
    public StoreConnection connect(Session session, String host, int port) {
        return sessions.computeIfAbsent(session, one -> new KafkaSession(bootstrap(), acks))
                .at(host, port);
    }

    @Override
    public void close() {
        sessions.values().forEach(KafkaSession::end);
    }

    @Override
    public Asked asked() {
        return Asked.DRIVER;
    }

    @Override
    public Set<String> functions() {
        return Set.of(Request.SEND, Request.POLL);
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting(
                ACKS,
                List.of(ALL, ONE),
                ALL,
                "all: a message is acknowledged when two replicas in sync have it at least, and all that are in sync; 1: when"
                        + " the leader has it"));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                configuration(
                        "in-sync-acks",
                        ALL,
                        faults(),
                        "a message is on two replicas before it is acknowledged, one of them leads next, and none stands twice"),
                configuration(
                        "leader-acks",
                        ONE,
                        Set.of(),
                        "the leader alone has a message when it is acknowledged: lost with it, kept while it leads"));
    }

    private static Configuration configuration(String name, String acks, Set<FaultKind> faults, String meaning) {
        return new Configuration(
                name,
                Map.of(ACKS, acks),
                List.of("log-order", "durability"),
                faults,
                "real-time",
                List.of("log"),
                Configuration.USUAL_NODES,
                meaning);
    }
}
