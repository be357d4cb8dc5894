package dev.umpire.harness.cli;

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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that is only described, never started. */
final class StoreInTests implements Target {
    private static final String LAUNCHER = "launcher";
    private static final String EXTERNAL = "external";

    private final String name;
    private final boolean simulated;
    private final boolean described;
    private final List<Defect> defects;
    private final boolean tellsOrder;

    StoreInTests() {
        this(true);
    }

    StoreInTests(boolean simulated) {
        this(simulated, true);
    }

    /** @param described whether it has a configuration and a defect */
    StoreInTests(boolean simulated, boolean described) {
        this(
                "simulated",
                simulated,
                described,
                described
                        ? List.of(new Defect(
                                "SL1",
                                "sl-any",
                                "forgets",
                                "a book",
                                List.of("read-your-writes"),
                                List.of(),
                                Defect.Trial.USUAL))
                        : List.of(),
                true);
    }

    /** One with other defects. */
    static StoreInTests with(Defect... defects) {
        return new StoreInTests("simulated", true, true, List.of(defects), true);
    }

    /** One whose clients tell no versions and no positions. */
    static StoreInTests withoutOrder() {
        return new StoreInTests("simulated", true, false, List.of(), false);
    }

    /** One of another name, without defects. */
    static StoreInTests named(String name) {
        return new StoreInTests(name, false, true, List.of(), true);
    }

    private StoreInTests(String name, boolean simulated, boolean described, List<Defect> defects, boolean tellsOrder) {
        this.name = name;
        this.simulated = simulated;
        this.described = described;
        this.defects = defects;
        this.tellsOrder = tellsOrder;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String meaning() {
        return "a store that tests describe";
    }

    @Override
    public boolean simulated() {
        return simulated;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("reads", List.of("leader", "any-follower", "sticky"), "leader", "who answers reads"),
                new Setting(LAUNCHER, List.of("process", EXTERNAL), "process", "who starts nodes"));
    }

    @Override
    public List<Configuration> configurations() {
        if (!described) {
            return List.of();
        }
        return List.of(new Configuration(
                "sl-any",
                Map.of("reads", "any-follower"),
                List.of("consistent-prefix"),
                Set.of(FaultKind.PARTITION),
                "session",
                "reads anywhere"));
    }

    @Override
    public List<Defect> defects() {
        return defects;
    }

    @Override
    public String describe(Settings settings) {
        return "store of the tests · reads at " + settings.get("reads");
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        return settings.get(LAUNCHER).equals(EXTERNAL)
                ? Set.of(FaultKind.CLIENT_CUT)
                : Set.of(FaultKind.PARTITION, FaultKind.CRASH);
    }

    @Override
    public boolean tellsOrder(Settings settings) {
        return tellsOrder;
    }

    @Override
    public Set<String> functions(Settings settings) {
        return Set.of("read", "write");
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("only described"));
    }
}
