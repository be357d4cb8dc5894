package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import redis.clients.jedis.Jedis;

/**
 * Where the nodes of a cluster are and how they reach each other; never changes once all are started.
 *
 * @param started by node; may still grow while the cluster is started
 * @param ports where sessions and the harness dial nodes
 */
record Layout(
        Environment environment,
        RedisSettings settings,
        Path program,
        NodeLogs logs,
        List<Node> nodes,
        Map<Node, RedisNode> started,
        NodeLinks links,
        NodePorts ports,
        DataFolders data,
        NodeClocks clocks) {

    static final String LOOPBACK = "127.0.0.1";

    Layout {
        nodes = List.copyOf(nodes);
    }

    RedisNode at(Node node) {
        return node.in(started);
    }

    /** The port at which one node dials another: the proxy's, not the node's own. */
    int dial(Node from, Node to) {
        return links.dial(from, to);
    }

    /** The nodes as they can be asked. */
    RedisNodes redis() {
        return new RedisNodes(environment, settings, nodes, ports, new KeyNames(""));
    }

    /** As {@link RedisNodes#ask}. */
    <T> CompletionStage<Optional<T>> ask(Node node, Function<Jedis, T> question) {
        return redis().ask(node, question);
    }

    /**
     * The port at which a node follows another one; never the other's own. All nodes are told the same one of a node where
     * sentinels tell them.
     */
    int follows(Node follower, Node primary) {
        return settings.watch().isPresent() ? links.advertised(primary) : dial(follower, primary);
    }

    /**
     * How to start a node, for the first time or again.
     *
     * @param leader who leads now
     */
    Command command(Node node, Path folder, Node leader) throws IOException {
        return command(node, folder, directives(node, folder, leader).arguments());
    }

    /**
     * How to start a node from a file, for the first time or again: sentinels let a node write into it whom it follows. Writes
     * it.
     *
     * @param leader who leads in the beginning
     */
    Command commandOfFile(Node node, Path folder, Node leader) throws IOException {
        Path file = folder.resolve("redis.conf");
        directives(node, folder, leader)
                .and("replica-announce-ip", LOOPBACK)
                .and("replica-announce-port", "" + links.advertised(node))
                .write(file);
        return command(node, folder, List.of(file.toString()));
    }

    private Command command(Node node, Path folder, List<String> arguments) throws IOException {
        return clocks.of(node, new Command(node.name(), program, arguments, folder, Map.of(), logs.file(node)));
    }

    private Directives directives(Node node, Path folder, Node leader) {
        Directives all = Directives.none()
                .and("port", "" + links.listening(node))
                .and("bind", LOOPBACK)
                .and("dir", folder.toString())
                .and("daemonize", "no")
                // snapshots by the clock would make what a crash loses a matter of luck
                .and("save", "")
                .and("appendonly", settings.persistent() ? "yes" : "no")
                .and("appendfsync", settings.persistent() ? settings.fsync() : "no")
                .and("min-replicas-to-write", "" + settings.fewestReplicas())
                .and("min-replicas-max-lag", "" + settings.longestLagSeconds())
                .and("repl-diskless-sync", "yes")
                .and("repl-diskless-sync-delay", "0")
                .and("repl-timeout", "5")
                .and("repl-ping-replica-period", "1");
        return node.equals(leader) ? all : all.and("replicaof", LOOPBACK, "" + follows(node, leader));
    }
}
