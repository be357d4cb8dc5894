package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.DataFolders;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Real etcd, one Raft cluster: {@code etcd} processes on the loopback address, or members that run already. */
public final class EtcdTarget implements Target {

    private static final Set<FaultKind> FAULTS = NodeLinks.andPoorLinks(Set.of(
            FaultKind.CRASH,
            FaultKind.PAUSE,
            FaultKind.PARTITION,
            FaultKind.SLOW,
            FaultKind.FAILOVER,
            FaultKind.ROLLING_RESTART,
            FaultKind.FULL_DISK));

    /**
     * Also under another membership is promised what the members agree upon: "etcd comes with support for incremental runtime
     * reconfiguration, which allows users to update the membership of the cluster at run time"; to replace a failed machine "follow
     * the instructions for removing the member from the cluster, and then add a new member in its place" (etcd 3.4
     * documentation, <i>Runtime reconfiguration</i>); "Two phase config changes keep the cluster safe" (<i>Design of runtime
     * reconfiguration</i>). Of a past state that a member answers alone these pages say nothing.
     */
    private static final Set<FaultKind> ALSO_OTHER_MEMBERS =
            Stream.concat(FAULTS.stream(), Stream.of(FaultKind.MEMBERSHIP)).collect(Collectors.toUnmodifiableSet());

    @Override
    public String name() {
        return "etcd";
    }

    @Override
    public String meaning() {
        return "real etcd: one Raft cluster, started on this machine or running already";
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public List<Setting> settings() {
        return EtcdSettings.ALL;
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                new Configuration(
                                "linearizable-reads",
                                Map.of("reads", "linearizable", "at", "any"),
                                List.of("linearizable", "durability"),
                                ALSO_OTHER_MEMBERS,
                                "real-time",
                                List.of("register", "cas-register", "list-append"),
                                Configuration.USUAL_NODES,
                                "each operation takes effect between request and answer, whichever member is asked")
                        // reads of several keys make one object of them, which is often more than can be decided
                        .withOptions(Map.of("snapshot-percent", "0")),
                new Configuration(
                        "serializable-reads",
                        Map.of("reads", "serializable", "at", "home"),
                        List.of("consistent-prefix", "eventual", "durability"),
                        FAULTS,
                        "real-time",
                        "the asked member answers alone, with a past state of the whole store"));
    }

    @Override
    public List<Defect> defects() {
        return List.of();
    }

    @Override
    public String describe(Settings settings) {
        return EtcdSettings.of(settings).describe();
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        return ExternalSettings.external(settings)
                ? ExternalSettings.faults(settings)
                : NodeLinks.andOfClients(DataFolders.andFullDisk(ALSO_OTHER_MEMBERS));
    }

    @Override
    public Optional<String> missingFor(FaultKind kind) {
        return kind == FaultKind.CLOCK
                ? Optional.of("etcd asks the kernel for the time and not the C library, as programs in Go do, so that"
                        + " libfaketime cannot come between")
                : DataFolders.missingFor(kind);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Of two members one that is left alone can agree on nothing, not even on the loss of the other.
     */
    @Override
    public int leastNodes(FaultKind kind) {
        return kind == FaultKind.MEMBERSHIP ? 3 : Target.super.leastNodes(kind);
    }

    @Override
    public Set<String> functions(Settings settings) {
        return Set.of(
                Request.READ,
                Request.WRITE,
                Request.SNAPSHOT,
                Request.CAS,
                Request.APPEND,
                Request.ADD,
                Request.REMOVE,
                Request.INCREMENT,
                Request.CLAIM,
                Request.GENERATE);
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        EtcdSettings.of(settings);
        if (nodes < 2) {
            throw new IllegalArgumentException(
                    "nodes: found " + nodes + ", expected 2 or more, and 3 or more to bear the loss of one");
        }
        ExternalSettings.requirePossible(settings, nodes);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        EtcdSettings settings = EtcdSettings.of(context.settings());
        return ExternalSettings.external(context.settings())
                ? EtcdExternal.start(context, settings)
                : EtcdStart.start(context, settings);
    }
}
