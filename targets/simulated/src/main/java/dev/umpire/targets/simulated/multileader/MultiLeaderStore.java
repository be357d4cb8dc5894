package dev.umpire.targets.simulated.multileader;

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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What a multi-leader store can be set to, what it promises then, and the defects that it can have. */
public final class MultiLeaderStore implements SimulatedStore {
    private static final String NAME = "multi-leader";

    private static final String BY_SESSION = "session";
    private static final String BY_NOTHING = "none";
    private static final String BY_CLOCK = "real-time";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting(
                        "topology",
                        List.of("all-to-all", "star", "circle"),
                        "all-to-all",
                        "along which ways changes go from leader to leader"),
                new Setting(
                        "conflicts",
                        List.of("last-write-wins", "replica-priority", "siblings", "merge"),
                        "last-write-wins",
                        "of concurrent writes of a register the newest stays, or that of the first leader, or all; or there"
                                + " are only counters, sets and texts, which merge"),
                new Setting(
                        "sessions",
                        List.of("stay", "roam", "token"),
                        "stay",
                        "sessions ask the leader of their datacentre for ever, or that at which they are, or that, once it"
                                + " has what they have seen"),
                new Setting(
                        "causal-delivery",
                        List.of("on", "off"),
                        "off",
                        "whether a change waits for all that its leader had when it made it"),
                new Setting(
                        "merged-reads",
                        List.of("on", "off"),
                        "off",
                        "whether reads and removals wait for what any leader has, and fail where one is silent"),
                new Setting(
                        "claims",
                        List.of("on", "off"),
                        "off",
                        "whether names can be claimed, each at its home leader"));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                configuration(
                        "ml-lww",
                        Map.of("conflicts", "last-write-wins", "sessions", "stay"),
                        List.of("read-your-writes+monotonic-reads", "eventual"),
                        BY_SESSION,
                        List.of("register"),
                        "the newest write by hybrid logical clock wins, all-to-all, a session stays in its datacentre"),
                configuration(
                                "ml-siblings",
                                Map.of("conflicts", "siblings", "sessions", "token", "causal-delivery", "on"),
                                List.of(
                                        "causal-convergence",
                                        "read-your-writes",
                                        "monotonic-reads",
                                        "durability",
                                        "eventual",
                                        "integrity"),
                                BY_NOTHING,
                                List.of("dialogue", "register"),
                                "concurrent writes stay as siblings, causal delivery, all-to-all, a session carries what it has seen")
                        // siblings fit no one order of all writes
                        .hiding("register", "causal-convergence")
                        // who asks or answers does not look again
                        .hiding("dialogue", "read-your-writes"),
                configuration(
                        "ml-circle",
                        Map.of(
                                "topology",
                                "circle",
                                "conflicts",
                                "siblings",
                                "sessions",
                                "roam",
                                "causal-delivery",
                                "on"),
                        List.of("durability", "eventual", "integrity"),
                        BY_NOTHING,
                        List.of("register"),
                        "the same in a circle, which goes round a failed leader"),
                configuration(
                                "ml-crdt",
                                Map.of(
                                        "topology",
                                        "star",
                                        "conflicts",
                                        "merge",
                                        "sessions",
                                        "stay",
                                        "merged-reads",
                                        "on"),
                                List.of("counter", "durability", "eventual"),
                                BY_SESSION,
                                List.of("counter", "cart", "set", "list-append"),
                                "counters, sets and texts that merge, by way of a hub; reads wait for what any leader has")
                        .hiding("counter", "durability")
                        .hiding("cart", "counter")
                        .hiding("set", "counter")
                        .hiding("list-append", "counter"),
                configuration(
                                "ml-home",
                                Map.of("conflicts", "last-write-wins", "sessions", "stay", "claims", "on"),
                                List.of("uniqueness", "eventual"),
                                BY_SESSION,
                                List.of("claims", "register"),
                                "each name is claimed at its home leader; all else is taken by any")
                        .hiding("register", "uniqueness"));
    }

    private static Configuration configuration(
            String name,
            Map<String, String> settings,
            List<String> promise,
            String writeOrder,
            List<String> workloads,
            String meaning) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(STORE, NAME);
        return new Configuration(
                name, all, promise, USUAL_FAULTS, writeOrder, workloads, Configuration.USUAL_NODES, meaning);
    }

    @Override
    public List<Defect> defects() {
        return List.of(
                new Defect(
                        "ML1",
                        "ml-siblings",
                        "the last write wins, by the clocks of the nodes, which differ",
                        KLEPPMANN + "relying on synchronized clocks, ch. 8 (fig. 8-3)",
                        List.of("durability"),
                        List.of("eventual"),
                        Trial.USUAL.with("register", Trial.FEW_KEYS).judgedUnder(BY_CLOCK)),
                new Defect(
                        "ML2",
                        "ml-siblings",
                        "no causal delivery: an update overtakes the insert on which it depends",
                        KLEPPMANN + "multi-leader replication topologies, ch. 5 (fig. 5-9)",
                        List.of("causal"),
                        List.of("eventual"),
                        Trial.USUAL.with("dialogue", Map.of()).struckBy(FaultKind.PARTITION)),
                new Defect(
                        "ML3",
                        "ml-circle",
                        "a change that the failed leader held is never sent again",
                        KLEPPMANN + "multi-leader replication topologies, ch. 5 (fig. 5-8): one node fails in a circle",
                        List.of("eventual", "durability"),
                        List.of(),
                        Trial.USUAL.struckBy(FaultKind.CRASH)),
                new Defect(
                        "ML4",
                        "ml-crdt",
                        "the origin is not checked: changes come back to their leader, which applies them twice",
                        KLEPPMANN
                                + "multi-leader replication topologies, ch. 5: a change that returns is to be ignored",
                        List.of("counter"),
                        List.of(),
                        Trial.USUAL),
                new Defect(
                        "ML5",
                        "ml-siblings",
                        "conflicts are resolved in the order of arrival",
                        KLEPPMANN + "converging toward a consistent state, ch. 5 (fig. 5-7)",
                        List.of("eventual"),
                        List.of(),
                        Trial.USUAL.with("register", Trial.FEW_KEYS)),
                new Defect(
                        "ML6",
                        "ml-home",
                        "a name is checked at the local leader only",
                        KLEPPMANN + "handling write conflicts, ch. 5: a conflict may be of another kind, as of one room"
                                + " booked twice",
                        List.of("uniqueness"),
                        List.of("eventual"),
                        Trial.USUAL));
    }

    @Override
    public String describe(Settings settings) {
        String sessions = switch (settings.get("sessions")) {
            case "stay" -> "sessions stay";
            case "roam" -> "sessions move";
            default -> "sessions carry what they have seen";
        };
        return "multi-leader · " + settings.get("topology") + " · " + settings.get("conflicts")
                + (settings.get("causal-delivery").equals("on") ? " · causal delivery" : "") + " · " + sessions
                + (settings.get("merged-reads").equals("on") ? " · reads of all leaders" : "");
    }

    @Override
    public Set<String> functions(Settings settings) {
        Set<String> functions = new LinkedHashSet<>(Set.of(Request.READ));
        switch (settings.get("conflicts")) {
            case "merge" -> functions.addAll(Set.of(Request.ADD, Request.REMOVE, Request.INCREMENT, Request.APPEND));
            // a snapshot has no place for siblings
            case "siblings" -> functions.add(Request.WRITE);
            default -> functions.addAll(Set.of(Request.WRITE, Request.SNAPSHOT));
        }
        if (settings.get("claims").equals("on")) {
            functions.add(Request.CLAIM);
        }
        return Set.copyOf(functions);
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        Rules.of(settings);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context, WorldConditions conditions) {
        return MultiLeaderCluster.start(context, conditions);
    }
}
