package dev.umpire.targets.testcontainers;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.EndPoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;

/** The one table, in which a key is a row, and the driver by which one node is asked for it. */
final class CassandraTable {
    private static final String NAME = "umpire.registers";

    static final String READ = "SELECT v FROM " + NAME + " WHERE k = ?";
    static final String WRITE = "UPDATE " + NAME + " SET v = ? WHERE k = ?";
    static final String WRITTEN = "SELECT writetime(v) FROM " + NAME;

    /** A row that there never is. */
    private static final String NOTHING = "SELECT v FROM " + NAME + " WHERE k = 'nothing'";

    /** Shorter than a session waits, so that it hears what became of its request; longer than a node waits for others. */
    private static final Duration REQUEST = Duration.ofMillis(900);

    /** Of schemas and of the first connection, which a busy machine may take long for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration RECONNECTION = Duration.ofMillis(200);

    private CassandraTable() {}

    /** Connects with one node, which then coordinates all that is asked there. */
    static CqlSession connect(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return CqlSession.builder()
                .withConfigLoader(options())
                .addContactPoint(address)
                .withLocalDatacenter("datacenter1")
                .withNodeDistanceEvaluator(
                        (node, local) -> is(address, node.getEndPoint()) ? NodeDistance.LOCAL : NodeDistance.IGNORED)
                .build();
    }

    private static boolean is(InetSocketAddress address, EndPoint node) {
        return address.equals(node.resolve());
    }

    private static DriverConfigLoader options() {
        return DriverConfigLoader.programmaticBuilder(CqlSession.class.getClassLoader())
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENCE)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, PATIENCE)
                .withString(DefaultDriverOption.RECONNECTION_POLICY_CLASS, "ConstantReconnectionPolicy")
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, RECONNECTION)
                .withBoolean(DefaultDriverOption.TIMESTAMP_GENERATOR_FORCE_JAVA_CLOCK, true)
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .withBoolean(DefaultDriverOption.METADATA_TOKEN_MAP_ENABLED, false)
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, 1)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build();
    }

    /**
     * Makes it, with a replica at each node, and sees that each node reaches all replicas.
     *
     * @throws com.datastax.oss.driver.api.core.DriverException if one does not, yet
     */
    static void make(Collection<CqlSession> nodes) {
        CqlSession first = nodes.iterator().next();
        patiently(
                first,
                "CREATE KEYSPACE IF NOT EXISTS umpire WITH replication = {'class': 'SimpleStrategy', 'replication_factor': "
                        + nodes.size() + "}");
        // what is asked twice for speed could be answered by another node than the one that the run cut off
        patiently(
                first,
                "CREATE TABLE IF NOT EXISTS " + NAME
                        + " (k text PRIMARY KEY, v bigint) WITH speculative_retry = 'NEVER'"
                        + " AND additional_write_policy = 'NEVER'");
        for (CqlSession node : nodes) {
            node.execute(SimpleStatement.newInstance(NOTHING).setConsistencyLevel(DefaultConsistencyLevel.ALL));
        }
    }

    private static void patiently(CqlSession node, String statement) {
        node.execute(SimpleStatement.newInstance(statement).setTimeout(PATIENCE));
    }
}
