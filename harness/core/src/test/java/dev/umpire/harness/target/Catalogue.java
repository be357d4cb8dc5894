package dev.umpire.harness.target;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A target that is only described, never started. */
public final class Catalogue implements Target {
    @Override
    public String name() {
        return "catalogue";
    }

    @Override
    public String meaning() {
        return "";
    }

    @Override
    public boolean simulated() {
        return true;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("reads", List.of("leader", "token", "sticky"), "leader", ""),
                new Setting("lag", List.of(), "5", ""));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                configuration("sl-token", Map.of("reads", "token", "lag", "9")), configuration("sl-any", Map.of()));
    }

    private static Configuration configuration(String name, Map<String, String> settings) {
        return new Configuration(name, settings, List.of(), Set.of(), "real-time", "");
    }

    @Override
    public List<Defect> defects() {
        return List.of(new Defect("SL1", "sl-token", "", "", List.of(), List.of(), Defect.Trial.USUAL));
    }

    @Override
    public String describe(Settings settings) {
        return "";
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        return Set.of();
    }

    @Override
    public Set<String> functions(Settings settings) {
        return Set.of();
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        throw new UnsupportedOperationException("a catalogue never starts");
    }
}
