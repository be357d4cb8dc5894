package dev.umpire.histories.internal;

import java.util.Arrays;

/**
 * Remembers which id a short piece of text led to, so that names and keys that return on every line are neither made a
 * string nor looked up as a value again. A text that meets another in its slot takes its place. Not thread-safe.
 */
final class TokenIds {
    private static final int NONE = -1;

    private final byte[][] texts;
    private final char[] kinds;
    private final int[] ids;
    private int waiting = NONE;

    /** @param slots a power of two */
    TokenIds(int slots) {
        texts = new byte[slots][];
        kinds = new char[slots];
        ids = new int[slots];
        Arrays.fill(texts, new byte[0]);
        Arrays.fill(ids, NONE);
    }

    /**
     * The id that was kept for these bytes, or -1; then {@link #keep} takes one for them.
     *
     * @param hash any hash of these bytes and of the kind
     * @param kind what the id means; bytes may have an id of each kind
     */
    int find(byte[] buffer, int start, int end, int hash, char kind) {
        int slot = (hash ^ (hash >>> 12)) & (texts.length - 1);
        byte[] text = texts[slot];
        int length = end - start;
        if (text.length == length && kinds[slot] == kind) {
            int at = 0;
            while (at < length && text[at] == buffer[start + at]) {
                at++;
            }
            if (at == length && ids[slot] != NONE) {
                waiting = NONE;
                return ids[slot];
            }
        }
        texts[slot] = Arrays.copyOfRange(buffer, start, end);
        kinds[slot] = kind;
        ids[slot] = NONE;
        waiting = slot;
        return NONE;
    }

    /** No bytes were looked for that an id could be kept for. */
    void forget() {
        waiting = NONE;
    }

    /** Keeps an id, 0 or more, for the bytes that were looked for last. */
    void keep(int id) {
        if (waiting != NONE) {
            ids[waiting] = id;
            waiting = NONE;
        }
    }
}
