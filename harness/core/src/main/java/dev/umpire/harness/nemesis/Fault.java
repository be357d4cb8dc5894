package dev.umpire.harness.nemesis;

import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Something bad that can be put in force and undone, as a value. */
public sealed interface Fault {

    FaultKind kind();

    /** The nodes that it strikes; empty where it strikes links. */
    default SortedSet<Node> nodes() {
        return new TreeSet<>();
    }

    /** The nodes that may answer nothing while it is in force. */
    default SortedSet<Node> down() {
        return nodes();
    }

    /** The nodes at which a probe can see that it is in force; that it is gone is to be seen at all. */
    default SortedSet<Node> shownAt() {
        return nodes();
    }

    /** The nodes that are stopped and started again, one after another, before it is in force. */
    default List<Node> restartedBefore() {
        return List.of();
    }

    /** The links that it strikes; empty where it strikes nodes. */
    default SortedSet<Link> links() {
        return new TreeSet<>();
    }

    /** Which links it cuts, for people: {@code n1 │ n2 n3}; empty where it cuts none. */
    default String shape() {
        return "";
    }

    /** How much of it there is, in the unit of its kind, as in {@link Script.Strike#amount()}; 0 where there is only all of it. */
    default long amount() {
        return 0;
    }

    /** By how many millionths a clock runs too fast; negative: too slow; 0 of others. */
    default int rate() {
        return 0;
    }

    /** How much of it there is, for people: {@code 30 % lost}; empty where there is only all of it. */
    default Optional<String> degree() {
        return Optional.empty();
    }

    /** Tells the store or the network; whether it took hold is asked by a probe. */
    CompletionStage<Void> inject(FaultControl control);

    /** Undoes it; does no harm where it never took hold. */
    CompletionStage<Void> heal(FaultControl control);

    /** For people: {@code crash n2}, {@code partition n1 │ n2 n3}. */
    String describe();

    /** Processes end without warning. */
    record Crash(SortedSet<Node> nodes) implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.CRASH;
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return each(nodes, control::crash);
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return each(nodes, control::restart);
        }

        @Override
        public String describe() {
            return "crash " + names(nodes);
        }
    }

    /**
     * One node after another is stopped cleanly and started again, in the order of their names and then from the first on again;
     * the last stays stopped.
     *
     * @param nodes one or more
     * @param first which of them is the first, from 0; counted on from the last
     */
    record RollingRestart(SortedSet<Node> nodes, int first) implements Fault {
        public RollingRestart {
            if (nodes.isEmpty() || first < 0) {
                throw new IllegalArgumentException(
                        "nodes: found " + nodes + " from " + first + ", expected one or more from 0 or more");
            }
        }

        /** The nodes, the one that is stopped first before the others. */
        public List<Node> order() {
            List<Node> order = new ArrayList<>(nodes);
            Collections.rotate(order, -first);
            return order;
        }

        private Node last() {
            return order().get(nodes.size() - 1);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.ROLLING_RESTART;
        }

        @Override
        public long amount() {
            return first;
        }

        @Override
        public SortedSet<Node> down() {
            return new TreeSet<>(List.of(last()));
        }

        @Override
        public SortedSet<Node> shownAt() {
            return down();
        }

        @Override
        public List<Node> restartedBefore() {
            return order().subList(0, nodes.size() - 1);
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return control.stop(last());
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            // all: one of those before it may not have been started again
            return each(nodes, control::restart);
        }

        @Override
        public Optional<String> degree() {
            return Optional.of("in the order " + inOrder());
        }

        @Override
        public String describe() {
            return "rolling restart of " + inOrder();
        }

        private String inOrder() {
            return order().stream().map(Node::name).collect(Collectors.joining(" "));
        }
    }

    /** Processes end without warning, and others take their places on empty disks. */
    record Replacement(SortedSet<Node> nodes) implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.REPLACEMENT;
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return each(nodes, control::crash);
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return each(nodes, control::replace);
        }

        @Override
        public String describe() {
            return "replacement of " + names(nodes);
        }
    }

    /** Nodes are lost for good and leave the cluster; healed by new ones that join in their places. */
    record Membership(SortedSet<Node> nodes) implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.MEMBERSHIP;
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return each(nodes, control::leave);
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return each(nodes, control::join);
        }

        @Override
        public String describe() {
            return "membership without " + names(nodes);
        }
    }

    /** Processes end without warning, and start again with older copies of their disks. */
    record Restoration(SortedSet<Node> nodes) implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.RESTORE;
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return each(nodes, control::crash);
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return each(nodes, control::restore);
        }

        @Override
        public String describe() {
            return "restore of " + names(nodes);
        }
    }

    /** Processes stand still. */
    record Pause(SortedSet<Node> nodes) implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.PAUSE;
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return each(nodes, control::pause);
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return each(nodes, control::resume);
        }

        @Override
        public String describe() {
            return "pause " + names(nodes);
        }
    }

    /** Disks are full; a node may end by that, or go on as far as it can. */
    record FullDisk(SortedSet<Node> nodes) implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.FULL_DISK;
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return each(nodes, control::fill);
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return each(nodes, control::makeRoom);
        }

        @Override
        public String describe() {
            return "full disk of " + names(nodes);
        }
    }

    /** Nodes are off the network, while their processes go on. */
    record Disconnection(SortedSet<Node> nodes) implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.DISCONNECT;
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return each(nodes, control::disconnect);
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return each(nodes, control::reconnect);
        }

        @Override
        public String describe() {
            return "disconnect " + names(nodes);
        }
    }

    /**
     * Nothing passes on some links, all of them between nodes, or all between clients and nodes.
     *
     * @param shape for people: {@code n1 │ n2 n3}
     * @param links one or more; each is one way
     */
    record Partition(String shape, SortedSet<Link> links) implements Fault {
        public Partition {
            if (links.isEmpty()) {
                throw new IllegalArgumentException("links of " + shape + ": found none, expected one or more");
            }
        }

        /** Nothing passes between some nodes and all others. */
        public static Partition between(Collection<Node> some, Collection<Node> all) {
            return Partitions.between(some, all);
        }

        @Override
        public FaultKind kind() {
            return links.first().ofClients() ? FaultKind.CLIENT_CUT : FaultKind.PARTITION;
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return control.cut(links);
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return control.mend(links);
        }

        @Override
        public Optional<String> degree() {
            return Optional.of(shape);
        }

        @Override
        public String describe() {
            return kind().optionName() + " " + shape;
        }
    }

    /**
     * What is sent on some links takes longer, all of them between nodes, or all between clients and nodes.
     *
     * @param moreMillis how much; 10 or more, of which a probe can tell
     */
    record Slowness(SortedSet<Link> links, long moreMillis) implements Fault {
        public Slowness {
            if (links.isEmpty()) {
                throw new IllegalArgumentException("links: found none, expected one or more");
            }
            require(moreMillis >= 10, "moreMillis", moreMillis, "10 or more");
        }

        @Override
        public FaultKind kind() {
            return links.first().ofClients() ? FaultKind.CLIENT_SLOW : FaultKind.SLOW;
        }

        @Override
        public long amount() {
            return moreMillis;
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return control.slow(links, Duration.ofMillis(moreMillis));
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return control.slow(links, Duration.ZERO);
        }

        @Override
        public Optional<String> degree() {
            return Optional.of(moreMillis + " ms more");
        }

        @Override
        public String describe() {
            return "slow " + ways(links) + " by " + moreMillis + " ms";
        }
    }

    /**
     * Links are poor, while bytes pass: some of what is sent is lost or arrives twice, little passes, or connections are reset again
     * and again.
     *
     * @param kind {@code LOSS}, {@code DUPLICATION}, {@code THROTTLE} or {@code RESET}
     * @param links of a reset each with the way back, as a connection uses both ways
     * @param amount of which a probe can tell: of a hundred messages 1 to 80 that are lost, as with more it may be that none of
     *     those arrives that a probe sends, as if the node at the end were silent, or 1 to 100 that arrive twice; 1,024 to 262,144
     *     bytes that pass in a second on each link; or 10 to 500 milliseconds from one reset of all connections to the next
     */
    record PoorLinks(FaultKind kind, SortedSet<Link> links, long amount) implements Fault {
        public PoorLinks {
            LinkLever.of(kind).require(links, amount);
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return LinkLever.of(kind).pull(control, links, amount);
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return LinkLever.of(kind).pull(control, links, 0);
        }

        @Override
        public Optional<String> degree() {
            return Optional.of(LinkLever.of(kind).degree(amount));
        }

        @Override
        public String describe() {
            return LinkLever.of(kind).describe(ways(links), amount);
        }
    }

    /**
     * Clocks go wrong.
     *
     * @param jumpMillis how far wall clocks jump, 10 or more, of which a probe can tell; negative: back, −10 or less
     * @param partsPerMillion how much too fast clocks run, at most 100,000; negative: too slow, at least −100,000
     */
    record WrongClock(SortedSet<Node> nodes, long jumpMillis, int partsPerMillion) implements Fault {
        public WrongClock {
            require(jumpMillis >= 10 || jumpMillis <= -10, "jumpMillis", jumpMillis, "10 or more, or -10 or less");
            require(
                    partsPerMillion >= -100_000 && partsPerMillion <= 100_000,
                    "partsPerMillion",
                    partsPerMillion,
                    "-100000 to 100000");
        }

        @Override
        public FaultKind kind() {
            return FaultKind.CLOCK;
        }

        @Override
        public long amount() {
            return jumpMillis;
        }

        @Override
        public int rate() {
            return partsPerMillion;
        }

        @Override
        public SortedSet<Node> down() {
            return new TreeSet<>();
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return each(nodes, node -> control.disturbClock(node, Duration.ofMillis(jumpMillis), partsPerMillion));
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return each(nodes, node -> control.disturbClock(node, Duration.ofMillis(-jumpMillis), 0));
        }

        /** Lets clocks that have jumped back run at their own rate. */
        CompletionStage<Void> healRate(FaultControl control) {
            return each(nodes, node -> control.disturbClock(node, Duration.ZERO, 0));
        }

        @Override
        public Optional<String> degree() {
            return Optional.of(signed(jumpMillis) + " ms, " + signed(partsPerMillion) + " ppm");
        }

        @Override
        public String describe() {
            return "clock of " + names(nodes) + " by " + signed(jumpMillis) + " ms";
        }

        private static String signed(long number) {
            return number < 0 ? "−" + -number : "+" + number;
        }
    }

    /** The leader is lost and another node takes its place; healed when the old one is back. */
    record Failover(Node leader) implements Fault {
        @Override
        public FaultKind kind() {
            return FaultKind.FAILOVER;
        }

        @Override
        public SortedSet<Node> nodes() {
            return new TreeSet<>(List.of(leader));
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return control.failOver(leader).thenAccept(successor -> {});
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return control.restart(leader);
        }

        @Override
        public String describe() {
            return "failover from " + leader;
        }
    }

    private static void require(boolean holds, String name, long found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": found " + found + ", expected " + expected);
        }
    }

    private static CompletionStage<Void> each(Set<Node> nodes, Function<Node, CompletionStage<Void>> lever) {
        return CompletableFuture.allOf(nodes.stream()
                .map(node -> lever.apply(node).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private static String names(Set<Node> nodes) {
        return nodes.stream().map(Node::name).collect(Collectors.joining(" "));
    }

    /** The links; of many, all there are between some nodes, those nodes. */
    private static String ways(Set<Link> links) {
        SortedSet<Node> ends = new TreeSet<>();
        links.forEach(link -> ends.addAll(List.of(link.from(), link.to())));
        if (ends.size() > 2 && links.size() == ends.size() * (ends.size() - 1)) {
            return "all links of " + names(ends);
        }
        return links.stream().map(Link::toString).collect(Collectors.joining(" "));
    }
}
