package dev.umpire.checkers.register;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * The writes of transactions that write one key more than once, without the last of each: nobody but the transaction
 * itself can ever have seen the key as they left it. 12 bytes for each of them.
 */
final class EarlyWrites {
    private final IntArrayList keys = new IntArrayList();
    private final IntArrayList accesses = new IntArrayList();
    private final IntArrayList values = new IntArrayList();
    private final int[] start;
    private int[] access = {};
    private int[] value = {};

    EarlyWrites(int keyCount) {
        start = new int[keyCount + 1];
    }

    /** The access, counted over all keys, wrote this value before it wrote another. */
    void add(int key, int access, int value) {
        keys.addInt(key);
        accesses.addInt(access);
        values.addInt(value);
        start[key + 1]++;
    }

    /** Nothing more comes; from now on it can be asked. */
    void group() {
        for (int key = 1; key < start.length; key++) {
            start[key] += start[key - 1];
        }
        int[] next = Arrays.copyOf(start, start.length);
        access = new int[keys.size()];
        value = new int[keys.size()];
        for (int i = 0; i < access.length; i++) {
            int at = next[keys.getInt(i)]++;
            access[at] = accesses.getInt(i);
            value[at] = values.getInt(i);
        }
        keys.clear();
        accesses.clear();
        values.clear();
    }

    /** Those of a key stand from {@code from(key)} to before {@code to(key)}, in the order of the accesses. */
    int from(int key) {
        return start[key];
    }

    int to(int key) {
        return start[key + 1];
    }

    int access(int at) {
        return access[at];
    }

    int value(int at) {
        return value[at];
    }
}
