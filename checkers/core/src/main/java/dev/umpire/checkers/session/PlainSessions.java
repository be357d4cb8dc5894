package dev.umpire.checkers.session;

import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.register.PlainFunctions;
import dev.umpire.checkers.register.Siblings;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds, in one pass over a whole history, the keys on which the session guarantees hold and of which that is easily seen.
 *
 * <p><b>Definition.</b> As in {@link SessionGuarantees}. A key is plain where nothing but reads and writes of one key touch it,
 * every value is written once, and to no other key, every read returned the initial value or one of those, and no session
 * overlaps itself on it; where its writes are numbered, all are. Of every other key, and of each on which something is broken,
 * nothing is said here.
 *
 * <p><b>Algorithm.</b> O(n), in the order in which the history stands in memory. What binds a session to a key is one write that it
 * made, and one that it saw: of its own writes real time puts the last behind the others, and each that it saw is bound to the next.
 * Numbered writes need nothing else. Without numbers a bond is kept by real time alone where its writes do not overlap; the few other
 * bonds are {@link OverlappingWrites}.
 */
final class PlainSessions {
    private static final int NONE = -1;
    /** In place of a write: the initial value was seen. */
    private static final int INITIAL = -2;

    /** A session's slot for a key takes 12 bytes; beyond so many of them for each operation the keys are left to others. */
    private static final int SLOTS_AN_OPERATION = 4;

    private final History history;
    private final Bindings bindings;
    private final boolean[] open;
    private final PlainNumbers numbers;
    private final long[] obliged;
    private final int[] reads;
    private final int[] writerOf;
    private final OverlappingWrites overlapping;

    // of each session and key
    private final int[] ownWrite;
    private final int[] seenWrite;
    private final int[] completed;

    private PlainSessions(History history, Bindings bindings) {
        this.history = history;
        this.bindings = bindings;
        int keys = history.keyCount();
        open = new boolean[keys];
        obliged = new long[keys];
        reads = new int[keys];
        numbers = new PlainNumbers(history, open);
        overlapping = new OverlappingWrites(history);
        writerOf = new int[history.valueCount()];
        Arrays.fill(writerOf, NONE);
        int slots = history.sessionCount() * keys;
        ownWrite = new int[slots];
        Arrays.fill(ownWrite, NONE);
        seenWrite = ownWrite.clone();
        completed = ownWrite.clone();
    }

    /**
     * Of a history whose keys are judged one by one, or all together; empty where another way is better.
     *
     * @param joined whether what is read of one key binds the reads of others; then the guarantees hold on all keys, or it is empty
     */
    static Optional<PlainSessions> of(History history, Bindings bindings, WriteOrder assumption, boolean joined) {
        long slots = (long) history.sessionCount() * history.keyCount();
        if (!history.realTime()
                || assumption != WriteOrder.REAL_TIME
                || slots > (long) SLOTS_AN_OPERATION * history.size()) {
            return Optional.empty();
        }
        PlainSessions sessions = new PlainSessions(history, bindings);
        sessions.name();
        sessions.numbers.close();
        if (joined && !sessions.numbers.areEverywhere()) {
            return Optional.empty();
        }
        sessions.bind();
        for (int write : sessions.overlapping.misplaced()) {
            sessions.open[history.key(write)] = true;
        }
        return joined && !sessions.holdTogether() ? Optional.empty() : Optional.of(sessions);
    }

    private boolean holdTogether() {
        return holdEverywhere() && new ReadsOfSeveralKeys(history, bindings, numbers, writerOf).hold(obliged);
    }

    /** Whether the key is plain and the guarantees hold on it. If not, all is open. */
    boolean hold(int key) {
        return !open[key];
    }

    /** Whether they hold on all keys. */
    boolean holdEverywhere() {
        for (boolean left : open) {
            if (left) {
                return false;
            }
        }
        return true;
    }

    /** How many good reads of the key there are, where they hold. */
    long reads(int key) {
        return reads[key];
    }

    /** How many operations on the key are obliged, where they hold. */
    long obliged(int key) {
        return obliged[key];
    }

    /** Where the order of the key's writes is known from, as {@link OrderSource#phrase} says it. */
    String source(int key) {
        return numbers.are(key)
                ? "reported " + (numbers.areVersions(key) ? "versions" : "positions")
                : OrderSource.assumed(WriteOrder.REAL_TIME).phrase();
    }

    /** Whether that order is inferred. */
    boolean isInferred(int key) {
        return !numbers.are(key);
    }

    // -- who wrote what

    private void name() {
        PlainFunctions functions = new PlainFunctions(history);
        for (int o = 0; o < history.size(); o++) {
            if (functions.isWrite(o)) {
                if (history.outcome(o) != Outcome.FAIL) {
                    nameWrite(o);
                }
            } else if (functions.isRead(o)) {
                numbers.seeRead(o);
                if (Siblings.areShown(history, o)) {
                    open[history.key(o)] = true;
                }
            } else {
                leave(o);
            }
        }
    }

    private void nameWrite(int write) {
        int key = history.key(write);
        int value = history.argument(write);
        int other = writerOf[value];
        if (other != NONE) {
            open[key] = true;
            open[history.key(other)] = true;
        } else if (value == history.initialValue()) {
            open[key] = true;
        } else {
            writerOf[value] = write;
            numbers.seeWrite(write);
        }
    }

    private void leave(int operation) {
        boolean named = history.key(operation) != History.NONE;
        if (named) {
            open[history.key(operation)] = true;
        }
        for (int i = 0; i < history.readCount(operation); i++) {
            open[history.readKey(operation, i)] = true;
            named = true;
        }
        for (int i = 0; i < history.writeCount(operation); i++) {
            open[history.writeKey(operation, i)] = true;
            named = true;
        }
        if (!named && history.outcome(operation) != Outcome.FAIL) {
            Arrays.fill(open, true);
        }
    }

    // -- what binds each session

    private void bind() {
        int keys = history.keyCount();
        for (int o = 0; o < history.size(); o++) {
            int key = history.key(o);
            if (key == History.NONE || open[key] || history.outcome(o) != Outcome.OK) {
                continue;
            }
            int slot = history.session(o) * keys + key;
            int invoked = history.invoked(o);
            if (invoked < completed[slot]) {
                open[key] = true;
                continue;
            }
            completed[slot] = history.completed(o);
            if (history.writeCount(o) > 0) {
                bindWrite(o, key, slot);
            } else {
                bindRead(o, key, slot);
            }
        }
    }

    private void bindWrite(int write, int key, int slot) {
        if (bindings.bindsWrites()) {
            int own = bindings.writesInOrder() ? ownWrite[slot] : NONE;
            int seen = bindings.writesAfterReads() ? seenWrite[slot] : NONE;
            bind(own, write, key);
            bind(seen, write, key);
            obliged[key] += numbers.are(key) && (own >= 0 || seen >= 0) ? 1 : 0;
        }
        if (ownWrite[slot] < 0 || !numbers.are(key) || numbers.areInOrder(ownWrite[slot], write)) {
            ownWrite[slot] = write;
        }
    }

    private void bindRead(int read, int key, int slot) {
        int value = history.result(read);
        int write = value == history.initialValue() ? INITIAL : writerOf[value];
        if (write == NONE || (write >= 0 && !isSource(write, read, key))) {
            open[key] = true;
            return;
        }
        int own = bindings.ownWrites() ? ownWrite[slot] : NONE;
        int seen = seenWrite[slot];
        reads[key]++;
        obliged[key] += own != NONE || (bindings.ownReads() && seen != NONE) ? 1 : 0;
        bind(own, write, key);
        if (bindings.ownReads()) {
            bind(seen, write, key);
        }
        if (seen < 0) {
            seenWrite[slot] = write;
        } else if (write >= 0 && write != seen) {
            see(write, read, key, slot);
        }
    }

    /** A session that saw one write already saw another. */
    private void see(int write, int read, int key, int slot) {
        int seen = seenWrite[slot];
        if (numbers.are(key)) {
            seenWrite[slot] = numbers.areInOrder(seen, write) ? write : seen;
            return;
        }
        seenWrite[slot] = write;
        // what is forgotten has to stand before all that the session writes from now on
        boolean settled = bindings.ownReads() || history.completed(seen) < history.invoked(read);
        open[key] |= bindings.writesAfterReads() && !settled;
    }

    private boolean isSource(int write, int read, int key) {
        return history.key(write) == key
                && history.invoked(write) < history.completed(read)
                && (!numbers.are(key) || numbers.fits(write, read));
    }

    /** The first write stands before the second, or is it. */
    private void bind(int first, int second, int key) {
        if (first < 0 || first == second) {
            return;
        }
        if (second == INITIAL) {
            open[key] = true;
        } else if (numbers.are(key)) {
            open[key] |= !numbers.areInOrder(first, second);
        } else if (history.completed(second) < history.invoked(first)) {
            open[key] = true;
        } else if (history.completed(first) > history.invoked(second)) {
            overlapping.order(first, second);
        }
    }
}
