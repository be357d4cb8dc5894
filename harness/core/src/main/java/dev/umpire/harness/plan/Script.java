package dev.umpire.harness.plan;

import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An explicit schedule: what a run asks and what strikes, with their times, in the place of what a workload and a nemesis
 * would draw.
 *
 * @param asks what sessions ask, in the order of time
 * @param strikes what strikes, in the order of time
 * @param drawn whether sessions ask what the plan's workload draws; there are no asks then
 */
public record Script(List<Ask> asks, List<Strike> strikes, boolean drawn) {
    public Script {
        asks = asks.stream().sorted(Comparator.comparingLong(Ask::atNanos)).toList();
        strikes = strikes.stream()
                .sorted(Comparator.comparingLong(Strike::fromNanos))
                .toList();
        if (drawn && !asks.isEmpty()) {
            throw new IllegalArgumentException("asks: found " + asks.size() + ", expected none where they are drawn");
        }
    }

    /** What is asked and what strikes. */
    public Script(List<Ask> asks, List<Strike> strikes) {
        this(asks, strikes, false);
    }

    /** What strikes, whatever the plan's workload asks. */
    public static Script ofStrikes(List<Strike> strikes) {
        return new Script(List.of(), strikes, true);
    }

    /**
     * Something that a session asks.
     *
     * @param session its number, from 0
     * @param atNanos not before this time of the run; a session that is busy then asks as soon as it is free
     * @param home at which node the session is then: its number, from 0
     * @param intendedNanos when it was to be asked, where that was earlier
     */
    public record Ask(int session, long atNanos, int home, Request request, OptionalLong intendedNanos) {
        public Ask(int session, long atNanos, int home, Request request) {
            this(session, atNanos, home, request, OptionalLong.empty());
        }
    }

    /** The same, in which everything is asked when it was to be. */
    public Script withoutIntended() {
        return new Script(
                asks.stream()
                        .map(ask -> new Ask(ask.session(), ask.atNanos(), ask.home(), ask.request()))
                        .toList(),
                strikes,
                drawn);
    }

    /**
     * A fault.
     *
     * @param nodes that are struck; empty: links are
     * @param links that are struck; empty: nodes are
     * @param shape of a partition, for people; empty for others
     * @param amount how many of 100 messages, how many milliseconds longer, how many bytes pass in a second, after how many
     *     milliseconds connections are reset again, how many milliseconds a clock jumps, or which of the nodes is restarted first;
     *     0 for what has no degree
     * @param rate by how many millionths a clock runs too fast; 0 for others
     * @param fromNanos when it is put in force
     * @param untilNanos when it is undone
     */
    public record Strike(
            FaultKind kind,
            SortedSet<Node> nodes,
            SortedSet<Link> links,
            String shape,
            long amount,
            int rate,
            long fromNanos,
            long untilNanos) {
        public Strike {
            nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
            links = Collections.unmodifiableSortedSet(new TreeSet<>(links));
            if (fromNanos < 0 || untilNanos < fromNanos) {
                throw new IllegalArgumentException("untilNanos: found " + untilNanos + " of a fault from " + fromNanos
                        + ", expected that or later");
            }
        }

        /** What it strikes, as recordings are told: {@code n1, n2}, or {@code n1 to n2}. */
        public String targets() {
            return Stream.concat(
                            nodes.stream().map(Node::name),
                            links.stream()
                                    .map(link -> link.from().name() + " to "
                                            + link.to().name()))
                    .collect(Collectors.joining(", "));
        }

        /** All of it for people: {@code slow n1 to n2, amount 30, from 1000 to 2500.5 ms}. */
        String told() {
            return kind.optionName() + " " + targets() + (shape.isEmpty() ? "" : ", " + shape)
                    + (amount == 0 ? "" : ", amount " + amount) + (rate == 0 ? "" : ", rate " + rate) + ", from "
                    + millis(fromNanos) + " to " + millis(untilNanos) + " ms";
        }

        private static String millis(long nanos) {
            return BigDecimal.valueOf(nanos, 6).stripTrailingZeros().toPlainString();
        }

        /** What a run lacks in which it did not strike; a sentence without its full stop. */
        public String neverInjected() {
            return kind.optionName() + " " + targets() + ", scheduled for " + TimeUnit.NANOSECONDS.toMillis(fromNanos)
                    + " ms, was never injected";
        }

        /** The same on these nodes and links; {@code name} is the shape. */
        public Strike on(SortedSet<Node> otherNodes, SortedSet<Link> otherLinks, String name) {
            return new Strike(kind, otherNodes, otherLinks, name, amount, rate, fromNanos, untilNanos);
        }

        /** The same in force at other times. */
        public Strike during(long otherFromNanos, long otherUntilNanos) {
            return new Strike(kind, nodes, links, shape, amount, rate, otherFromNanos, otherUntilNanos);
        }
    }

    /** When the last fault is undone; 0 without any. */
    public long endOfFaultsNanos() {
        return strikes.stream().mapToLong(Strike::untilNanos).max().orElse(0);
    }
}
