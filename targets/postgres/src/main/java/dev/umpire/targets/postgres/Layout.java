package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.external.Question;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.sql.SqlAccount;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.sql.SqlQuestion;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;

/**
 * Where the nodes of a cluster are and how they reach each other; never changes once all are started.
 *
 * @param user as whom the servers run; empty: as the harness does
 * @param started by node; may still grow while the cluster is started
 * @param ports where sessions and the harness dial servers
 * @param connections how many each server bears
 */
record Layout(
        Environment environment,
        Launcher launcher,
        PostgresSettings settings,
        Installation installation,
        Optional<String> user,
        NodeLogs logs,
        List<Node> nodes,
        Map<Node, PostgresNode> started,
        NodeLinks links,
        NodePorts ports,
        DataFolders data,
        NodeClocks clocks,
        int connections) {

    private static final String STANDBY = "standby.signal";
    private static final SqlAccount ACCOUNT = SqlAccount.ofProcesses("postgres");

    Layout {
        nodes = List.copyOf(nodes);
    }

    PostgresNode at(Node node) {
        return node.in(started);
    }

    /** The nodes as they are asked in SQL. */
    SqlNodes sql() {
        return sql(ports::direct);
    }

    private SqlNodes sql(ToIntFunction<Node> port) {
        return new SqlNodes(
                environment,
                (node, name) -> Connections.connect(ACCOUNT, "", port.applyAsInt(node), name),
                node -> at(node).process().failure("refuses the user " + SqlNodes.USER));
    }

    /** The nodes as they can be asked. */
    PostgresNodes postgres() {
        return new PostgresNodes(environment, settings, nodes, sql(), sql(ports::client), ports);
    }

    /** What a server is asked to see whether it answers. */
    static Question question() {
        return new SqlQuestion(port -> Connections.connect(ACCOUNT, "", port, SqlNodes.USER));
    }

    /** As {@link SqlNodes#ask}. */
    <T> CompletionStage<Optional<T>> ask(Node node, SqlNodes.Question<T> question) {
        return sql().ask(node, question);
    }

    /** As {@link SqlNodes#answer}. */
    <T> Optional<T> answer(Node node, SqlNodes.Question<T> question) {
        return sql().answer(node, question);
    }

    /** How to start a node for the first time. */
    Command command(Node node, Path data, Path conf) throws IOException {
        List<String> arguments = List.of(
                "-D",
                data.toString(),
                "-c",
                "config_file=" + conf.resolve("postgresql.conf"),
                "-c",
                "hba_file=" + conf.resolve("pg_hba.conf"));
        Command server = new Command(
                node.name(),
                installation.program(launcher, "postgres"),
                arguments,
                data,
                Map.of("LC_ALL", "C", "TZ", "UTC"),
                logs.file(node));
        return clocks.of(node, server.as(user));
    }

    /** How to start a node again. */
    Command command(Node node) throws IOException {
        PostgresNode known = at(node);
        return command(node, known.data(), known.settings());
    }

    /** Writes a node's settings, by which it follows a leader when it is a standby; or nobody. */
    void writeSettings(Node node, Optional<Node> leader, boolean confirmed) throws IOException {
        PostgresNode known = at(node);
        Optional<Integer> dial = leader.filter(other -> !other.equals(node)).map(other -> links.dial(node, other));
        write(settings, connections, node, others(node), known.port(), known.settings(), dial, confirmed);
    }

    private List<Node> others(Node node) {
        return nodes.stream().filter(other -> !other.equals(node)).toList();
    }

    /**
     * Writes a node's settings.
     *
     * @param connections how many it bears: as many as each other one, as a standby must bear those of its primary
     * @param others all other nodes
     * @param dial where it dials its primary; empty if it is one
     * @param confirmed whether commits already wait for standbys: before these stream, nothing could be written
     */
    static void write(
            PostgresSettings settings,
            int connections,
            Node node,
            List<Node> others,
            int port,
            Path folder,
            Optional<Integer> dial,
            boolean confirmed)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "listen_addresses = '127.0.0.1'",
                "port = " + port,
                "unix_socket_directories = ''",
                "cluster_name = '" + node + "'",
                "max_connections = " + connections,
                "shared_buffers = 32MB",
                // what SIGKILL would leave in /dev/shm lies in the data folder instead
                "dynamic_shared_memory_type = mmap",
                // a killed process loses nothing that the operating system has; only a killed machine would
                "fsync = off",
                "wal_level = replica",
                "wal_log_hints = on",
                "wal_keep_size = 512MB",
                "max_wal_senders = 10",
                "hot_standby = on",
                "wal_sender_timeout = 5s",
                "wal_receiver_timeout = 5s",
                "wal_receiver_status_interval = 1s",
                "wal_retrieve_retry_interval = 100ms",
                "synchronous_commit = " + settings.commit(),
                "synchronous_standby_names = '" + (confirmed ? settings.synchronousStandbyNames(others) : "") + "'"));
        dial.ifPresent(primary -> lines.add("primary_conninfo = 'host=127.0.0.1 port=" + primary + " user="
                + SqlNodes.USER + " application_name=" + node + " connect_timeout=2'"));
        Files.write(folder.resolve("postgresql.conf"), lines);
        Files.write(
                folder.resolve("pg_hba.conf"),
                List.of("host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust"));
    }

    /** Lets a node be a standby when it is started next, or the primary. */
    static void writeRole(Path data, boolean standby) throws IOException {
        Path signal = data.resolve(STANDBY);
        if (standby) {
            Files.write(signal, new byte[0]);
        } else {
            Files.deleteIfExists(signal);
        }
    }
}
