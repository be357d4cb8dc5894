package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;

/**
 * The invocations and OK completions of some operations in the order of the recording. Only the open operations are kept:
 * nothing here grows with the history.
 *
 * <p>An operation that is completed soon waits in a ring with one slot for each of the next events, which costs less than
 * the heap in which the others wait.
 */
final class Timeline {
    private static final int NO_WRITE = -1;
    private static final int MOST_SOON = 1024;

    /** The next event of which is not known whether it completes anything. */
    private int now;
    /** The operations that are completed soon, each in the slot of its completion: its number and 1. */
    private final int[] soon;
    /** The writes of {@link #soon}, in the same places. */
    private final int[] soonWrites;

    private int soonCount;

    /** The other open operations as a binary heap, the first to be completed on top: completion in the upper 32 bits, index. */
    private long[] open = new long[64];
    /** The writes of {@link #open}, in the same places. */
    private int[] writes = new int[64];

    private int count;

    /** @param events of the recording: a short one needs no more slots */
    private Timeline(int events) {
        int slots = Integer.highestOneBit(Math.max(1, Math.min(events, MOST_SOON - 1))) << 1;
        soon = new int[slots];
        soonWrites = new int[slots];
    }

    /** What is told of each event: the {@code i}-th operation, and the number of its first write or -1. */
    interface Listener {
        void invoked(int i, int write);

        void completed(int i, int write);
    }

    /** Tells every event. O(n) where operations are short, else O(n log open operations). */
    static void tell(Recorded recorded, Listener listener) {
        History history = recorded.history;
        Timeline timeline = new Timeline(history.eventCount());
        int size = recorded.size();
        int nextWrite = 0;
        for (int i = 0; i < size; i++) {
            int operation = recorded.operation(i);
            timeline.completeUntil(history.invoked(operation), listener);
            int write = NO_WRITE;
            if (nextWrite < recorded.realWrites && recorded.writeOperation[nextWrite] == operation) {
                write = nextWrite;
                nextWrite = recorded.endOfNode(write);
            }
            listener.invoked(i, write);
            if (history.outcome(operation) == Outcome.OK) {
                timeline.open(history.completed(operation), i, write);
            }
        }
        timeline.completeUntil(History.NEVER, listener);
    }

    private void completeUntil(int event, Listener listener) {
        while (now < event) {
            int slot = now & (soon.length - 1);
            if (soon[slot] != 0) {
                int i = soon[slot] - 1;
                soon[slot] = 0;
                soonCount--;
                listener.completed(i, soonWrites[slot]);
            } else if (count > 0 && (int) (open[0] >>> 32) == now) {
                int i = (int) open[0];
                int write = writes[0];
                close();
                listener.completed(i, write);
            } else if (soonCount == 0) {
                now = count == 0 ? event : Math.min(event, (int) (open[0] >>> 32));
                continue;
            }
            now++;
        }
    }

    private void open(int completed, int i, int write) {
        if (completed - now < soon.length) {
            int slot = completed & (soon.length - 1);
            soon[slot] = i + 1;
            soonWrites[slot] = write;
            soonCount++;
        } else {
            open(((long) completed << 32) | i, write);
        }
    }

    private void open(long entry, int write) {
        if (count == open.length) {
            open = Arrays.copyOf(open, 2 * count);
            writes = Arrays.copyOf(writes, 2 * count);
        }
        int at = count++;
        while (at > 0 && open[(at - 1) >> 1] > entry) {
            int up = (at - 1) >> 1;
            open[at] = open[up];
            writes[at] = writes[up];
            at = up;
        }
        open[at] = entry;
        writes[at] = write;
    }

    /** Takes away the top. */
    private void close() {
        long entry = open[--count];
        int write = writes[count];
        int at = 0;
        for (int down = 1; down < count; down = 2 * at + 1) {
            if (down + 1 < count && open[down + 1] < open[down]) {
                down++;
            }
            if (open[down] >= entry) {
                break;
            }
            open[at] = open[down];
            writes[at] = writes[down];
            at = down;
        }
        open[at] = entry;
        writes[at] = write;
    }
}
