package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.StartAttempts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Starts a cluster: the primary first, then the replicas, then sentinels if any; each step asked for and not slept for. */
final class RedisStart {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int ROUND_MILLIS = 250;
    /** A rewritten append-only file stands beside the old one for a moment; Redis rewrites it at 64 MB first. */
    private static final long DISK_BYTES = 160L << 20;

    private static final String PORT_TAKEN = "Address already in use";

    private final StartContext context;
    private final Environment environment;
    private final RedisSettings settings;
    private final List<Node> nodes;
    private final Node primary;
    private final Holdings holdings;

    private RedisStart(StartContext context, RedisSettings settings, Holdings holdings) {
        this.context = context;
        this.environment = context.environment();
        this.settings = settings;
        this.nodes = context.nodes();
        this.primary = nodes.get(0);
        this.holdings = holdings;
    }

    static CompletionStage<Cluster> start(StartContext context, RedisSettings settings) {
        return StartAttempts.start(context, PORT_TAKEN, holdings -> new RedisStart(context, settings, holdings).run());
    }

    private CompletionStage<Cluster> run() {
        return environment
                .blocking("launcher", this::prepare)
                .thenCompose(layout -> launch(layout, List.of(primary))
                        .thenCompose(launched -> answers(layout))
                        .thenCompose(ready -> launch(layout, nodes.subList(1, nodes.size())))
                        .thenCompose(launched -> replicasFollow(layout))
                        .thenCompose(ready -> settings.watch()
                                .map(watch -> watched(layout, watch))
                                .orElseGet(() -> CompletableFuture.completedStage(cluster(layout)))));
    }

    private Cluster cluster(Layout layout) {
        Leadership leadership = new Leadership(primary);
        RedisFaults faults = new OperatorFaults(layout, leadership);
        // the harness itself is who makes another node the leader
        return new RedisCluster(layout.redis(), leadership, said -> {}, faults, () -> {
            faults.end();
            return holdings.giveBack(environment);
        });
    }

    private CompletionStage<Cluster> watched(Layout layout, RedisSettings.Watch watch) {
        return environment
                .blocking("launcher", () -> launchSentinels(layout, watch))
                .thenCompose(sentinels -> sentinelsWatch(sentinels).thenApply(ready -> cluster(layout, sentinels)));
    }

    private Sentinels launchSentinels(Layout layout, RedisSettings.Watch watch) throws IOException {
        Map<Node, Integer> ports = holdings.ports(nodes);
        Sentinels sentinels =
                new Sentinels(layout, watch, ports, layout.links().advertiseToo(ports), new ConcurrentHashMap<>());
        for (Node node : nodes) {
            Path folder = holdings.folder(node + "-sentinel");
            Command command = sentinels.command(node, folder, primary);
            holdings.release(sentinels.port(node));
            sentinels.started().put(node, holdings.start(command));
        }
        return sentinels;
    }

    /** They tell each other of themselves through the nodes, every two seconds. */
    private CompletionStage<Void> sentinelsWatch(Sentinels sentinels) {
        return sentinels
                .process(primary)
                .explaining(Polling.until(environment, "the sentinels to know all nodes", READY_NANOS, () -> {
                    sentinels.started().values().forEach(NodeProcess::requireAlive);
                    return sentinels
                            .views()
                            .thenApply(views -> new Polling.Seen(views.agreeOn(primary), views.describe()));
                }));
    }

    private Cluster cluster(Layout layout, Sentinels sentinels) {
        Leadership leadership = new Leadership(primary);
        RedisFaults faults = new SentinelFaults(layout, sentinels);
        FollowedMajority followed = new FollowedMajority(
                environment,
                nodes,
                beside -> sentinels.view(beside).thenApply(view -> view.flatMap(SentinelView::primary)),
                leadership);
        followed.begin();
        return new SentinelCluster(layout.redis(), leadership, sentinels, faults, () -> {
            followed.end();
            faults.end();
            return holdings.giveBack(environment);
        });
    }

    private Layout prepare() throws IOException {
        Path program = context.launcher().program(settings.home(), "redis-server");
        RedisSettings.KNOWN.require(context.launcher(), program, "Redis server v=", settings.version());
        NodeLinks links = holdings.links(holdings.ports(nodes));
        return new Layout(
                environment,
                settings,
                program,
                context.logs(),
                nodes,
                new ConcurrentHashMap<>(),
                links,
                links.toClients(context.faults()),
                new DataFolders(context, holdings, DISK_BYTES),
                new NodeClocks(context, holdings));
    }

    private CompletionStage<Void> launch(Layout layout, List<Node> some) {
        return environment.blocking("launcher", () -> {
            for (Node node : some) {
                Path folder = layout.data().folder(node, Optional.empty());
                int port = layout.links().listening(node);
                Command command = settings.watch().isPresent()
                        ? layout.commandOfFile(node, folder, primary)
                        : layout.command(node, folder, primary);
                holdings.release(port);
                layout.started().put(node, new RedisNode(node, port, folder, holdings.start(command)));
            }
            return null;
        });
    }

    private CompletionStage<Void> answers(Layout layout) {
        RedisNode node = layout.at(primary);
        return node.process().explaining(Polling.until(environment, primary + " to answer PING", READY_NANOS, () -> {
            node.process().requireAlive();
            return layout.ask(primary, jedis -> jedis.ping())
                    .thenApply(pong ->
                            new Polling.Seen(pong.isPresent(), pong.orElse("no answer at port " + node.port())));
        }));
    }

    /**
     * A replica may be 'online' and yet get nothing of the stream until its first acknowledgement, a second later: only
     * what has gone round says that it follows. What is published before all are online moves no offset, and then WAIT
     * has nothing to wait for.
     */
    private CompletionStage<Void> replicasFollow(Layout layout) {
        int replicas = nodes.size() - 1;
        return layout.at(primary)
                .process()
                .explaining(Polling.until(environment, "the replicas to follow", READY_NANOS, () -> {
                    layout.started().values().forEach(node -> node.process().requireAlive());
                    return layout.ask(primary, jedis -> {
                                int online = Replication.parse(jedis.info("replication"))
                                        .onlineReplicas();
                                if (online < replicas) {
                                    return 0L;
                                }
                                jedis.publish("umpire-ready", "");
                                return jedis.waitReplicas(replicas, ROUND_MILLIS);
                            })
                            .thenApply(confirmed -> new Polling.Seen(
                                    confirmed.filter(count -> count == replicas).isPresent(),
                                    confirmed.orElse(0L) + " of " + replicas + " replicas confirm"));
                }));
    }
}
