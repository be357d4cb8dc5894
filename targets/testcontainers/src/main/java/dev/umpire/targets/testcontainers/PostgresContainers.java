package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Node;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A primary of PostgreSQL and standbys that stream from it, of any image with the server's programs and a user {@code postgres}.
 * Needs PostgreSQL's driver on the class path. Values are whole numbers.
 */
public final class PostgresContainers implements ContainerStore {
    private static final int PORT = 5432;
    /** A connection is a process that the server starts, which takes its time on a busy machine. */
    private static final int CONNECT_SECONDS = 5;

    private static final int ANSWER_SECONDS = 2;

    /** Runs again whenever the container is started, and goes on with the data that are there then. */
    private static final String SERVE = """
            PATH=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1):$PATH
            export PGDATA=/tmp/data
            [ -s $PGDATA/PG_VERSION ] || { %s; } || exit 1
            rm -f $PGDATA/postmaster.pid
            exec postgres -p 5432 -c listen_addresses='*' -c unix_socket_directories=/tmp -c max_wal_senders=16 \
                -c max_connections=300 -c recovery_init_sync_method=syncfs
            """;

    private static final String FOUND = """
            initdb --no-sync -A trust -U postgres && echo 'host all,replication all all trust' >> $PGDATA/pg_hba.conf &&
            echo 'CREATE TABLE registers (name text PRIMARY KEY, value bigint)' | postgres --single postgres
            """;

    private static final String FOLLOW =
            "pg_basebackup -h %s -p %d -U postgres -D $PGDATA -R -X stream -c fast --no-sync";

    private static final String STANDING = """
            SELECT NOT standby, CASE WHEN standby THEN coalesce(pg_last_wal_replay_lsn(), '0/0')
                                     ELSE pg_current_wal_flush_lsn() END - '0/0'::pg_lsn
            FROM (SELECT pg_is_in_recovery() AS standby) AS node""";

    /** Of errors: certainly nothing was written; read-only transactions, and servers that are starting or stopping. */
    private static final Set<String> REFUSED = Set.of("25006", "57P03");

    private final String image;

    /** @param image its name: {@code postgres:17} */
    public PostgresContainers(String image) {
        this.image = image;
    }

    @Override
    public int port() {
        return PORT;
    }

    @Override
    public GenericContainer<?> container(Node node, Peers peers) {
        Node primary = peers.nodes().get(0);
        String begin = peers.isFirst() ? FOUND : FOLLOW.formatted(peers.host(), peers.port(primary));
        return new GenericContainer<>(DockerImageName.parse(image))
                .withCreateContainerCmdModifier(command ->
                        command.withUser("postgres").withEntrypoint("sh", "-c", SERVE.formatted(begin.strip())))
                .waitingFor(Wait.forLogMessage(".*ready to accept .*connections.*", 1));
    }

    @Override
    public List<Configuration> configurations() {
        return OneLeader.configurations();
    }

    @Override
    public StoreConnection connect(String host, int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("connectTimeout", "" + CONNECT_SECONDS);
        properties.setProperty("loginTimeout", "" + CONNECT_SECONDS);
        properties.setProperty("socketTimeout", "" + ANSWER_SECONDS);
        return new Register(
                DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/postgres", properties));
    }

    private static final class Register extends SqlRegisters {
        Register(Connection connection) {
            super(connection);
        }

        @Override
        String upsert() {
            return "INSERT INTO registers VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        }

        @Override
        boolean refused(SQLException error) {
            return REFUSED.contains(error.getSQLState());
        }

        @Override
        public Standing standing() throws SQLException {
            try (Statement statement = connection().createStatement();
                    ResultSet row = statement.executeQuery(STANDING)) {
                row.next();
                return new Standing(row.getBoolean(1), row.getLong(2));
            }
        }
    }
}
