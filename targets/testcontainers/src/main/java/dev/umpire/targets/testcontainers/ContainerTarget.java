package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.cluster.StartAttempts;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A store whose nodes are containers.
 *
 * <pre>
 * &#64;RegisterExtension
 * static final UmpireExtension UMPIRE = UmpireExtension.of(ContainerTarget.of("redis", new RedisContainers("redis:7")));
 * </pre>
 */
public final class ContainerTarget implements Target {
    private static final Set<FaultKind> ALL =
            EnumSet.of(FaultKind.CRASH, FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW, FaultKind.DISCONNECT);
    private static final String READS = "reads";

    private final String name;
    private final ContainerStore store;
    private final Set<FaultKind> faults;

    private ContainerTarget(String name, ContainerStore store, Set<FaultKind> faults) {
        this.name = name;
        this.store = store;
        this.faults = Set.copyOf(faults);
    }

    /** A target that can be given all faults of containers: crash, pause, partition, slow links, and disconnect. */
    public static ContainerTarget of(String name, ContainerStore store) {
        return new ContainerTarget(name, store, ALL);
    }

    /**
     * The same, which can be given only these faults: no partitions, say, where nodes do not dial one another as {@link Peers}
     * says.
     *
     * @throws IllegalArgumentException if one of them cannot be given to containers
     */
    public ContainerTarget withFaults(FaultKind... some) {
        List<FaultKind> unknown =
                Arrays.stream(some).filter(kind -> !ALL.contains(kind)).toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("faults: found " + unknown + ", expected some of " + ALL);
        }
        return new ContainerTarget(name, store, Set.copyOf(Arrays.asList(some)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String meaning() {
        return "containers on one network";
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public List<Setting> settings() {
        List<String> ways = Arrays.stream(Reads.values())
                .filter(reads -> reads != Reads.TOKEN)
                .map(Reads::option)
                .toList();
        return List.of(new Setting(READS, ways, Reads.LEADER.option(), "which node answers reads"));
    }

    @Override
    public List<Configuration> configurations() {
        return store.configurations();
    }

    @Override
    public List<Defect> defects() {
        return List.of();
    }

    @Override
    public String describe(Settings settings) {
        return "containers · reads " + settings.get(READS);
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        return faults;
    }

    @Override
    public Set<String> functions(Settings settings) {
        return store.functions();
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        if (nodes < 2) {
            throw new IllegalArgumentException("nodes: found " + nodes + ", expected 2 or more");
        }
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        Reads reads = Reads.of(context.settings().get(READS));
        return StartAttempts.start(
                context, Machine.PORT_TAKEN, holdings -> new ContainersStart(context, store, reads, holdings).run());
    }
}
