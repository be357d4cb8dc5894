package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.Elections;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.cluster.SlowServerFaults;
import dev.umpire.harness.external.ClientProbes;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The levers that all clusters of processes have; who leads is left to the servers. Used on the loop. */
final class ZooKeeperFaults extends SlowServerFaults {

    private static final long TO_LISTEN_NANOS = TimeUnit.SECONDS.toNanos(25);
    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Layout layout;
    private final Probes clients;

    ZooKeeperFaults(Layout layout, Map<Node, NodeProcess> processes, NodeClocks clocks, DataFolders data) {
        super(
                layout.environment(),
                layout.links(),
                new ZooKeeperProbes(layout),
                processes,
                clocks,
                data,
                TO_LISTEN_NANOS);
        this.layout = layout;
        this.clients = new ClientProbes(layout.environment(), layout.reached(), ZooKeeperExternal.srvr());
    }

    @Override
    protected Optional<Probes> clientProbes() {
        return Optional.of(clients);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The leader is killed, and the others elect one of themselves.
     */
    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return crash(leader)
                .thenCompose(dead -> Elections.another(
                        layout.environment(),
                        leader,
                        ELECTION_NANOS,
                        () -> Standing.ask(layout.zookeeper()),
                        Standing::leader,
                        Standing::describe));
    }
}
