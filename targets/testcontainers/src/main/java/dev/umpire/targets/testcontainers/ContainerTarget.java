package dev.umpire.targets.testcontainers;

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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A store whose nodes are containers.
 *
 * <pre>
 * &#64;RegisterExtension
 * static final UmpireExtension UMPIRE = UmpireExtension.of(ContainerTarget.of("redis", new RedisContainers("redis:7")));
 * </pre>
 */
public final class ContainerTarget implements Target {
    /** What can be done to containers, and to the links between them. */
    static final Set<FaultKind> ALL =
            Set.of(FaultKind.CRASH, FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW, FaultKind.DISCONNECT);

    private final String name;
    private final ContainerStore store;
    private final Set<FaultKind> faults;

    private ContainerTarget(String name, ContainerStore store, Set<FaultKind> faults) {
        this.name = name;
        this.store = store;
        this.faults = Set.copyOf(faults);
    }

    /**
     * A target that can be given all faults that the store can: crash, pause, partition, slow links, and disconnect where it
     * says nothing else.
     */
    public static ContainerTarget of(String name, ContainerStore store) {
        return new ContainerTarget(name, store, store.faults());
    }

    /**
     * The same, which can be given only these faults: no partitions, say, where nodes do not dial one another as {@link Peers}
     * says.
     *
     * @throws IllegalArgumentException if one of them cannot be given to containers of this store
     */
    public ContainerTarget withFaults(FaultKind... some) {
        List<FaultKind> unknown = Arrays.stream(some)
                .filter(kind -> !store.faults().contains(kind))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("faults: found " + unknown + ", expected some of " + store.faults());
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
        return Stream.concat(store.asked().settings().stream(), store.settings().stream())
                .toList();
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
        return settings().stream()
                .map(one -> one.name() + " " + settings.get(one.name()))
                .collect(Collectors.joining(" · ", "containers · ", ""));
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
        return StartAttempts.start(
                context, Machine.PORT_TAKEN, holdings -> new ContainersStart(context, store, holdings).run());
    }
}
