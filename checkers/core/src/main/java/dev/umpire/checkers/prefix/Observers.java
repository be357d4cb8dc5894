package dev.umpire.checkers.prefix;

/**
 * What restricts the order of all writes: each snapshot of two keys or more, and each cas, with what it saw of each key.
 *
 * <p>A snapshot has a node of its own. A cas stands immediately before its own write, so that the node of that write is
 * its place. A read of one key restricts nothing that the order of the key's writes does not: it has no node.
 */
final class Observers {
    /** The node of each sight: a write's number for a cas, else the number of writes plus the snapshot's. */
    final int[] node;
    /** The key that was seen. */
    final int[] key;
    /** The write that was seen, or {@link Recorded#INITIAL}. */
    final int[] write;
    /** Index of the first sight by snapshot; one more at the end. The sights of cas stand behind them. */
    final int[] snapshotStart;

    final int count;

    Observers(Recorded recorded) {
        count = sights(recorded);
        node = new int[count];
        key = new int[count];
        write = new int[count];
        snapshotStart = new int[recorded.snapshots.length + 1];
        int found = 0;
        for (int snapshot = 0; snapshot < recorded.snapshots.length; snapshot++) {
            int i = recorded.snapshots[snapshot];
            for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                if (recorded.entryWrite[entry] != Recorded.LEFT_OUT) {
                    node[found] = recorded.writes + snapshot;
                    key[found] = recorded.entryKey(i, entry);
                    write[found++] = recorded.entryWrite[entry];
                }
            }
            snapshotStart[snapshot + 1] = found;
        }
        for (int writer = 0; writer < recorded.writes; writer++) {
            if (recorded.casRead[writer] != Recorded.NO_CAS) {
                node[found] = writer;
                key[found] = recorded.writeKey[writer];
                write[found++] = recorded.casRead[writer];
            }
        }
    }

    private static int sights(Recorded recorded) {
        int sights = 0;
        for (int i : recorded.snapshots) {
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
