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
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * One ensemble of Apache ZooKeeper, of any image in which {@code zkServer.sh} is on {@code PATH}: version 3.9 or later. Needs
 * ZooKeeper's client on the class path. Values are whole numbers.
 *
 * <p>The promises are those of the documentation of ZooKeeper 3.9: <i>Consistency Guarantees</i> in its Programmer's Guide and
 * in its Internals.
 */
public final class ZooKeeperContainers implements ContainerStore {
    private static final int CLIENT = 2181;
    private static final int ELECTION = 3888;
    private static final int FOLLOWER = 2888;

    /** A version of the election protocol that there is not: negative, or it would be the id of a server. */
    private static final long GREETING = -1_000_000_000L;

    private static final String READS = "reads";
    private static final String SYNC = "sync";
    private static final String AFTER_WRITE = "after-write";
    private static final String LOCAL = "local";
    private static final String LINEARIZABLE = "linearizable";
    private static final String DURABILITY = "durability";

    /** Under these no server goes on to believe that it leads while another one does. */
    private static final Set<FaultKind> ONE_LEADER = Set.of(FaultKind.CRASH, FaultKind.SLOW);

    /**
     * Runs again whenever the container is started, and goes on with the data that are there then. The pauses between a server's
     * votes grow, by default up to a minute.
     */
    private static final String SERVE = """
            mkdir -p /tmp/umpire
            echo %d >/tmp/umpire/myid
            echo '%s' >/tmp/umpire/zoo.cfg
            export JMXDISABLE=true ZK_SERVER_HEAP=128
            export SERVER_JVMFLAGS='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dzookeeper.fastleader.maxNotificationInterval=500'
            exec zkServer.sh start-foreground /tmp/umpire/zoo.cfg
            """;

    private static final String SETTINGS = """
            dataDir=/tmp/umpire
            clientPort=2181
            tickTime=500
            initLimit=6
            syncLimit=4
            maxClientCnxns=0
            maxSessionTimeout=60000
            preAllocSize=1024
            standaloneEnabled=false
            reconfigEnabled=false
            quorumListenOnAllIPs=true
            admin.enableServer=false
            4lw.commands.whitelist=srvr
            %s
            """;

    private final String image;
    private final String reads;
    private final Map<Place, ZooKeeperConnection> connections = new ConcurrentHashMap<>();

    /** Whose connection it is, and to which server. */
    private record Place(Session session, int port) {}

    /** @param image its name: {@code zookeeper:3.9} */
    public ZooKeeperContainers(String image) {
        this(image, SYNC);
    }

    private ZooKeeperContainers(String image, String reads) {
        this.image = image;
        this.reads = reads;
    }

    @Override
    public ContainerStore open(Settings settings) {
        return new ZooKeeperContainers(image, settings.get(READS));
    }

    @Override
    public int port() {
        return CLIENT;
    }

    @Override
    public List<Integer> peerPorts() {
        return List.of(ELECTION, FOLLOWER);
    }

    /** A server that is called by one with a smaller id hangs up and calls back, at the address where that one says it listens. */
    @Override
    public boolean listensWhereDialled() {
        return true;
    }

    @Override
    public GenericContainer<?> container(Node node, Peers peers) {
        String servers = peers.nodes().stream()
                .map(one -> "server." + peers.number(one) + "=" + peers.host() + ":" + peers.advertised(one, FOLLOWER)
                        + ":" + peers.advertised(one, ELECTION))
                .collect(Collectors.joining("\n"));
        String serve = SERVE.formatted(peers.number(node), SETTINGS.formatted(servers));
        return new GenericContainer<>(DockerImageName.parse(image))
                .withCreateContainerCmdModifier(command -> command.withEntrypoint("sh", "-c", serve))
                .waitingFor(new NoWait());
    }

    @Override
    public Optional<String> prepare(Map<Node, Integer> ports) {
        return ports.entrySet().stream()
                .flatMap(one -> missingToServe(one.getKey(), one.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> missingToServe(Node node, int port) {
        try {
            ZooKeeperStatus status = new ZooKeeperServer(Machine.LOOPBACK, port).status();
            return status.serves() ? Optional.empty() : Optional.of(node + " " + status.describe());
        } catch (IOException noAnswer) {
            // as from one that just begins to lead or follow
            return Optional.of(node + ": " + noAnswer.getMessage());
        }
    }

    @Override
    public StoreConnection connect(String host, int port) {
        return new ZooKeeperServer(host, port);
    }

    /** What ZooKeeper promises to a client it promises to its session, which is kept while the session of the run moves. */
    @Override
    public StoreConnection connect(Session session, String host, int port) {
        return connections.computeIfAbsent(
                new Place(session, port), place -> new ZooKeeperConnection(host, port, before()));
    }

    private ZooKeeperConnection.Before before() {
        return switch (reads) {
            case SYNC -> ZooKeeperSession::sync;
            case AFTER_WRITE -> (server, path) -> server.write(ZooKeeperConnection.WRITTEN_BEFORE_READS, "");
            default -> ZooKeeperConnection.NOTHING;
        };
    }

    @Override
    public ProbeConnection connectToProbeLink(String host, int port) {
        return new Greeting(host, port, GREETING);
    }

    @Override
    public void close() {
        connections.values().forEach(ZooKeeperConnection::end);
    }

    @Override
    public Asked asked() {
        return Asked.ANY_NODE;
    }

    @Override
    public Set<String> functions() {
        return Set.of(Request.READ, Request.WRITE, Request.CAS);
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting(
                READS,
                List.of(LOCAL, SYNC, AFTER_WRITE),
                SYNC,
                "local: the asked server answers at once; sync: it first waits for what the leader has committed;"
                        + " after-write: it first takes part in a write"));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                configuration(
                        "reads-after-writes",
                        Map.of(READS, AFTER_WRITE, "at", "any"),
                        List.of(LINEARIZABLE, DURABILITY),
                        faults(),
                        "a read sees all that was acknowledged when it was asked, as most servers agree on a write before it"),
                configuration(
                        "synced-reads",
                        Map.of(READS, SYNC, "at", "any"),
                        List.of(LINEARIZABLE, DURABILITY),
                        ONE_LEADER,
                        "a read sees all that the leader had committed when it was asked; while two believe to lead, it may"
                                + " have asked the wrong one"),
                configuration(
                        "one-server",
                        Map.of(READS, LOCAL, "at", "sticky"),
                        List.of("sequential", DURABILITY),
                        faults(),
                        "each session asks one server, which may be behind and never goes back"),
                configuration(
                        "local-reads",
                        Map.of(READS, LOCAL, "at", "any"),
                        List.of("consistent-prefix", "eventual", DURABILITY),
                        faults(),
                        "any server answers alone, each as far as it is"));
    }

    private static Configuration configuration(
            String name, Map<String, String> settings, List<String> promise, Set<FaultKind> faults, String meaning) {
        return new Configuration(
                name,
                settings,
                promise,
                faults,
                "real-time",
                List.of("register", "cas-register"),
                Configuration.USUAL_NODES,
                meaning);
    }
}
