package dev.umpire.checkers.prefix;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The few operations that suffice: judged alone, with each key's order known in the way that it is known in the whole
 * history, they break the guarantee; without any one of them they don't (where there are thousands, some may be left). A
 * list that was read implies that its elements were appended: their appends are no part of the witness for that alone.
 */
final class Witness {
    /** How many operations all attempts to make one witness smaller may look at together. */
    private static final long MOST_LOOKS = 2_000_000;
    /** Of how many operations a witness is sought among all of them, where those that were found do not suffice. */
    private static final int MOST_OPERATIONS = 4_096;

    private final PrefixGraph graph;
    private final long searchBudget;

    Witness(PrefixGraph graph, long searchBudget) {
        this.graph = graph;
        this.searchBudget = searchBudget;
    }

    /** The operations behind a cycle of the certain graph, ascending. */
    int[] ofCycle(int[] cycle) {
        Set<Integer> operations = new TreeSet<>();
        List<Integer> real = new ArrayList<>();
        for (int node : cycle) {
            if (node < graph.realNodes) {
                real.add(node);
                addNode(node, operations);
                if (node < graph.recorded.writes && graph.recorded.casRead[node] >= 0) {
                    addNode(graph.recorded.node(graph.recorded.casRead[node]), operations);
                }
            }
        }
        for (int i = 0; i < real.size(); i++) {
            int from = real.get(i);
            int to = real.get((i + 1) % real.size());
            if (to >= graph.recorded.writes) {
                continue;
            }
            if (from >= graph.recorded.writes) {
                for (int write = to; write < graph.recorded.endOfNode(to); write++) {
                    addSeen(from, graph.recorded.writeKey[write], operations);
                }
            } else {
                addLists(from, to, operations);
                int mediator = obvious(from, to) ? History.NONE : Mediators.between(graph.recorded, from, to);
                if (mediator != History.NONE) {
                    operations.add(mediator);
                }
            }
        }
        return least(operations);
    }

    /** What is needed of these operations, and of the reads that made them count; ascending. */
    int[] ofOperations(int[] some) {
        return least(withWhatTheyNeed(some));
    }

    /** The same of operations that a guess does not explain; nothing if they are no contradiction by themselves. */
    Optional<int[]> ofUnexplained(int[] some) {
        Set<Integer> operations = withWhatTheyNeed(some);
        return broken(operations.stream().mapToInt(Integer::intValue).toArray())
                ? Optional.of(least(operations))
                : Optional.empty();
    }

    private Set<Integer> withWhatTheyNeed(int[] some) {
        Set<Integer> operations = new TreeSet<>();
        Set<Integer> wanted = new TreeSet<>();
        for (int operation : some) {
            wanted.add(operation);
        }
        for (int write = 0; write < graph.recorded.realWrites; write++) {
            if (graph.recorded.node(write) == write && wanted.contains(graph.recorded.writeOperation[write])) {
                addNode(write, operations);
                if (graph.recorded.casRead[write] >= 0) {
                    addNode(graph.recorded.node(graph.recorded.casRead[write]), operations);
                }
            }
        }
        operations.addAll(wanted);
        return operations;
    }

    /** The reads of lists that show one append before another. */
    private void addLists(int from, int to, Set<Integer> operations) {
        Recorded recorded = graph.recorded;
        for (int first = from; first < recorded.endOfNode(from); first++) {
            for (int second = to; second < recorded.endOfNode(to); second++) {
                if (graph.versions.isShownBefore(first, second)) {
                    operations.add(Mediators.firstList(recorded, first));
                }
            }
        }
    }

    /** The operations behind a stretch that no order explains, ascending. */
    int[] ofStretch(int[] nodes) {
        Set<Integer> operations = new TreeSet<>();
        boolean[] inside = new boolean[graph.recorded.writes];
        for (int node : nodes) {
            if (node < graph.recorded.writes && graph.recorded.node(node) != node) {
                continue;
            }
            if (node < graph.realNodes) {
                addNode(node, operations);
            }
            if (node < graph.recorded.writes) {
                inside[node] = true;
            }
            for (int sight = 0; sight < graph.observers.count && node < graph.realNodes; sight++) {
                if (graph.observers.node[sight] == node && graph.observers.write[sight] >= 0) {
                    addNode(graph.recorded.node(graph.observers.write[sight]), operations);
                }
            }
        }
        operations.addAll(Mediators.among(graph.recorded, inside));
        return least(operations);
    }

    private boolean obvious(int from, int to) {
        Recorded recorded = graph.recorded;
        return (recorded.casRead[to] >= 0 && recorded.node(recorded.casRead[to]) == from)
                || Mediators.readItself(recorded, from, to)
                || (recorded.before(from, to) && (recorded.sameSession(from, to) || recorded.promise == Promise.STRICT))
                || isOrderedByKey(from, to)
                || (graph.versions.hasPosition(from)
                        && graph.versions.hasPosition(to)
                        && graph.versions.mark(from) < graph.versions.mark(to));
    }

    private boolean isOrderedByKey(int from, int to) {
        Recorded recorded = graph.recorded;
        for (int first = from; first < recorded.endOfNode(from); first++) {
            for (int second = to; second < recorded.endOfNode(to); second++) {
                if (recorded.writeKey[first] == recorded.writeKey[second]
                        && graph.versions.certainlyBefore(first, second)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A write of unknown outcome counts since it was seen, and a version may be known from a read: the read is needed. */
    private void addNode(int node, Set<Integer> operations) {
        Recorded recorded = graph.recorded;
        if (node >= recorded.writes) {
            operations.add(recorded.observationOperation(node - recorded.writes));
            return;
        }
        int operation = recorded.writeOperation[node];
        if (node >= recorded.realWrites) {
            return; // the list that was read implies it
        }
        if (!operations.add(operation)) {
            return;
        }
        if (!recorded.acknowledged(node)) {
            operations.add(Mediators.firstReader(recorded, node, false));
        }
        for (int at = 0; at < recorded.observations.length && graph.observers.anyAtCas(); at++) {
            if (graph.observers.place(at) == node) {
                operations.add(recorded.observationOperation(at));
                addSights(at, operations);
            }
        }
        if (graph.versions.source[recorded.writeKey[node]] == VersionOrders.Source.VERSIONS
                && graph.versions.mark(node) != History.ABSENT
                && recorded.history.version(operation) == History.ABSENT) {
            operations.add(Mediators.firstReader(recorded, node, true));
        }
    }

    private void addSeen(int observationNode, int key, Set<Integer> operations) {
        int observation = observationNode - graph.recorded.writes;
        for (int sight = graph.observers.observationStart[observation];
                sight < graph.observers.observationStart[observation + 1];
                sight++) {
            if (graph.observers.key[sight] == key && graph.observers.write[sight] >= 0) {
                addNode(graph.recorded.node(graph.observers.write[sight]), operations);
            }
        }
    }

    private void addSights(int observation, Set<Integer> operations) {
        for (int sight = graph.observers.observationStart[observation];
                sight < graph.observers.observationStart[observation + 1];
                sight++) {
            if (graph.observers.write[sight] >= 0) {
                addNode(graph.recorded.node(graph.observers.write[sight]), operations);
            }
        }
    }

    /** Leaves out what is not needed, in large pieces first, as long as that costs little. */
    private int[] least(Set<Integer> operations) {
        int[] needed = operations.stream().mapToInt(Integer::intValue).toArray();
        if (!broken(needed)) {
            int size = graph.recorded.size();
            if (graph.recorded.isPlain() || size > MOST_OPERATIONS) {
                return needed; // more is implied by the history than these operations show; they still are what is
                // known
            }
            needed = new int[size];
            Arrays.setAll(needed, graph.recorded::operation);
        }
        long cost = needed.length;
        for (int piece = Math.max(1, needed.length / 2); ; piece /= 2) {
            for (int at = 0; at < needed.length; ) {
                cost += needed.length;
                if (cost > MOST_LOOKS) {
                    return needed;
                }
                int end = Math.min(needed.length, at + piece);
                int[] fewer = new int[needed.length - (end - at)];
                System.arraycopy(needed, 0, fewer, 0, at);
                System.arraycopy(needed, end, fewer, at, needed.length - end);
                if (fewer.length > 0 && broken(fewer)) {
                    needed = fewer;
                } else {
                    at = end;
                }
            }
            if (piece == 1) {
                return needed;
            }
        }
    }

    /** Whether these operations alone break the guarantee. */
    boolean broken(int... operations) {
        return Decision.of(partOf(graph, operations), new Budget(searchBudget, Deadline.NONE))
                        .answer()
                == Answer.INVALID;
    }

    /** The graph of these operations as if there were no others. */
    static PrefixGraph partOf(PrefixGraph whole, int[] operations) {
        Recorded part = whole.recorded.restrictedTo(Arrays.copyOf(operations, operations.length));
        return new PrefixGraph(part, whole.versions.restrictedTo(part));
    }
}
