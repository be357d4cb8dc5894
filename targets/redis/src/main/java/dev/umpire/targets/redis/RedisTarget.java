package dev.umpire.targets.redis;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Real Redis: {@code redis-server} processes on the loopback address, of which {@code n1} begins as the primary and the others
 * follow it; or a primary and replicas that run already.
 */
public final class RedisTarget implements Target {

    private static final Set<FaultKind> WITHOUT_FAILOVER = NodeLinks.andPoorLinks(Set.of(
            FaultKind.CRASH,
            FaultKind.PAUSE,
            FaultKind.PARTITION,
            FaultKind.SLOW,
            FaultKind.ROLLING_RESTART,
            FaultKind.FULL_DISK));

    private static final Set<FaultKind> WITH_FAILOVER = NodeLinks.andPoorLinks(Set.of(
            FaultKind.CRASH,
            FaultKind.PAUSE,
            FaultKind.PARTITION,
            FaultKind.SLOW,
            FaultKind.ROLLING_RESTART,
            FaultKind.FULL_DISK,
            FaultKind.FAILOVER));

    /** A replica that is started again serves what its own file has until it has synchronised. */
    private static final Set<FaultKind> WITHOUT_RESTARTS =
            NodeLinks.andPoorLinks(Set.of(FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW));

    private static final List<String> AT_THE_PRIMARY =
            List.of("read-your-writes", "monotonic-reads", "consistent-prefix", "eventual", "durability");

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String meaning() {
        return "real Redis: a primary and its replicas, started on this machine or running already";
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public List<Setting> settings() {
        return RedisSettings.ALL;
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                new Configuration(
                        "primary-reads",
                        Map.of("reads", "leader", "persistence", "aof"),
                        AT_THE_PRIMARY,
                        WITHOUT_FAILOVER,
                        "real-time",
                        "one node answers everything; until a failover replicas are only copies"),
                new Configuration(
                        "replica-reads",
                        Map.of("reads", "any-follower", "persistence", "aof"),
                        List.of("consistent-prefix", "eventual", "durability"),
                        WITHOUT_FAILOVER,
                        "real-time",
                        "replicas apply the primary's stream in its order, some time later"),
                new Configuration(
                        "sticky-reads",
                        Map.of("reads", "sticky", "persistence", "aof"),
                        List.of("monotonic-reads", "consistent-prefix", "eventual", "durability"),
                        WITHOUT_RESTARTS,
                        "real-time",
                        "each session reads at one replica, which goes on in the primary's stream and never back"),
                new Configuration(
                        "wait",
                        Map.of("reads", "leader", "persistence", "aof", "wait", "1"),
                        AT_THE_PRIMARY,
                        WITHOUT_FAILOVER,
                        "real-time",
                        "as primary-reads, and a write is acknowledged when a replica has it; a failover loses fewer"),
                new Configuration(
                        "min-replicas",
                        Map.of("reads", "leader", "persistence", "aof", "min-replicas", "1"),
                        AT_THE_PRIMARY,
                        WITHOUT_FAILOVER,
                        "real-time",
                        "as primary-reads, and a primary that no replica reports to refuses writes after some seconds"),
                new Configuration(
                        "sentinel",
                        Map.of("reads", "leader", "persistence", "aof", "failover", "sentinel"),
                        // a key whose only writes are lost ends as it began, which is not eventual
                        List.of("integrity"),
                        WITH_FAILOVER,
                        "real-time",
                        "sentinels promote a replica by themselves; the last failover wins, and what the replica did not"
                                + " have is lost"));
    }

    @Override
    public List<Defect> defects() {
        return List.of();
    }

    @Override
    public String describe(Settings settings) {
        return RedisSettings.of(settings).describe();
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        if (ExternalSettings.external(settings)) {
            return ExternalSettings.faults(settings);
        }
        return NodeLinks.andOfClients(NodeClocks.andClock(DataFolders.andFullDisk(WITH_FAILOVER)));
    }

    @Override
    public Optional<String> missingFor(FaultKind kind) {
        return NodeClocks.missingFor(kind).or(() -> DataFolders.missingFor(kind));
    }

    /** No: a value is told, and not where it stands among others. */
    @Override
    public boolean tellsOrder(Settings settings) {
        return false;
    }

    @Override
    public Set<String> functions(Settings settings) {
        return Set.of(Request.READ, Request.WRITE, Request.SNAPSHOT);
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        if (nodes < 2) {
            throw new IllegalArgumentException(
                    "nodes: found " + nodes + ", expected 2 or more: a primary and a replica");
        }
        RedisSettings.of(settings).requirePossible(nodes);
        ExternalSettings.requirePossible(settings, nodes);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        try {
            requirePossible(context.settings(), context.nodeCount());
        } catch (IllegalArgumentException impossible) {
            return CompletableFuture.failedFuture(impossible);
        }
        RedisSettings settings = RedisSettings.of(context.settings());
        return ExternalSettings.external(context.settings())
                ? RedisExternal.start(context, settings)
                : RedisStart.start(context, settings);
    }
}
