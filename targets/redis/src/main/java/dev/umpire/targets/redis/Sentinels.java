package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The sentinels of a cluster, one beside each node, who watch the primary and promote a replica when most of them miss it. Each
 * belongs to its node: what strikes the node strikes it, and it dials over the node's links.
 *
 * @param watch how they watch
 * @param ports where each listens
 * @param advertised where the others dial each: at the proxy
 * @param started by node; may still grow while the cluster is started
 */
record Sentinels(
        Layout layout,
        RedisSettings.Watch watch,
        Map<Node, Integer> ports,
        Map<Node, Integer> advertised,
        Map<Node, NodeProcess> started) {

    /** What they call the primary. */
    private static final String WATCHED = "umpire";

    Sentinels {
        ports = Map.copyOf(ports);
        advertised = Map.copyOf(advertised);
    }

    /**
     * Who leads.
     *
     * @param leader whom most sentinels name, if that one says of itself that it leads
     * @param words what the sentinels say, for people
     */
    record Chosen(Optional<Node> leader, String words) {}

    NodeProcess process(Node node) {
        return of(started, node);
    }

    int port(Node node) {
        return of(ports, node);
    }

    private <T> T of(Map<Node, T> some, Node node) {
        return Optional.ofNullable(some.get(node))
                .orElseThrow(() -> new IllegalArgumentException(
                        "node: found " + node + ", expected one of " + layout.nodes() + " with its sentinel"));
    }

    /**
     * How to start the sentinel beside a node, for the first time or again, from a file in which it keeps what it knows. Writes
     * the file.
     *
     * @param primary who leads in the beginning
     */
    Command command(Node node, Path folder, Node primary) throws IOException {
        Path file = folder.resolve("sentinel.conf");
        int quorum = layout.nodes().size() / 2 + 1;
        Directives.none()
                .and("port", "" + port(node))
                .and("bind", Layout.LOOPBACK)
                .and("dir", folder.toString())
                .and("daemonize", "no")
                .and("sentinel", "announce-ip", Layout.LOOPBACK)
                .and("sentinel", "announce-port", "" + of(advertised, node))
                .and(
                        "sentinel",
                        "monitor",
                        WATCHED,
                        Layout.LOOPBACK,
                        "" + layout.links().advertised(primary),
                        "" + quorum)
                .and("sentinel", "down-after-milliseconds", WATCHED, "" + watch.downAfterMillis())
                .and("sentinel", "failover-timeout", WATCHED, "" + watch.timeoutMillis())
                .write(file);
        List<String> arguments = List.of(file.toString(), "--sentinel");
        Path log = layout.logs().file(node);
        return layout.clocks().of(node, new Command(node.name(), layout.program(), arguments, folder, Map.of(), log));
    }

    /** Asks one of them; empty if it does not answer within the bound. */
    CompletionStage<Optional<SentinelView>> view(Node node) {
        return ask(
                node,
                jedis -> SentinelView.of(
                        node(jedis.sentinelGetMasterAddrByName(WATCHED)), jedis.sentinelMaster(WATCHED)));
    }

    /** Asks all of them. */
    CompletionStage<SentinelViews> views() {
        return NodeAnswers.ask(layout.nodes(), this::view).thenApply(SentinelViews::new);
    }

    /** Asks all of them who leads, and that one whether it does. */
    CompletionStage<Chosen> chosen() {
        return views().thenCompose(views -> leads(views.named())
                .thenApply(leads -> new Chosen(views.named().filter(node -> leads), views.describe())));
    }

    private CompletionStage<Boolean> leads(Optional<Node> named) {
        return named.map(node -> layout.redis()
                        .replication(node)
                        .thenApply(said -> said.filter(Replication::leads).isPresent()))
                .orElse(CompletableFuture.completedStage(false));
    }

    /** Orders one of them to promote a replica, whether it misses the primary or not; what it says to that, if anything. */
    CompletionStage<Optional<String>> order(Node node) {
        return ask(node, jedis -> {
            try {
                return jedis.sentinelFailover(WATCHED);
            } catch (JedisDataException refusal) {
                return String.valueOf(refusal.getMessage());
            }
        });
    }

    private <T> CompletionStage<Optional<T>> ask(Node node, Function<Jedis, T> question) {
        int port = port(node);
        return layout.environment().blocking("ask-sentinel-" + node, () -> {
            try (Jedis jedis = new Sockets().connect(port, RedisNodes.QUESTION_MILLIS)) {
                return Optional.of(question.apply(jedis));
            } catch (JedisException noAnswer) {
                return Optional.empty();
            }
        });
    }

    /** @param address a host and the port at which all are told to dial a node */
    private Optional<Node> node(List<String> address) {
        return layout.nodes().stream()
                .filter(node -> address.get(1).equals("" + layout.links().advertised(node)))
                .findFirst();
    }
}
