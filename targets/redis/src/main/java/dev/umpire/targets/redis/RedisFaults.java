package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.cluster.ProcessFaults;
import dev.umpire.harness.external.ClientProbes;
import dev.umpire.harness.launcher.NodeClock;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.Node;
import java.util.Optional;

/** The levers of a cluster of processes, whoever promotes a replica. Used on the loop. */
abstract sealed class RedisFaults extends ProcessFaults permits OperatorFaults, SentinelFaults {

    private final Layout layout;
    private final Probes clients;

    RedisFaults(Layout layout) {
        super(layout.environment(), layout.links(), new RedisProbes(layout));
        this.layout = layout;
        this.clients = new ClientProbes(layout.environment(), layout.ports(), RedisExternal.ping());
    }

    @Override
    protected final Optional<Probes> clientProbes() {
        return Optional.of(clients);
    }

    @Override
    protected final NodeProcess process(Node node) {
        return layout.at(node).process();
    }

    @Override
    protected final Optional<NodeClock> clock(Node node) {
        return layout.clocks().clock(node);
    }

    @Override
    protected final Optional<SmallDisk> disk(Node node) {
        return layout.data().disk(node);
    }
}
