package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the members of a cluster are and how they reach each other; never changes.
 *
 * @param reached where sessions and the harness dial members
 */
record Layout(
        Environment environment,
        EtcdSettings settings,
        Gateway gateway,
        Path program,
        NodeLogs logs,
        List<Node> nodes,
        Map<Node, Member.Ports> ports,
        NodeLinks links,
        NodePorts reached,
        DataFolders data) {

    Layout {
        nodes = List.copyOf(nodes);
        ports = Map.copyOf(ports);
    }

    Member.Ports at(Node node) {
        return node.in(ports);
    }

    /** The members as they can be asked. */
    EtcdNodes etcd() {
        return new EtcdNodes(environment, settings, gateway, nodes, reached);
    }

    /** Where all others dial a member. */
    String peerUrl(Node node) {
        return url(links.advertised(node));
    }

    /**
     * How to start a member, the first time and again.
     *
     * @param state of the cluster that it begins to belong to: {@code new}, or {@code existing}
     */
    Command command(Node node, Path folder, String state) {
        Member.Ports own = at(node);
        String members =
                nodes.stream().map(one -> one.name() + "=" + peerUrl(one)).collect(Collectors.joining(","));
        List<String> arguments = List.of(
                "--name",
                node.name(),
                "--data-dir",
                data(folder).toString(),
                "--listen-client-urls",
                url(own.client()),
                "--advertise-client-urls",
                url(own.client()),
                "--listen-peer-urls",
                url(own.peer()),
                "--initial-advertise-peer-urls",
                peerUrl(node),
                "--listen-metrics-urls",
                url(own.metrics()),
                "--initial-cluster",
                members,
                // members of another cluster that finds one of our ports are refused by it
                "--initial-cluster-token",
                "umpire-" + links.advertised(nodes.get(0)),
                "--initial-cluster-state",
                state,
                "--heartbeat-interval",
                "50",
                "--election-timeout",
                "500",
                "--logger",
                "zap",
                "--log-outputs",
                "stderr");
        return new Command(node.name(), program, arguments, folder, Map.of(), logs.file(node));
    }

    /** What a member has of its own, in its folder. */
    static Path data(Path folder) {
        return folder.resolve("data");
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }
}
