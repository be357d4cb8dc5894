package dev.umpire.targets.kafka;

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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Starts a cluster: all brokers at once, because none is ready before most of them run; then its topics are made. */
final class KafkaStart {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Duration TO_FORMAT = Duration.ofSeconds(60);
    /** Empty logs take a megabyte of it; nothing of what a run sends is deleted. */
    private static final long DISK_BYTES = 256L << 20;

    private static final String PORT_TAKEN = "Address already in use";

    private final StartContext context;
    private final Environment environment;
    private final Launcher launcher;
    private final KafkaSettings settings;
    private final List<Node> nodes;
    private final Map<Node, NodeProcess> processes = new ConcurrentHashMap<>();
    private final Holdings holdings;
    private final NodeClocks clocks;
    private final DataFolders data;

    private KafkaStart(StartContext context, KafkaSettings settings, Holdings holdings) {
        this.context = context;
        this.environment = context.environment();
        this.launcher = context.launcher();
        this.settings = settings;
        this.nodes = context.nodes();
        this.holdings = holdings;
        this.clocks = new NodeClocks(context, holdings);
        this.data = new DataFolders(context, holdings, DISK_BYTES);
    }

    static CompletionStage<Cluster> start(StartContext context, KafkaSettings settings) {
        return StartAttempts.start(context, PORT_TAKEN, holdings -> new KafkaStart(context, settings, holdings).run());
    }

    private CompletionStage<Cluster> run() {
        return environment
                .blocking("launcher", this::prepare)
                .thenCompose(layout -> environment
                        .blocking("launcher", () -> launch(layout))
                        .thenCompose(launched -> seen(layout, "all brokers to know each other", Standing::complete))
                        .thenCompose(ready -> told("the topics to be made", () -> Topics.made(layout)))
                        .thenCompose(made -> seen(layout, "all copies to be in sync", Standing::converged))
                        .thenCompose(inSync -> takesProducers(layout))
                        .thenCompose(ready -> hasOwnTopics(layout))
                        .thenCompose(ready -> environment.blocking("launcher", () -> {
                            layout.jars().classes().keep(launcher, first());
                            return layout.jars().version(Layout.MAIN_CLASS);
                        }))
                        .thenApply(version -> cluster(layout, version)));
    }

    private Cluster cluster(Layout layout, Optional<String> version) {
        KafkaFaults faults = new KafkaFaults(layout, processes, clocks, data);
        return new KafkaCluster(layout.kafka(), faults, version, () -> {
            faults.end();
            return holdings.giveBack(environment);
        });
    }

    private Layout prepare() throws IOException {
        ServerJars jars = ServerJars.find(launcher, "kafka", settings.home(), settings.version());
        KafkaSettings.KNOWN.require(jars, Layout.MAIN_CLASS, settings.version());
        boolean changeable = context.faults().contains(FaultKind.MEMBERSHIP);
        if (changeable) {
            KafkaSettings.requireChangeable(jars.folder(), jars.version(Layout.MAIN_CLASS));
        }
        Map<Node, Integer> clients = holdings.ports(nodes);
        Map<Node, Integer> brokers = holdings.ports(nodes);
        Map<Node, Integer> controllers = holdings.ports(nodes);
        NodeLinks links = holdings.links(brokers);
        return new Layout(
                environment,
                settings,
                jars,
                context.logs(),
                nodes,
                clients,
                brokers,
                controllers,
                links,
                links.advertiseToo(controllers),
                changeable);
    }

    /** The first broker's data is made by a Java process of its own, which the others are spared. */
    private Map<Node, NodeProcess> launch(Layout layout) throws IOException {
        Map<Node, Path> folders = new LinkedHashMap<>();
        for (Node node : nodes) {
            Path folder = data.folder(node, Optional.empty());
            layout.writeSettings(node, folder);
            if (folders.isEmpty()) {
                launcher.complete(layout.format(node, folder), TO_FORMAT);
            } else {
                layout.copyFormat(folders.values().iterator().next(), node, folder);
            }
            folders.put(node, folder);
        }
        for (Map.Entry<Node, Path> entry : folders.entrySet()) {
            Node node = entry.getKey();
            holdings.release(layout.client(node), layout.broker(node), layout.controller(node));
            processes.put(node, holdings.start(clocks.of(node, layout.command(node, entry.getValue()))));
        }
        return processes;
    }

    private NodeProcess first() {
        return Optional.ofNullable(processes.get(nodes.get(0))).orElseThrow();
    }

    private CompletionStage<Void> seen(Layout layout, String awaited, Predicate<Standing> wish) {
        return first().explaining(Polling.until(environment, awaited, READY_NANOS, () -> {
            processes.values().forEach(NodeProcess::requireAlive);
            return Standing.ask(layout.kafka())
                    .thenApply(standing -> new Polling.Seen(wish.test(standing), standing.describe()));
        }));
    }

    /** The first producer of each broker makes it ask the controllers for ids, which takes longer than a message may. */
    private CompletionStage<Void> takesProducers(Layout layout) {
        return told("all brokers to take producers", () -> ProducerIds.given(layout.kafka()));
    }

    /** They are made when they are needed first, which could be while a broker is out, and then they cannot be. */
    private CompletionStage<Void> hasOwnTopics(Layout layout) {
        return layout.changeable()
                ? told("the topics of Kafka's own to be made", () -> Topics.ownMade(layout.kafka()))
                : CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> told(String awaited, Callable<Polling.Seen> question) {
        return Polling.until(environment, awaited, READY_NANOS, () -> environment.blocking("launcher", question));
    }
}
