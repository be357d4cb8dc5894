package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.StartAttempts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Starts a cluster: data made once and copied, all servers at once, then the circle. */
final class MariadbStart {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Duration TO_MAKE_DATA = Duration.ofSeconds(60);
    private static final String PORT_TAKEN = "Address already in use";

    /** What a killed process has written is with the operating system: only a killed machine would lose it. */
    private static final List<String> STORAGE = List.of(
            "--innodb-buffer-pool-size=32M",
            "--innodb-log-file-size=4M",
            "--innodb-flush-log-at-trx-commit=2",
            "--innodb-flush-method=nosync",
            "--innodb-doublewrite=0",
            "--sync-binlog=0",
            "--performance-schema=OFF",
            "--skip-name-resolve");

    private final StartContext context;
    private final Environment environment;
    private final Launcher launcher;
    private final MariadbSettings settings;
    private final List<Node> nodes;
    private final Map<Node, MariadbNode> started = new ConcurrentHashMap<>();
    private final Holdings holdings;
    private final NodeClocks clocks;

    private MariadbStart(StartContext context, MariadbSettings settings, Holdings holdings) {
        this.context = context;
        this.environment = context.environment();
        this.launcher = context.launcher();
        this.settings = settings;
        this.nodes = context.nodes();
        this.holdings = holdings;
        this.clocks = new NodeClocks(context, holdings);
    }

    static CompletionStage<Cluster> start(StartContext context, MariadbSettings settings) {
        return StartAttempts.start(
                context, PORT_TAKEN, holdings -> new MariadbStart(context, settings, holdings).run());
    }

    private CompletionStage<Cluster> run() {
        return environment
                .blocking("launcher", this::launch)
                .thenCompose(layout -> ready(layout)
                        .thenCompose(ready -> environment.blocking("launcher", () -> close(layout)))
                        .thenCompose(circle -> replicates(layout))
                        .thenApply(runs -> cluster(layout)));
    }

    private Cluster cluster(Layout layout) {
        MariadbFaults faults = new MariadbFaults(layout, clocks);
        return new MariadbCluster(layout.mariadb(), faults, () -> {
            faults.end();
            return holdings.giveBack(environment);
        });
    }

    private Layout launch() throws IOException {
        Installation installation = Installation.find(launcher, settings.home());
        MariadbSettings.KNOWN.require(launcher, installation.server(), "Ver ", settings.version());
        Optional<String> user = launcher.serverUser("mysql");
        Map<Node, Integer> ports = holdings.ports(nodes);
        Layout layout = new Layout(environment, settings, nodes, started, holdings.links(ports));
        Path made = holdings.folder(nodes.get(0).name(), user);
        launcher.complete(install(installation, made, user), TO_MAKE_DATA);
        List<Path> folders = new ArrayList<>(List.of(made));
        for (Node node : nodes.subList(1, nodes.size())) {
            folders.add(copy(node, made, user));
        }
        for (int i = 0; i < nodes.size(); i++) {
            int port = layout.links().listening(nodes.get(i));
            holdings.release(port);
            Command server = clocks.of(nodes.get(i), server(installation, i, folders.get(i), port, user));
            started.put(nodes.get(i), new MariadbNode(port, folders.get(i), holdings.start(server)));
        }
        return layout;
    }

    private Path copy(Node node, Path made, Optional<String> user) throws IOException {
        Path folder = holdings.folder(node.name(), user);
        launcher.complete(
                command(
                        "copy of data for " + node,
                        launcher.program("cp", "coreutils"),
                        List.of("-a", made + "/.", folder.toString()),
                        folder,
                        context.logs().file(node),
                        user),
                TO_MAKE_DATA);
        return folder;
    }

    private CompletionStage<Void> ready(Layout layout) {
        return CompletableFuture.allOf(nodes.stream()
                .map(node -> answers(layout, node).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private CompletionStage<Void> answers(Layout layout, Node node) {
        MariadbNode known = layout.at(node);
        return known.process().explaining(Polling.until(environment, node + " to answer", READY_NANOS, () -> {
            known.process().requireAlive();
            return layout.sql()
                    .ask(node, connection -> connection.isValid(1))
                    .thenApply(answer -> new Polling.Seen(answer.isPresent(), "no answer at port " + known.port()));
        }));
    }

    /** Gives every node its tables, which are in nobody's log, and the one before it as its master. */
    private Layout close(Layout layout) throws IOException {
        for (Node node : nodes) {
            List<String> statements = new ArrayList<>(List.of("SET sql_log_bin = 0"));
            statements.addAll(MariadbDialect.SCHEMA);
            nodes.forEach(other -> statements.add("INSERT INTO marks VALUES ('" + other + "', 0)"));
            statements.add("CHANGE MASTER TO master_host='127.0.0.1', master_port="
                    + layout.links().dial(node, layout.master(node)) + ", master_user='" + SqlNodes.USER
                    + "', master_use_gtid=slave_pos, master_connect_retry=1, master_heartbeat_period=1");
            statements.add("START SLAVE");
            layout.sql().tell(node, statements.toArray(String[]::new));
        }
        return layout;
    }

    private CompletionStage<Void> replicates(Layout layout) {
        return layout.at(nodes.get(0))
                .process()
                .explaining(Polling.until(environment, "every node to replicate", READY_NANOS, () -> {
                    started.values().forEach(node -> node.process().requireAlive());
                    return Standing.runs(layout.mariadb());
                }));
    }

    private Command install(Installation installation, Path data, Optional<String> user) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--no-defaults", "--datadir=" + data, "--auth-root-authentication-method=normal", "--debug-no-sync"));
        installation.base().ifPresent(base -> arguments.add("--basedir=" + base));
        arguments.addAll(STORAGE);
        Node first = context.nodes().get(0);
        return command(
                "mariadb-install-db of " + first,
                installation.install(),
                arguments,
                data,
                context.logs().file(first),
                user);
    }

    private Command server(Installation installation, int index, Path data, int port, Optional<String> user)
            throws IOException {
        Node node = context.nodes().get(index);
        int number = index + 1;
        List<String> arguments = new ArrayList<>(List.of("--no-defaults"));
        installation.base().ifPresent(base -> arguments.add("--basedir=" + base));
        arguments.addAll(STORAGE);
        arguments.addAll(List.of(
                "--datadir=" + data,
                "--tmpdir=" + data,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                // in the data folder, as short as the system asks for
                "--socket=mariadbd.sock",
                "--pid-file=mariadbd.pid",
                // whoever connects is let in, under any name: that is how probes know their connections
                "--skip-grant-tables",
                "--max-connections=300",
                "--server-id=" + number,
                "--gtid-domain-id=" + number,
                "--log-bin=binlog",
                "--log-slave-updates",
                "--binlog-format=ROW",
                "--relay-log=relay",
                "--relay-log-recovery=ON",
                "--slave-net-timeout=4",
                "--slave-exec-mode=" + (settings.idempotent() ? "IDEMPOTENT" : "STRICT"),
                "--auto-increment-increment=" + context.nodeCount(),
                "--auto-increment-offset=" + number));
        return command(
                node.name(),
                installation.server(),
                arguments,
                data,
                context.logs().file(node),
                user);
    }

    private static Command command(
            String name, Path program, List<String> arguments, Path folder, Path log, Optional<String> user) {
        return new Command(name, program, arguments, folder, Map.of("LC_ALL", "C", "TZ", "UTC"), log).as(user);
    }
}
