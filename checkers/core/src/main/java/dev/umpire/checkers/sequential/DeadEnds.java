package dev.umpire.checkers.sequential;

import java.util.Arrays;

/**
 * Configurations from which a search found no way to the end.
 *
 * <p>A row is the places reached in each lane and the state of each object, which must agree, and then of each kind of
 * operation of unknown outcome how many were spent. A row that spent no more of any kind than another covers it: whatever the
 * other can reach, it can, so that its dead end is the other's too.
 */
final class DeadEnds {
    private static final int FREE = -1;

    private final int agreeing;
    private final int wide;
    private int[] rows;
    private int[] next = new int[64];
    private int[] slots = new int[128];
    private int size;
    private int heads;

    DeadEnds(int agreeing, int counted) {
        this.agreeing = agreeing;
        this.wide = agreeing + counted;
        this.rows = new int[64 * wide];
        Arrays.fill(slots, FREE);
    }

    /** Heap in use, in bytes. */
    long sizeBytes() {
        return 4L * (rows.length + next.length + slots.length);
    }

    /** Whether one that is here covers it. */
    boolean contains(int[] row) {
        for (int other = head(row); other != FREE; other = next[other]) {
            if (covers(other, row)) {
                return true;
            }
        }
        return false;
    }

    void add(int[] row) {
        if (size == next.length) {
            next = Arrays.copyOf(next, 2 * size);
            rows = Arrays.copyOf(rows, Math.multiplyExact(2 * size, wide));
        }
        System.arraycopy(row, 0, rows, size * wide, wide);
        int slot = slot(row, 0);
        next[size] = slots[slot];
        heads += slots[slot] == FREE ? 1 : 0;
        slots[slot] = size++;
        if (2 * heads > slots.length) {
            grow();
        }
    }

    private int head(int[] row) {
        return slots[slot(row, 0)];
    }

    /** The slot of the rows that agree with one, or the free one where they would stand. */
    private int slot(int[] from, int at) {
        int mask = slots.length - 1;
        int hash = 1;
        for (int i = 0; i < agreeing; i++) {
            hash = (hash ^ from[at + i]) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        int slot = hash & mask;
        while (slots[slot] != FREE && !agrees(slots[slot], from, at)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean agrees(int row, int[] other, int at) {
        return Arrays.equals(rows, row * wide, row * wide + agreeing, other, at, at + agreeing);
    }

    private boolean covers(int row, int[] other) {
        for (int i = agreeing; i < wide; i++) {
            if (rows[row * wide + i] > other[i]) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        int[] old = slots;
        slots = new int[2 * old.length];
        Arrays.fill(slots, FREE);
        for (int head : old) {
            if (head != FREE) {
                slots[slot(rows, head * wide)] = head;
            }
        }
    }
}
