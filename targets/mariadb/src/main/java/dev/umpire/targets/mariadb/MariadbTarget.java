package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.sql.SqlStatements;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Real MariaDB servers, each a master and the replica of another, or a Galera cluster: on the loopback address, or such that run already.
 *
 * <p>The promises are those of MariaDB's documentation: of a circle <i>Multi-Master Ring Replication</i> and <i>GTID with
 * Multi-Source and Multi-Primary Replication</i>, of Galera <i>Certification-Based Replication</i>, <i>Known Limitations</i> and
 * <i>Understanding Quorum, Monitoring, and Recovery</i>.
 */
public final class MariadbTarget implements Target {

    /** Under these promises of a circle were seen to be kept. */
    private static final Set<FaultKind> FAULTS = NodeLinks.andPoorLinks(
            Set.of(FaultKind.CRASH, FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW, FaultKind.ROLLING_RESTART));

    /**
     * The same of Galera. Another membership takes nothing from its promises: it has "automatic membership and node joining"
     * (MariaDB documentation, <i>What is MariaDB Galera Cluster?</i>); "When a node leaves the cluster, gracefully, the cluster size
     * decreases" (Galera Cluster documentation, <i>Weighted Quorum</i>).
     */
    private static final Set<FaultKind> FAULTS_OF_GALERA = Set.of(
            FaultKind.CRASH,
            FaultKind.PAUSE,
            FaultKind.PARTITION,
            FaultKind.SLOW,
            FaultKind.LOSS,
            FaultKind.THROTTLE,
            FaultKind.MEMBERSHIP,
            FaultKind.ROLLING_RESTART);

    @Override
    public String name() {
        return "mariadb";
    }

    @Override
    public String meaning() {
        return "real MariaDB: masters in a circle, or a Galera cluster, started on this machine or running already";
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public List<Setting> settings() {
        return MariadbSettings.ALL;
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                new Configuration(
                        "owner-writes",
                        Map.of("writes", "owner", "reads", "home", "conflicts", "stop"),
                        List.of("eventual"),
                        FAULTS,
                        "real-time",
                        "one master alone writes a key, and every server applies its changes in its order (GTID with"
                                + " Multi-Source and Multi-Primary Replication)"),
                new Configuration(
                        "owner-writes-sticky",
                        Map.of("writes", "owner", "reads", "sticky", "conflicts", "stop"),
                        List.of("eventual"),
                        FAULTS,
                        "real-time",
                        "the same, and a session reads at one node: its own writes may be late there"),
                new Configuration(
                        "home-writes",
                        Map.of("writes", "home", "reads", "home", "conflicts", "idempotent"),
                        List.of("integrity"),
                        FAULTS,
                        "real-time",
                        "any master writes any key and goes on over rows that do not fit: what is read was written once,"
                                + " and masters may differ for ever"),
                new Configuration(
                                "galera-synced",
                                Map.of(
                                        "replication", "galera",
                                        "writes", "home",
                                        "reads", "home",
                                        "sync-wait", "all"),
                                List.of("linearizable", "durability", "eventual"),
                                FAULTS_OF_GALERA,
                                "real-time",
                                List.of("register", "cas-register", "list-append"),
                                Configuration.USUAL_NODES,
                                "any node writes any key, one of two changes that conflict is rolled back, and a node that"
                                        + " is asked has first all that was committed (Known Limitations, Stale Reads)")
                        // of several keys nothing is promised
                        .withOptions(Map.of("snapshot-percent", "0")),
                new Configuration(
                        "galera-unsynced",
                        Map.of("replication", "galera", "writes", "home", "reads", "home", "sync-wait", "none"),
                        List.of("consistent-prefix", "eventual", "durability"),
                        FAULTS_OF_GALERA,
                        "real-time",
                        "the same, but a node answers with what it has applied so far, in the order of all"
                                + " (Certification-Based Replication)"));
    }

    @Override
    public List<Defect> defects() {
        return List.of();
    }

    @Override
    public String describe(Settings settings) {
        return MariadbSettings.of(settings).describe();
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        if (ExternalSettings.external(settings)) {
            return ExternalSettings.faults(settings);
        }
        boolean galera = MariadbSettings.of(settings).galera();
        // resets are given to Galera and not promised: a node whose transfer is reset asks to be restarted by somebody
        Set<FaultKind> kinds = galera ? NodeLinks.andPoorLinks(FAULTS_OF_GALERA) : FAULTS;
        // a node of Galera keeps no log that grows: what a run writes has its room from the start, and nothing would be
        // seen
        return NodeLinks.andOfClients(NodeClocks.andClock(galera ? kinds : DataFolders.andFullDisk(kinds)));
    }

    @Override
    public Optional<String> missingFor(FaultKind kind) {
        return NodeClocks.missingFor(kind).or(() -> DataFolders.missingFor(kind));
    }

    /** No: a reader is not told to which transaction its answer belongs. */
    @Override
    public boolean tellsOrder(Settings settings) {
        return false;
    }

    @Override
    public Set<String> functions(Settings settings) {
        return SqlStatements.FUNCTIONS;
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        if (nodes < 2) {
            throw new IllegalArgumentException("nodes: found " + nodes + ", expected 2 or more");
        }
        MariadbSettings.of(settings).requirePossible();
        ExternalSettings.requirePossible(settings, nodes);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        try {
            requirePossible(context.settings(), context.nodeCount());
        } catch (IllegalArgumentException impossible) {
            return CompletableFuture.failedFuture(impossible);
        }
        MariadbSettings settings = MariadbSettings.of(context.settings());
        return ExternalSettings.external(context.settings())
                ? MariadbExternal.start(context, settings)
                : settings.galera() ? GaleraStart.start(context, settings) : CircleStart.start(context, settings);
    }
}
