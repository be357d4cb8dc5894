package dev.umpire.checkers.session;

import dev.umpire.checkers.register.PlainFunctions;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The versions or positions of plain writes, where all of a key's writes have one and no two the same.
 *
 * <p>Keys whose numbers are incomplete, contradict one another, or lie so far apart that this cannot be told in a bit set, are
 * left open.
 */
final class PlainNumbers {
    private static final int BITS_A_WRITE = 64;

    private final History history;
    private final boolean[] open;
    private final int[] writes;
    private final int[] versions;
    private final int[] positions;
    private final boolean[] readVersions;
    private final long[] least;
    private final long[] most;

    /**
     * Nothing so far.
     *
     * @param open by key, whether others judge it; keys without good numbers are added
     */
    PlainNumbers(History history, boolean[] open) {
        this.history = history;
        this.open = open;
        int keys = open.length;
        writes = new int[keys];
        versions = new int[keys];
        positions = new int[keys];
        readVersions = new boolean[keys];
        least = new long[keys];
        Arrays.fill(least, Long.MAX_VALUE);
        most = new long[keys];
        Arrays.fill(most, Long.MIN_VALUE);
    }

    /** A write that did not fail. */
    void seeWrite(int write) {
        int key = history.key(write);
        long version = history.version(write);
        long position = history.position(write);
        if (history.outcome(write) != Outcome.OK) {
            open[key] |= version != History.ABSENT || position != History.ABSENT;
            return;
        }
        writes[key]++;
        if (version != History.ABSENT) {
            versions[key]++;
            stretch(key, version);
        } else if (position != History.ABSENT) {
            positions[key]++;
            stretch(key, position);
        }
    }

    private void stretch(int key, long number) {
        least[key] = Math.min(least[key], number);
        most[key] = Math.max(most[key], number);
    }

    /** A read. */
    void seeRead(int read) {
        if (history.version(read) != History.ABSENT) {
            readVersions[history.key(read)] = true;
        }
    }

    /** All have been seen. */
    void close() {
        boolean any = false;
        for (int key = 0; key < open.length; key++) {
            boolean all = are(key);
            boolean none = versions[key] + positions[key] == 0;
            open[key] |= !(all || none) || (readVersions[key] && !areVersions(key));
            any |= all && !open[key];
        }
        if (any) {
            findEqual();
        }
    }

    /** Versions each have bits of their own key, positions share theirs, as in most stores they count all keys together. */
    private void findEqual() {
        long[] from = new long[open.length];
        long room = 0;
        long all = 0;
        long leastPosition = Long.MAX_VALUE;
        long mostPosition = Long.MIN_VALUE;
        for (int key = 0; key < open.length; key++) {
            all += writes[key];
            if (open[key] || !are(key)) {
                continue;
            }
            if (areVersions(key)) {
                from[key] = room;
                room = saturated(room, least[key], most[key]);
            } else {
                leastPosition = Math.min(leastPosition, least[key]);
                mostPosition = Math.max(mostPosition, most[key]);
            }
        }
        long fromPositions = room;
        if (leastPosition <= mostPosition) {
            room = saturated(room, leastPosition, mostPosition);
        }
        boolean fits = room <= Math.min(Integer.MAX_VALUE, BITS_A_WRITE * all);
        if (fits) {
            for (int key = 0; key < open.length; key++) {
                // taken from a number, its bit
                from[key] = areVersions(key) ? from[key] - least[key] : fromPositions - leastPosition;
            }
            findEqual(from, new BitSet((int) room));
        } else {
            for (int key = 0; key < open.length; key++) {
                open[key] |= are(key);
            }
        }
    }

    private static long saturated(long room, long least, long most) {
        long span = most - least + 1;
        return span <= 0 || room > Long.MAX_VALUE - span ? Long.MAX_VALUE : room + span;
    }

    private void findEqual(long[] shift, BitSet taken) {
        PlainFunctions functions = new PlainFunctions(history);
        boolean equalPositions = false;
        for (int o = 0; o < history.size(); o++) {
            if (history.outcome(o) != Outcome.OK || !functions.isWrite(o)) {
                continue;
            }
            int key = history.key(o);
            if (open[key] || !are(key)) {
                continue;
            }
            int bit = (int) (number(o) + shift[key]);
            if (taken.get(bit)) {
                open[key] = true;
                equalPositions |= !areVersions(key);
            }
            taken.set(bit);
        }
        for (int key = 0; key < open.length && equalPositions; key++) {
            open[key] |= are(key) && !areVersions(key);
        }
    }

    /** The number of a write of a key whose writes all have one. */
    long number(int write) {
        return areVersions(history.key(write)) ? history.version(write) : history.position(write);
    }

    /** Whether all writes of the key have a number. */
    boolean are(int key) {
        return writes[key] > 0 && (areVersions(key) || positions[key] == writes[key]);
    }

    /** Whether all writes of all keys have a number. */
    boolean areEverywhere() {
        for (int key = 0; key < open.length; key++) {
            if (!are(key)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the numbers of the key are versions. */
    boolean areVersions(int key) {
        return versions[key] > 0 && versions[key] == writes[key];
    }

    /** Whether the first of two writes of a key with numbers stands before the second. */
    boolean areInOrder(int first, int second) {
        return number(first) < number(second);
    }

    /** Whether what a read says of the number agrees with the write whose value it returned. */
    boolean fits(int write, int read) {
        if (history.outcome(write) != Outcome.OK) {
            return false;
        }
        return !areVersions(history.key(write))
                || history.version(read) == History.ABSENT
                || history.version(read) == history.version(write);
    }
}
