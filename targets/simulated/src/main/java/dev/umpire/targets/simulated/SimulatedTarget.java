package dev.umpire.targets.simulated;

import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import dev.umpire.targets.simulated.leaderless.LeaderlessStore;
import dev.umpire.targets.simulated.log.LogStore;
import dev.umpire.targets.simulated.multileader.MultiLeaderStore;
import dev.umpire.targets.simulated.partitioned.PartitionedStore;
import dev.umpire.targets.simulated.singleleader.SingleLeaderStore;
import dev.umpire.targets.simulated.world.NetworkConditions;
import dev.umpire.targets.simulated.world.WorldConditions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The simulated stores, by the name {@code simulated}. */
public final class SimulatedTarget implements Target {
    private static final String CHECKSUMS = "checksums";
    private static final String WITHOUT = "off";

    private static final long LEAST_DELAY_NANOS = 200_000;
    private static final long MOST_DELAY_NANOS = 2_000_000;
    private static final long SLOWEST_DELAY_NANOS = 20_000_000;

    private static final List<SimulatedStore> STORES = List.of(
            new SingleLeaderStore(),
            new PartitionedStore(),
            new MultiLeaderStore(),
            new LeaderlessStore(),
            new LogStore());

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public String meaning() {
        return "replicated stores in virtual time; one seed gives one history";
    }

    @Override
    public boolean simulated() {
        return true;
    }

    @Override
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting(
                SimulatedStore.STORE,
                STORES.stream().map(SimulatedStore::name).toList(),
                STORES.get(0).name(),
                "the method of replication"));
        for (SimulatedStore store : STORES) {
            store.settings().forEach(setting -> settings.add(setting.onlyWith(SimulatedStore.STORE, store.name())));
        }
        settings.addAll(List.of(
                new Setting(
                        "delivery",
                        List.of("any-order", "in-order"),
                        "any-order",
                        "whether messages from one node to another may overtake each other"),
                new Setting("loss-percent", List.of(), "0", "how many of 100 messages between nodes are lost, 0 to 99"),
                new Setting(
                        "duplication-percent",
                        List.of(),
                        "0",
                        "how many of 100 messages between nodes arrive twice, 0 to 100"),
                new Setting(
                                CHECKSUMS,
                                List.of("on", WITHOUT),
                                "on",
                                "whether a node that starts notices the record that a crash has torn or corrupted, or takes it"
                                        + " for whole")
                        .decidingPromises()));
        return settings;
    }

    @Override
    public List<Configuration> configurations() {
        return STORES.stream().flatMap(store -> store.configurations().stream()).toList();
    }

    @Override
    public List<Defect> defects() {
        return STORES.stream().flatMap(store -> store.defects().stream()).toList();
    }

    private static SimulatedStore store(Settings settings) {
        String name = settings.get(SimulatedStore.STORE);
        return STORES.stream()
                .filter(store -> store.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("store: found " + name + ", expected one of "
                        + STORES.stream().map(SimulatedStore::name).toList()));
    }

    @Override
    public String describe(Settings settings) {
        String checksums = settings.get(CHECKSUMS).equals(WITHOUT) ? " · no checksums" : "";
        return store(settings).describe(settings) + checksums;
    }

    /** Any store bears that all its processes are started again, which no promise names: a schedule does not repeat such a run. */
    @Override
    public Set<FaultKind> faults(Settings settings) {
        Set<FaultKind> kinds = EnumSet.copyOf(store(settings).faults(settings));
        kinds.add(FaultKind.ROLLING_RESTART);
        return kinds;
    }

    @Override
    public Optional<String> positionUnit(Settings settings, int nodes) {
        return store(settings).positionUnit();
    }

    /** No: of the order that a store gave to writes, only how far a replica is. */
    @Override
    public boolean tellsOrder(Settings settings) {
        return false;
    }

    @Override
    public Set<String> functions(Settings settings) {
        return store(settings).functions(settings);
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        SettingsResolver.configuration(this, settings)
                .map(configuration -> configuration.settings().getOrDefault(SimulatedStore.STORE, ""))
                .filter(name -> !name.equals(settings.get(SimulatedStore.STORE)))
                .ifPresent(name -> {
                    throw new IllegalArgumentException("store: found " + settings.get(SimulatedStore.STORE)
                            + " with configuration=" + settings.get(SettingsResolver.CONFIGURATION)
                            + ", expected store=" + name);
                });
        conditions(settings);
        store(settings).requirePossible(settings, nodes);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        Settings settings = context.settings();
        return store(settings).start(context, conditions(settings));
    }

    private static WorldConditions conditions(Settings settings) {
        NetworkConditions network = new NetworkConditions(
                LEAST_DELAY_NANOS,
                MOST_DELAY_NANOS,
                SLOWEST_DELAY_NANOS,
                settings.get("delivery").equals("in-order"),
                settings.number("loss-percent"),
                settings.number("duplication-percent"));
        return new WorldConditions(network, !settings.get(CHECKSUMS).equals(WITHOUT));
    }
}
