package dev.umpire.checkers.sequential;

import dev.umpire.checkers.joined.Lanes;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.TimeIsOver;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * Searches for an order of operations that keeps every session's order and that the model accepts.
 *
 * <p><b>Algorithm.</b> Depth first over configurations (how far each lane is, the state of each object, how many operations of
 * unknown outcome of each kind were spent), after Wing and Gong (JPDC 1993) and Lowe (<i>Testing for linearizability</i>,
 * 2017), without their edges of real time. What observes and agrees with the state is placed at once, as that can do no harm.
 * Of the rest that which was completed first is tried first. A configuration that led nowhere is not entered again, nor one
 * that could do no more than it. Where reads are joined to writes, {@link Guide} spares what no order can have.
 *
 * <p>Exponential at worst. Bounded by configurations, work and bytes; to be used once.
 */
final class OrderSearch {
    /** How many candidates are tried between two questions for time. */
    private static final int TURNS = 256;

    /** How much work the model may do for each configuration of the budget. */
    private static final long WORK_OF_A_CONFIGURATION = 8;

    /**
     * What a search found.
     *
     * @param answer UNKNOWN when a bound was reached
     * @param configurations how many were entered
     * @param placed how many operations were placed at most
     */
    record Result(Answer answer, long configurations, int placed) {}

    private final Lanes lanes;
    private final Objects objects;
    private final Guide guide;

    /** Of each lane how many of its nodes are placed. */
    private final int[] reached;

    private final int[] state;
    // loose nodes by kind
    private final int[] numberOfKind;
    private final int[] looseKinds;
    private final int[] looseNodeOfKind;
    private final int[] available;
    private final int[] spent;
    private long configurations;
    /** Of each node the loose ones that it is one of the last to precede. */
    private final int[][] awaiting;

    private final int[] awaited;
    private final int required;

    private final int[] row;
    private final DeadEnds deadEnds;

    /** What was placed, in order: a node, or -1 - a loose kind; beside it the state before. */
    private final IntArrayList trail = new IntArrayList();

    private final IntArrayList statesBefore = new IntArrayList();
    private int placedRequired;
    private int most;

    // frames: where the trail stood, the row, and the candidates with the next to try
    private final IntArrayList frameTrail = new IntArrayList();
    private final IntArrayList frameRows = new IntArrayList();
    private final IntArrayList frameFirst = new IntArrayList();
    private final IntArrayList frameNext = new IntArrayList();
    private final IntArrayList candidates = new IntArrayList();

    OrderSearch(Lanes lanes, Objects objects, Guide guide) {
        this.lanes = lanes;
        this.objects = objects;
        this.guide = guide;
        reached = new int[lanes.laneCount()];
        state = new int[objects.count()];
        required = lanes.size() - lanes.loose.length;
        numberOfKind = new int[objects.kindCount()];
        Arrays.fill(numberOfKind, Lanes.NONE);
        IntArrayList kinds = new IntArrayList();
        IntArrayList nodes = new IntArrayList();
        for (int node : lanes.loose) {
            int kind = objects.kind(node);
            if (numberOfKind[kind] == Lanes.NONE) {
                numberOfKind[kind] = kinds.size();
                kinds.addInt(kind);
                nodes.addInt(node);
            }
        }
        looseKinds = kinds.toIntArray();
        looseNodeOfKind = nodes.toIntArray();
        available = new int[looseKinds.length];
        spent = new int[looseKinds.length];
        awaited = new int[lanes.size()];
        awaiting = awaiting();
        row = new int[reached.length + state.length + looseKinds.length];
        deadEnds = new DeadEnds(reached.length + state.length, looseKinds.length);
    }

    private int[][] awaiting() {
        IntArrayList[] lists = new IntArrayList[lanes.size()];
        for (int node : lanes.loose) {
            awaited[node] = lanes.firstPredecessor(node + 1) - lanes.firstPredecessor(node);
            if (awaited[node] == 0) {
                available[numberOfKind[objects.kind(node)]]++;
            }
            for (int slot = lanes.firstPredecessor(node); slot < lanes.firstPredecessor(node + 1); slot++) {
                int before = lanes.predecessor(slot);
                lists[before] = lists[before] == null ? new IntArrayList() : lists[before];
                lists[before].addInt(node);
            }
        }
        int[][] arrays = new int[lists.length][];
        for (int node = 0; node < arrays.length; node++) {
            arrays[node] = lists[node] == null ? new int[0] : lists[node].toIntArray();
        }
        return arrays;
    }

    /**
     * Runs to the end, or to a bound; the bound of time is that of the objects.
     *
     * @param budget how many configurations may be entered
     * @param sizeBytes how much memory they may take
     */
    Result run(long budget, long sizeBytes) {
        try {
            return search(budget, sizeBytes);
        } catch (TimeIsOver over) {
            return new Result(Answer.UNKNOWN, configurations, most);
        }
    }

    private Result search(long budget, long sizeBytes) {
        int turns = 0;
        long workBefore = objects.work();
        long workBudget = budget > Long.MAX_VALUE / WORK_OF_A_CONFIGURATION ? budget : budget * WORK_OF_A_CONFIGURATION;
        settle();
        push();
        while (placedRequired < required) {
            if (++turns % TURNS == 0) {
                objects.askForTime();
            }
            int depth = frameTrail.size() - 1;
            int next = frameNext.getInt(depth);
            if (next == candidates.size()) {
                pop();
                if (frameTrail.isEmpty()) {
                    return new Result(Answer.INVALID, configurations, most);
                }
                continue;
            }
            frameNext.setInt(depth, next + 1);
            place(candidates.getInt(next));
            settle();
            if (placedRequired == required) {
                break;
            }
            if (guide.isHopeless() || deadEnds.contains(configuration())) {
                restore(frameTrail.getInt(depth));
                continue;
            }
            configurations++;
            if (configurations > budget || objects.work() - workBefore > workBudget || sizeBytes() > sizeBytes) {
                return new Result(Answer.UNKNOWN, configurations, most);
            }
            push();
        }
        return new Result(Answer.VALID, configurations, most);
    }

    private long sizeBytes() {
        return deadEnds.sizeBytes() + objects.sizeBytes() + 4L * frameRows.size() + 4L * candidates.size();
    }

    /** Places what observes the present states, until nothing more follows. */
    private void settle() {
        boolean any = true;
        while (any) {
            any = false;
            for (int lane = 0; lane < reached.length; lane++) {
                int node = head(lane);
                while (node != Lanes.NONE && objects.observes(objects.kind(node)) && isOpen(node) && agrees(node)) {
                    place(node);
                    any = true;
                    node = head(lane);
                }
            }
        }
        most = Math.max(most, placedRequired);
    }

    private int head(int lane) {
        int[] members = lanes.members[lane];
        return reached[lane] == members.length ? Lanes.NONE : members[reached[lane]];
    }

    private boolean agrees(int node) {
        int now = state[objects.object(node)];
        return objects.next(now, objects.kind(node)) == now;
    }

    /** Whether everything that precedes the node in its session is placed. */
    private boolean isOpen(int node) {
        for (int slot = lanes.firstPredecessor(node); slot < lanes.firstPredecessor(node + 1); slot++) {
            int before = lanes.predecessor(slot);
            if (reached[lanes.lane[before]] <= lanes.place[before]) {
                return false;
            }
        }
        return true;
    }

    private void push() {
        frameTrail.addInt(trail.size());
        for (int word : configuration()) {
            frameRows.addInt(word);
        }
        int first = candidates.size();
        frameFirst.addInt(first);
        frameNext.addInt(first);
        for (int lane = 0; lane < reached.length; lane++) {
            int node = head(lane);
            if (node != Lanes.NONE
                    && !objects.observes(objects.kind(node))
                    && isOpen(node)
                    && objects.next(state[objects.object(node)], objects.kind(node)) != Objects.IMPOSSIBLE
                    && guide.allows(node)) {
                insert(node, first);
            }
        }
        for (int number = 0; number < looseKinds.length; number++) {
            if (spent[number] < available[number]) {
                int kind = looseKinds[number];
                int now = state[objects.objectOfKind(kind)];
                int next = objects.next(now, kind);
                if (next != Objects.IMPOSSIBLE && next != now && guide.allows(looseNodeOfKind[number])) {
                    candidates.addInt(-1 - number);
                }
            }
        }
    }

    /** Keeps the candidates of a frame in the order in which they were completed. */
    private void insert(int node, int first) {
        candidates.addInt(node);
        int at = candidates.size() - 1;
        while (at > first && lanes.completed(candidates.getInt(at - 1)) > lanes.completed(node)) {
            candidates.setInt(at, candidates.getInt(at - 1));
            at--;
        }
        candidates.setInt(at, node);
    }

    private void pop() {
        int depth = frameTrail.size() - 1;
        int wide = row.length;
        int at = depth * wide;
        for (int i = 0; i < wide; i++) {
            row[i] = frameRows.getInt(at + i);
        }
        deadEnds.add(row);
        shorten(frameRows, at);
        shorten(candidates, frameFirst.getInt(depth));
        shorten(frameTrail, depth);
        shorten(frameFirst, depth);
        shorten(frameNext, depth);
        if (depth > 0) {
            restore(frameTrail.getInt(depth - 1));
        }
    }

    private static void shorten(IntArrayList list, int size) {
        while (list.size() > size) {
            list.removeAt(list.size() - 1);
        }
    }

    private int[] configuration() {
        System.arraycopy(reached, 0, row, 0, reached.length);
        System.arraycopy(state, 0, row, reached.length, state.length);
        System.arraycopy(spent, 0, row, reached.length + state.length, spent.length);
        return row;
    }

    private void place(int candidate) {
        int node = candidate >= 0 ? candidate : looseNodeOfKind[-1 - candidate];
        int object = objects.object(node);
        trail.addInt(candidate);
        statesBefore.addInt(state[object]);
        state[object] = objects.next(state[object], objects.kind(node));
        if (candidate < 0) {
            spent[-1 - candidate]++;
        } else {
            reached[lanes.lane[node]]++;
            placedRequired++;
            for (int loose : awaiting[node]) {
                if (--awaited[loose] == 0) {
                    available[numberOfKind[objects.kind(loose)]]++;
                }
            }
        }
        guide.placed(node);
    }

    /** Goes back to where the trail had this length. */
    private void restore(int length) {
        while (trail.size() > length) {
            int candidate = trail.removeAt(trail.size() - 1);
            int node = candidate >= 0 ? candidate : looseNodeOfKind[-1 - candidate];
            guide.lifted(node);
            state[objects.object(node)] = statesBefore.removeAt(statesBefore.size() - 1);
            if (candidate < 0) {
                spent[-1 - candidate]--;
            } else {
                reached[lanes.lane[node]]--;
                placedRequired--;
                for (int loose : awaiting[node]) {
                    if (awaited[loose]++ == 0) {
                        available[numberOfKind[objects.kind(loose)]]--;
                    }
                }
            }
        }
    }
}
