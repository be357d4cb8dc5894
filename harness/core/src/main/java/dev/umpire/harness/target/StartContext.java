package dev.umpire.harness.target;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Launcher;
import java.util.List;
import java.util.Set;

/**
 * What a target is given to start a cluster.
 *
 * @param environment time, concurrency and randomness
 * @param settings resolved against the target's own list
 * @param nodeCount how many nodes; 1 or more
 * @param logs where the nodes' logs go
 * @param launcher starts processes and link proxies and undoes them after a crash; simulated targets leave it alone
 * @param faults what may strike, as far as it is known before the start
 * @param sessions how many will connect; 0: nobody knows
 */
public record StartContext(
        Environment environment,
        Settings settings,
        int nodeCount,
        NodeLogs logs,
        Launcher launcher,
        Set<FaultKind> faults,
        int sessions) {
    public StartContext {
        faults = Set.copyOf(faults);
        if (sessions < 0) {
            throw new IllegalArgumentException("sessions: found " + sessions + ", expected 0 or more");
        }
    }

    /** For a cluster of which nobody knows how many sessions will connect. */
    public StartContext(
            Environment environment,
            Settings settings,
            int nodeCount,
            NodeLogs logs,
            Launcher launcher,
            Set<FaultKind> faults) {
        this(environment, settings, nodeCount, logs, launcher, faults, 0);
    }

    /** For a cluster of which nobody knows what may strike it. */
    public StartContext(Environment environment, Settings settings, int nodeCount, NodeLogs logs, Launcher launcher) {
        this(environment, settings, nodeCount, logs, launcher, Set.of());
    }

    /** The nodes to start: {@code n1}, {@code n2}, ... */
    public List<Node> nodes() {
        return Node.firstOf(nodeCount);
    }
}
