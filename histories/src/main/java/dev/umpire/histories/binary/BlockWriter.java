package dev.umpire.histories.binary;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a file of blocks, and behind them where each of them stands. The caller closes the stream. Not thread-safe.
 *
 * <pre>
 *  start    8  89 55 4D 50 49 52 45 0A   "UMPIRE" between a byte that is no text and a line feed
 *           2  major version, 1          a reader refuses a larger one
 *           2  minor version, 0          grows with kinds of blocks that a reader may pass over
 *           4  CRC-32C of these 12 bytes
 *  block    4  kind                      one behind the other
 *           4  length of the content
 *           8  number of the first thing in it
 *           4  how many things
 *           4  CRC-32C of the content
 *           4  CRC-32C of these 24 bytes
 *           n  content
 *  footer      a block of kind 4, first 0, count = how many blocks; its content: for each block before it the 24 bytes of its
 *              head and
 *           8  the offset of its head in the file
 *  tail     8  the offset of the footer's head
 *           4  CRC-32C of these 8 bytes
 *           4  55 4D 50 0A               "UMP" and a line feed
 * </pre>
 */
public final class BlockWriter {
    static final long MARK = 0x0A_45_52_49_50_4D_55_89L;
    static final int TAIL_MARK = 0x0A_50_4D_55;
    static final int MAJOR = 1;
    static final int MINOR = 0;
    static final int START_BYTES = 16;
    static final int TAIL_BYTES = 16;

    private final OutputStream out;
    private final List<Block> blocks = new ArrayList<>();
    private final ContentWriter head = new ContentWriter();
    private long offset;

    /** Begins a file at the place where the stream is. */
    public BlockWriter(OutputStream out) throws IOException {
        this.out = out;
        head.i64(MARK);
        head.i32(MAJOR | (MINOR << 16));
        head.i32(Block.checksumOf(head.bytes(), 0, head.size()));
        put(head);
    }

    /**
     * Adds a block.
     *
     * @param kind what it holds; not {@link Block#FOOTER}
     * @param first the number of the first thing in it
     * @param count how many things are in it
     */
    public void add(int kind, long first, int count, ContentWriter content) throws IOException {
        int checksum = Block.checksumOf(content.bytes(), 0, content.size());
        Block block = new Block(kind, content.size(), first, count, checksum, offset);
        head.clear();
        block.putHead(head);
        put(head);
        put(content);
        blocks.add(block);
    }

    /** Writes the footer; nothing is added afterwards. */
    public void finish() throws IOException {
        long footer = offset;
        add(Block.FOOTER, 0, blocks.size(), footer(blocks));
        put(tail(footer));
        out.flush();
    }

    static ContentWriter footer(List<Block> blocks) {
        ContentWriter content = new ContentWriter();
        for (Block block : blocks) {
            block.putEntry(content);
        }
        return content;
    }

    static ContentWriter tail(long footer) {
        ContentWriter tail = new ContentWriter();
        tail.i64(footer);
        tail.i32(Block.checksumOf(tail.bytes(), 0, tail.size()));
        tail.i32(TAIL_MARK);
        return tail;
    }

    private void put(ContentWriter bytes) throws IOException {
        bytes.writeTo(out);
        offset += bytes.size();
    }
}
