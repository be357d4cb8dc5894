package dev.umpire.checkers.linearizable;

import java.util.Arrays;

/**
 * The configurations that a search has been in, and those that they cover.
 *
 * <p>A configuration is a row of words: what must agree (how far, state, bits of the placed operations) and counters (how
 * many operations of unknown outcome were spent, by kind). One that has spent no more of any kind than another covers the
 * other: whatever the other can reach, it can.
 *
 * <pre>
 *  word 0                      1 ... bits                  ... counters
 *  +-------------+------------+---------------------------+------------------------------------------------+
 *  | boundary 32 | state   32 | one bit a slot            | fields, each with a guard bit (0) on top        |
 *  +-------------+------------+---------------------------+------------------------------------------------+
 * </pre>
 */
final class Configurations {
    private static final int FREE = -1;
    private static final int ROWS_AT_FIRST = 64;

    private final int keyWords;
    private final int words;
    private final long[] guards;
    private long[] rows;
    /** Of each row the next one with the same key words, or FREE. */
    private int[] next;

    private int size;
    private int keys;
    private int[] slots;

    /**
     * @param keyWords how many words must agree
     * @param guards of each counter word the guard bits
     */
    Configurations(int keyWords, long[] guards) {
        this.keyWords = keyWords;
        this.words = keyWords + guards.length;
        this.guards = guards;
        this.rows = new long[ROWS_AT_FIRST * words];
        this.next = new int[ROWS_AT_FIRST];
        this.slots = new int[2 * ROWS_AT_FIRST];
        Arrays.fill(slots, FREE);
    }

    int size() {
        return size;
    }

    /** Heap in use, in bytes. */
    long sizeBytes() {
        return 8L * rows.length + 4L * next.length + 4L * slots.length;
    }

    /** Adds a configuration unless one that is here covers it; whether it was added. */
    boolean add(long[] row) {
        int mask = slots.length - 1;
        int slot = hash(row, 0) & mask;
        while (slots[slot] != FREE) {
            int head = slots[slot];
            if (Arrays.equals(rows, head * words, head * words + keyWords, row, 0, keyWords)) {
                for (int other = head; other != FREE; other = next[other]) {
                    if (covers(other, row)) {
                        return false;
                    }
                }
                int added = append(row);
                next[added] = next[head];
                next[head] = added;
                return true;
            }
            slot = (slot + 1) & mask;
        }
        int added = append(row);
        next[added] = FREE;
        slots[slot] = added;
        keys++;
        if (2 * keys > slots.length) {
            grow();
        }
        return true;
    }

    private boolean covers(int other, long[] row) {
        for (int i = 0; i < guards.length; i++) {
            long guard = guards[i];
            if ((((row[keyWords + i] | guard) - rows[other * words + keyWords + i]) & guard) != guard) {
                return false;
            }
        }
        return true;
    }

    private int append(long[] row) {
        if (size == next.length) {
            next = Arrays.copyOf(next, 2 * size);
            rows = Arrays.copyOf(rows, 2 * size * words);
        }
        System.arraycopy(row, 0, rows, size * words, words);
        return size++;
    }

    private void grow() {
        int[] larger = new int[2 * slots.length];
        Arrays.fill(larger, FREE);
        int mask = larger.length - 1;
        for (int head : slots) {
            if (head != FREE) {
                int slot = hash(rows, head * words) & mask;
                while (larger[slot] != FREE) {
                    slot = (slot + 1) & mask;
                }
                larger[slot] = head;
            }
        }
        slots = larger;
    }

    private int hash(long[] from, int at) {
        long hash = 0;
        for (int i = at; i < at + keyWords; i++) {
            hash = (hash ^ from[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) (hash ^ (hash >>> 15));
    }
}
