package dev.umpire.histories.binary;

import dev.umpire.histories.event.MalformedHistoryException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of blocks of which any is read alone: opening it reads the start, the tail and the footer. Not thread-safe. */
public final class BlockFile implements Closeable {
    private final FileChannel channel;
    private final String source;
    private final List<Block> blocks = new ArrayList<>();

    private BlockFile(FileChannel channel, String source) {
        this.channel = channel;
        this.source = source;
    }

    /**
     * Opens a file; the caller closes it.
     *
     * @throws MalformedHistoryException if it is another's, or its footer is cut off or altered
     */
    public static BlockFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path);
        try {
            BlockFile file = new BlockFile(channel, path.toString());
            file.readFooter();
            return file;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    /** The blocks in their order, without the footer. */
    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /**
     * The content of one block; nothing else of the file is read.
     *
     * @throws MalformedHistoryException if it was altered
     */
    public ContentReader read(Block block) throws IOException {
        Block found = BlockReader.head(at(block.offset(), Block.HEAD_BYTES), block.offset());
        if (!found.equals(block)) {
            throw MalformedHistoryException.atByte(
                    source, block.offset(), "found another block than the footer lists, expected it to be the same");
        }
        ContentReader content = at(block.offset() + Block.HEAD_BYTES, block.length());
        BlockReader.checkContent(block, content.bytes(), source);
        return content;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void readFooter() throws IOException {
        long size = channel.size();
        BlockReader.checkStart(at(0, (int) Math.min(size, BlockWriter.START_BYTES)));
        long tailAt = size - BlockWriter.TAIL_BYTES;
        if (tailAt < BlockWriter.START_BYTES + Block.HEAD_BYTES) {
            throw cutOff(size);
        }
        ContentReader tail = at(tailAt, BlockWriter.TAIL_BYTES);
        long footerAt = tail.i64();
        int checksum = Block.checksumOf(tail.bytes(), 0, Long.BYTES);
        if (tail.i32() != checksum
                || tail.i32() != BlockWriter.TAIL_MARK
                || footerAt < BlockWriter.START_BYTES
                || footerAt > tailAt - Block.HEAD_BYTES) {
            throw cutOff(size);
        }
        Block footer = BlockReader.head(at(footerAt, Block.HEAD_BYTES), footerAt);
        if (footer.kind() != Block.FOOTER
                || footer.end() != tailAt
                || footer.length() != (long) footer.count() * Block.ENTRY_BYTES) {
            throw cutOff(size);
        }
        ContentReader entries = read(footer);
        long next = BlockWriter.START_BYTES;
        for (int i = 0; i < footer.count(); i++) {
            Block listed = Block.ofHead(entries, next);
            if (entries.i64() != next || listed.length() < 0 || listed.end() > footerAt) {
                throw entries.refused("found a block that is no place in the file, expected one behind the other");
            }
            next = listed.end();
            blocks.add(listed);
        }
        if (next != footerAt) {
            throw entries.refused(
                    "found blocks up to byte " + next + ", expected them up to the footer at " + footerAt);
        }
    }

    private MalformedHistoryException cutOff(long size) {
        return MalformedHistoryException.atByte(
                source,
                size,
                "found an end without a footer, expected one: the file is cut off or altered; read as a whole it gives"
                        + " what stands before");
    }

    private ContentReader at(long offset, int length) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(length + ContentReader.SLACK_BYTES).limit(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw cutOff(offset + bytes.position());
            }
        }
        return new ContentReader(source, bytes.array(), length, offset);
    }
}
