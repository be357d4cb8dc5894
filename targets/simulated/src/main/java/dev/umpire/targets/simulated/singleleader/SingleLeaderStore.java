package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.Defect.Trial;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.SimulatedStore;
import dev.umpire.targets.simulated.world.WorldConditions;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a single-leader store can be set to, what it promises then, and the defects that it can have. */
public final class SingleLeaderStore implements SimulatedStore {
    private static final String NAME = "single-leader";

    private static final Set<FaultKind> ALL_BUT_FAILOVER = SimulatedStore.USUAL_FAULTS;
    private static final Set<FaultKind> ALL = Stream.concat(ALL_BUT_FAILOVER.stream(), Stream.of(FaultKind.FAILOVER))
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> FUNCTIONS = Set.of(
            Request.READ,
            Request.WRITE,
            Request.SNAPSHOT,
            Request.CAS,
            Request.APPEND,
            Request.ADD,
            Request.REMOVE,
            Request.INCREMENT,
            Request.TRANSFER,
            Request.CLAIM,
            Request.GENERATE);
    private static final String BY_CLOCK = "real-time";
    /**
     * What a defect keeps that loses acknowledged writes everywhere. Replicas agree in the end, but where every write of a
     * key was lost they agree on the initial value though a write was acknowledged, and that is not {@code eventual}.
     */
    private static final List<String> NOT_EVEN_EVENTUAL = List.of();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting(
                        "reads",
                        List.of("leader", "any-follower", "sticky", "token", "own-to-leader"),
                        "leader",
                        "where sessions read: at the leader, at their node or any follower, at one follower for ever, at a"
                                + " follower that has reached what the session wrote and saw, or for 300 ms at the leader"
                                + " what they wrote and saw there, the rest at one follower that is fresher than that"),
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
                                "when the leader's disk makes a write survive a crash")
                        .decidingPromises(),
                new Setting(
                        "log",
                        List.of("statement", "logical", "physical"),
                        "statement",
                        "what the log says of a change: what was asked for, what the row is then, or what its whole page is"),
                new Setting(
                                "snapshot-after",
                                List.of(),
                                "0",
                                "a follower that lacks more entries than this is sent a snapshot instead of them; 0: never")
                        .asMereSize());
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
                        Map.of(
                                "reads", "any-follower",
                                "replication", "asynchronous",
                                "failover", "off",
                                "snapshot-after", "100"),
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
                        "as sl-leader, reads at any follower that has reached the session's position"),
                configuration(
                        "sl-own-to-leader",
                        Map.of("reads", "own-to-leader", "replication", "asynchronous", "failover", "off"),
                        List.of("read-your-writes+monotonic-reads", "eventual"),
                        "as sl-leader, for 300 ms a session reads at the leader what it wrote or saw there, the rest at its"
                                + " own follower, which refuses when it may be further behind"),
                configuration(
                                "sl-ids",
                                Map.of("reads", "leader", "replication", "semi-synchronous", "failover", "on"),
                                List.of("uniqueness", "durability"),
                                List.of("claims", "register"),
                                "as sl-semisync; the leader gives out ids and names, which the log counts")
                        .hiding("register", "uniqueness"));
    }

    private static Configuration configuration(
            String name, Map<String, String> settings, List<String> promise, String meaning) {
        return configuration(name, settings, promise, List.of("register"), meaning);
    }

    private static Configuration configuration(
            String name, Map<String, String> settings, List<String> promise, List<String> workloads, String meaning) {
        boolean failover = "on".equals(settings.get("failover"));
        Map<String, String> all = new HashMap<>(settings);
        all.put(STORE, NAME);
        return new Configuration(
                        name,
                        all,
                        promise,
                        failover ? ALL : ALL_BUT_FAILOVER,
                        BY_CLOCK,
                        workloads,
                        Configuration.USUAL_NODES,
                        meaning)
                // keys that snapshots join are judged together: that costs a search in which many operations are open
                .withOptions(promise.contains("linearizable") ? Map.of("snapshot-percent", "0") : Map.of());
    }

    @Override
    public List<Defect> defects() {
        return List.of(
                new Defect(
                        "SL1",
                        "sl-token",
                        "the token is not sent: reads at any follower",
                        KLEPPMANN + "reading your own writes, ch. 5 (fig. 5-3), without the remembered position",
                        List.of("read-your-writes", "monotonic-reads"),
                        List.of("strict-consistent-prefix", "eventual", "durability"),
                        Trial.USUAL),
                new Defect(
                        "SL2",
                        "sl-sticky",
                        "the follower is chosen anew after a reconnect",
                        KLEPPMANN + "monotonic reads, ch. 5 (fig. 5-4)",
                        List.of("monotonic-reads", "monotonic-prefix"),
                        List.of("strict-consistent-prefix", "eventual"),
                        Trial.USUAL),
                new Defect(
                        "SL3",
                        "sl-token",
                        "the token's wait times out and the follower answers anyway",
                        KLEPPMANN + "reading your own writes, ch. 5: a replica that answers before it has caught up",
                        List.of("read-your-writes"),
                        List.of("durability", "eventual"),
                        Trial.USUAL),
                new Defect(
                        "SL4",
                        "sl-semisync",
                        "asynchronous failover: the new leader lacks the tail, which is discarded",
                        KLEPPMANN + "handling node outages, ch. 5: the writes of the old leader are discarded",
                        List.of("durability", "read-your-writes"),
                        NOT_EVEN_EVENTUAL,
                        Trial.USUAL),
                new Defect(
                        "SL5",
                        "sl-sync",
                        "the old leader is not fenced (split brain)",
                        KLEPPMANN + "split brain, ch. 5 and ch. 8 (fig. 8-4)",
                        List.of("durability", "linearizable"),
                        List.of(),
                        Trial.USUAL),
                new Defect(
                        "SL6",
                        "sl-sync",
                        "a synchronous follower that is slow is silently made asynchronous",
                        "the degraded mode of semi-synchronous replication: MySQL manual, rpl_semi_sync_source_timeout",
                        List.of("durability"),
                        NOT_EVEN_EVENTUAL,
                        Trial.USUAL),
                new Defect(
                        "SL7",
                        "sl-any",
                        "statement log with a condition that every replica draws anew",
                        KLEPPMANN + "statement-based replication, ch. 5; MySQL manual, unsafe statements",
                        List.of("eventual"),
                        List.of(),
                        Trial.USUAL),
                new Defect(
                        "SL8",
                        "sl-any",
                        "a follower resumes one entry too late after a reconnect",
                        KLEPPMANN + "follower failure: catch-up recovery, ch. 5",
                        List.of("durability", "eventual"),
                        List.of(),
                        Trial.USUAL),
                new Defect(
                        "SL9",
                        "sl-any",
                        "a follower applies in parallel, out of commit order",
                        "MySQL manual, replica_parallel_workers with replica_preserve_commit_order=OFF",
                        List.of("consistent-prefix"),
                        List.of("eventual", "durability"),
                        Trial.USUAL),
                new Defect(
                        "SL10",
                        "sl-leader",
                        "acknowledges before syncing the log; a crash loses it",
                        "Pillai et al., All File Systems Are Not Created Equal, OSDI 2014",
                        List.of("durability"),
                        List.of(),
                        Trial.USUAL),
                new Defect(
                        "SL11",
                        "sl-any",
                        "a follower is bootstrapped from a snapshot with the wrong position",
                        KLEPPMANN + "setting up new followers, ch. 5",
                        List.of("eventual"),
                        List.of(),
                        Trial.USUAL),
                new Defect(
                        "SL12",
                        "sl-sync",
                        "the leader serves committed reads after its lease ran out",
                        KLEPPMANN + "process pauses, ch. 8",
                        List.of("linearizable"),
                        List.of("strict-consistent-prefix", "durability"),
                        // a new leader needs some 400 ms to be elected and found
                        Trial.USUAL
                                .struckBy(FaultKind.PARTITION, FaultKind.PAUSE)
                                .heldFor(300, 1_500)),
                new Defect(
                        "SL13",
                        "sl-ids",
                        "ids are reused after failover, as the log does not count them",
                        "the GitHub incident of 14 September 2012, as told in " + KLEPPMANN
                                + "leader failure: failover, ch. 5",
                        List.of("uniqueness"),
                        List.of(),
                        Trial.USUAL));
    }

    @Override
    public String describe(Settings settings) {
        String reads = switch (settings.get("reads")) {
            case "leader" -> "reads at the leader";
            case "any-follower" -> "reads at any follower";
            case "sticky" -> "reads at one follower per session";
            case "own-to-leader" -> "reads of what is one's own at the leader, of the rest at a fresh follower";
            default -> "reads at any follower that is far enough";
        };
        String failover = settings.get("failover").equals("on") ? " · failover" : "";
        String sync = settings.get("sync").equals("in-background") ? " · synced in the background" : "";
        String format = settings.get("log");
        String log = format.equals("statement") ? "" : " · " + format + " log";
        return "single-leader · " + settings.get("replication") + failover + sync + log + " · " + reads;
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        Set<FaultKind> kinds = EnumSet.copyOf(ALL_BUT_FAILOVER);
        if (settings.get("failover").equals("on")) {
            kinds.add(FaultKind.FAILOVER);
            kinds.add(FaultKind.MEMBERSHIP);
        }
        return kinds;
    }

    @Override
    public Set<String> functions(Settings settings) {
        return FUNCTIONS;
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        Rules.of(settings);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context, WorldConditions conditions) {
        return SingleLeaderCluster.start(context, conditions);
    }
}
