package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Request;
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

/** Real {@code redis-server} processes on the loopback address: {@code n1} begins as the primary, the others follow it. */
public final class RedisTarget implements Target {

    private static final Set<FaultKind> WITHOUT_FAILOVER = Set.of(
            FaultKind.CRASH,
            FaultKind.PAUSE,
            FaultKind.PARTITION,
            FaultKind.SLOW,
            FaultKind.ROLLING_RESTART,
            FaultKind.FULL_DISK);

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String meaning() {
        return "real Redis: a primary and its replicas, started on this machine";
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
                        List.of("read-your-writes", "monotonic-reads", "consistent-prefix", "eventual", "durability"),
                        WITHOUT_FAILOVER,
                        "real-time",
                        "one node answers everything; until a failover replicas are only copies"),
                new Configuration(
                        "replica-reads",
                        Map.of("reads", "any-follower", "persistence", "aof"),
                        List.of("consistent-prefix", "eventual", "durability"),
                        WITHOUT_FAILOVER,
                        "real-time",
                        "replicas apply the primary's stream in its order, some time later"));
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
        Set<FaultKind> kinds = EnumSet.copyOf(WITHOUT_FAILOVER);
        kinds.add(FaultKind.FAILOVER);
        return DataFolders.andFullDisk(kinds);
    }

    @Override
    public Optional<String> missingFor(FaultKind kind) {
        return DataFolders.missingFor(kind);
    }

    @Override
    public Set<String> functions(Settings settings) {
        return Set.of(Request.READ, Request.WRITE, Request.SNAPSHOT);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        RedisSettings settings = RedisSettings.of(context.settings());
        if (context.nodeCount() < 2) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    "nodes: found " + context.nodeCount() + ", expected 2 or more: a primary and a replica"));
        }
        if (settings.replicasToWait() >= context.nodeCount()) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("wait: found "
                    + settings.replicasToWait() + ", expected at most " + (context.nodeCount() - 1)
                    + ", the number of replicas"));
        }
        return RedisStart.start(context, settings);
    }
}
