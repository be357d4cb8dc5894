package dev.umpire.targets.testcontainers;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Nodes of Apache Cassandra, each with a replica of everything, of any image with {@code cassandra} on {@code PATH} and its settings
 * in {@code CASSANDRA_CONF} or {@code /etc/cassandra}: version 4.1 or later. Needs Cassandra's driver on the class path. Values are
 * whole numbers.
 *
 * <p>The promises are those of Cassandra's documentation: <i>Dynamo</i> (tunable consistency), <i>Read repair</i> and <i>Hints</i>.
 */
public final class CassandraContainers implements ContainerStore {
    private static final int CLIENT = 9042;
    private static final int PEER = 7000;

    /** A node looks at the first half, which is far from the number by which nodes greet each other, when it has both. */
    private static final long GREETING = 1_000_000L << Integer.SIZE;

    private static final String READS = "reads";
    private static final String WRITES = "writes";
    private static final List<String> LEVELS = List.of("one", "quorum", "all");
    private static final String QUORUM = "quorum";
    private static final String ONE = "one";

    /** Under these no coordinator forgets what it has to hand over. */
    private static final Set<FaultKind> NO_CRASH =
            Set.of(FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW, FaultKind.DISCONNECT);

    /**
     * Runs again whenever the container is started, and goes on with the data that are there then. What a row needs beside its data
     * is said, as a node measures that for seconds otherwise; and who has missed a change of the schema asks for it soon.
     */
    private static final String SERVE = """
            mkdir -p /tmp/umpire/conf && cp -r "${CASSANDRA_CONF:-/etc/cassandra}"/. /tmp/umpire/conf || exit 1
            export CASSANDRA_CONF=/tmp/umpire/conf MAX_HEAP_SIZE=384m HEAP_NEWSIZE=96m
            echo '%s' >$CASSANDRA_CONF/cassandra.yaml
            printf 'dc=datacenter1\\nrack=rack1\\n' >$CASSANDRA_CONF/cassandra-rackdc.properties
            export JVM_EXTRA_OPTS='-XX:TieredStopAtLevel=1 -Dcassandra.storagedir=/tmp/umpire \
            -Dcassandra.ring_delay_ms=1000 -Dcassandra.skip_wait_for_gossip_to_settle=0 \
            -Dcassandra.memtable.row_overhead_size=181 \
            -Dcassandra.schema_pull_interval_ms=2000 -Dcassandra.migration_delay_ms=0'
            exec cassandra -f -R
            """;

    private static final String SETTINGS = """
            cluster_name: umpire-%d
            partitioner: org.apache.cassandra.dht.Murmur3Partitioner
            num_tokens: 1
            initial_token: "%d"
            auto_bootstrap: false
            broadcast_address: %s
            storage_port: %d
            rpc_address: 0.0.0.0
            broadcast_rpc_address: 127.0.0.1
            native_transport_port: 9042
            start_native_transport: true
            seed_provider: [{class_name: org.apache.cassandra.locator.SimpleSeedProvider, parameters: [{seeds: "%s"}]}]
            endpoint_snitch: GossipingPropertyFileSnitch
            dynamic_snitch: false
            hinted_handoff_enabled: true
            hints_flush_period: 1s
            commitlog_sync: batch
            commitlog_segment_size: 4MiB
            memtable_heap_space: 16MiB
            memtable_offheap_space: 16MiB
            auto_snapshot: false
            read_request_timeout: 800ms
            range_request_timeout: 800ms
            write_request_timeout: 800ms
            """;

    private final String image;
    private final ConsistencyLevel reads;
    private final ConsistencyLevel writes;
    private final Map<Integer, CqlSession> drivers = new ConcurrentHashMap<>();

    /** @param image its name: {@code cassandra:5.0} */
    public CassandraContainers(String image) {
        this(image, DefaultConsistencyLevel.QUORUM, DefaultConsistencyLevel.QUORUM);
    }

    private CassandraContainers(String image, ConsistencyLevel reads, ConsistencyLevel writes) {
        this.image = image;
        this.reads = reads;
        this.writes = writes;
    }

    @Override
    public ContainerStore open(Settings settings) {
        return new CassandraContainers(image, level(settings.get(READS)), level(settings.get(WRITES)));
    }

    private static ConsistencyLevel level(String option) {
        return DefaultConsistencyLevel.valueOf(option.toUpperCase(Locale.ROOT));
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
    public boolean listensWhereDialled() {
        return true;
    }

    @Override
    public GenericContainer<?> container(Node node, Peers peers) {
        // the others of every node, which may start again while any of them is lost
        String seeds = peers.nodes().stream()
                .map(one -> peers.host() + ":" + peers.advertised(one, PEER))
                .collect(Collectors.joining(","));
        long share = Long.MAX_VALUE / peers.nodes().size() * 2;
        String settings = SETTINGS.formatted(
                peers.client(peers.nodes().get(0)),
                Long.MIN_VALUE + (peers.number(node) - 1) * share,
                peers.host(),
                peers.advertised(node, PEER),
                seeds);
        return new GenericContainer<>(DockerImageName.parse(image))
                .withCreateContainerCmdModifier(
                        command -> command.withEntrypoint("sh", "-c", SERVE.formatted(settings)))
                .waitingFor(new NoWait());
    }

    @Override
    public Optional<String> prepare(Map<Node, Integer> ports) {
        try {
            ports.values().forEach(port -> drivers.computeIfAbsent(port, CassandraTable::connect));
            CassandraTable.make(drivers.values());
            return Optional.empty();
        } catch (DriverException notYet) {
            return Optional.of(String.valueOf(notYet.getMessage()));
        }
    }

    @Override
    public StoreConnection connect(String host, int port) {
        return new CassandraConnection(
                Optional.ofNullable(drivers.get(port)), new CassandraQuestion(host, port), reads, writes);
    }

    @Override
    public ProbeConnection connectToProbe(String host, int port) {
        return new CassandraQuestion(host, port);
    }

    @Override
    public ProbeConnection connectToProbeLink(String host, int port) {
        return new Greeting(host, port, GREETING);
    }

    @Override
    public void close() {
        drivers.values().forEach(CqlSession::forceCloseAsync);
    }

    @Override
    public Asked asked() {
        return Asked.ANY_NODE;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting(READS, LEVELS, QUORUM, "how many replicas take part in a read before its answer"),
                new Setting(WRITES, LEVELS, QUORUM, "how many replicas have a write before it is acknowledged"));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                new Configuration(
                        "quorum",
                        Map.of(READS, QUORUM, WRITES, QUORUM, "at", "any"),
                        List.of("read-your-writes", "monotonic-reads", "durability"),
                        faults(),
                        "real-time",
                        "of the replicas that answer a read one has acknowledged the last write; what one alone has is"
                                + " written to another before it is shown"),
                new Configuration(
                        "one",
                        Map.of(READS, ONE, WRITES, ONE, "at", "any"),
                        List.of("eventual"),
                        NO_CRASH,
                        "real-time",
                        "one replica answers; what the others have missed is handed over as a hint"));
    }
}
