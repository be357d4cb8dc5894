package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;

/**
 * Which observations could have broken a prefix guarantee, whatever they returned: without one, nothing was looked at.
 *
 * <p>A read of one register is a state after some prefix of every order. It restricts the order only as a link of happens-before,
 * between what it returned and what its session wrote next; and where nothing is reported and time is known, every such link leads
 * from an earlier invocation to a later one, so that the order of invocations contains them all. What obliges is therefore
 * <ul>
 *   <li>a read of two keys or more that somebody wrote,
 *   <li>a read of a list to which something was appended twice or more,
 *   <li>a cas, or a transaction that reads and writes, of a key that somebody else wrote too,
 *   <li>where an order is reported, or times are not known: a read after which its session wrote,
 *   <li>for monotonic-prefix: a read after another one of its session.
 * </ul>
 * Keys that are not judged, and reads that integrity reports, oblige nobody.
 */
final class Obliged {
    private final Recorded recorded;
    private final History history;
    private final boolean orderBinds;
    /** By key: how many operations may have written it. */
    private final int[] writers;

    private Obliged(Recorded recorded, VersionOrders versions) {
        this.recorded = recorded;
        history = recorded.history;
        orderBinds = !history.realTime()
                || versions.uses(VersionOrders.Source.POSITIONS)
                || versions.uses(VersionOrders.Source.VERSIONS);
        writers = new int[history.keyCount()];
        countWriters();
    }

    /** How many operations could have broken what is promised; O(n). */
    static long count(Recorded recorded, VersionOrders versions) {
        return new Obliged(recorded, versions).count();
    }

    private void countWriters() {
        int[] last = new int[writers.length];
        Arrays.fill(last, History.NONE);
        for (int i = 0; i < recorded.size(); i++) {
            int operation = recorded.operation(i);
            if (history.outcome(operation) == Outcome.FAIL) {
                continue;
            }
            for (int w = 0; w < history.writeCount(operation); w++) {
                int key = history.writeKey(operation, w);
                if (recorded.judged[key] && last[key] != operation) {
                    last[key] = operation;
                    writers[key]++;
                }
            }
        }
    }

    private long count() {
        int[] lastWriteInvoked = new int[history.sessionCount()];
        Arrays.fill(lastWriteInvoked, History.NONE);
        int[] firstReadCompleted = firstReadsCompleted();
        long obliged = 0;
        for (int i = recorded.size() - 1; i >= 0; i--) {
            int operation = recorded.operation(i);
            int session = history.session(operation);
            boolean wroteLater = orderBinds && lastWriteInvoked[session] > history.completed(operation);
            boolean readBefore =
                    recorded.promise == Promise.MONOTONIC && firstReadCompleted[session] < history.invoked(operation);
            if (obliges(i, wroteLater || readBefore)) {
                obliged++;
            }
            if (history.writeCount(operation) > 0 && history.outcome(operation) != Outcome.FAIL) {
                lastWriteInvoked[session] = Math.max(lastWriteInvoked[session], history.invoked(operation));
            }
        }
        return obliged;
    }

    /** By session: when its first observation was completed. */
    private int[] firstReadsCompleted() {
        int[] first = new int[history.sessionCount()];
        Arrays.fill(first, History.NEVER);
        for (int i = 0; i < recorded.size(); i++) {
            int operation = recorded.operation(i);
            if (sawSomething(i)) {
                int session = history.session(operation);
                first[session] = Math.min(first[session], history.completed(operation));
            }
        }
        return first;
    }

    private boolean sawSomething(int i) {
        for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
            if (isGood(i, entry)) {
                return true;
            }
        }
        return false;
    }

    private boolean obliges(int i, boolean oneKeySuffices) {
        int operation = recorded.operation(i);
        int written = History.NONE;
        for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
            int key = recorded.entryKey(i, entry);
            if (!isGood(i, entry) || writers[key] == 0) {
                continue;
            }
            boolean severalKeys = written != History.NONE && written != key;
            boolean listOfSeveral = recorded.lists.isList(key) && writers[key] > 1;
            boolean amidOthers = history.writeCount(operation) > 0 && writers[key] > (writes(operation, key) ? 1 : 0);
            if (oneKeySuffices || severalKeys || listOfSeveral || amidOthers) {
                return true;
            }
            written = key;
        }
        return false;
    }

    private boolean writes(int operation, int key) {
        for (int w = 0; w < history.writeCount(operation); w++) {
            if (history.writeKey(operation, w) == key) {
                return true;
            }
        }
        return false;
    }

    /** Whether what was read of the key is a state that it can have had; a list that stands apart contradicts others. */
    private boolean isGood(int i, int entry) {
        int key = recorded.entryKey(i, entry);
        return recorded.judged[key]
                && (recorded.entryWrite[entry] != Recorded.LEFT_OUT
                        || (recorded.lists.isList(key)
                                && recorded.lists.length(recorded.operation(i), entry - recorded.entryStart[i])
                                        == Lists.APART));
    }
}
