package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * Finds, in one pass over a whole history, the registers that are linearizable and of which that is easily seen.
 *
 * <p><b>Definition.</b> As in {@link RegisterZones}: such a key is touched by plain reads and writes only, and every value
 * that is written to it is written once, and to no other key. Of every other key, and of each that is not linearizable,
 * nothing is said here.
 *
 * <p><b>Algorithm.</b> The zones of Gibbons and Korach (SIAM J. Comput. 26(4), 1997) of all keys together, O(n): a zone begins
 * at an event, and no two at the same, so that a table over the events has them in order. Where {@link RegisterZones} takes
 * the keys one after the other, and for each goes over the whole memory of the history again, here everything is taken in the
 * order in which it stands there. The zone of the initial value begins before everything and is only its end.
 */
final class PlainRegisters {
    private static final int NONE = -1;
    private static final int BEFORE_ALL = -1;

    private final History history;
    private final Calls calls;
    private final Model<?> model;

    // of each key
    private final boolean[] open;
    private final int[] operationsOf;
    private final int[] readsOf;
    /** Where the last forward zone so far ends; of the initial value at first. */
    private final int[] forwardUntil;

    // of each cluster: a write and its reads
    private final int[] clusterOf;
    private int[] keyOf = new int[64];
    private int[] written = new int[64];
    /** {@link History#NEVER} where the write is of unknown outcome and nobody read it. */
    private int[] firstCompletion = new int[64];

    private int[] lastInvocation = new int[64];
    private int clusters;

    /** Reads of what nobody had begun to write by then. */
    private final IntArrayList early = new IntArrayList();

    private int mattering;

    private PlainRegisters(History history, Calls calls, Model<?> model) {
        this.history = history;
        this.calls = calls;
        this.model = model;
        int keys = history.keyCount();
        open = new boolean[keys];
        operationsOf = new int[keys];
        readsOf = new int[keys];
        forwardUntil = new int[keys];
        Arrays.fill(forwardUntil, BEFORE_ALL);
        clusterOf = new int[history.valueCount()];
        Arrays.fill(clusterOf, NONE);
    }

    /** Of a history whose model is one of registers. */
    static PlainRegisters of(History history, Calls calls, Model<?> model) {
        PlainRegisters registers = new PlainRegisters(history, calls, model);
        registers.join();
        registers.compare();
        return registers;
    }

    /** Whether the operations of a key are an object by themselves and linearizable. If not, all is open. */
    boolean hold(int key) {
        return !open[key] && operationsOf[key] > 0;
    }

    /** How many keys {@link #hold}. */
    int registers() {
        int held = 0;
        for (int key = 0; key < open.length; key++) {
            held += hold(key) ? 1 : 0;
        }
        return held;
    }

    /** How many operations these have that matter. */
    int operations() {
        return sumWhereHeld(operationsOf);
    }

    /** How many of them read. */
    int reads() {
        return sumWhereHeld(readsOf);
    }

    /** Whether there is nothing else in the history that matters. */
    boolean areAll() {
        return operations() == mattering;
    }

    private int sumWhereHeld(int[] ofKeys) {
        int sum = 0;
        for (int key = 0; key < open.length; key++) {
            sum += hold(key) ? ofKeys[key] : 0;
        }
        return sum;
    }

    // -- clusters

    private void join() {
        for (int operation = 0; operation < history.size(); operation++) {
            Outcome outcome = history.outcome(operation);
            if (outcome == Outcome.FAIL) {
                continue;
            }
            if (history.key(operation) == History.NONE) {
                joinOther(operation, outcome);
            } else if (calls.isWrite(operation)) {
                joinWrite(operation);
            } else if (!calls.isRead(operation)) {
                joinOther(operation, outcome);
            } else if (calls.matters(operation, model)) {
                joinRead(operation);
            }
        }
        for (int i = 0; i < early.size(); i++) {
            int read = early.getInt(i);
            int cluster = clusterOf[history.result(read)];
            if (cluster == NONE) {
                open[history.key(read)] = true;
            } else {
                joinRead(read, cluster);
            }
        }
    }

    private void joinWrite(int operation) {
        int key = history.key(operation);
        int value = history.argument(operation);
        mattering++;
        operationsOf[key]++;
        int before = clusterOf[value];
        if (value == history.initialValue()) {
            open[key] = true;
        } else if (before != NONE) {
            open[key] = true;
            open[keyOf[before]] = true;
        } else {
            if (clusters == keyOf.length) {
                enlarge();
            }
            clusterOf[value] = clusters;
            keyOf[clusters] = key;
            written[clusters] = history.invoked(operation);
            firstCompletion[clusters] = history.completed(operation);
            lastInvocation[clusters] = history.invoked(operation);
            clusters++;
        }
    }

    private void enlarge() {
        int larger = 2 * clusters;
        keyOf = Arrays.copyOf(keyOf, larger);
        written = Arrays.copyOf(written, larger);
        firstCompletion = Arrays.copyOf(firstCompletion, larger);
        lastInvocation = Arrays.copyOf(lastInvocation, larger);
    }

    private void joinRead(int operation) {
        int key = history.key(operation);
        int value = history.result(operation);
        mattering++;
        operationsOf[key]++;
        readsOf[key]++;
        if (value == history.initialValue()) {
            forwardUntil[key] = Math.max(forwardUntil[key], history.invoked(operation));
        } else if (clusterOf[value] == NONE) {
            early.addInt(operation);
        } else {
            joinRead(operation, clusterOf[value]);
        }
    }

    private void joinRead(int operation, int cluster) {
        int key = history.key(operation);
        int completed = history.completed(operation);
        if (keyOf[cluster] != key || completed < written[cluster]) {
            open[key] = true;
            return;
        }
        firstCompletion[cluster] = Math.min(firstCompletion[cluster], completed);
        lastInvocation[cluster] = Math.max(lastInvocation[cluster], history.invoked(operation));
    }

    /** Whatever it touches may be one object with other keys. */
    private void joinOther(int operation, Outcome outcome) {
        if (!calls.matters(operation, model)) {
            return;
        }
        mattering++;
        if (history.key(operation) != History.NONE) {
            open[history.key(operation)] = true;
        }
        if (outcome == Outcome.OK) {
            for (int i = 0; i < history.readCount(operation); i++) {
                open[history.readKey(operation, i)] = true;
            }
        }
        for (int i = 0; i < history.writeCount(operation); i++) {
            open[history.writeKey(operation, i)] = true;
        }
    }

    // -- zones

    private void compare() {
        int last = 0;
        for (int cluster = 0; cluster < clusters; cluster++) {
            last = Math.max(last, begin(cluster));
        }
        int[] beginning = new int[last + 1];
        Arrays.fill(beginning, NONE);
        for (int cluster = 0; cluster < clusters; cluster++) {
            beginning[begin(cluster)] = cluster;
        }
        for (int cluster : beginning) {
            if (cluster != NONE && firstCompletion[cluster] != History.NEVER) {
                compare(cluster);
            }
        }
    }

    /** A forward zone may not begin in another, a backward one may not end in one that began before it. */
    private void compare(int cluster) {
        int key = keyOf[cluster];
        if (firstCompletion[cluster] < forwardUntil[key]) {
            open[key] = true;
        } else if (firstCompletion[cluster] < lastInvocation[cluster]) {
            forwardUntil[key] = lastInvocation[cluster];
        }
    }

    private int begin(int cluster) {
        return Math.min(firstCompletion[cluster], lastInvocation[cluster]);
    }
}
