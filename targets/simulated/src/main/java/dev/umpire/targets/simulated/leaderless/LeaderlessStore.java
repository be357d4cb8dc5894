package dev.umpire.targets.simulated.leaderless;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a leaderless store can be set to, what it promises then, and the defects that it can have. */
public final class LeaderlessStore implements SimulatedStore {
    static final String N = "n";
    static final String W = "w";
    static final String R = "r";
    static final String VERSIONS = "versions";
    static final String LOGICAL = "logical";
    static final String CLOCK = "clock";
    static final String QUORUM = "quorum";
    static final String SLOPPY = "sloppy";
    private static final String NAME = "leaderless";
    private static final String SIBLINGS = "siblings";
    private static final String STRICT = "strict";
    private static final String REGISTER = "register";
    private static final String PROFILE = "profile";
    private static final String CART = "cart";
    /** Those that it can be struck by; nothing is promised of the last two. */
    private static final Set<FaultKind> ALL = Stream.concat(
                    USUAL_FAULTS.stream(), Stream.of(FaultKind.REPLACEMENT, FaultKind.RESTORE))
            .collect(Collectors.toUnmodifiableSet());

    private static final String BY_CLOCK = "real-time";
    private static final String BY_NOTHING = "none";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting(N, List.of(), "3", "how many replicas a key has, 1 to the number of nodes"),
                new Setting(W, List.of(), "2", "how many replicas must have a write before it is acknowledged, 1 to n"),
                new Setting(R, List.of(), "2", "how many replicas must answer a read, 1 to n"),
                new Setting(
                        VERSIONS,
                        List.of(SIBLINGS, LOGICAL, CLOCK),
                        SIBLINGS,
                        "what replicas keep of several writes: all that knew nothing of one another, or the last by a count"
                                + " that each write takes from a quorum, or the last by the clocks of the nodes"),
                new Setting(
                        QUORUM,
                        List.of(STRICT, SLOPPY),
                        STRICT,
                        "whether other nodes may stand in for replicas that do not answer"));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                configuration(
                        "ll-abd",
                        Map.of(VERSIONS, LOGICAL, QUORUM, STRICT),
                        List.of("linearizable", "durability", "eventual"),
                        BY_CLOCK,
                        List.of(REGISTER),
                        3,
                        "n 3, w 2, r 2, timestamps counted by quorums, reads write back before they answer",
                        USUAL_FAULTS),
                configuration(
                                "ll-quorum",
                                Map.of(VERSIONS, SIBLINGS, QUORUM, STRICT),
                                List.of("read-your-writes", "durability", "eventual", "integrity"),
                                BY_NOTHING,
                                List.of(PROFILE, REGISTER, CART),
                                5,
                                "n 3 of 5 nodes, w 2, r 2, siblings, read repair, tombstones kept for every replica",
                                USUAL_FAULTS)
                        .hiding(CART, "read-your-writes"),
                configuration(
                        "ll-sloppy",
                        Map.of(VERSIONS, SIBLINGS, QUORUM, SLOPPY),
                        List.of("durability", "eventual", "integrity"),
                        BY_NOTHING,
                        List.of(REGISTER, CART),
                        5,
                        "as ll-quorum, with others that stand in for replicas and hand over later",
                        USUAL_FAULTS));
    }

    private static Configuration configuration(
            String name,
            Map<String, String> settings,
            List<String> promise,
            String writeOrder,
            List<String> workloads,
            int nodes,
            String meaning,
            Set<FaultKind> faults) {
        Map<String, String> all = new HashMap<>(Map.of(STORE, NAME, N, "3", W, "2", R, "2"));
        all.putAll(settings);
        return new Configuration(name, all, promise, faults, writeOrder, workloads, nodes, meaning);
    }

    @Override
    public List<Defect> defects() {
        return List.of(
                new Defect(
                        "LL1",
                        "ll-quorum",
                        "so few replicas answer a read that none of them need have an acknowledged write (w + r = n)",
                        KLEPPMANN + "quorums for reading and writing, ch. 5 (fig. 5-11)",
                        List.of("read-your-writes"),
                        List.of("eventual"),
                        Trial.USUAL.with(PROFILE, Map.of())),
                new Defect(
                        "LL2",
                        "ll-quorum",
                        "nodes that stand in for replicas are counted as if they were replicas",
                        KLEPPMANN + "sloppy quorums and hinted handoff, ch. 5",
                        List.of("read-your-writes"),
                        List.of("eventual"),
                        Trial.USUAL.with(PROFILE, Map.of()).struckBy(FaultKind.PARTITION)),
                new Defect(
                        "LL3",
                        "ll-abd",
                        "reads do not write back",
                        KLEPPMANN + "linearizability and quorums, ch. 9 (fig. 9-6)",
                        List.of("linearizable", "monotonic-reads"),
                        List.of("durability", "eventual"),
                        // a write must be at one replica while others answer two reads: lost messages make that long
                        // enough
                        Trial.USUAL
                                .with(REGISTER, Map.of("keys", "1", "retire-every", "60"))
                                .struckBy(FaultKind.LOSS, FaultKind.SLOW)),
                new Defect(
                        "LL4",
                        "ll-quorum",
                        "the last write wins, by the clocks of the nodes, which differ",
                        KLEPPMANN + "last write wins, ch. 5, and relying on synchronized clocks, ch. 8 (fig. 8-3)",
                        List.of("durability"),
                        List.of("eventual"),
                        Trial.USUAL.with(REGISTER, Map.of()).judgedUnder(BY_CLOCK)),
                new Defect(
                        "LL5",
                        "ll-quorum",
                        "a write that missed its quorum is reported as failed, though some replicas kept it",
                        KLEPPMANN + "limitations of quorum consistency, ch. 5: a write that failed is not rolled back",
                        List.of("integrity"),
                        // all replicas may agree on a value whose write was said to have failed
                        List.of(),
                        Trial.USUAL.with(PROFILE, Map.of())),
                new Defect(
                        "LL6",
                        "ll-quorum",
                        "replicas that were restored from old backups count at once",
                        KLEPPMANN
                                + "limitations of quorum consistency, ch. 5: a node that carries a new value is restored from"
                                + " a replica that carries an old one",
                        List.of("read-your-writes"),
                        List.of("eventual"),
                        Trial.USUAL.with(PROFILE, Map.of()).struckBy(FaultKind.RESTORE)),
                new Defect(
                        "LL7",
                        "ll-quorum",
                        "tombstones are dropped after a while, before every replica has seen them",
                        "Apache Cassandra, gc_grace_seconds shorter than the time between repairs: deleted data come back;"
                                + " DDIA fig. 5-13",
                        List.of("durability"),
                        List.of(),
                        Trial.USUAL.with(CART, Map.of())),
                new Defect(
                        "LL8",
                        "ll-quorum",
                        "a version vector per server, not per write: siblings overwrite one another",
                        "Preguiça et al., Dotted Version Vectors, 2010: version vectors with one entry per server",
                        List.of("durability"),
                        List.of("eventual"),
                        Trial.USUAL.with(REGISTER, Map.of("keys", "2", "retire-every", "60"))));
    }

    @Override
    public String describe(Settings settings) {
        return "leaderless · n " + settings.get(N) + ", w " + settings.get(W) + ", r " + settings.get(R) + " · "
                + settings.get(QUORUM) + " quorums · "
                + switch (settings.get(VERSIONS)) {
                    case LOGICAL -> "the last by counted timestamps";
                    case CLOCK -> "the last by the nodes' clocks";
                    default -> "siblings";
                };
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        return ALL;
    }

    @Override
    public Set<String> functions(Settings settings) {
        return settings.get(VERSIONS).equals(SIBLINGS)
                ? Set.of(Request.READ, Request.WRITE, Request.ADD, Request.REMOVE)
                : Set.of(Request.READ, Request.WRITE);
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        int n = within(settings, N, nodes, "the number of nodes, " + nodes);
        within(settings, W, n, "n, " + n);
        within(settings, R, n, "n, " + n);
        Rules.of(settings);
    }

    private static int within(Settings settings, String name, int most, String mostInWords) {
        int found = settings.number(name);
        if (found < 1 || found > most) {
            throw new IllegalArgumentException(
                    name + ": found " + found + ", expected 1 to " + most + " (" + mostInWords + ")");
        }
        return found;
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context, WorldConditions conditions) {
        return LeaderlessCluster.start(context, conditions);
    }
}
