package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.sql.SqlAccount;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.target.Node;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Where the nodes of a cluster are and how they reach each other; never changes once all are started.
 *
 * @param started by node; may still grow while the cluster is started
 * @param data where each node has its data
 */
record Layout(
        Environment environment,
        MariadbSettings settings,
        List<Node> nodes,
        Map<Node, MariadbNode> started,
        NodeLinks links,
        DataFolders data) {

    private static final SqlAccount ACCOUNT = SqlAccount.ofProcesses("test");

    Layout {
        nodes = List.copyOf(nodes);
    }

    MariadbNode at(Node node) {
        MariadbNode found = started.get(node);
        if (found == null) {
            throw new IllegalArgumentException("node: found " + node + ", expected one of " + nodes);
        }
        return found;
    }

    /** The nodes as they are asked in SQL. */
    SqlNodes sql() {
        return sql(OptionalInt.empty());
    }

    private SqlNodes sql(OptionalInt syncWait) {
        return new SqlNodes(
                environment,
                (node, name) -> Connections.connect(ACCOUNT, ACCOUNT.database(), at(node).port(), syncWait),
                node -> at(node).process().failure("refuses the user " + SqlNodes.USER));
    }

    /** The nodes as they can be asked. */
    MariadbNodes mariadb() {
        return new MariadbNodes(
                environment,
                settings,
                nodes,
                sql(),
                sql(settings.wsrepSyncWait()),
                NodePorts.of(node -> at(node).port()));
    }

    /** The node whose replica this one is: the one before it in the circle. */
    Node master(Node node) {
        return nodes.get((nodes.indexOf(node) + nodes.size() - 1) % nodes.size());
    }
}
