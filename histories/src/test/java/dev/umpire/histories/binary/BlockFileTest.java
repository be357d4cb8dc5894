package dev.umpire.histories.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.histories.event.MalformedHistoryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks come back as they were written, and never as something else. */
class BlockFileTest {
    private static final int BLOCKS = 3;

    @TempDir
    Path folder = Path.of("");

    @Test
    void everyBlockIsReadAlone() throws IOException {
        try (BlockFile file = BlockFile.open(written(example()))) {
            assertThat(file.blocks()).hasSize(BLOCKS).extracting(Block::first).containsExactly(0L, 10L, 20L);
            assertThat(text(file.read(file.blocks().get(2)))).isEqualTo(content(2));
            assertThat(text(file.read(file.blocks().get(0)))).isEmpty();
        }
    }

    @Test
    void blocksAreReadFromTheBeginningToo() throws IOException {
        BlockReader reader = new BlockReader(new ByteArrayInputStream(example()), "example");
        for (int i = 0; i < BLOCKS; i++) {
            assertThat(reader.next()).isTrue();
            assertThat(text(reader.content())).isEqualTo(content(i));
        }
        assertThat(reader.next()).isFalse();
        assertThat(reader.isCut()).isFalse();
    }

    @Test
    void anAlteredBlockLeavesTheOthersReadable() throws IOException {
        byte[] bytes = example();
        int offset = BlockWriter.START_BYTES + Block.HEAD_BYTES;
        bytes[offset + Block.HEAD_BYTES] ^= 1;
        try (BlockFile file = BlockFile.open(written(bytes))) {
            assertThat(text(file.read(file.blocks().get(2)))).isEqualTo(content(2));
            assertThatThrownBy(() -> file.read(file.blocks().get(1)))
                    .isInstanceOf(MalformedHistoryException.class)
                    .hasMessageMatching(".*blocks: byte 44: found checksum 0x[0-9a-f]{8} for the 7 bytes of a block of"
                            + " kind 7 \\(from number 10, 1 of them\\), expected 0x[0-9a-f]{8} of what stands there:"
                            + " the file was altered");
        }
    }

    @Test
    void everyAlteredBitIsSeen() throws IOException {
        byte[] bytes = example();
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            byte[] altered = bytes.clone();
            altered[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            assertThatThrownBy(() -> readAll(written(altered)))
                    .as("bit " + bit)
                    .isInstanceOf(MalformedHistoryException.class);
            assertThatThrownBy(() -> readThrough(altered))
                    .as("bit " + bit)
                    .isInstanceOf(MalformedHistoryException.class);
        }
    }

    @Test
    void aCutFileCannotBeOpenedAndIsReadUpToItsLastWholeBlock() throws IOException {
        byte[] bytes = example();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> BlockFile.open(written(cut)))
                    .as("length " + length)
                    .isInstanceOf(MalformedHistoryException.class);
            if (length >= BlockWriter.START_BYTES) {
                BlockReader reader = new BlockReader(new ByteArrayInputStream(cut), "cut");
                int whole = 0;
                while (reader.next()) {
                    whole++;
                }
                assertThat(reader.isCut()).as("length " + length).isTrue();
                assertThat(reader.offset() + reader.tornBytes())
                        .as("length " + length)
                        .isEqualTo(length);
                assertThat(whole)
                        .as("length " + length)
                        .isEqualTo(length < 44 ? 0 : length < 44 + 35 ? 1 : length < 44 + 35 + 42 ? 2 : 3);
            }
        }
    }

    @Test
    void aLaterVersionIsNamed() throws IOException {
        ContentWriter start = new ContentWriter();
        start.i64(BlockWriter.MARK);
        start.i32(2);
        start.i32(Block.checksumOf(start.bytes(), 0, start.size()));
        assertThatThrownBy(() -> readThrough(Arrays.copyOf(start.bytes(), start.size())))
                .hasMessage(
                        "through: byte 8: found a binary history of version 2, expected version 1 to 1; a newer Umpire"
                                + " reads it");
    }

    @Test
    void aLaterMinorVersionIsRead() throws IOException {
        byte[] bytes = example();
        bytes[10] = 9;
        ContentWriter sum = new ContentWriter();
        sum.i32(Block.checksumOf(bytes, 0, 12));
        System.arraycopy(sum.bytes(), 0, bytes, 12, 4);
        readThrough(bytes);
    }

    @Test
    void bytesBehindTheEndAreRefused() throws IOException {
        byte[] bytes = example();
        assertThatThrownBy(() -> readThrough(Arrays.copyOf(bytes, bytes.length + 1)))
                .hasMessageContaining("found more bytes, expected the end of the file");
    }

    private static void readAll(Path path) throws IOException {
        try (BlockFile file = BlockFile.open(path)) {
            for (Block block : file.blocks()) {
                file.read(block);
            }
        }
    }

    private static void readThrough(byte[] bytes) throws IOException {
        BlockReader reader = new BlockReader(new ByteArrayInputStream(bytes), "through");
        while (reader.next()) {
            assertThat(reader.content().remaining()).isEqualTo(reader.block().length());
        }
        if (reader.isCut()) {
            throw new AssertionError("an altered file was taken for one that is cut off");
        }
    }

    private static byte[] example() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BlockWriter writer = new BlockWriter(out);
        for (int i = 0; i < BLOCKS; i++) {
            ContentWriter content = new ContentWriter();
            byte[] bytes = content(i).getBytes(StandardCharsets.US_ASCII);
            content.raw(bytes, bytes.length);
            writer.add(7, 10L * i, 1, content);
        }
        writer.finish();
        return out.toByteArray();
    }

    private static String content(int block) {
        return "content".repeat(block);
    }

    private static String text(ContentReader content) throws IOException {
        return new String(content.raw(content.remaining()), StandardCharsets.US_ASCII);
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("blocks"), bytes);
    }
}
