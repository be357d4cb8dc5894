package dev.umpire.histories.binary;

import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * One block of a file, and where it stands.
 *
 * @param kind what it holds
 * @param length of its content, in bytes
 * @param first the number of the first thing in it
 * @param count how many things are in it
 * @param checksum CRC-32C of its content
 * @param offset of its head in the file
 */
public record Block(int kind, int length, long first, int count, int checksum, long offset) {
    /** The kind of the block that lists the others. */
    public static final int FOOTER = 4;

    static final int HEAD_BYTES = 28;

    /** What a block takes in the footer: its head without the checksum of the head, and its offset. */
    static final int ENTRY_BYTES = 32;

    void putHead(ContentWriter out) {
        int start = out.size();
        putFields(out);
        out.i32(checksumOf(out.bytes(), start, out.size() - start));
    }

    void putEntry(ContentWriter out) {
        putFields(out);
        out.i64(offset);
    }

    private void putFields(ContentWriter out) {
        out.i32(kind);
        out.i32(length);
        out.i64(first);
        out.i32(count);
        out.i32(checksum);
    }

    static Block ofHead(ContentReader in, long offset) throws IOException {
        return new Block(in.i32(), in.i32(), in.i64(), in.i32(), in.i32(), offset);
    }

    /** The offset behind it. */
    public long end() {
        return offset + HEAD_BYTES + length;
    }

    static int checksumOf(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }
}
