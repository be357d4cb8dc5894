package dev.umpire.harness.target;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Launcher;
import java.util.List;

/**
 * What a target is given to start a cluster.
 *
 * @param environment time, concurrency and randomness
 * @param settings resolved against the target's own list
 * @param nodeCount how many nodes; 1 or more
 * @param logs where the nodes' logs go
 * @param launcher starts processes and link proxies and undoes them after a crash; simulated targets leave it alone
 */
public record StartContext(
        Environment environment, Settings settings, int nodeCount, NodeLogs logs, Launcher launcher) {

    /** The nodes to start: {@code n1}, {@code n2}, ... */
    public List<Node> nodes() {
        return Node.firstOf(nodeCount);
    }
}
