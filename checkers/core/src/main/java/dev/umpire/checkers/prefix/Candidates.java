package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.IntHashSet;

/**
 * The writes that may have taken effect, and tables that find them by what they wrote. Also which keys cannot be judged.
 * What an operation does to one key is one write: of several values the last, of appends all together.
 *
 * <p>Where only some operations are looked at, the lists that they read imply appends of others: these are
 * {@link #realCount candidates behind} the real ones, of which nothing is known but that they took effect.
 *
 * <p>The first write of each value stands in an array by value, since most histories write a value once, and what is read
 * was mostly written shortly before; only where several keys share values, or few operations are looked at, is there a
 * hash table.
 */
final class Candidates {
    private static final int NO_WRITE = -1;
    private static final int LARGEST_SHARE = 8;

    /** How many there are. */
    final int count;
    /** How many are those of operations under judgement. */
    final int realCount;
    /** By candidate; ascending among the real ones. */
    final int[] operation;
    /** By candidate. */
    final int[] key;

    private final History history;
    private final Lists lists;
    private final boolean[] judged;
    private final boolean[] dropped;
    private final Map<Long, Integer> implied = new HashMap<>();
    private boolean plain;
    private int[] value;
    /** By value: its first candidate; empty where a table by value would be large beside the operations. */
    private int[] firstOfValue = new int[0];

    private int[] table = new int[64]; // candidate + 1; open addressing, at most half full
    private int entries;

    Candidates(Recorded recorded) {
        history = recorded.history;
        lists = recorded.lists;
        judged = recorded.judged;
        dropped = new boolean[judged.length];
        plain = history.realTime();
        Functions functions = new Functions(history);
        int writes = 0;
        for (int i = 0; i < recorded.size(); i++) {
            int each = recorded.operation(i);
            if (history.outcome(each) == Outcome.FAIL) {
                continue;
            }
            if (!functions.isUnderstood(each)) {
                functions.keysOf(each, this::drop);
            } else {
                writes += history.writeCount(each);
                plain &= functions.isPlain(each);
            }
        }
        for (int k = 0; k < judged.length; k++) {
            dropped[k] |= lists.isStrange(k);
            plain &= !lists.isList(k);
        }
        implyAppends(recorded);
        int[] operations = new int[writes + implied.size()];
        int[] keys = new int[operations.length];
        value = new int[operations.length];
        if (history.valueCount() / LARGEST_SHARE < recorded.size()) {
            firstOfValue = new int[history.valueCount()];
            Arrays.fill(firstOfValue, NO_WRITE);
        }
        operation = operations;
        key = keys;
        int found = 0;
        IntHashSet seen = new IntHashSet();
        for (int i = 0; i < recorded.size(); i++) {
            int each = recorded.operation(i);
            int several = history.writeCount(each);
            if (several == 0 || history.outcome(each) == Outcome.FAIL || !functions.isUnderstood(each)) {
                continue;
            }
            seen.clear();
            for (int w = several - 1; w >= 0; w--) {
                int itsKey = history.writeKey(each, w);
                if (several > 1 && !seen.add(itsKey)) {
                    continue;
                }
                operation[found] = each;
                key[found] = itsKey;
                value[found] = history.writeValue(each, w);
                if (!lists.isList(itsKey)) {
                    add(found);
                }
                found++;
            }
        }
        realCount = found;
        for (Map.Entry<Long, Integer> each : implied.entrySet()) {
            operation[found] = (int) (each.getKey() >>> 32);
            key[found] = (int) (long) each.getKey();
            each.setValue(found++);
        }
        count = found;
    }

    /** Every element of a list that a part of the history read was appended, be it by another part. */
    private void implyAppends(Recorded recorded) {
        if (recorded.isWhole() || plain) {
            return;
        }
        for (int i = 0; i < recorded.size(); i++) {
            int reader = recorded.operation(i);
            for (int r = 0; r < history.readCount(reader) && history.outcome(reader) == Outcome.OK; r++) {
                int k = history.readKey(reader, r);
                int shown = judged[k] && lists.isList(k) ? lists.length(reader, r) : 0;
                for (int place = shown - 1; place >= 0; place--) {
                    int appender = lists.order(k)[place];
                    if (!recorded.contains(appender)) {
                        implied.putIfAbsent(((long) appender << 32) | k, NO_WRITE);
                    }
                }
            }
        }
    }

    /**
     * Whether no operation writes two keys, appends, or reads what it does not replace in the same step; and nothing can have
     * been read before it was written, as it seems where a recording does not keep real time.
     */
    boolean arePlain() {
        return plain;
    }

    /** The append of an operation to a list. */
    int findAppend(int appender, int list) {
        Integer outside = implied.get(((long) appender << 32) | list);
        if (outside != null) {
            return outside;
        }
        int at = Arrays.binarySearch(operation, 0, realCount, appender);
        while (at > 0 && operation[at - 1] == appender) {
            at--;
        }
        while (at >= 0 && at < realCount && operation[at] == appender) {
            if (key[at] == list) {
                return at;
            }
            at++;
        }
        throw new IllegalArgumentException("operation " + appender + " appended nothing to key " + list);
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
