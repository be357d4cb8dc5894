package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.StartAttempts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Starts a circle: data made once and copied, all servers at once, then each the replica of the one before it. */
final class CircleStart {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final String PORT_TAKEN = "Address already in use";

    private final StartContext context;
    private final Environment environment;
    private final MariadbSettings settings;
    private final List<Node> nodes;
    private final Map<Node, MariadbNode> started = new ConcurrentHashMap<>();
    private final Holdings holdings;
    private final NodeClocks clocks;

    private CircleStart(StartContext context, MariadbSettings settings, Holdings holdings) {
        this.context = context;
        this.environment = context.environment();
        this.settings = settings;
        this.nodes = context.nodes();
        this.holdings = holdings;
        this.clocks = new NodeClocks(context, holdings);
    }

    static CompletionStage<Cluster> start(StartContext context, MariadbSettings settings) {
        return StartAttempts.start(context, PORT_TAKEN, holdings -> new CircleStart(context, settings, holdings).run());
    }

    private CompletionStage<Cluster> run() {
        return environment
                .blocking("launcher", this::launch)
                .thenCompose(layout -> ready(layout)
                        .thenCompose(ready -> environment.blocking("launcher", () -> close(layout)))
                        .thenCompose(circle -> replicates(layout))
                        .thenApply(runs -> MariadbCluster.of(layout, new MariadbFaults(layout, clocks), holdings)));
    }

    private Layout launch() throws IOException {
        DataFolders dataFolders = new DataFolders(context, holdings, Servers.DISK_BYTES);
        Servers servers = Servers.find(context, dataFolders, settings);
        NodeLinks links = holdings.links(holdings.ports(nodes));
        Layout layout = new Layout(
                environment, settings, nodes, started, links, links.toClients(context.faults()), dataFolders);
        Path made = servers.make(nodes.get(0));
        List<Path> folders = servers.copies(made);
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            int port = layout.links().listening(node);
            holdings.release(port);
            Command server =
                    clocks.of(node, servers.server(node, folders.get(i), port, replicating(servers.number(node))));
            started.put(node, new MariadbNode(port, folders.get(i), holdings.start(server)));
        }
        return layout;
    }

    private List<String> replicating(int number) {
        return List.of(
                "--gtid-domain-id=" + number,
                "--log-bin=binlog",
                "--log-slave-updates",
                "--relay-log=relay",
                "--relay-log-recovery=ON",
                "--slave-net-timeout=4",
                "--slave-exec-mode=" + (settings.idempotent() ? "IDEMPOTENT" : "STRICT"),
                "--auto-increment-increment=" + (settings.idsMayClash() ? 1 : nodes.size()),
                "--auto-increment-offset=" + (settings.idsMayClash() ? 1 : number));
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
}
