package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;

/**
 * The writes that may have taken effect, and tables that find them by what they wrote. Also which keys cannot be judged.
 *
 * <p>The first write of each value stands in an array by value, since most histories write a value once, and what is read
 * was mostly written shortly before; only where several keys share values, or few operations are looked at, is there a
 * hash table.
 */
final class Candidates {
    private static final int NO_WRITE = -1;
    private static final int LARGEST_SHARE = 8;

    final int count;
    /** By candidate. */
    final int[] operation;
    /** By candidate. */
    final int[] key;

    private final History history;
    private final boolean[] judged;
    private final boolean[] dropped;
    private int[] value;
    /** By value: its first candidate; empty where a table by value would be large beside the operations. */
    private int[] firstOfValue = new int[0];

    private int[] table = new int[64]; // candidate + 1; open addressing, at most half full
    private int entries;

    Candidates(Recorded recorded) {
        history = recorded.history;
        judged = recorded.judged;
        dropped = new boolean[judged.length];
        Functions functions = new Functions(history);
        int writes = 0;
        for (int i = 0; i < recorded.size(); i++) {
            int each = recorded.operation(i);
            if (history.outcome(each) == Outcome.FAIL) {
                continue;
            }
            if (!functions.isRegister(each)) {
                functions.keysOf(each, this::drop);
            } else if (history.writeCount(each) > 0) {
                writes++;
            }
        }
        count = writes;
        operation = new int[count];
        key = new int[count];
        value = new int[count];
        if (history.valueCount() / LARGEST_SHARE < recorded.size()) {
            firstOfValue = new int[history.valueCount()];
            Arrays.fill(firstOfValue, NO_WRITE);
        }
        int found = 0;
        for (int i = 0; i < recorded.size(); i++) {
            int each = recorded.operation(i);
            if (history.outcome(each) != Outcome.FAIL && history.writeCount(each) > 0 && functions.isRegister(each)) {
                operation[found] = each;
                key[found] = history.writeKey(each, 0);
                value[found] = history.writeValue(each, 0);
                add(found++);
            }
        }
    }

    /** Returns how many keys are dropped. */
    int dropAmbiguousKeys() {
        int keys = 0;
        for (int k = 0; k < judged.length; k++) {
            if (dropped[k]) {
                judged[k] = false;
            }
            if (!judged[k]) {
                keys++;
            }
        }
        return keys;
    }

    /** The write of this value, or {@link Recorded#LEFT_OUT}. */
    int find(int soughtKey, int soughtValue) {
        if (firstOfValue.length > 0) {
            int first = firstOfValue[soughtValue];
            if (first == NO_WRITE) {
                return Recorded.LEFT_OUT;
            }
            if (key[first] == soughtKey) {
                return first;
            }
        }
        int found = entries == 0 ? 0 : table[slot(soughtKey, soughtValue)];
        return found == 0 ? Recorded.LEFT_OUT : found - 1;
    }

    /** Gives the room of the values away: what was written can no longer be found. */
    int[] releaseValues() {
        int[] room = value;
        value = new int[0];
        table = new int[0];
        firstOfValue = new int[0];
        return room;
    }

    private void drop(int k) {
        dropped[k] = true;
    }

    private void add(int candidate) {
        int k = key[candidate];
        int v = value[candidate];
        if (v == history.initialValue() || find(k, v) != Recorded.LEFT_OUT) {
            drop(k);
        } else if (firstOfValue.length > 0 && firstOfValue[v] == NO_WRITE) {
            firstOfValue[v] = candidate;
        } else {
            enter(candidate);
            if (++entries * 2 > table.length) {
                int[] former = table;
                table = new int[former.length * 4];
                for (int entry : former) {
                    if (entry != 0) {
                        enter(entry - 1);
                    }
                }
            }
        }
    }

    private void enter(int candidate) {
        table[slot(key[candidate], value[candidate])] = candidate + 1;
    }

    private int slot(int k, int v) {
        long mixed = (((long) k << 32) | v) * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 33) & (table.length - 1);
        while (table[slot] != 0 && (key[table[slot] - 1] != k || value[table[slot] - 1] != v)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }
}
