package dev.umpire.targets.zookeeper;

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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Starts an ensemble: all servers at once, because none serves before most of them run. */
final class ZooKeeperStart {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** Of which a server that just runs takes less than one. */
    private static final long DISK_BYTES = 64L << 20;

    private static final String PORT_TAKEN = "Address already in use";

    private final StartContext context;
    private final Environment environment;
    private final Launcher launcher;
    private final ZooKeeperSettings settings;
    private final List<Node> nodes;
    private final Map<Node, NodeProcess> processes = new LinkedHashMap<>();
    private final Holdings holdings;
    private final NodeClocks clocks;
    private final DataFolders data;

    private ZooKeeperStart(StartContext context, ZooKeeperSettings settings, Holdings holdings) {
        this.context = context;
        this.environment = context.environment();
        this.launcher = context.launcher();
        this.settings = settings;
        this.nodes = context.nodes();
        this.holdings = holdings;
        this.clocks = new NodeClocks(context, holdings);
        this.data = new DataFolders(context, holdings, DISK_BYTES);
    }

    static CompletionStage<Cluster> start(StartContext context, ZooKeeperSettings settings) {
        return StartAttempts.start(
                context, PORT_TAKEN, holdings -> new ZooKeeperStart(context, settings, holdings).run());
    }

    private CompletionStage<Cluster> run() {
        return environment
                .blocking("launcher", this::launch)
                .thenCompose(layout -> ready(layout)
                        .thenCompose(ready -> environment.blocking(
                                "launcher", () -> layout.jars().classes().keep(launcher, first())))
                        .thenApply(kept -> cluster(layout)));
    }

    private Cluster cluster(Layout layout) {
        ZooKeeperFaults faults = new ZooKeeperFaults(layout, processes, clocks, data);
        return new ZooKeeperCluster(layout.zookeeper(), faults, () -> {
            faults.end();
            return holdings.giveBack(environment);
        });
    }

    private Layout launch() throws IOException {
        ServerJars jars = ServerJars.find(launcher, "zookeeper", settings.home(), settings.version());
        ZooKeeperSettings.KNOWN.require(jars, Layout.MAIN_CLASS, settings.version());
        Map<Node, Integer> clients = holdings.ports(nodes);
        Map<Node, Integer> peers = holdings.ports(nodes);
        Map<Node, Integer> elections = holdings.ports(nodes);
        NodeLinks links = holdings.links(elections);
        links.dialAt(elections, link -> Layout.dialled(nodes, link));
        links.dialAt(peers, link -> Layout.dialled(nodes, link));
        Layout layout = new Layout(
                environment,
                settings,
                jars,
                context.logs(),
                nodes,
                clients,
                peers,
                links,
                links.toClients(context.faults(), clients),
                context.faults().contains(FaultKind.MEMBERSHIP));
        for (Node node : nodes) {
            Path folder = data.folder(node, Optional.empty());
            layout.writeSettings(node, folder);
            holdings.release(layout.client(node), layout.peer(node), layout.election(node));
            processes.put(node, holdings.start(clocks.of(node, layout.command(node, folder))));
        }
        return layout;
    }

    private NodeProcess first() {
        return Optional.ofNullable(processes.get(nodes.get(0))).orElseThrow();
    }

    private CompletionStage<Void> ready(Layout layout) {
        return first().explaining(Polling.until(environment, "one to lead and all to follow", READY_NANOS, () -> {
            processes.values().forEach(NodeProcess::requireAlive);
            return Standing.ask(layout.zookeeper())
                    .thenApply(standing -> new Polling.Seen(standing.complete(), standing.describe()));
        }));
    }
}
