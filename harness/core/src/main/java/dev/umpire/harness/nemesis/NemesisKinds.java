package dev.umpire.harness.nemesis;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.InContainers;
import dev.umpire.harness.target.PartitionShape;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The names of nemeses, as on the command line and in plans. */
public final class NemesisKinds {

    /** Nothing strikes. */
    public static final String NONE = "none";

    /** Everything that {@link #meantByAll} says. */
    public static final String ALL = "all";

    /** Between a partition and its shape: {@code partition:bridge}. */
    private static final String SHAPED = FaultKind.PARTITION.optionName() + ":";

    private NemesisKinds() {}

    /** A nemesis by name, with one sentence for people. */
    public record Listed(String name, String meaning) {}

    /** All names. */
    public static List<Listed> all() {
        List<Listed> listed = new ArrayList<>();
        listed.add(new Listed(NONE, "nothing strikes"));
        for (FaultKind kind : FaultKind.values()) {
            listed.add(new Listed(kind.optionName(), meaning(kind)));
            if (kind == FaultKind.PARTITION) {
                for (PartitionShape shape : PartitionShape.values()) {
                    listed.add(new Listed(name(shape), meaning(shape)));
                }
            }
        }
        listed.add(new Listed(
                ALL,
                "all under which the configuration keeps its promise, without one all that the target can be given;"
                        + " faults of different kinds may overlap"));
        return listed;
    }

    private static String meaning(FaultKind kind) {
        return switch (kind) {
            case CRASH ->
                "kills a node without warning, and starts it again: the leader, who acknowledged last or just now, or any";
            case PAUSE -> "makes a node stand still, aimed as a crash is, and lets it go on";
            case PARTITION ->
                "cuts links and mends them: the leader or a minority apart, one-way, a bridge, a majority ring, random";
            case FAILOVER -> "makes another node the leader, and brings the old one back as a follower";
            case SLOW -> "lets messages on some links take 10 to 60 ms longer";
            case LOSS -> "loses 15 to 45 of 100 messages on some links; those of real stores TCP sends again";
            case DUPLICATION -> "lets 20 to 80 of 100 messages on some links arrive twice";
            case THROTTLE -> "lets 8 to 64 KiB a second pass on some links";
            case RESET -> "resets all connections over some links every 100 to 400 ms, and lets nodes dial anew";
            case CLOCK -> "lets a node's wall clock jump by up to a second, and its clocks run wrong by up to 0.2 %";
            case REPLACEMENT -> "kills a node, and starts another in its place on an empty disk";
            case MEMBERSHIP ->
                "takes a lost node out of the cluster, and lets another join in its place on an empty disk";
            case RESTORE -> "kills a node, and starts it again with an older copy of its disk";
            case DISCONNECT ->
                "takes a node off the network, from clients too, aimed as a crash is, and brings it back";
            case FULL_DISK ->
                "fills a node's disk, aimed as a crash is, and starts the node again where it has ended by that";
            case ROLLING_RESTART ->
                "stops one node after another cleanly and starts it again, the next when it has caught up; the last after a while";
            case CLIENT_CUT ->
                "cuts a node from the run's clients, one way or both, aimed as a crash is, and lets them meet again";
            case CLIENT_SLOW -> "lets messages between the run's clients and nodes take 40 to 100 ms longer";
        };
    }

    private static String meaning(PartitionShape shape) {
        return switch (shape) {
            case ISOLATE_LEADER -> "a partition with the leader alone, where there is one, else any node";
            case ISOLATE_ONE -> "a partition with any node alone";
            case HALVES -> "a partition with up to half of the nodes, one or more, on one side";
            case ONE_WAY -> "a partition in which a node hears the others and is not heard, or the other way round";
            case MAJORITY_RING -> "a partition in which every node sees a majority, no two the same";
            case BRIDGE -> "a partition of two sides that see each other only through one node that sees both";
            case RANDOM -> "a partition of any links";
        };
    }

    /**
     * What {@code all} means: all under which the configuration keeps its promise, among them what strikes clients alone; and
     * without one all that the target can be given with these settings. Never what so many nodes are too few for where another
     * fault could strike them.
     */
    public static Set<FaultKind> meantByAll(Target target, Settings settings, int nodeCount) {
        Set<FaultKind> possible = InContainers.faults(target, settings).stream()
                .filter(kind -> target.leastNodes(kind) <= Math.max(nodeCount, Aim.LEAST_NODES))
                .collect(Collectors.toUnmodifiableSet());
        return SettingsResolver.configuration(target, settings)
                .map(configuration -> possible.stream()
                        .filter(kind ->
                                kind.ofClients() || configuration.faults().contains(kind))
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(possible);
    }

    /**
     * The names of a list as plans have them, {@code all} told by its kinds: of {@code partition:bridge,none} the first. Where
     * partitions may have any shape, one that is named beside is not told.
     *
     * @param meantByAll what {@code all} means
     * @throws IllegalArgumentException if a name is unknown
     */
    public static List<String> names(String list, Set<FaultKind> meantByAll) {
        Set<String> names = new LinkedHashSet<>();
        for (String part : list.split(",", -1)) {
            String name = part.trim();
            if (shape(name).isPresent()) {
                names.add(name);
            } else {
                parse(name, meantByAll).forEach(kind -> names.add(kind.optionName()));
            }
        }
        if (names.contains(FaultKind.PARTITION.optionName())) {
            names.removeIf(name -> shape(name).isPresent());
        }
        return List.copyOf(names);
    }

    /** The name of a partition of this shape: {@code partition:bridge}. */
    public static String name(PartitionShape shape) {
        return SHAPED + shape.optionName();
    }

    /** The shapes that a partition may have by these names; empty if it may have all. */
    public static List<PartitionShape> shapes(Collection<String> names) {
        return names.contains(FaultKind.PARTITION.optionName()) || names.contains(ALL)
                ? List.of()
                : names.stream().flatMap(name -> shape(name).stream()).toList();
    }

    private static Optional<PartitionShape> shape(String name) {
        return Arrays.stream(PartitionShape.values())
                .filter(shape -> name.equals(name(shape)))
                .findFirst();
    }

    /**
     * The kinds that a list names: {@code none}, {@code all}, or {@code partition:bridge,crash}.
     *
     * @param meantByAll what {@code all} means
     * @throws IllegalArgumentException if a name is unknown
     */
    public static List<FaultKind> parse(String list, Set<FaultKind> meantByAll) {
        Set<FaultKind> kinds = new LinkedHashSet<>();
        for (String part : list.split(",", -1)) {
            String name = part.trim();
            if (name.equals(ALL)) {
                Arrays.stream(FaultKind.values()).filter(meantByAll::contains).forEach(kinds::add);
            } else if (!name.equals(NONE)) {
                kinds.add(named(name));
            }
        }
        return List.copyOf(kinds);
    }

    /**
     * The kinds that strike by a plan, drawn or by its schedule.
     *
     * @throws IllegalArgumentException if a name is unknown
     */
    public static List<FaultKind> of(Plan.NemesisPlan plan, Target target, Settings settings, int nodeCount) {
        return of(plan, meantByAll(target, settings, nodeCount));
    }

    /**
     * The same where the target is not known.
     *
     * @param meantByAll what {@code all} means
     * @throws IllegalArgumentException if a name is unknown
     */
    public static List<FaultKind> of(Plan.NemesisPlan plan, Set<FaultKind> meantByAll) {
        if (!plan.schedule().isEmpty()) {
            return plan.scheduledKinds();
        }
        return plan.kinds().isEmpty() ? List.of() : parse(String.join(",", plan.kinds()), meantByAll);
    }

    /**
     * The kinds of a plan's schedule of which something is worse than a nemesis would draw it: a higher degree, more nodes down than
     * a minority, or beside what forbids it, as loss forbids a failover where what is lost is sent again. A promise that covers a
     * kind says nothing of these.
     */
    public static List<FaultKind> worseThanDrawn(Plan.NemesisPlan plan, Target target, int nodeCount) {
        return List.copyOf(Scripted.worseThanDrawn(plan.schedule(), nodeCount, target.sendsAgain()));
    }

    /**
     * The kind of this name, a partition for each of its shapes.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FaultKind named(String name) {
        if (shape(name).isPresent()) {
            return FaultKind.PARTITION;
        }
        return Arrays.stream(FaultKind.values())
                .filter(kind -> kind.optionName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nemesis: found " + name + ", expected "
                        + all().stream().map(Listed::name).collect(Collectors.joining(", "))));
    }

    /**
     * Refuses a partition of a shape that so few nodes cannot have, before anything is started.
     *
     * @throws IllegalArgumentException if one of the names asks for more nodes
     */
    public static void requireNodes(Collection<String> names, int nodeCount) {
        for (PartitionShape shape : shapes(names)) {
            if (nodeCount < shape.leastNodes()) {
                throw new IllegalArgumentException("nemesis: found " + name(shape) + " with nodes=" + nodeCount
                        + ", expected " + shape.leastNodes() + " nodes or more");
            }
        }
    }

    /**
     * Refuses what cannot be done, before anything is started.
     *
     * @param missing why a kind is not among the supported ones that would be on another machine
     * @param leastNodes how many nodes the target must have for a kind
     * @throws IllegalArgumentException if the target cannot be given one of the kinds, or has too few nodes for it
     */
    public static void requirePossible(
            List<FaultKind> kinds,
            Set<FaultKind> supported,
            Function<FaultKind, Optional<String>> missing,
            ToIntFunction<FaultKind> leastNodes,
            String target,
            int nodeCount) {
        for (FaultKind kind : kinds) {
            if (!supported.contains(kind)) {
                String possible = supported.isEmpty()
                        ? "no fault at all"
                        : Arrays.stream(FaultKind.values())
                                .filter(supported::contains)
                                .map(FaultKind::optionName)
                                .collect(Collectors.joining(", "));
                throw new IllegalArgumentException("nemesis: found " + kind.optionName() + ", but " + target
                        + " with these settings can be given " + possible
                        + missing.apply(kind)
                                .map(why -> "; it is not supported here: " + why)
                                .orElse(""));
            }
            int least = leastNodes.applyAsInt(kind);
            if (nodeCount < least) {
                throw new IllegalArgumentException("nemesis: found " + kind.optionName() + " with nodes=" + nodeCount
                        + ", expected " + least + " nodes or more");
            }
        }
    }
}
