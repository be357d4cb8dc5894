package dev.umpire.histories.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A growing piece of UTF-8 text that is written out and emptied again. Not thread-safe. */
public final class Utf8Bytes {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes = new byte[1 << 12];
    private int size;

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** Adds one ASCII character. */
    public Utf8Bytes put(char ascii) {
        if (size == bytes.length) {
            grow(1);
        }
        bytes[size++] = (byte) ascii;
        return this;
    }

    /** Adds ASCII text. */
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) is the only copy of ASCII without an allocation
    public Utf8Bytes ascii(String text) {
        int length = text.length();
        if (bytes.length - size < length) {
            grow(length);
        }
        text.getBytes(0, length, bytes, size);
        size += length;
        return this;
    }

    /** Adds a character as UTF-8; no surrogate. */
    public Utf8Bytes codePoint(int c) {
        if (bytes.length - size < 4) {
            grow(4);
        }
        if (c < 0x80) {
            bytes[size++] = (byte) c;
        } else if (c < 0x800) {
            bytes[size++] = (byte) (0xc0 | (c >> 6));
            bytes[size++] = (byte) (0x80 | (c & 0x3f));
        } else if (c < 0x10000) {
            bytes[size++] = (byte) (0xe0 | (c >> 12));
            bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
            bytes[size++] = (byte) (0x80 | (c & 0x3f));
        } else {
            bytes[size++] = (byte) (0xf0 | (c >> 18));
            bytes[size++] = (byte) (0x80 | ((c >> 12) & 0x3f));
            bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
            bytes[size++] = (byte) (0x80 | (c & 0x3f));
        }
        return this;
    }

    /** Adds an integer in decimal. */
    public Utf8Bytes number(long number) {
        if (number == Long.MIN_VALUE) {
            return ascii("-9223372036854775808");
        }
        if (bytes.length - size < 20) {
            grow(20);
        }
        long rest = number;
        if (rest < 0) {
            bytes[size++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long power = 10; digits < 19 && rest >= power; power *= 10) {
            digits++;
        }
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /**
     * Adds text in double quotes with the escapes that JSON and EDN share; half a surrogate pair is escaped, as UTF-8
     * cannot carry it.
     */
    public Utf8Bytes quoted(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                put(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                codePoint(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                escaped(c);
            }
        }
        return put('"');
    }

    private void escaped(char c) {
        switch (c) {
            case '"' -> ascii("\\\"");
            case '\\' -> ascii("\\\\");
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            default -> {
                if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
                    unicode(c);
                } else {
                    codePoint(c);
                }
            }
        }
    }

    /** Adds {@code \}{@code uXXXX}. */
    public void unicode(char c) {
        put('\\').put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put((char) HEX[(c >> shift) & 0xf]);
        }
    }

    /** Writes everything out and becomes empty. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
    }

    /** Forgets everything from a size on. */
    public void truncate(int sizeBefore) {
        size = sizeBefore;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, java.nio.charset.StandardCharsets.UTF_8);
    }

    private void grow(int more) {
        bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
}
