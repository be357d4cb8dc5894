package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.Elections;
import dev.umpire.harness.cluster.ProcessFaults;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.Node;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The levers that all clusters of processes have; who leads is left to the members. Used on the loop. */
final class EtcdFaults extends ProcessFaults {

    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final Layout layout;
    private final Map<Node, Member> members;

    EtcdFaults(Layout layout, Map<Node, Member> members, EtcdProbes probes) {
        super(layout.environment(), layout.links(), probes);
        this.layout = layout;
        this.members = members;
    }

    @Override
    protected NodeProcess process(Node node) {
        Member member = members.get(node);
        if (member == null) {
            throw new IllegalArgumentException("node: found " + node + ", expected one of " + members.keySet());
        }
        return member.process();
    }

    @Override
    protected Optional<SmallDisk> disk(Node node) {
        return layout.data().disk(node);
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
                        () -> Standing.ask(layout.etcd()),
                        Standing::leader,
                        Standing::describe));
    }
}
