package dev.umpire.checkers.prefix;

import java.util.Arrays;

/**
 * What restricts the order of all writes: each observation that {@link Recorded} numbers, and each cas, with what it saw
 * of each key.
 *
 * <p>An observation has a node of its own. A cas stands immediately before its own write, so that the node of that write
 * is its place. So it is of an observation that {@link SqueezedReads can stand nowhere else}.
 */
final class Observers {
    /** The node of each sight: a write's number for a cas, else the number of writes plus the observation's. */
    final int[] node;
    /** The key that was seen. */
    final int[] key;
    /** The write that was seen, or {@link Recorded#INITIAL}. */
    final int[] write;
    /** Index of the first sight by observation; one more at the end. The sights of cas stand behind them. */
    final int[] observationStart;

    final int count;

    private final int writes;
    /** The write at whose cas each observation stands, or -1; empty if none does. */
    private final int[] atCas;

    Observers(Recorded recorded) {
        writes = recorded.writes;
        atCas = recorded.promise == Promise.MONOTONIC ? SqueezedReads.of(recorded) : new int[0];
        int most = mostSights(recorded);
        int[] nodes = new int[most];
        int[] keys = new int[most];
        int[] seen = new int[most];
        observationStart = new int[recorded.observations.length + 1];
        int found = 0;
        for (int observation = 0; observation < recorded.observations.length; observation++) {
            int i = recorded.observations[observation];
            for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                if (recorded.entryWrite[entry] == Recorded.LEFT_OUT) {
                    continue;
                }
                int place = place(observation);
                int entryKey = recorded.entryKey(i, entry);
                boolean asTheCas = place < writes
                        && recorded.writeKey[place] == entryKey
                        && recorded.casRead[place] == recorded.entryWrite[entry];
                if (!asTheCas) {
                    nodes[found] = place;
                    keys[found] = entryKey;
                    seen[found++] = recorded.entryWrite[entry];
                }
            }
            observationStart[observation + 1] = found;
        }
        for (int writer = 0; writer < recorded.writes; writer++) {
            if (recorded.casRead[writer] != Recorded.NO_CAS) {
                nodes[found] = writer;
                keys[found] = recorded.writeKey[writer];
                seen[found++] = recorded.casRead[writer];
            }
        }
        count = found;
        node = trimmed(nodes, found);
        key = trimmed(keys, found);
        write = trimmed(seen, found);
    }

    /** The node of an observation. */
    int place(int observation) {
        return atCas.length == 0 || atCas[observation] < 0 ? writes + observation : atCas[observation];
    }

    /** Whether some observation has the place of a cas. */
    boolean anyAtCas() {
        return atCas.length > 0;
    }

    /** Where the sights of cas begin. */
    int firstOfCas() {
        return observationStart[observationStart.length - 1];
    }

    private static int[] trimmed(int[] numbers, int length) {
        return numbers.length == length ? numbers : Arrays.copyOf(numbers, length);
    }

    private static int mostSights(Recorded recorded) {
        int sights = 0;
        for (int i : recorded.observations) {
            for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                if (recorded.entryWrite[entry] != Recorded.LEFT_OUT) {
                    sights++;
                }
            }
        }
        for (int read : recorded.casRead) {
            if (read != Recorded.NO_CAS) {
                sights++;
            }
        }
        return sights;
    }
}
