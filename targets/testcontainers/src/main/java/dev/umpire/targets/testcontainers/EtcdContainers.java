package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * One Raft cluster of etcd, of any image in which {@code etcd} is on {@code PATH} and its user may make {@code /umpire}: version
 * 3.4 or later. Needs no driver, as members are asked by their JSON gateway. Values are whole numbers.
 *
 * <p>The promises are those of etcd's documentation, <i>KV API guarantees</i>: reads are linearizable by default, completed
 * operations durable; serializable reads "may access stale data with respect to quorum", never an intermediate state.
 */
public final class EtcdContainers implements ContainerStore {
    private static final int CLIENT = 2379;
    private static final int PEER = 2380;
    private static final String READS = "reads";
    private static final String LINEARIZABLE = "linearizable";
    private static final String SERIALIZABLE = "serializable";

    private static final Duration CONNECT = Duration.ofMillis(500);

    private final String image;
    private final boolean serializable;
    private final HttpClient http;

    /** @param image its name: {@code quay.io/coreos/etcd:v3.5.21} */
    public EtcdContainers(String image) {
        this(image, false);
    }

    private EtcdContainers(String image, boolean serializable) {
        this.image = image;
        this.serializable = serializable;
        // without an upgrade to HTTP/2, which the gateway does not know
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    @Override
    public ContainerStore open(Settings settings) {
        return new EtcdContainers(image, settings.get(READS).equals(SERIALIZABLE));
    }

    @Override
    public int port() {
        return CLIENT;
    }

    @Override
    public List<Integer> peerPorts() {
        return List.of(PEER);
    }

    @Override
    public GenericContainer<?> container(Node node, Peers peers) {
        String members = peers.nodes().stream()
                .map(one -> one.name() + "=" + advertised(peers, one))
                .collect(Collectors.joining(","));
        return new GenericContainer<>(DockerImageName.parse(image))
                .withCommand(
                        "etcd",
                        "--name",
                        node.name(),
                        "--data-dir",
                        "/umpire",
                        "--listen-client-urls",
                        "http://0.0.0.0:" + CLIENT,
                        "--advertise-client-urls",
                        "http://127.0.0.1:" + peers.client(node),
                        "--listen-peer-urls",
                        "http://0.0.0.0:" + PEER,
                        "--initial-advertise-peer-urls",
                        advertised(peers, node),
                        "--initial-cluster",
                        members,
                        // members of another cluster that finds one of our ports are refused by it
                        "--initial-cluster-token",
                        "umpire-" + peers.client(peers.nodes().get(0)),
                        "--initial-cluster-state",
                        "new",
                        "--heartbeat-interval",
                        "50",
                        "--election-timeout",
                        "500",
                        "--logger",
                        "zap",
                        "--log-outputs",
                        "stderr")
                .waitingFor(new NoWait());
    }

    private static String advertised(Peers peers, Node node) {
        return "http://" + peers.host() + ":" + peers.advertised(node, PEER);
    }

    @Override
    public StoreConnection connect(String host, int port) {
        return new EtcdConnection(http, host, port, serializable);
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
                List.of(LINEARIZABLE, SERIALIZABLE),
                LINEARIZABLE,
                "linearizable: the members agree before one answers; serializable: the asked member answers alone"));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                configuration(
                                "linearizable-reads",
                                Map.of(READS, LINEARIZABLE, "at", "any"),
                                List.of("linearizable", "durability"),
                                "each operation takes effect between request and answer, whichever member is asked")
                        // reads of several keys make one object of them, which is often more than can be decided
                        .withOptions(Map.of("snapshot-percent", "0")),
                configuration(
                        "serializable-reads",
                        Map.of(READS, SERIALIZABLE, "at", "home"),
                        List.of("consistent-prefix", "eventual", "durability"),
                        "the asked member answers alone, with a past state of the whole store"));
    }

    private Configuration configuration(
            String name, Map<String, String> settings, List<String> promise, String meaning) {
        return new Configuration(
                name,
                settings,
                promise,
                faults(),
                "real-time",
                List.of("register", "cas-register"),
                Configuration.USUAL_NODES,
                meaning);
    }
}
