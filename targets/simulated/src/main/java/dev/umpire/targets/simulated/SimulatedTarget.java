package dev.umpire.targets.simulated;

import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import dev.umpire.targets.simulated.singleleader.SingleLeaderCluster;
import dev.umpire.targets.simulated.world.NetworkConditions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The simulated stores, by the name {@code simulated}. */
public final class SimulatedTarget implements Target {
    private static final long LEAST_DELAY_NANOS = 200_000;
    private static final long MOST_DELAY_NANOS = 2_000_000;
    private static final long SLOWEST_DELAY_NANOS = 20_000_000;

    private static final Set<FaultKind> ALL_BUT_FAILOVER =
            Set.of(FaultKind.CRASH, FaultKind.PAUSE, FaultKind.PARTITION);
    private static final Set<FaultKind> ALL = Set.of(FaultKind.values());
    private static final String BY_CLOCK = "real-time";
    /**
     * What a defect keeps that loses acknowledged writes everywhere. Replicas agree in the end, but where every write of a
     * key was lost they agree on the initial value though a write was acknowledged, and that is not {@code eventual}.
     */
    private static final List<String> NOT_EVEN_EVENTUAL = List.of();

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public String meaning() {
        return "a single-leader register store in virtual time; one seed gives one history";
    }

    @Override
    public boolean simulated() {
        return true;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting(
                        "reads",
                        List.of("leader", "any-follower", "sticky", "token"),
                        "leader",
                        "where sessions read: at the leader, at their node or any follower, at one follower for ever, or at a"
                                + " follower that has reached what the session wrote and saw"),
                new Setting(
                        "replication",
                        List.of("asynchronous", "semi-synchronous", "synchronous"),
                        "asynchronous",
                        "a write is acknowledged when the leader, one follower, or every follower has it"),
                new Setting(
                        "failover",
                        List.of("off", "on"),
                        "off",
                        "whether followers elect another leader when they hear no more of theirs"),
                new Setting(
                        "sync",
                        List.of("before-acknowledging", "in-background"),
                        "before-acknowledging",
                        "when the leader's disk makes a write survive a crash"),
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
                        "how many of 100 messages between nodes arrive twice, 0 to 100"));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                configuration(
                        "sl-leader",
                        Map.of("reads", "leader", "replication", "asynchronous", "failover", "off"),
                        List.of("linearizable", "durability", "eventual"),
                        "asynchronous followers, no failover, all reads at the leader"),
                configuration(
                        "sl-sync",
                        Map.of("reads", "leader", "replication", "synchronous", "failover", "on"),
                        List.of("linearizable", "durability", "eventual"),
                        "every follower synchronous, failover with fencing, reads at the leader behind a lease"),
                configuration(
                        "sl-semisync",
                        Map.of("reads", "leader", "replication", "semi-synchronous", "failover", "on"),
                        List.of("linearizable", "durability", "eventual"),
                        "any one follower synchronous, failover to the most advanced, reads at the leader behind a lease"),
                configuration(
                        "sl-any",
                        Map.of("reads", "any-follower", "replication", "asynchronous", "failover", "off"),
                        List.of("strict-consistent-prefix", "durability", "eventual"),
                        "as sl-leader, reads at any follower"),
                configuration(
                        "sl-sticky",
                        Map.of("reads", "sticky", "replication", "asynchronous", "failover", "off"),
                        List.of("monotonic-prefix", "monotonic-reads", "strict-consistent-prefix", "eventual"),
                        "as sl-leader, each session reads at one follower for ever"),
                configuration(
                        "sl-token",
                        Map.of("reads", "token", "replication", "asynchronous", "failover", "off"),
                        List.of("read-your-writes+monotonic-reads", "monotonic-prefix", "durability", "eventual"),
                        "as sl-leader, reads at any follower that has reached the session's position"));
    }

    private static Configuration configuration(
            String name, Map<String, String> settings, List<String> promise, String meaning) {
        boolean failover = "on".equals(settings.get("failover"));
        return new Configuration(name, settings, promise, failover ? ALL : ALL_BUT_FAILOVER, BY_CLOCK, meaning);
    }

    @Override
    public List<Defect> defects() {
        return List.of(
                new Defect(
                        "SL1",
                        "sl-token",
                        "the token is not sent: reads at any follower",
                        List.of("read-your-writes", "monotonic-reads"),
                        List.of("strict-consistent-prefix", "eventual", "durability")),
                new Defect(
                        "SL2",
                        "sl-sticky",
                        "the follower is chosen anew after a reconnect",
                        List.of("monotonic-reads", "monotonic-prefix"),
                        List.of("strict-consistent-prefix", "eventual")),
                new Defect(
                        "SL3",
                        "sl-token",
                        "the token's wait times out and the follower answers anyway",
                        List.of("read-your-writes"),
                        List.of("durability", "eventual")),
                new Defect(
                        "SL4",
                        "sl-semisync",
                        "asynchronous failover: the new leader lacks the tail, which is discarded",
                        List.of("durability", "read-your-writes"),
                        NOT_EVEN_EVENTUAL),
                new Defect(
                        "SL5",
                        "sl-sync",
                        "the old leader is not fenced (split brain)",
                        List.of("durability", "linearizable"),
                        List.of()),
                new Defect(
                        "SL6",
                        "sl-sync",
                        "a synchronous follower that is slow is silently made asynchronous",
                        List.of("durability"),
                        NOT_EVEN_EVENTUAL),
                new Defect(
                        "SL10",
                        "sl-leader",
                        "acknowledges before syncing the log; a crash loses it",
                        List.of("durability"),
                        List.of()));
    }

    @Override
    public String describe(Settings settings) {
        String reads = switch (settings.get("reads")) {
            case "leader" -> "reads at the leader";
            case "any-follower" -> "reads at any follower";
            case "sticky" -> "reads at one follower per session";
            default -> "reads at any follower that is far enough";
        };
        String failover = settings.get("failover").equals("on") ? " · failover" : "";
        String sync = settings.get("sync").equals("in-background") ? " · synced in the background" : "";
        return "single-leader · " + settings.get("replication") + failover + sync + " · " + reads;
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        Set<FaultKind> kinds = EnumSet.copyOf(ALL_BUT_FAILOVER);
        if (settings.get("failover").equals("on")) {
            kinds.add(FaultKind.FAILOVER);
        }
        return kinds;
    }

    @Override
    public Set<String> functions() {
        return Set.of(Request.READ, Request.WRITE, Request.SNAPSHOT);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        Settings settings = context.settings();
        return SingleLeaderCluster.start(
                context,
                new NetworkConditions(
                        LEAST_DELAY_NANOS,
                        MOST_DELAY_NANOS,
                        SLOWEST_DELAY_NANOS,
                        settings.get("delivery").equals("in-order"),
                        settings.number("loss-percent"),
                        settings.number("duplication-percent")));
    }
}
