package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Real Apache ZooKeeper, one ensemble: servers on the loopback address, or such that run already.
 *
 * <p>The promises are those of the documentation of ZooKeeper 3.9: <i>Consistency Guarantees</i> in its Programmer's Guide and
 * in its Internals.
 */
public final class ZooKeeperTarget implements Target {

    /**
     * Under these promises were seen to be kept; under a full disk nobody has looked. Another membership
     * takes nothing from them: "the set of Zookeeper servers, their roles (participant / observer), all ports, and even the quorum
     * system can be changed dynamically, without service interruption and while maintaining data consistency" (ZooKeeper 3.9,
     * <i>Dynamic Reconfiguration</i>).
     */
    private static final Set<FaultKind> FAULTS = NodeLinks.andPoorLinks(Set.of(
            FaultKind.CRASH,
            FaultKind.PAUSE,
            FaultKind.PARTITION,
            FaultKind.SLOW,
            FaultKind.FAILOVER,
            FaultKind.ROLLING_RESTART,
            FaultKind.MEMBERSHIP));

    /** Under these no server goes on to believe that it leads while another one does. */
    private static final Set<FaultKind> ONE_LEADER = Set.of(
            FaultKind.CRASH, FaultKind.SLOW, FaultKind.FAILOVER, FaultKind.ROLLING_RESTART, FaultKind.MEMBERSHIP);

    private static final List<String> WORKLOADS = List.of("register", "cas-register");
    private static final String DURABILITY = "durability";

    @Override
    public String name() {
        return "zookeeper";
    }

    @Override
    public String meaning() {
        return "real Apache ZooKeeper: one ensemble, started on this machine or running already";
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public List<Setting> settings() {
        return ZooKeeperSettings.ALL;
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                configuration(
                        "reads-after-writes",
                        Map.of("reads", "after-write", "at", "any"),
                        List.of("linearizable", DURABILITY),
                        FAULTS,
                        "a read sees all that was acknowledged when it was asked, as most servers agree on a write before it"),
                configuration(
                        "synced-reads",
                        Map.of("reads", "sync", "at", "any"),
                        List.of("linearizable", DURABILITY),
                        ONE_LEADER,
                        "a read sees all that the leader had committed when it was asked; while two believe to lead, it may"
                                + " have asked the wrong one"),
                configuration(
                        "one-server",
                        Map.of("reads", "local", "at", "sticky"),
                        List.of("sequential", DURABILITY),
                        FAULTS,
                        "each session asks one server, which may be behind and never goes back"),
                configuration(
                        "local-reads",
                        Map.of("reads", "local", "at", "any"),
                        List.of("consistent-prefix", "eventual", DURABILITY),
                        FAULTS,
                        "any server answers alone, each as far as it is"));
    }

    private static Configuration configuration(
            String name, Map<String, String> settings, List<String> promise, Set<FaultKind> faults, String meaning) {
        return new Configuration(
                name, settings, promise, faults, "real-time", WORKLOADS, Configuration.USUAL_NODES, meaning);
    }

    @Override
    public List<Defect> defects() {
        return List.of();
    }

    @Override
    public String describe(Settings settings) {
        return ZooKeeperSettings.of(settings).describe();
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        if (ExternalSettings.external(settings)) {
            return ExternalSettings.faults(settings);
        }
        return NodeLinks.andOfClients(NodeClocks.andClock(DataFolders.andFullDisk(FAULTS)));
    }

    @Override
    public Optional<String> missingFor(FaultKind kind) {
        return NodeClocks.missingFor(kind).or(() -> DataFolders.missingFor(kind));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Of two servers one that is left alone can agree on nothing, not even on the loss of the other.
     */
    @Override
    public int leastNodes(FaultKind kind) {
        return kind == FaultKind.MEMBERSHIP ? 3 : Target.super.leastNodes(kind);
    }

    @Override
    public Set<String> functions(Settings settings) {
        return Set.of(Request.READ, Request.WRITE, Request.CAS, Request.CLAIM);
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        ZooKeeperSettings.of(settings).requirePossible();
        if (nodes < 2) {
            throw new IllegalArgumentException(
                    "nodes: found " + nodes + ", expected 2 or more, and 3 or more to bear the loss of one");
        }
        ExternalSettings.requirePossible(settings, nodes);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        ZooKeeperSettings settings = ZooKeeperSettings.of(context.settings());
        return ExternalSettings.external(context.settings())
                ? ZooKeeperExternal.start(context, settings)
                : ZooKeeperStart.start(context, settings);
    }
}
