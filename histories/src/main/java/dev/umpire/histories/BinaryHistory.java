package dev.umpire.histories;

import dev.umpire.histories.binary.Block;
import dev.umpire.histories.binary.BlockFile;
import dev.umpire.histories.binary.ColumnReader;
import dev.umpire.histories.binary.ColumnWriter;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.MalformedHistoryException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A binary history of which some operations are read and the others are not: opening it reads its header and the list of its
 * blocks, whatever its length. The caller closes it. Not thread-safe.
 *
 * <p>A file that is read as a whole is read by {@link History#read(Path)}.
 */
public final class BinaryHistory implements Closeable {
    private final String name;
    private final BlockFile file;
    private final BinaryHeader header;
    private final List<Block> operations;
    private final List<Block> values;
    private int blocksRead;

    private BinaryHistory(String name, BlockFile file) throws IOException {
        this.name = name;
        this.file = file;
        List<Block> blocks = file.blocks();
        if (blocks.isEmpty() || blocks.get(0).kind() != BinaryWriter.HEADER) {
            throw MalformedHistoryException.atByte(name, 0, "found a file whose first block is no header, expected it");
        }
        header = BinaryHeader.read(file.read(blocks.get(0)), new ColumnReader());
        operations = blocksOf(blocks, BinaryWriter.OPERATIONS, header.size);
        values = blocksOf(blocks, BinaryWriter.VALUES, header.valueCount);
    }

    private List<Block> blocksOf(List<Block> blocks, int kind, int size) throws MalformedHistoryException {
        List<Block> found =
                blocks.stream().filter(block -> block.kind() == kind).toList();
        long next = 0;
        for (Block block : found) {
            boolean aligned = kind == BinaryWriter.VALUES || next % ColumnWriter.MAX_ROWS == 0;
            if (block.first() != next || !aligned || block.count() > ColumnWriter.MAX_ROWS) {
                throw MalformedHistoryException.atByte(
                        name, block.offset(), "found a block from number " + block.first() + ", expected " + next);
            }
            next += block.count();
        }
        if (next != size) {
            throw MalformedHistoryException.atByte(
                    name, 0, "found blocks of kind " + kind + " up to number " + next + ", expected " + size);
        }
        return found;
    }

    /**
     * Opens a file.
     *
     * @throws MalformedHistoryException if it is no binary history, or one that is cut off or altered
     * @throws IOException if it cannot be read
     */
    public static BinaryHistory open(Path path) throws IOException {
        BlockFile file = BlockFile.open(path);
        try {
            return new BinaryHistory(path.toString(), file);
        } catch (IOException | RuntimeException refused) {
            file.close();
            throw refused;
        }
    }

    /** How many operations there are. */
    public int size() {
        return header.size;
    }

    /** How many events there are. */
    public int eventCount() {
        return header.eventCount;
    }

    /** How many blocks of operations and values were read since the file was opened. */
    int blocksRead() {
        return blocksRead;
    }

    /**
     * Reads some operations, with all their events, as a history of their own; of the events of the nemesis those that stand
     * between the first and the last invocation. They are numbered anew, and keep their order, processes, times and indexes.
     * Only the blocks are read in which they and their values stand.
     *
     * <p>For looking at them: judged as a history it would lack the operations that wrote what these read.
     *
     * @param from the number of the first
     * @param to the number behind the last
     * @throws IllegalArgumentException if there are not so many
     */
    public History operations(int from, int to) throws IOException {
        if (from < 0 || to < from || to > header.size) {
            throw new IllegalArgumentException(
                    "operations: found " + from + " to " + to + ", expected 0 to " + header.size + ", ascending");
        }
        OperationsReader reader = new OperationsReader(header, 0);
        int firstBlock = from / ColumnWriter.MAX_ROWS;
        int behind = (to + ColumnWriter.MAX_ROWS - 1) / ColumnWriter.MAX_ROWS;
        for (int block = firstBlock; from < to && block < behind; block++) {
            blocksRead++;
            reader.read(operations.get(block), file.read(operations.get(block)), header.valueCount);
        }
        reader.finish();
        HistoryParts parts = reader.parts;
        ValueBlocks found = new ValueBlocks();
        ValuesInParts ids = new ValuesInParts(parts, header);
        int[] moved = read(ids.used(), found);
        ids.replace(
                id -> moved[blockOf(id)] + id - (int) values.get(blockOf(id)).first());
        parts.values = found.table();
        int skipped = firstBlock * ColumnWriter.MAX_ROWS;
        List<Event> events = events(parts, from - skipped, to - skipped);
        return BinaryReader.rebuilt(
                events, header, ReadOptions.DEFAULT, new Source(name, BinaryReader.FORMAT, true, 0, List.of()));
    }

    /** Reads the blocks of these values; gives of each block where its first value stands now. */
    private int[] read(BitSet ids, ValueBlocks into) throws IOException {
        int[] moved = new int[values.size()];
        Arrays.fill(moved, History.NONE);
        ids.set(History.NIL);
        for (int id = ids.nextSetBit(0); id >= 0; id = ids.nextSetBit(id + 1)) {
            int block = blockOf(id);
            if (moved[block] == History.NONE) {
                moved[block] = into.size();
                blocksRead++;
                into.read(values.get(block), file.read(values.get(block)));
            }
        }
        return moved;
    }

    private int blockOf(int id) {
        int low = 0;
        int high = values.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (values.get(middle).first() <= id) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static List<Event> events(HistoryParts parts, int from, int to) {
        RecordedEvents events = new RecordedEvents(new ColumnarHistory(parts), parts);
        List<Event> all = new ArrayList<>();
        if (from == to) {
            return all;
        }
        long[] places = new long[2 * (to - from) + parts.others.size()];
        int count = 0;
        for (int operation = from; operation < to; operation++) {
            places[count++] = ((long) parts.invoked[operation] << Integer.SIZE) | operation;
            if (parts.ended[operation] != History.NEVER) {
                places[count++] = ((long) parts.ended[operation] << Integer.SIZE) | operation;
            }
        }
        for (int other = 0; other < parts.others.size(); other++) {
            int position = parts.nemesisEvents.get(other).position();
            if (position > parts.invoked[from] && position < parts.invoked[to - 1]) {
                places[count++] = ((long) position << Integer.SIZE) | (~other & 0xffffffffL);
            }
        }
        Arrays.sort(places, 0, count);
        for (int i = 0; i < count; i++) {
            int position = (int) (places[i] >>> Integer.SIZE);
            int operation = (int) places[i];
            all.add(
                    operation < 0
                            ? parts.others.get(~operation)
                            : events.at(position, operation, parts.invoked[operation] != position));
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
