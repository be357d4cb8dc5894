package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.cluster.StartAttempts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Starts a cluster: one node after another, because the start of each takes all of a small machine. */
final class CassandraStart {

    /** Of which Cassandra lets its commit log take a quarter. */
    private static final long DISK_BYTES = 256L << 20;

    private static final long TOGETHER_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Of a proxy's address, and in the words of Cassandra. */
    private static final String PORT_TAKEN = "in use";

    private final StartContext context;
    private final Environment environment;
    private final Launcher launcher;
    private final CassandraSettings settings;
    private final List<Node> nodes;
    private final Map<Node, NodeProcess> processes = new LinkedHashMap<>();
    private final Holdings holdings;
    private final NodeClocks clocks;
    private final DataFolders data;

    private CassandraStart(StartContext context, CassandraSettings settings, Holdings holdings) {
        this.context = context;
        this.environment = context.environment();
        this.launcher = context.launcher();
        this.settings = settings;
        this.nodes = context.nodes();
        this.holdings = holdings;
        this.clocks = new NodeClocks(context, holdings);
        this.data = new DataFolders(context, holdings, DISK_BYTES);
    }

    static CompletionStage<Cluster> start(StartContext context, CassandraSettings settings) {
        return StartAttempts.start(
                context, PORT_TAKEN, holdings -> new CassandraStart(context, settings, holdings).run());
    }

    private CompletionStage<Cluster> run() {
        return environment.blocking("launcher", this::layout).thenCompose(layout -> {
            CassandraProbes probes = new CassandraProbes(layout);
            CompletionStage<Void> listening = CompletableFuture.completedStage(null);
            for (Node node : nodes) {
                listening = listening.thenCompose(others -> launched(layout, probes, node));
            }
            return listening
                    .thenCompose(all ->
                            first().explaining(Coordinators.connect(layout.cassandra(), Coordinators.TO_CONNECT_NANOS)))
                    .thenCompose(coordinators -> serving(layout, coordinators));
        });
    }

    private Layout layout() throws IOException {
        JavaOptions.requireJava(Runtime.version().feature());
        ServerJars jars = ServerJars.find(launcher, "cassandra", settings.home(), settings.version());
        CassandraSettings.KNOWN.require(jars, Layout.MAIN_CLASS, settings.version());
        Map<Node, Integer> clients = holdings.ports(nodes);
        Map<Node, Integer> operators =
                context.faults().contains(FaultKind.MEMBERSHIP) ? holdings.ports(nodes) : Map.of();
        NodeLinks links = holdings.links(holdings.ports(nodes));
        links.advertiseAt(Layout.advertised(nodes));
        return new Layout(environment, settings, jars, context.logs(), nodes, clients, operators, links);
    }

    /** Starts a node; completes when it listens. */
    private CompletionStage<Void> launched(Layout layout, CassandraProbes probes, Node node) {
        return environment
                .blocking("launcher", () -> {
                    Path folder = data.folder(node, Optional.empty());
                    layout.writeSettings(node, folder);
                    holdings.release(layout.clientPort(node), layout.peerPort(node));
                    Optional.ofNullable(layout.operators().get(node)).ifPresent(holdings::release);
                    return holdings.start(clocks.of(node, layout.command(node, folder)));
                })
                .thenCompose(process -> {
                    processes.put(node, process);
                    String awaited = node + " to listen";
                    return process.explaining(Polling.until(
                            environment, awaited, CassandraFaults.TO_LISTEN_NANOS, () -> {
                                process.requireAlive();
                                return probes.answers(node)
                                        .thenApply(seen -> new Polling.Seen(seen.positive(), seen.evidence()));
                            }));
                });
    }

    private CompletionStage<Cluster> serving(Layout layout, Coordinators coordinators) {
        Node first = nodes.get(0);
        Tables tables = new Tables(Tables.KEYSPACE);
        Map<String, String> replication = Map.of("class", "SimpleStrategy", "replication_factor", "" + nodes.size());
        CompletionStage<Cluster> ready = tables.makeKeyspace(coordinators, first, replication)
                .thenCompose(made -> tables.make(coordinators, first, settings.readRepair()))
                .thenCompose(made -> together(coordinators, tables))
                .thenCompose(together -> Statements.prepare(coordinators, tables))
                .thenCompose(statements -> environment
                        .blocking("launcher", () -> layout.jars().classes().keep(launcher, first()))
                        .thenApply(kept -> cluster(layout, tables, coordinators, statements)));
        return first().explaining(ready)
                .exceptionallyCompose(failure -> coordinators
                        .close()
                        .handle((closed, trouble) -> CompletableFuture.<Cluster>failedStage(failure))
                        .thenCompose(Function.identity()));
    }

    private Cluster cluster(Layout layout, Tables tables, Coordinators coordinators, Statements statements) {
        CassandraFaults faults = new CassandraFaults(layout, coordinators, processes, clocks, data);
        return new CassandraCluster(layout.cassandra(), tables, coordinators, statements, faults, () -> {
            faults.end();
            return coordinators
                    .close()
                    .handle((closed, failure) -> holdings.giveBack(environment))
                    .thenCompose(Function.identity());
        });
    }

    private NodeProcess first() {
        return Optional.ofNullable(processes.get(nodes.get(0))).orElseThrow();
    }

    private CompletionStage<Void> together(Coordinators coordinators, Tables tables) {
        return Polling.until(environment, "all nodes to reach each other", TOGETHER_NANOS, () -> {
            processes.values().forEach(NodeProcess::requireAlive);
            return Replicas.ready(nodes, coordinators, tables)
                    .thenApply(reached -> new Polling.Seen(reached.reached(), reached.lastSeen()));
        });
    }
}
