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
import java.util.ArrayList;
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

    Layout {
        nodes = List.copyOf(nodes);
    }

    RedisNode at(Node node) {
        RedisNode found = started.get(node);
        if (found == null) {
            throw new IllegalArgumentException("node: found " + node + ", expected one of " + nodes);
        }
        return found;
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
     * How to start a node, for the first time or again.
     *
     * @param leader who leads now
     */
    Command command(Node node, Path folder, Node leader) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--port", "" + links.listening(node),
                "--bind", "127.0.0.1",
                "--dir", folder.toString(),
                "--daemonize", "no",
                // snapshots by the clock would make what a crash loses a matter of luck
                "--save", "",
                "--appendonly", settings.persistent() ? "yes" : "no",
                "--appendfsync", settings.persistent() ? settings.fsync() : "no",
                "--min-replicas-to-write", "" + settings.fewestReplicas(),
                "--min-replicas-max-lag", "" + settings.longestLagSeconds(),
                "--repl-diskless-sync", "yes",
                "--repl-diskless-sync-delay", "0",
                "--repl-timeout", "5",
                "--repl-ping-replica-period", "1"));
        if (!node.equals(leader)) {
            arguments.addAll(List.of("--replicaof", "127.0.0.1", "" + dial(node, leader)));
        }
        return clocks.of(node, new Command(node.name(), program, arguments, folder, Map.of(), logs.file(node)));
    }
}
