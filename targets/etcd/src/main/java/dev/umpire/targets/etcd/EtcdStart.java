package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.StartAttempts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Starts a cluster: all members at once, because none is ready before most of them run. */
final class EtcdStart {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** Its log takes two pieces of 64 MB before a first entry is in it. */
    private static final long DISK_BYTES = 256L << 20;

    private static final String PORT_TAKEN = "address already in use";

    private final StartContext context;
    private final Environment environment;
    private final Launcher launcher;
    private final EtcdSettings settings;
    private final List<Node> nodes;
    private final Map<Node, Member> members = new LinkedHashMap<>();
    private final Holdings holdings;

    private EtcdStart(StartContext context, EtcdSettings settings, Holdings holdings) {
        this.context = context;
        this.environment = context.environment();
        this.launcher = context.launcher();
        this.settings = settings;
        this.nodes = context.nodes();
        this.holdings = holdings;
    }

    static CompletionStage<Cluster> start(StartContext context, EtcdSettings settings) {
        return StartAttempts.start(context, PORT_TAKEN, holdings -> new EtcdStart(context, settings, holdings).run());
    }

    private CompletionStage<Cluster> run() {
        return environment
                .blocking("launcher", this::launch)
                .thenCompose(layout -> ready(layout)
                        .thenCompose(ready -> Standing.ask(layout.etcd()))
                        .thenApply(standing -> cluster(layout, standing)));
    }

    private Cluster cluster(Layout layout, Standing standing) {
        EtcdFaults faults = new EtcdFaults(layout, Map.copyOf(members), ids(standing));
        return new EtcdCluster(layout.etcd(), faults, () -> {
            faults.end();
            return holdings.giveBack(environment);
        });
    }

    private Layout launch() throws IOException {
        Path program = launcher.program(settings.home(), "etcd-server");
        EtcdSettings.KNOWN.require(launcher, program, "etcd Version: ", settings.version());
        Map<Node, Member.Ports> ports = new HashMap<>();
        Map<Node, Integer> peers = new HashMap<>();
        for (Node node : nodes) {
            Member.Ports own = new Member.Ports(holdings.port(), holdings.port(), holdings.port());
            ports.put(node, own);
            peers.put(node, own.peer());
        }
        Map<Node, Integer> clients = new HashMap<>();
        ports.forEach((node, own) -> clients.put(node, own.client()));
        NodeLinks links = holdings.links(peers);
        Layout layout = new Layout(
                environment,
                settings,
                new Gateway(environment),
                program,
                context.logs(),
                nodes,
                ports,
                links,
                links.toClients(context.faults(), clients),
                new DataFolders(context, holdings, DISK_BYTES));
        for (Node node : nodes) {
            Path folder = layout.data().folder(node, Optional.empty());
            Member.Ports own = layout.at(node);
            holdings.release(own.client(), own.peer(), own.metrics());
            members.put(node, new Member(node, own, holdings.start(layout.command(node, folder, "new"))));
        }
        return layout;
    }

    private CompletionStage<Void> ready(Layout layout) {
        CompletionStage<Void> all = CompletableFuture.completedStage(null);
        for (Member member : members.values()) {
            all = all.thenCompose(before -> healthy(layout, member));
        }
        return all;
    }

    /** A member is healthy when it can read what the cluster has agreed upon. */
    private CompletionStage<Void> healthy(Layout layout, Member member) {
        String awaited = member.node() + " to be healthy";
        return member.process().explaining(Polling.until(environment, awaited, READY_NANOS, () -> {
            members.values().forEach(one -> one.process().requireAlive());
            return Standing.healthy(layout, member.node());
        }));
    }

    private Map<Node, Standing.Status> ids(Standing standing) {
        Map<Node, Standing.Status> ids = new HashMap<>();
        standing.answers().byNode().forEach((node, answer) -> {
            if (answer.isEmpty()) {
                throw new CompletionException(new IOException("status: " + standing.describe()));
            }
            ids.put(node, answer.get());
        });
        return ids;
    }
}
