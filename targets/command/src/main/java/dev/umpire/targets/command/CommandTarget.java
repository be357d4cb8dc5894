package dev.umpire.targets.command;

import dev.umpire.harness.external.Order;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A cluster that runs already, asked by a command of its user's. */
public final class CommandTarget implements Target {

    @Override
    public String name() {
        return "command";
    }

    @Override
    public String meaning() {
        return "a running cluster, asked by any command that speaks JSON, a line each";
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public List<Setting> settings() {
        return CommandSettings.ALL;
    }

    @Override
    public List<Configuration> configurations() {
        return List.of();
    }

    @Override
    public List<Defect> defects() {
        return List.of();
    }

    @Override
    public String describe(Settings settings) {
        return settings.get("client") + " · " + settings.get("addresses");
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        return Order.faults(settings);
    }

    @Override
    public Set<String> functions(Settings settings) {
        return CommandSettings.functions(settings.get("functions"));
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        CommandSettings.of(settings).requireFor(nodes);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        return new CommandStart(context, CommandSettings.of(context.settings())).start();
    }
}
