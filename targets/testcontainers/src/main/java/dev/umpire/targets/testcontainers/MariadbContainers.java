package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Masters of MariaDB in a circle, each the replica of the one before it by global transaction ids, of any image with a user {@code
 * mysql} and {@code mariadbd} and {@code mariadb-install-db} on {@code PATH}: version 10.5 or later. Needs MariaDB's driver on the
 * class path. Values are whole numbers.
 *
 * <p>The promises are those of MariaDB's documentation: <i>Multi-Master Ring Replication</i> and <i>GTID with Multi-Source and
 * Multi-Primary Replication</i>.
 */
public final class MariadbContainers implements ContainerStore {
    private static final int PORT = 3306;
    private static final String TIMEOUT_MILLIS = "1000";
    private static final String USER = "umpire";
    private static final String READS = "reads";
    private static final String CONFLICTS = "conflicts";
    private static final String STOP = "stop";
    private static final String IDEMPOTENT = "idempotent";
    private static final String EVENTUAL = "eventual";

    /**
     * Runs again whenever the container is started, and goes on with the data that are there then. What a killed server has
     * written is with the operating system: nothing is synced. Whoever connects is let in.
     */
    private static final String SERVE = """
            set -- --no-defaults --datadir=/tmp/umpire --innodb-buffer-pool-size=32M --innodb-log-file-size=4M \
                --innodb-flush-log-at-trx-commit=2 --innodb-flush-method=nosync --innodb-doublewrite=0 --sync-binlog=0 \
                --performance-schema=OFF
            first=
            [ -d /tmp/umpire ] || {
                mariadb-install-db "$@" --force --auth-root-authentication-method=normal || exit 1
                echo "%s" >/tmp/first.sql
                first=--init-file=/tmp/first.sql
            }
            exec mariadbd "$@" $first --bind-address=0.0.0.0 --port=3306 --socket=/tmp/umpire.sock --skip-grant-tables \
                --skip-name-resolve --max-connections=300 --server-id=%d --gtid-domain-id=%2$d --log-bin=binlog --binlog-format=ROW \
                --log-slave-updates --relay-log=relay --relay-log-recovery=ON --slave-net-timeout=4 --slave-exec-mode=%s
            """;

    /** The table is in nobody's log. */
    private static final String FIRST = """
            SET sql_log_bin = 0;
            CREATE DATABASE umpire;
            CREATE TABLE umpire.registers (name varchar(255) PRIMARY KEY, value bigint NOT NULL) ENGINE=InnoDB \
            CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
            CHANGE MASTER TO master_host='%s', master_port=%d, master_user='umpire', master_use_gtid=slave_pos, \
            master_connect_retry=1, master_heartbeat_period=1;
            START SLAVE;
            """;

    private final String image;
    private final boolean idempotent;

    /** @param image its name: {@code mariadb:10.11} */
    public MariadbContainers(String image) {
        this(image, false);
    }

    private MariadbContainers(String image, boolean idempotent) {
        this.image = image;
        this.idempotent = idempotent;
    }

    @Override
    public ContainerStore open(Settings settings) {
        return new MariadbContainers(image, settings.get(CONFLICTS).equals(IDEMPOTENT));
    }

    @Override
    public int port() {
        return PORT;
    }

    @Override
    public GenericContainer<?> container(Node node, Peers peers) {
        List<Node> nodes = peers.nodes();
        Node master = nodes.get((nodes.indexOf(node) + nodes.size() - 1) % nodes.size());
        String first = FIRST.formatted(peers.host(), peers.port(master));
        String serve = SERVE.formatted(first, peers.number(node), idempotent ? "IDEMPOTENT" : "STRICT");
        return new GenericContainer<>(DockerImageName.parse(image))
                .withCreateContainerCmdModifier(
                        command -> command.withUser("mysql").withEntrypoint("sh", "-c", serve))
                .waitingFor(new NoWait());
    }

    @Override
    public Optional<String> prepare(Map<Node, Integer> ports) {
        return ports.entrySet().stream()
                .flatMap(one -> missingToReplicate(one.getKey(), one.getValue()).stream())
                .findFirst();
    }

    private Optional<String> missingToReplicate(Node node, int port) {
        try (MariadbConnection connection = connect(Machine.LOOPBACK, port)) {
            return connection.missingToReplicate().map(reason -> node + " " + reason);
        } catch (SQLException noAnswer) {
            return Optional.of(node + ": " + noAnswer.getMessage());
        }
    }

    @Override
    public MariadbConnection connect(String host, int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("sslMode", "disable");
        properties.setProperty("connectTimeout", TIMEOUT_MILLIS);
        properties.setProperty("socketTimeout", TIMEOUT_MILLIS);
        return new MariadbConnection(
                DriverManager.getConnection("jdbc:mariadb://" + host + ":" + port + "/umpire", properties));
    }

    @Override
    public Asked asked() {
        return Asked.A_MASTER;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting(
                        CONFLICTS,
                        List.of(STOP, IDEMPOTENT),
                        STOP,
                        "slave_exec_mode: what a replica does with a change that does not fit: STRICT stops, IDEMPOTENT goes on"));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                configuration(
                        "owner-writes",
                        Map.of(Asked.WRITES, Asked.OWNER, READS, "home", CONFLICTS, STOP),
                        EVENTUAL,
                        "one master alone writes a key, and every server applies its changes in its order"),
                configuration(
                        "owner-writes-sticky",
                        Map.of(Asked.WRITES, Asked.OWNER, READS, "sticky", CONFLICTS, STOP),
                        EVENTUAL,
                        "the same, and a session reads at one node: its own writes may be late there"),
                configuration(
                        "home-writes",
                        Map.of(Asked.WRITES, Asked.HOME, READS, "home", CONFLICTS, IDEMPOTENT),
                        "integrity",
                        "any master writes any key and goes on over rows that do not fit: what is read was written once, and"
                                + " masters may differ for ever"));
    }

    private Configuration configuration(String name, Map<String, String> settings, String promise, String meaning) {
        return new Configuration(name, settings, List.of(promise), faults(), "real-time", meaning);
    }
}
