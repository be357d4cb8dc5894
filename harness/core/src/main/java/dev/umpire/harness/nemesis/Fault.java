package dev.umpire.harness.nemesis;

import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.util.List;
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

    /** The nodes that are down while it is in force; empty for a partition. */
    SortedSet<Node> nodes();

    /** The links that are cut; empty for all but a partition. */
    default SortedSet<Link> links() {
        return new TreeSet<>();
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

    /**
     * Nothing passes between the sides, in neither direction.
     *
     * @param one some nodes
     * @param other all others
     */
    record Partition(SortedSet<Node> one, SortedSet<Node> other) implements Fault {
        public Partition {
            if (one.isEmpty() || other.isEmpty()) {
                throw new IllegalArgumentException(
                        "sides: found " + one + " and " + other + ", expected two with nodes");
            }
        }

        @Override
        public FaultKind kind() {
            return FaultKind.PARTITION;
        }

        @Override
        public SortedSet<Node> nodes() {
            return new TreeSet<>();
        }

        @Override
        public SortedSet<Link> links() {
            SortedSet<Link> links = new TreeSet<>();
            for (Node a : one) {
                for (Node b : other) {
                    links.add(new Link(a, b));
                    links.add(new Link(b, a));
                }
            }
            return links;
        }

        @Override
        public CompletionStage<Void> inject(FaultControl control) {
            return control.cut(links());
        }

        @Override
        public CompletionStage<Void> heal(FaultControl control) {
            return control.mend(links());
        }

        @Override
        public String describe() {
            return "partition " + names(one) + " │ " + names(other);
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

    private static CompletionStage<Void> each(Set<Node> nodes, Function<Node, CompletionStage<Void>> lever) {
        return CompletableFuture.allOf(nodes.stream()
                .map(node -> lever.apply(node).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private static String names(Set<Node> nodes) {
        return nodes.stream().map(Node::name).collect(Collectors.joining(" "));
    }
}
