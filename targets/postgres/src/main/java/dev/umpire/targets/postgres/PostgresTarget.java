package dev.umpire.targets.postgres;

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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Real PostgreSQL: servers on the loopback address, of which {@code n1} begins as the primary and the others stream from it;
 * or a primary and standbys that run already.
 *
 * <p>The promises are those of PostgreSQL's documentation, chapters 20.5 (<i>Write Ahead Log</i>), 27.2 (<i>Log-Shipping
 * Standby Servers</i>), 27.3 (<i>Failover</i>), 27.4 (<i>Hot Standby</i>) and 13.2 (<i>Transaction Isolation</i>).
 */
public final class PostgresTarget implements Target {

    private static final Set<FaultKind> WITHOUT_FAILOVER =
            NodeLinks.andPoorLinks(Set.of(FaultKind.CRASH, FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW));

    /** What commits that wait for a standby survive. */
    private static final Set<FaultKind> WITHOUT_CRASH =
            NodeLinks.andPoorLinks(Set.of(FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW, FaultKind.FAILOVER));

    /** What waits for every standby, or reads at one, is promised where no node is lost. */
    private static final Set<FaultKind> ALL_NODES_LIVE =
            NodeLinks.andPoorLinks(Set.of(FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW));

    /** Under the last two no other configuration was looked at yet than those that name them. */
    private static final Set<FaultKind> ALSO_RESTARTED_AND_FULL = NodeLinks.andPoorLinks(Set.of(
            FaultKind.CRASH,
            FaultKind.PAUSE,
            FaultKind.PARTITION,
            FaultKind.SLOW,
            FaultKind.ROLLING_RESTART,
            FaultKind.FULL_DISK));

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String meaning() {
        return "real PostgreSQL: a primary and its streaming standbys, started on this machine or running already";
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public List<Setting> settings() {
        return PostgresSettings.ALL;
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                new Configuration(
                        "primary-reads",
                        Map.of("reads", "leader", "commit", "on", "standbys", "none"),
                        List.of("read-your-writes", "monotonic-reads", "consistent-prefix", "eventual", "durability"),
                        ALSO_RESTARTED_AND_FULL,
                        "real-time",
                        "one node answers everything, and flushes each commit before it says so (20.5)"),
                new Configuration(
                        "standby-reads",
                        Map.of("reads", "any-follower", "commit", "on", "standbys", "none"),
                        List.of("consistent-prefix", "eventual", "durability"),
                        ALSO_RESTARTED_AND_FULL,
                        "real-time",
                        "standbys replay the primary's log in its order, some time later; they are eventually"
                                + " consistent with it (27.4)"),
                new Configuration(
                        "token-reads",
                        Map.of("reads", "token", "commit", "on", "standbys", "none"),
                        List.of("read-your-writes", "monotonic-reads", "consistent-prefix", "eventual", "durability"),
                        WITHOUT_FAILOVER,
                        "real-time",
                        "a standby answers only when it has replayed the log up to where the session has been"),
                new Configuration(
                        "quorum",
                        Map.of("reads", "leader", "commit", "on", "standbys", "any-1"),
                        List.of("read-your-writes", "consistent-prefix", "eventual", "durability"),
                        WITHOUT_CRASH,
                        "real-time",
                        "a commit is flushed at a standby before it is acknowledged, and the standby with the most log"
                                + " is promoted (27.2.8)"),
                new Configuration(
                        "remote-apply",
                        Map.of("reads", "any-follower", "commit", "remote_apply", "standbys", "all"),
                        List.of("read-your-writes", "consistent-prefix", "eventual", "durability"),
                        ALL_NODES_LIVE,
                        "real-time",
                        "a commit can be read at every standby before it is acknowledged (20.5)"),
                new Configuration(
                        "written-at-standby",
                        Map.of("reads", "leader", "commit", "remote_write", "standbys", "any-1"),
                        List.of("read-your-writes", "consistent-prefix", "eventual", "durability"),
                        WITHOUT_CRASH,
                        "real-time",
                        "a commit is in a standby's file system before it is acknowledged, which a killed server leaves"
                                + " behind and a killed machine may not (20.5.1)"),
                new Configuration(
                        "first-standby",
                        Map.of("reads", "leader", "commit", "on", "standbys", "first-1"),
                        List.of("read-your-writes", "consistent-prefix", "eventual", "durability"),
                        WITHOUT_CRASH,
                        "real-time",
                        "as quorum, but the first standby of the list confirms, and the next where it is away"
                                + " (27.2.8.2)"),
                new Configuration(
                        "sticky-standby",
                        Map.of("reads", "sticky", "commit", "on", "standbys", "none"),
                        List.of("monotonic-reads", "consistent-prefix", "eventual", "durability"),
                        ALL_NODES_LIVE,
                        "real-time",
                        "each session reads at one standby, which may be behind and replays the log in its order"
                                + " (27.4.1)"),
                new Configuration(
                        "unfenced",
                        Map.of("reads", "leader", "commit", "on", "standbys", "none", "fencing", "no"),
                        List.of("read-your-writes", "monotonic-reads", "consistent-prefix", "eventual", "durability"),
                        ALSO_RESTARTED_AND_FULL,
                        "real-time",
                        "as primary-reads until a failover, after which two servers believe to be the primary, and"
                                + " data is lost (27.3)"));
    }

    @Override
    public List<Defect> defects() {
        return List.of();
    }

    @Override
    public String describe(Settings settings) {
        return PostgresSettings.of(settings).describe();
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        if (ExternalSettings.external(settings)) {
            return ExternalSettings.faults(settings);
        }
        Set<FaultKind> kinds = EnumSet.copyOf(ALSO_RESTARTED_AND_FULL);
        kinds.add(FaultKind.FAILOVER);
        return NodeLinks.andOfClients(NodeClocks.andClock(DataFolders.andFullDisk(kinds)));
    }

    @Override
    public Optional<String> missingFor(FaultKind kind) {
        return NodeClocks.missingFor(kind).or(() -> DataFolders.missingFor(kind));
    }

    /**
     * {@inheritDoc}
     *
     * <p>What is counted from one place in the log to another. Standbys alone tell where they stand: one could be compared with none.
     */
    @Override
    public Optional<String> positionUnit(Settings settings, int nodes) {
        int standbys = nodes - 1;
        return standbys < 2 ? Optional.empty() : Optional.of("byte");
    }

    /** No: a standby says how far it is, and nobody where a change stands. */
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
        PostgresSettings.of(settings).requirePossible(nodes);
        ExternalSettings.requirePossible(settings, nodes);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        PostgresSettings settings = PostgresSettings.of(context.settings());
        try {
            requirePossible(context.settings(), context.nodeCount());
        } catch (IllegalArgumentException impossible) {
            return CompletableFuture.failedFuture(impossible);
        }
        return ExternalSettings.external(context.settings())
                ? PostgresExternal.start(context, settings)
                : PostgresStart.start(context, settings);
    }
}
