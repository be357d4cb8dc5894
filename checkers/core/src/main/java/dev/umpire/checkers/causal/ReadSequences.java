package dev.umpire.checkers.causal;

import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.function.Predicate;
import org.agrona.collections.IntArrayList;

/** In which sequences the reads of one session may have been: in one, unless operations of the session overlap. */
final class ReadSequences {
    /** With more overlaps only one sequence is tried. */
    private static final int MOST_OVERLAPS = 64;

    private final Nodes nodes;
    private final int[] reads;
    private final Predicate<int[]> condition;
    private long left;

    private ReadSequences(Nodes nodes, int[] reads, long most, Predicate<int[]> condition) {
        this.nodes = nodes;
        this.reads = reads;
        this.condition = condition;
        left = most;
    }

    /** The nodes of a session that read, by their completion. */
    static int[] readsOf(Nodes nodes, int session) {
        IntArrayList found = new IntArrayList();
        for (int v = 0; v < nodes.size; v++) {
            if (nodes.reads(v) && nodes.session(v) == session) {
                found.addInt(v);
            }
        }
        return byCompletion(nodes, found.toIntArray());
    }

    /** The same nodes, by their completion. */
    static int[] byCompletion(Nodes nodes, int[] some) {
        long[] keyed = new long[some.length];
        for (int i = 0; i < some.length; i++) {
            keyed[i] = ((long) nodes.completed(some[i]) << 32) | some[i];
        }
        Arrays.sort(keyed);
        return Arrays.stream(keyed).mapToInt(one -> (int) one).toArray();
    }

    /** What came of trying sequences. */
    enum Found {
        ONE,
        NONE,
        /** None of those that were tried. */
        NOT_ALL_TRIED
    }

    /**
     * Whether the condition holds of some sequence that extends the session's order.
     *
     * @param reads by their completion
     * @param most how many sequences are tried
     */
    static Found any(Nodes nodes, int[] reads, long most, Predicate<int[]> condition) {
        if (condition.test(reads)) {
            return Found.ONE;
        }
        int overlaps = overlaps(nodes, reads);
        if (overlaps == 0) {
            return Found.NONE;
        }
        if (overlaps > MOST_OVERLAPS) {
            return Found.NOT_ALL_TRIED;
        }
        ReadSequences sequences = new ReadSequences(nodes, reads, most, condition);
        if (sequences.extend(new int[reads.length], 0, new boolean[reads.length], 0)) {
            return Found.ONE;
        }
        return sequences.left < 0 ? Found.NOT_ALL_TRIED : Found.NONE;
    }

    /** How many reads had not completed when a read that completed later was invoked. */
    static int overlaps(Nodes nodes, int[] reads) {
        int overlaps = 0;
        int earliest = History.NEVER;
        for (int i = reads.length - 1; i >= 0; i--) {
            if (earliest < nodes.completed(reads[i])) {
                overlaps++;
            }
            earliest = Math.min(earliest, nodes.invoked(reads[i]));
        }
        return overlaps;
    }

    private boolean extend(int[] sequence, int size, boolean[] placed, int from) {
        if (size == reads.length) {
            return --left >= 0 && condition.test(sequence.clone());
        }
        int first = from;
        while (placed[first]) {
            first++;
        }
        // no read that is not placed was completed before one that may be next was invoked; the first to complete tells
        int end = nodes.completed(reads[first]);
        for (int i = first; i < reads.length && left >= 0; i++) {
            if (!placed[i] && (i == first || nodes.invoked(reads[i]) < end)) {
                placed[i] = true;
                sequence[size] = reads[i];
                boolean found = extend(sequence, size + 1, placed, first);
                placed[i] = false;
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }
}
