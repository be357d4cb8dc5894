package dev.umpire.histories.binary;

import dev.umpire.histories.event.MalformedHistoryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads a file of blocks from its beginning, block by block. A file that ends before its footer is read as far as its blocks
 * are whole; a block whose checksum does not fit is refused. The caller closes the stream. Not thread-safe.
 *
 * <p>Memory: the longest block; no more than twice the bytes that were there is ever reserved.
 */
public final class BlockReader {
    private static final int FIRST_BYTES = 1 << 16;

    private final InputStream in;
    private final String source;
    private final List<Block> blocks = new ArrayList<>();
    private byte[] content = new byte[FIRST_BYTES + ContentReader.SLACK_BYTES];
    private Block block = new Block(0, 0, 0, 0, 0, 0);
    private long offset;
    private boolean cut;
    private long tornBytes;

    /**
     * Begins to read.
     *
     * @param source the file, for messages
     * @throws MalformedHistoryException if it is no file of blocks, or one of a later version
     */
    public BlockReader(InputStream in, String source) throws IOException {
        this.in = in;
        this.source = source;
        int got = fill(BlockWriter.START_BYTES);
        checkStart(new ContentReader(source, content, got, 0));
        offset = got;
    }

    /** Whether a text that begins with these bytes can be nothing else than a file of blocks, be it altered or cut off. */
    public static boolean isStart(byte[] first) {
        if (first.length == 0 || first[0] != (byte) BlockWriter.MARK) {
            return false;
        }
        int same = 0;
        for (int i = 0; i < Math.min(first.length, Long.BYTES); i++) {
            same += first[i] == (byte) (BlockWriter.MARK >>> (8 * i)) ? 1 : 0;
        }
        return same >= Math.min(first.length, Long.BYTES) - 1;
    }

    static void checkStart(ContentReader start) throws MalformedHistoryException {
        if (start.remaining() < BlockWriter.START_BYTES) {
            throw MalformedHistoryException.atByte(
                    start.source(),
                    start.remaining(),
                    "found the end of the file, expected the first " + BlockWriter.START_BYTES
                            + " bytes of a binary history");
        }
        long mark = start.i64();
        int version = start.i32();
        int expected = Block.checksumOf(start.bytes(), 0, BlockWriter.START_BYTES - Integer.BYTES);
        int found = start.i32();
        if (mark != BlockWriter.MARK || found != expected) {
            throw MalformedHistoryException.atByte(
                    start.source(),
                    0,
                    "found another mark or checksum " + hex(found) + ", expected the first bytes of a binary history"
                            + (mark == BlockWriter.MARK ? " with checksum " + hex(expected) : ""));
        }
        int major = version & 0xffff;
        if (major == 0 || major > BlockWriter.MAJOR) {
            throw MalformedHistoryException.atByte(
                    start.source(),
                    Long.BYTES,
                    "found a binary history of version " + major + ", expected version 1 to " + BlockWriter.MAJOR
                            + "; a newer Umpire reads it");
        }
    }

    /** Goes to the next block; false after the last, or where the file is cut off. */
    public boolean next() throws IOException {
        if (cut) {
            return false;
        }
        long start = offset;
        int got = fill(Block.HEAD_BYTES);
        if (got < Block.HEAD_BYTES) {
            return cutOff(got);
        }
        Block found = head(new ContentReader(source, content, got, start), start);
        int length = fill(found.length());
        if (length < found.length()) {
            return cutOff(got + (long) length);
        }
        checkContent(found, content, source);
        block = found;
        offset = found.end();
        if (found.kind() != Block.FOOTER) {
            blocks.add(found);
            return true;
        }
        endWith(found);
        return false;
    }

    /** Reads a head, whose checksum is compared. */
    static Block head(ContentReader head, long start) throws IOException {
        int expected = Block.checksumOf(head.bytes(), 0, Block.HEAD_BYTES - Integer.BYTES);
        Block found = Block.ofHead(head, start);
        int checksum = head.i32();
        if (checksum != expected || found.length() < 0 || found.count() < 0 || found.first() < 0) {
            throw MalformedHistoryException.atByte(
                    head.source(),
                    start,
                    "found checksum " + hex(checksum) + " for the head of a block, expected " + hex(expected)
                            + " of what stands there: the file was altered");
        }
        return found;
    }

    static void checkContent(Block block, byte[] content, String source) throws MalformedHistoryException {
        int checksum = Block.checksumOf(content, 0, block.length());
        if (checksum != block.checksum()) {
            throw MalformedHistoryException.atByte(
                    source,
                    block.offset(),
                    "found checksum " + hex(block.checksum()) + " for the " + block.length()
                            + " bytes of a block of kind "
                            + block.kind() + " (from number " + block.first() + ", " + block.count()
                            + " of them), expected "
                            + hex(checksum) + " of what stands there: the file was altered");
        }
    }

    private void endWith(Block footer) throws IOException {
        ContentWriter expected = BlockWriter.footer(blocks);
        if (footer.count() != blocks.size()
                || !Arrays.equals(content, 0, footer.length(), expected.bytes(), 0, expected.size())) {
            throw MalformedHistoryException.atByte(
                    source, footer.offset(), "found a footer that lists other blocks, expected those before it");
        }
        ContentWriter tail = BlockWriter.tail(footer.offset());
        int got = fill(BlockWriter.TAIL_BYTES);
        if (got < BlockWriter.TAIL_BYTES) {
            cutOff(footer.end() - footer.offset() + got);
            return;
        }
        if (!Arrays.equals(content, 0, got, tail.bytes(), 0, got)) {
            throw MalformedHistoryException.atByte(
                    source, footer.end(), "found other bytes, expected the last " + got + " of a binary history");
        }
        if (in.read() >= 0) {
            throw MalformedHistoryException.atByte(
                    source, footer.end() + got, "found more bytes, expected the end of the file");
        }
    }

    private boolean cutOff(long torn) {
        cut = true;
        tornBytes = torn;
        return false;
    }

    /** Whether the file ended before its last byte. */
    public boolean isCut() {
        return cut;
    }

    /** Bytes behind the last whole block of a file that is cut off. */
    public long tornBytes() {
        return tornBytes;
    }

    /** Where the last whole block ended. */
    public long offset() {
        return blocks.isEmpty()
                ? BlockWriter.START_BYTES
                : blocks.get(blocks.size() - 1).end();
    }

    /** The block that {@link #next} found. */
    public Block block() {
        return block;
    }

    /** Its content, to be read before the next block. */
    public ContentReader content() {
        return new ContentReader(source, content, block.length(), block.offset() + Block.HEAD_BYTES);
    }

    /** A refusal of the block. */
    public MalformedHistoryException refused(String problem) {
        return MalformedHistoryException.atByte(source, block.offset(), problem);
    }

    private int fill(int length) throws IOException {
        int filled = 0;
        while (filled < length) {
            int room = content.length - ContentReader.SLACK_BYTES;
            if (filled == room) {
                content = Arrays.copyOf(
                        content, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * room + ContentReader.SLACK_BYTES));
                room = content.length - ContentReader.SLACK_BYTES;
                if (filled == room) {
                    throw refused("found a block of " + length + " bytes, expected at most " + room);
                }
            }
            int got = in.read(content, filled, Math.min(length, room) - filled);
            if (got < 0) {
                break;
            }
            filled += got;
        }
        return filled;
    }

    static String hex(int checksum) {
        return String.format(Locale.ROOT, "0x%08x", checksum);
    }
}
