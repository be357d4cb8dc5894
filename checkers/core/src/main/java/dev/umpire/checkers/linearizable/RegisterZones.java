package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Calls;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import java.util.OptionalInt;
import org.agrona.collections.IntArrayList;

/**
 * Linearizability of one register to which every value is written at most once.
 *
 * <p><b>Definition.</b> As in {@link ConfigurationSearch}, for a register.
 *
 * <p><b>Algorithm.</b> Gibbons and Korach, <i>Testing Shared Memories</i>, SIAM J. Comput. 26(4), 1997. The write of a value
 * and its reads are a cluster, from whose first completion to whose last invocation (or the reverse, if that is earlier) its
 * zone goes. A zone that begins with a completion is a forward zone: the register certainly had the value during all of it.
 * The register is linearizable iff every value that was read was written, no read was completed before its write was
 * invoked, no two forward zones overlap, and no other zone lies within a forward one. O(n log n).
 *
 * <table>
 *   <caption>The paper's names</caption>
 *   <tr><td>Z.f</td><td>{@code firstCompletion}</td></tr>
 *   <tr><td>Z.s</td><td>{@code lastInvocation}</td></tr>
 * </table>
 *
 * <p>Where we differ: the initial value is a cluster whose write was completed before everything; a write of unknown outcome
 * has a cluster only if it was read, and never completes.
 *
 * <p><b>Witness.</b> The shortest prefix that is not linearizable, found by bisection, as every prefix of a linearizable
 * history is linearizable; in it the operations that bound two zones, and their writes.
 *
 * <p>Scratch space for values is kept between keys. Not thread-safe.
 */
final class RegisterZones {
    private static final int NONE = -1;
    private static final int BEFORE_ALL = -1;

    private final History history;
    private final Calls calls;
    /** Of each value its cluster while a key is looked at, else NONE. */
    private final int[] clusterOf;

    // clusters of the key at hand; the initial value has number 0
    private int[] write = new int[16];
    private int[] firstCompletion = new int[16];
    private int[] firstCompleted = new int[16];
    private int[] lastInvocation = new int[16];
    private int[] lastInvoked = new int[16];
    private int clusters;
    private final IntArrayList valuesUsed = new IntArrayList();

    RegisterZones(History history, Calls calls) {
        this.history = history;
        this.calls = calls;
        this.clusterOf = new int[history.valueCount()];
        Arrays.fill(clusterOf, NONE);
    }

    /** Whether these are plain reads and writes of which every value, the initial one too, is written at most once. */
    boolean areDifferentiated(int[] operations) {
        boolean differentiated = true;
        clusterOf[history.initialValue()] = 0;
        valuesUsed.addInt(history.initialValue());
        for (int i = 0; i < operations.length && differentiated; i++) {
            if (calls.isWrite(operations[i])) {
                int value = history.argument(operations[i]);
                differentiated = clusterOf[value] == NONE;
                clusterOf[value] = 0;
                valuesUsed.addInt(value);
            } else {
                differentiated = calls.isRead(operations[i]);
            }
        }
        forgetValues();
        return differentiated;
    }

    /** Whether the operations of one key, in the order of their invocation, are linearizable. */
    boolean areLinearizable(int[] operations) {
        return conflict(operations, History.NEVER).length == 0;
    }

    /**
     * The operations, up to six, that cannot be put in an order, in the shortest prefix that has some; the one that completed
     * last stands last. To be asked only where the operations are not linearizable.
     */
    int[] shortestConflict(int[] operations) {
        int[] completions = Arrays.stream(operations)
                .map(history::completed)
                .filter(at -> at != History.NEVER)
                .sorted()
                .toArray();
        int low = 0;
        int high = completions.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (conflict(operations, completions[middle]).length > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return conflict(operations, completions[low]);
    }

    /** The write of a value to this key among the operations. */
    OptionalInt writeOf(int[] operations, int value) {
        return Arrays.stream(operations)
                .filter(operation -> calls.isWrite(operation) && history.argument(operation) == value)
                .findFirst();
    }

    /** What cannot be ordered among the operations as they were known at a position; empty if there is nothing. */
    private int[] conflict(int[] operations, int until) {
        clusters = 0;
        open(history.initialValue(), NONE, BEFORE_ALL);
        int[] found = clusters(operations, until);
        forgetValues();
        return found.length > 0 ? found : overlap();
    }

    private int[] clusters(int[] operations, int until) {
        for (int operation : operations) {
            if (history.invoked(operation) > until) {
                break;
            }
            if (calls.isWrite(operation)) {
                open(history.argument(operation), operation, knownCompletion(operation, until));
            }
        }
        for (int operation : operations) {
            if (history.invoked(operation) > until) {
                break;
            }
            if (!calls.isRead(operation) || history.completed(operation) > until) {
                continue;
            }
            int cluster = clusterOf[history.result(operation)];
            if (cluster == NONE) {
                return new int[] {operation};
            }
            if (write[cluster] != NONE && history.completed(operation) < history.invoked(write[cluster])) {
                return new int[] {write[cluster], operation};
            }
            if (history.completed(operation) < firstCompletion[cluster]) {
                firstCompletion[cluster] = history.completed(operation);
                firstCompleted[cluster] = operation;
            }
            if (history.invoked(operation) > lastInvocation[cluster]) {
                lastInvocation[cluster] = history.invoked(operation);
                lastInvoked[cluster] = operation;
            }
        }
        return new int[0];
    }

    private void open(int value, int operation, int completion) {
        if (clusters == write.length) {
            int larger = 2 * clusters;
            write = Arrays.copyOf(write, larger);
            firstCompletion = Arrays.copyOf(firstCompletion, larger);
            firstCompleted = Arrays.copyOf(firstCompleted, larger);
            lastInvocation = Arrays.copyOf(lastInvocation, larger);
            lastInvoked = Arrays.copyOf(lastInvoked, larger);
        }
        write[clusters] = operation;
        firstCompletion[clusters] = completion;
        firstCompleted[clusters] = operation;
        lastInvocation[clusters] = operation == NONE ? BEFORE_ALL : history.invoked(operation);
        lastInvoked[clusters] = operation;
        clusterOf[value] = clusters++;
        valuesUsed.addInt(value);
    }

    private int knownCompletion(int operation, int until) {
        int completed = history.completed(operation);
        return completed > until || history.outcome(operation) != Outcome.OK ? History.NEVER : completed;
    }

    private int[] overlap() {
        long[] forward = new long[clusters];
        int forwards = 0;
        for (int c = 0; c < clusters; c++) {
            if (isForward(c)) {
                forward[forwards++] = ((long) firstCompletion[c] << 32) | c;
            }
        }
        // the initial value's zone begins at -1 and comes first, as the order is by signed number
        Arrays.sort(forward, 0, forwards);
        for (int i = 1; i < forwards; i++) {
            int earlier = (int) forward[i - 1];
            int later = (int) forward[i];
            if (firstCompletion[later] < lastInvocation[earlier]) {
                return bounds(earlier, later);
            }
        }
        for (int c = 0; c < clusters; c++) {
            if (isForward(c) || firstCompletion[c] == History.NEVER) {
                continue;
            }
            int place = Arrays.binarySearch(forward, 0, forwards, (long) lastInvocation[c] << 32);
            int around = (place < 0 ? -place - 1 : place) - 1;
            if (around >= 0) {
                int zone = (int) forward[around];
                if (firstCompletion[c] < lastInvocation[zone]) {
                    return bounds(zone, c);
                }
            }
        }
        return new int[0];
    }

    private boolean isForward(int cluster) {
        return firstCompletion[cluster] < lastInvocation[cluster];
    }

    private int[] bounds(int one, int other) {
        return Arrays.stream(new int[] {
                    write[one], firstCompleted[one], lastInvoked[one],
                    write[other], firstCompleted[other], lastInvoked[other]
                })
                .filter(operation -> operation != NONE)
                .distinct()
                .toArray();
    }

    private void forgetValues() {
        for (int i = 0; i < valuesUsed.size(); i++) {
            clusterOf[valuesUsed.getInt(i)] = NONE;
        }
        valuesUsed.clear();
    }
}
