package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.external.Question;
import dev.umpire.harness.launcher.FolderTree;
import dev.umpire.harness.sql.SqlAccount;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.sql.SqlQuestion;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Where the nodes of a cluster are and how they reach each other; never changes once all are started.
 *
 * @param started by node; may still grow while the cluster is started
 * @param ports where sessions and the harness dial servers
 * @param data where each node has its data
 */
record Layout(
        Environment environment,
        MariadbSettings settings,
        List<Node> nodes,
        Map<Node, MariadbNode> started,
        NodeLinks links,
        NodePorts ports,
        DataFolders data) {

    private static final SqlAccount ACCOUNT = SqlAccount.ofProcesses("test");

    Layout {
        nodes = List.copyOf(nodes);
    }

    MariadbNode at(Node node) {
        return node.in(started);
    }

    /** Takes all that a node has stored, and leaves its folder, which is the server's own. Blocks. */
    void empty(Node node) throws IOException {
        List<Path> stored;
        try (Stream<Path> all = Files.list(at(node).data())) {
            stored = all.toList();
        }
        for (Path one : stored) {
            FolderTree.delete(one);
        }
    }

    /** The nodes as they are asked in SQL. */
    SqlNodes sql() {
        return sql(ports::direct, OptionalInt.empty());
    }

    private SqlNodes sql(ToIntFunction<Node> port, OptionalInt syncWait) {
        return new SqlNodes(
                environment,
                (node, name) -> Connections.connect(ACCOUNT, ACCOUNT.database(), port.applyAsInt(node), syncWait),
                node -> at(node).process().failure("refuses the user " + SqlNodes.USER));
    }

    /** What a server is asked to see whether it answers. */
    static Question question() {
        return new SqlQuestion(port -> Connections.connect(ACCOUNT, "", port));
    }

    /** The nodes as they can be asked. */
    MariadbNodes mariadb() {
        return new MariadbNodes(
                environment, settings, nodes, sql(), sql(ports::client, settings.wsrepSyncWait()), ports);
    }

    /** The node whose replica this one is: the one before it in the circle. */
    Node master(Node node) {
        return nodes.get((nodes.indexOf(node) + nodes.size() - 1) % nodes.size());
    }
}
