package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.Node;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The nodes of a cluster as they can be asked, whoever runs them.
 *
 * @param questions connects as the harness does, by a way that no fault strikes
 * @param sessions connects as sessions do
 * @param ports where the nodes are reached
 */
record MariadbNodes(
        Environment environment,
        MariadbSettings settings,
        List<Node> nodes,
        SqlNodes questions,
        SqlNodes sessions,
        NodePorts ports) {

    MariadbNodes {
        nodes = List.copyOf(nodes);
    }

    /** Whether the run has started them, so that each is known to be the replica of the one before it. */
    boolean startedHere() {
        return settings.where().isEmpty();
    }

    /** Asks whether every node has applied everything, in the way in which they replicate. */
    CompletionStage<Convergence> convergence() {
        return settings.galera() ? GaleraStanding.converged(this) : Standing.converged(this);
    }
}
