package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.StartAttempts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.launcher.ReservedPort;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Starts a cluster: the primary first, then the replicas, each step asked for and not slept for. */
final class RedisStart {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int ROUND_MILLIS = 250;
    private static final String PORT_TAKEN = "Address already in use";

    private final StartContext context;
    private final Environment environment;
    private final Launcher launcher;
    private final RedisSettings settings;

    RedisStart(StartContext context, RedisSettings settings) {
        this.context = context;
        this.environment = context.environment();
        this.launcher = context.launcher();
        this.settings = settings;
    }

    CompletionStage<Cluster> start() {
        return StartAttempts.start(environment, PORT_TAKEN, Attempt::new);
    }

    /** One try, with what it has started so far. */
    private final class Attempt implements StartAttempts.Attempt {
        private final List<Node> nodes = context.nodes();
        private final Map<Node, ReservedPort> ports = new HashMap<>();
        private final Map<Node, RedisNode> started = new HashMap<>();
        private Optional<NodeLinks> links = Optional.empty();

        @Override
        public CompletionStage<Cluster> run() {
            Node primary = nodes.get(0);
            return environment
                    .blocking("launcher", this::prepare)
                    .thenCompose(program -> environment
                            .blocking("launcher", () -> launch(program, primary))
                            .thenCompose(node -> answers(node))
                            .thenCompose(ready -> environment.blocking("launcher", () -> launchReplicas(program)))
                            .thenApply(done -> layout(program)))
                    .thenCompose(layout -> replicasFollow(layout)
                            .thenApply(ready -> (Cluster) new RedisCluster(layout, launcher, primary)));
        }

        private Path prepare() throws IOException {
            Path program = launcher.program(settings.home(), "redis-server");
            Map<Node, Integer> numbers = new HashMap<>();
            for (Node node : nodes) {
                ReservedPort port = launcher.reservePort();
                ports.put(node, port);
                numbers.put(node, port.number());
            }
            links = Optional.of(NodeLinks.open(launcher, numbers));
            return program;
        }

        private ReservedPort port(Node node) {
            ReservedPort port = ports.get(node);
            if (port == null) {
                throw new IllegalArgumentException("node: found " + node + ", expected one of " + nodes);
            }
            return port;
        }

        private RedisNode launch(Path program, Node node) throws IOException {
            Path folder = launcher.newFolder(node.name());
            ReservedPort port = port(node);
            Optional<Integer> leaderPort = node.equals(nodes.get(0))
                    ? Optional.empty()
                    : Optional.of(links.orElseThrow().dial(node, nodes.get(0)));
            port.release();
            NodeProcess process = launcher.start(Layout.command(
                    program,
                    settings,
                    node,
                    port.number(),
                    folder,
                    context.logs().file(node),
                    leaderPort));
            RedisNode launched = new RedisNode(node, port.number(), folder, process);
            started.put(node, launched);
            return launched;
        }

        private Layout launchReplicas(Path program) throws IOException {
            for (Node node : nodes.subList(1, nodes.size())) {
                launch(program, node);
            }
            return layout(program);
        }

        private Layout layout(Path program) {
            return new Layout(environment, settings, program, context.logs(), nodes, started, links.orElseThrow());
        }

        private CompletionStage<Void> answers(RedisNode node) {
            return node.process()
                    .explaining(Polling.until(environment, node.node() + " to answer PING", READY_NANOS, () -> {
                        node.process().requireAlive();
                        return Layout.ask(environment, node, jedis -> jedis.ping())
                                .thenApply(pong -> new Polling.Seen(
                                        pong.isPresent(), pong.orElse("no answer at port " + node.port())));
                    }));
        }

        /**
         * A replica may be 'online' and yet get nothing of the stream until its first acknowledgement, a second later: only
         * what has gone round says that it follows. What is published before all are online moves no offset, and then WAIT
         * has nothing to wait for.
         */
        private CompletionStage<Void> replicasFollow(Layout layout) {
            RedisNode primary = layout.at(nodes.get(0));
            int replicas = nodes.size() - 1;
            return primary.process()
                    .explaining(Polling.until(environment, "the replicas to follow", READY_NANOS, () -> {
                        started.values().forEach(node -> node.process().requireAlive());
                        return Layout.ask(environment, primary, jedis -> {
                                    int online = Replication.parse(jedis.info("replication"))
                                            .onlineReplicas();
                                    if (online < replicas) {
                                        return 0L;
                                    }
                                    jedis.publish("umpire-ready", "");
                                    return jedis.waitReplicas(replicas, ROUND_MILLIS);
                                })
                                .thenApply(confirmed -> new Polling.Seen(
                                        confirmed
                                                .filter(count -> count == replicas)
                                                .isPresent(),
                                        confirmed.orElse(0L) + " of " + replicas + " replicas confirm"));
                    }));
        }

        @Override
        public void undo() throws IOException {
            ports.values().forEach(ReservedPort::release);
            for (RedisNode node : started.values()) {
                node.process().kill();
                launcher.deleteFolder(node.folder());
            }
            links.ifPresent(NodeLinks::close);
        }
    }
}
