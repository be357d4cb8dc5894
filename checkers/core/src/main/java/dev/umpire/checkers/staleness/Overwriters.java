package dev.umpire.checkers.staleness;

import dev.umpire.checkers.order.Chains;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.ReportedVersions;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.Arrays;

/**
 * By value of a key, the acknowledged writes that are newer in every admissible order of its writes.
 *
 * <p>The acknowledged writes are laid out in one row such that those newer than a value are two stretches of it: one that
 * runs to {@link #to}, without the value's own chain of cas, and the rest of that chain. By reported number, the first
 * stretch begins after the value. By sessions, it is what the value's session invoked after the acknowledgement. By real
 * time, chains stand in the order of the last invocation of a member; a chain A comes before B where a member of A was
 * acknowledged before one of B was invoked, or where another chain stands between, so that all chains beyond some moment,
 * its {@code threshold}, come after A: the first acknowledgement in A or in any chain that comes after it.
 *
 * <p>O(n log n). The writes must have an order: no two cas of one value, no cycle.
 */
final class Overwriters {
    private final Register register;
    private final Chains chains;
    private final int[] row;
    /** By write (and the initial value, one beyond), the two stretches. */
    private final int[] from;

    private final int[] to;
    private final int[] ownFrom;
    private final int[] ownTo;
    /** The rest of the own chain begins here. */
    private final int[] ownAfter;
    /** A tree of minima: row places with the earliest completions; leaves from {@code row.length} on. */
    private final int[] earliest;

    Overwriters(Register register, OrderSource source, Chains chains) {
        this.register = register;
        this.chains = chains;
        int nodes = register.writeCount() + 1;
        row = register.acknowledgedByCompletion();
        from = new int[nodes];
        to = new int[nodes];
        ownFrom = new int[nodes];
        ownTo = new int[nodes];
        ownAfter = new int[nodes];
        Arrays.fill(from, row.length);
        Arrays.fill(to, row.length);
        if (source.reported().isPresent()) {
            byNumber(source.reported().get());
        } else if (source.assumption() == WriteOrder.SESSION) {
            bySession();
        } else {
            byChain(source.assumption() == WriteOrder.REAL_TIME);
        }
        earliest = new int[2 * row.length];
        for (int i = 0; i < row.length; i++) {
            earliest[row.length + i] = i;
        }
        for (int node = row.length - 1; node >= 1; node--) {
            earliest[node] = earlier(earliest[2 * node], earliest[2 * node + 1]);
        }
    }

    private void byNumber(ReportedVersions reported) {
        sortRow(w -> reported.number(w), w -> 0);
        long[] numbers = new long[row.length];
        for (int i = 0; i < row.length; i++) {
            numbers[i] = reported.number(row[i]);
        }
        from[chains.initial()] = 0;
        for (int w = 0; w < register.writeCount(); w++) {
            int next = chains.next(w);
            if (reported.number(w) != History.ABSENT) {
                from[w] = firstAbove(numbers, reported.number(w));
            } else if (next >= 0) {
                // a write of unknown outcome and without a number, but a cas stands directly after it
                from[w] = firstAbove(numbers, reported.number(next) - 1);
            }
        }
    }

    private void bySession() {
        sortRow(w -> register.session(register.accessOfWrite(w)), w -> w);
        from[chains.initial()] = 0;
        long[] keys = new long[row.length];
        for (int i = 0; i < row.length; i++) {
            int a = register.accessOfWrite(row[i]);
            keys[i] = sessionKey(register.session(a), register.invoked(a));
        }
        for (int w : row) {
            int a = register.accessOfWrite(w);
            from[w] = firstAbove(keys, sessionKey(register.session(a), register.completed(a)));
            to[w] = firstAbove(keys, sessionKey(register.session(a), History.NEVER));
        }
    }

    private static long sessionKey(int session, int position) {
        return ((long) session << 32) | position;
    }

    private void byChain(boolean realTime) {
        int nodes = register.writeCount() + 1;
        int initial = chains.initial();
        int[] lastInvoked = new int[nodes];
        int[] threshold = new int[nodes];
        int[] place = new int[nodes];
        Arrays.fill(lastInvoked, -1);
        Arrays.fill(threshold, History.NEVER);
        for (int w = 0; w < register.writeCount(); w++) {
            int head = chains.head(w);
            if (head == w) {
                number(w, place);
            }
            if (register.isEffective(w) && head != initial) {
                int a = register.accessOfWrite(w);
                lastInvoked[head] = Math.max(lastInvoked[head], register.invoked(a));
                if (realTime) {
                    threshold[head] = Math.min(threshold[head], register.completed(a));
                }
            }
        }
        number(initial, place);
        threshold[initial] = -1;
        if (anyChain()) {
            sortRow(w -> ((long) lastInvoked[chains.head(w)] << 32) | chains.head(w), w -> place[w]);
            if (realTime) {
                lowerThresholds(lastInvoked, threshold);
            }
        } else {
            // writes are numbered in the order of their invocations
            Arrays.sort(row);
        }
        long[] keys = new long[row.length];
        for (int i = 0; i < row.length; i++) {
            keys[i] = lastInvoked[chains.head(row[i])];
        }
        stretches(threshold, keys, place);
    }

    private void number(int head, int[] place) {
        int at = 0;
        for (int member = head; member >= 0; member = chains.next(member)) {
            place[member] = at++;
        }
    }

    private boolean anyChain() {
        for (int w = 0; w <= chains.initial(); w++) {
            if (chains.next(w) >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * What comes after a chain that comes after A comes after A. Of those chains the one that was acknowledged first reaches
     * furthest, and a member of it was invoked after A's own acknowledgement: if that were only so of a chain between the two,
     * it would have been acknowledged before that one's invocation, and stand on both sides of it.
     */
    private void lowerThresholds(int[] lastInvoked, int[] threshold) {
        int[] heads = new int[register.writeCount()];
        int count = 0;
        for (int w = 0; w < register.writeCount(); w++) {
            if (chains.head(w) == w && lastInvoked[w] >= 0) {
                heads[count++] = w;
            }
        }
        int[] byInvocation = sorted(heads, count, lastInvoked);
        long[] keys = new long[count];
        int[] acknowledged = new int[count + 1];
        acknowledged[count] = History.NEVER;
        for (int i = count - 1; i >= 0; i--) {
            keys[i] = lastInvoked[byInvocation[i]];
            acknowledged[i] = Math.min(acknowledged[i + 1], threshold[byInvocation[i]]);
        }
        for (int head : byInvocation) {
            threshold[head] = Math.min(threshold[head], acknowledged[firstAbove(keys, threshold[head])]);
        }
    }

    private static int[] sorted(int[] ids, int count, int[] by) {
        long[] keyed = new long[count];
        for (int i = 0; i < count; i++) {
            keyed[i] = ((long) by[ids[i]] << 32) | ids[i];
        }
        Arrays.sort(keyed);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = (int) keyed[i];
        }
        return order;
    }

    private void stretches(int[] threshold, long[] keys, int[] place) {
        int[] begin = new int[threshold.length];
        int[] end = new int[threshold.length];
        for (int i = 0; i < row.length; ) {
            int head = chains.head(row[i]);
            begin[head] = i;
            while (i < row.length && chains.head(row[i]) == head) {
                i++;
            }
            end[head] = i;
        }
        for (int w = 0; w < threshold.length; w++) {
            int head = chains.head(w);
            from[w] = firstAbove(keys, threshold[head]);
            ownFrom[w] = begin[head];
            ownTo[w] = end[head];
            int after = begin[head];
            // the head may be of unknown outcome, or the initial value, and then has no place in the row
            boolean headStands = end[head] > begin[head] && row[begin[head]] == head;
            after += headStands ? place[w] + 1 : place[w];
            ownAfter[w] = Math.min(after, end[head]);
        }
    }

    private interface LongKey {
        long of(int write);
    }

    private void sortRow(LongKey first, LongKey second) {
        Integer[] boxed = new Integer[row.length];
        for (int i = 0; i < row.length; i++) {
            boxed[i] = row[i];
        }
        Arrays.sort(boxed, (a, b) -> {
            int byFirst = Long.compare(first.of(a), first.of(b));
            return byFirst != 0 ? byFirst : Long.compare(second.of(a), second.of(b));
        });
        for (int i = 0; i < row.length; i++) {
            row[i] = boxed[i];
        }
    }

    private static int firstAbove(long[] sorted, long bound) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] > bound) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The acknowledged writes in the order in which they are laid out; the caller keeps it as it is. */
    int[] row() {
        return row;
    }

    private int node(int source) {
        return source == Register.INITIAL ? chains.initial() : source;
    }

    /** How many writes newer than the source are in the sums, which are by place in the row. */
    int count(int source, Sums sums) {
        int v = node(source);
        int count = sums.between(from[v], to[v]) + sums.between(ownAfter[v], ownTo[v]);
        int commonFrom = Math.max(from[v], ownFrom[v]);
        int commonTo = Math.min(to[v], ownTo[v]);
        return commonFrom < commonTo ? count - sums.between(commonFrom, commonTo) : count;
    }

    /** The newer write that was acknowledged first, or -1 if there is none. O(log n). */
    int first(int source) {
        int v = node(source);
        int commonFrom = Math.max(from[v], ownFrom[v]);
        int commonTo = Math.min(to[v], ownTo[v]);
        int place;
        if (commonFrom < commonTo) {
            place = earlier(earliest(from[v], commonFrom), earliest(commonTo, to[v]));
        } else {
            place = earliest(from[v], to[v]);
        }
        place = earlier(place, earliest(ownAfter[v], ownTo[v]));
        return place < 0 ? -1 : row[place];
    }

    /** Whether the write is newer than the source in every order. */
    boolean isNewer(int source, int place) {
        int v = node(source);
        if (place >= ownFrom[v] && place < ownTo[v]) {
            return place >= ownAfter[v];
        }
        return place >= from[v] && place < to[v];
    }

    private int earliest(int begin, int end) {
        int best = -1;
        int left = begin + row.length;
        int right = end + row.length;
        while (left < right) {
            if ((left & 1) == 1) {
                best = earlier(best, earliest[left++]);
            }
            if ((right & 1) == 1) {
                best = earlier(best, earliest[--right]);
            }
            left >>= 1;
            right >>= 1;
        }
        return best;
    }

    private int earlier(int place, int other) {
        if (place < 0 || other < 0) {
            return Math.max(place, other);
        }
        int one = register.completed(register.accessOfWrite(row[place]));
        return one <= register.completed(register.accessOfWrite(row[other])) ? place : other;
    }

    /** Sums over a row of zeros and ones (Fenwick, 1994). */
    static final class Sums {
        private final int[] tree;

        Sums(int size) {
            tree = new int[size + 1];
        }

        void set(int place) {
            for (int i = place + 1; i < tree.length; i += i & -i) {
                tree[i]++;
            }
        }

        int between(int begin, int end) {
            return begin >= end ? 0 : upTo(end) - upTo(begin);
        }

        private int upTo(int end) {
            int sum = 0;
            for (int i = end; i > 0; i -= i & -i) {
                sum += tree[i];
            }
            return sum;
        }
    }
}
