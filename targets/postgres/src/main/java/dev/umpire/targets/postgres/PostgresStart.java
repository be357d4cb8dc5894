package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.StartAttempts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.sql.SqlPlaces;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Starts a cluster: the primary first, then copies of it, each step asked for and not slept for. */
final class PostgresStart {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final Duration TO_END = Duration.ofSeconds(5);
    private static final Duration TO_MAKE_DATA = Duration.ofSeconds(60);
    /** Of which empty data take 80 MB, and the log a piece of 16 MB after another. */
    private static final long DISK_BYTES = 512L << 20;

    private static final String PORT_TAKEN = "Address already in use";

    private final StartContext context;
    private final Environment environment;
    private final Launcher launcher;
    private final PostgresSettings settings;
    private final List<Node> nodes;
    private final Map<Node, PostgresNode> started = new ConcurrentHashMap<>();
    private final Holdings holdings;

    private PostgresStart(StartContext context, PostgresSettings settings, Holdings holdings) {
        this.context = context;
        this.environment = context.environment();
        this.launcher = context.launcher();
        this.settings = settings;
        this.nodes = context.nodes();
        this.holdings = holdings;
    }

    static CompletionStage<Cluster> start(StartContext context, PostgresSettings settings) {
        return StartAttempts.start(
                context.environment(),
                PORT_TAKEN,
                // an immediate shutdown gives the server's shared memory back
                () -> new Holdings(context.launcher(), process -> process.end("QUIT", TO_END)),
                holdings -> new PostgresStart(context, settings, holdings).run());
    }

    private CompletionStage<Cluster> run() {
        Node primary = nodes.get(0);
        return environment
                .blocking("launcher", this::prepare)
                .thenCompose(layout -> environment
                        .blocking("launcher", () -> launchPrimary(layout))
                        .thenCompose(launched -> answers(layout, primary))
                        .thenCompose(ready -> environment.blocking("launcher", () -> {
                            layout.sql().tell(primary, PostgresDialect.SCHEMA);
                            return layout;
                        }))
                        .thenCompose(made -> launchStandbys(layout))
                        .thenCompose(launched -> follow(layout))
                        .thenCompose(ready -> environment.blocking("launcher", () -> confirm(layout)))
                        .thenCompose(told -> takesWrites(layout))
                        .thenApply(ready -> cluster(layout)));
    }

    private Cluster cluster(Layout layout) {
        Leadership leadership = new Leadership(nodes.get(0));
        Set<Node> deposed = ConcurrentHashMap.newKeySet();
        Timelines timelines = new Timelines();
        PostgresFaults faults = new PostgresFaults(layout, leadership, timelines, deposed);
        Optional<SqlPlaces> places = Optional.of(timelines.places());
        // the harness itself is who makes another node the leader
        return new PostgresCluster(layout.postgres(), leadership, said -> {}, deposed, faults, places, () -> {
            faults.end();
            return holdings.giveBack(environment);
        });
    }

    private Layout prepare() throws IOException {
        Installation installation = Installation.find(launcher, settings.home());
        PostgresSettings.KNOWN.require(
                launcher, installation.program(launcher, "postgres"), "(PostgreSQL) ", settings.version());
        NodeLinks links = holdings.links(holdings.ports(nodes));
        return new Layout(
                environment,
                launcher,
                settings,
                installation,
                launcher.serverUser("postgres"),
                context.logs(),
                nodes,
                started,
                links,
                links.toClients(context.faults()),
                new DataFolders(context, holdings, DISK_BYTES),
                new NodeClocks(context, holdings),
                SqlNodes.mostConnections(context.sessions()));
    }

    private PostgresNode launchPrimary(Layout layout) throws IOException {
        Node primary = nodes.get(0);
        Path data = layout.data().folder(primary, layout.user());
        launcher.complete(
                tool(
                        layout,
                        primary,
                        "initdb",
                        data,
                        List.of(
                                "-D",
                                data.toString(),
                                "-U",
                                SqlNodes.USER,
                                "-A",
                                "trust",
                                "-E",
                                "UTF8",
                                "--locale=C",
                                "--no-sync")),
                TO_MAKE_DATA);
        return launch(layout, primary, data, Optional.empty());
    }

    private CompletionStage<Void> launchStandbys(Layout layout) {
        Node primary = nodes.get(0);
        List<CompletableFuture<?>> launched = new ArrayList<>();
        for (Node node : nodes.subList(1, nodes.size())) {
            launched.add(environment
                    .blocking("launcher-" + node, () -> {
                        Path data = layout.data().folder(node, layout.user());
                        launcher.complete(
                                BaseBackup.command(
                                        layout, node, layout.at(primary).port(), data),
                                TO_MAKE_DATA);
                        return launch(
                                layout, node, data, Optional.of(layout.links().dial(node, primary)));
                    })
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(launched.toArray(CompletableFuture[]::new));
    }

    private PostgresNode launch(Layout layout, Node node, Path data, Optional<Integer> dial) throws IOException {
        Path conf = holdings.folder(node.name() + "-settings", layout.user());
        int port = layout.links().listening(node);
        List<Node> others = nodes.stream().filter(other -> !other.equals(node)).toList();
        Layout.write(settings, layout.connections(), node, others, port, conf, dial, false);
        Layout.writeRole(data, dial.isPresent());
        holdings.release(port);
        NodeProcess process = holdings.start(layout.command(node, data, conf));
        PostgresNode launched = new PostgresNode(node, port, data, conf, process);
        started.put(node, launched);
        return launched;
    }

    /** Lets commits wait for standbys from now on, where they shall. */
    private Layout confirm(Layout layout) throws IOException {
        for (Node node : nodes) {
            layout.writeSettings(node, Optional.of(nodes.get(0)), true);
            layout.at(node).process().signal("HUP"); // to read its settings again
        }
        return layout;
    }

    private CompletionStage<Void> answers(Layout layout, Node node) {
        return layout.at(node)
                .process()
                .explaining(Polling.until(environment, node + " to answer SELECT 1", READY_NANOS, () -> {
                    layout.at(node).process().requireAlive();
                    return layout.ask(node, Replication::of)
                            .thenApply(answer -> new Polling.Seen(
                                    answer.filter(Replication::leads).isPresent(),
                                    answer.map(Replication::describe)
                                            .orElse("no answer at port "
                                                    + layout.at(node).port())));
                }));
    }

    private CompletionStage<Void> follow(Layout layout) {
        Node first = nodes.get(0);
        return layout.at(first)
                .process()
                .explaining(Polling.until(environment, "the standbys to follow", READY_NANOS, () -> {
                    started.values().forEach(node -> node.process().requireAlive());
                    return Standing.converged(layout.postgres())
                            .thenApply(seen -> new Polling.Seen(seen.reached(), seen.lastSeen()));
                }));
    }

    /** A reload is told and not awaited: a commit shows that it has come, and that enough standbys confirm. */
    private CompletionStage<Void> takesWrites(Layout layout) {
        Node first = nodes.get(0);
        return layout.at(first)
                .process()
                .explaining(Polling.until(
                        environment,
                        "a first commit",
                        READY_NANOS,
                        () -> layout.ask(first, connection -> {
                                    try (var statement = connection.createStatement()) {
                                        statement.execute("SELECT pg_logical_emit_message(true, 'umpire', 'ready')");
                                        return true;
                                    }
                                })
                                .thenApply(committed -> new Polling.Seen(
                                        committed.isPresent(), "no commit was confirmed within a second"))));
    }

    /** A program that makes a node's data. */
    static Command tool(Layout layout, Node node, String name, Path folder, List<String> arguments) throws IOException {
        return new Command(
                        name + " of " + node,
                        layout.installation().program(layout.launcher(), name),
                        arguments,
                        folder,
                        Map.of("LC_ALL", "C", "TZ", "UTC"),
                        layout.logs().file(node))
                .as(layout.user());
    }
}
