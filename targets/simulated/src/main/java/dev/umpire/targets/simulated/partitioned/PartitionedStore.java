package dev.umpire.targets.simulated.partitioned;

import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.Defect.Trial;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.SimulatedStore;
import dev.umpire.targets.simulated.world.WorldConditions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What a partitioned single-leader store can be set to, what it promises then, and the defect that it can have. */
public final class PartitionedStore implements SimulatedStore {
    private static final String NAME = "partitioned";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting(
                Rules.SNAPSHOTS,
                List.of(Rules.AT_ONE_TIME, Rules.NEWEST),
                Rules.AT_ONE_TIME,
                "what a read across partitions shows: the values of all as of one time, or the newest that each has when it is"
                        + " asked"));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(new Configuration(
                "pl-snapshot",
                Map.of(STORE, NAME, Rules.SNAPSHOTS, Rules.AT_ONE_TIME),
                List.of("consistent-prefix", "eventual"),
                USUAL_FAULTS,
                "real-time",
                List.of("dialogue", "register"),
                Configuration.USUAL_NODES,
                "reads across partitions at one snapshot position, which keeps the causal order of writes"));
    }

    @Override
    public List<Defect> defects() {
        return List.of(new Defect(
                "PL1",
                "pl-snapshot",
                "a read across partitions without the snapshot position",
                "Kleppmann, Designing Data-Intensive Applications, consistent prefix reads, ch. 5 (fig. 5-5)",
                List.of("consistent-prefix"),
                List.of("eventual"),
                // it shows in reads of several keys alone
                Trial.USUAL.with("register", Map.of("keys", "4", "retire-every", "20", "snapshot-percent", "50"))));
    }

    @Override
    public String describe(Settings settings) {
        return "partitioned, a single leader each · "
                + (settings.get(Rules.SNAPSHOTS).equals(Rules.AT_ONE_TIME)
                        ? "reads across partitions as of one time"
                        : "reads across partitions as they come");
    }

    /** What reads tell are times: of the read, or of what it found. */
    @Override
    public Optional<String> positionUnit() {
        return Optional.empty();
    }

    @Override
    public Set<String> functions(Settings settings) {
        return Set.of(Request.READ, Request.WRITE, Request.SNAPSHOT);
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        Rules.of(settings);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context, WorldConditions conditions) {
        return PartitionedCluster.start(context, conditions);
    }
}
