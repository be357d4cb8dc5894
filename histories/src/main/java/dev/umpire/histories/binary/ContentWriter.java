package dev.umpire.histories.binary;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** The content of a block while it is put together; numbers are little-endian. Not thread-safe. */
public final class ContentWriter {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    private byte[] bytes = new byte[1 << 12];
    private int size;

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** The bytes so far, and room behind them. */
    byte[] bytes() {
        return bytes;
    }

    /** Forgets everything. */
    public void clear() {
        size = 0;
    }

    /** One byte. */
    public void u8(int number) {
        reserve(1);
        bytes[size++] = (byte) number;
    }

    /** Four bytes. */
    public void i32(int number) {
        reserve(Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[size++] = (byte) (number >>> (8 * i));
        }
    }

    /** Eight bytes. */
    public void i64(long number) {
        reserve(Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[size++] = (byte) (number >>> (8 * i));
        }
    }

    /** An unsigned number, seven bits a byte, the lowest first; all bytes but the last have their highest bit set. */
    public void varint(long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            u8((int) rest | 0x80);
            rest >>>= 7;
        }
        u8((int) rest);
    }

    /** A number with its sign, as the varint of {@code 2n}, or of {@code -2n - 1} where it is negative. */
    public void signed(long number) {
        varint((number << 1) ^ (number >> 63));
    }

    /**
     * A text: the varint of {@code 2 * bytes}, then UTF-8; or of {@code 2 * bytes + 1}, then UTF-16LE, where halves of
     * surrogate pairs stand alone, which UTF-8 cannot say.
     */
    public void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        boolean wide = !new String(encoded, StandardCharsets.UTF_8).equals(text);
        if (!wide) {
            varint(2L * encoded.length);
            raw(encoded, encoded.length);
            return;
        }
        varint(4L * text.length() + 1);
        for (int i = 0; i < text.length(); i++) {
            u8(text.charAt(i));
            u8(text.charAt(i) >>> 8);
        }
    }

    /** Bytes as they are. */
    public void raw(byte[] source, int length) {
        reserve(length);
        System.arraycopy(source, 0, bytes, size, length);
        size += length;
    }

    /**
     * A section that is read as a whole: its length, the length as stored, its bytes, deflated (zlib's format, RFC 1950) where
     * that is shorter.
     */
    public void section(ContentWriter section) {
        byte[] packed = new byte[section.size];
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        int length;
        try {
            deflater.setInput(section.bytes, 0, section.size);
            deflater.finish();
            length = deflater.deflate(packed);
            length = deflater.finished() ? length : section.size;
        } finally {
            deflater.end();
        }
        i32(section.size);
        i32(length);
        raw(length < section.size ? packed : section.bytes, length);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    private void reserve(int count) {
        if (bytes.length - size >= count) {
            return;
        }
        long needed = (long) size + count;
        if (needed > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "content: found more than " + MAX_BYTES + " bytes in one block, expected at most that");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * bytes.length)));
    }
}
