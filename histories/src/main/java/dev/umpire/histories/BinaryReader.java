package dev.umpire.histories;

import dev.umpire.histories.binary.Block;
import dev.umpire.histories.binary.BlockReader;
import dev.umpire.histories.binary.ColumnReader;
import dev.umpire.histories.binary.ColumnWriter;
import dev.umpire.histories.binary.ContentReader;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a binary history from its beginning to its end.
 *
 * <p>A file that is cut off gives the events up to where its last whole block is told whole, as an interrupted recording does.
 */
final class BinaryReader {
    static final String FORMAT = "binary";

    /** No block of operations is shorter: it has twenty-one columns of at least a byte. */
    private static final int SHORTEST_BLOCK = 48;

    private final BlockReader blocks;
    private final String name;
    private final ReadOptions options;
    private final long length;
    private final ValueBlocks values = new ValueBlocks();
    private @Nullable BinaryHeader header;
    private @Nullable OperationsReader operations;
    private @Nullable ContentReader last;

    private BinaryReader(BlockReader blocks, String name, ReadOptions options, long length) {
        this.blocks = blocks;
        this.name = name;
        this.options = options;
        this.length = length;
    }

    /**
     * Reads a history; the caller closes the stream.
     *
     * @param length of the file in bytes, to make room at once; 0 if it is not known
     */
    static ColumnarHistory read(InputStream in, String name, ReadOptions options, long length) throws IOException {
        BinaryReader reader = new BinaryReader(new BlockReader(in, name), name, options, length);
        while (reader.blocks.next()) {
            reader.take(reader.blocks.block(), reader.blocks.content());
        }
        return reader.finish();
    }

    private void take(Block block, ContentReader in) throws MalformedHistoryException {
        last = in;
        BinaryHeader known = header;
        if (block.kind() == BinaryWriter.HEADER && known == null) {
            known = BinaryHeader.read(in, new ColumnReader());
            header = known;
            long room = ColumnWriter.MAX_ROWS * Math.max(1, Math.min(length, 1L << 40) / SHORTEST_BLOCK);
            operations = new OperationsReader(known, (int) Math.min(room, Integer.MAX_VALUE));
            values.reserve((int) Math.min(Math.min(room, length), known.valueCount));
            return;
        }
        OperationsReader reader = operations;
        if (known == null || reader == null || block.kind() == BinaryWriter.HEADER) {
            throw in.refused("found a block of kind " + block.kind() + ", expected one header, and it first");
        }
        // Other kinds may come with a later minor version
        if (block.kind() == BinaryWriter.VALUES) {
            checkFirst(block, in, values.size());
            values.read(block, in);
        } else if (block.kind() == BinaryWriter.OPERATIONS) {
            checkFirst(block, in, reader.size());
            reader.read(block, in, values.size());
        }
    }

    private static void checkFirst(Block block, ContentReader in, int expected) throws MalformedHistoryException {
        if (block.first() != expected) {
            throw in.refused("found a block from number " + block.first() + " on, expected " + expected);
        }
    }

    private ColumnarHistory finish() throws MalformedHistoryException {
        BinaryHeader known = header;
        OperationsReader reader = operations;
        ContentReader place = last;
        if (known == null || reader == null || place == null) {
            throw MalformedHistoryException.atByte(
                    name,
                    blocks.offset(),
                    "found the end of the file, expected the header and the operations behind it");
        }
        boolean missing = reader.size() < known.size || reader.before() < known.eventCount;
        if (missing && !blocks.isCut()) {
            throw place.refused("found " + reader.size() + " operations and the events before " + reader.before()
                    + ", expected " + known.size + " and " + known.eventCount);
        }
        reader.checkEvents(place);
        values.checkDifferent(place);
        reader.finish();
        return missing ? interrupted(known, reader) : whole(known, reader, place);
    }

    private ColumnarHistory whole(BinaryHeader known, OperationsReader reader, ContentReader place)
            throws MalformedHistoryException {
        if (values.size() != known.valueCount || !values.get(known.initialId).equals(known.initial)) {
            throw place.refused("found " + values.size() + " values or another initial value, expected "
                    + known.valueCount + " and the one that the header tells");
        }
        HistoryParts parts = reader.parts;
        parts.initialValue = options.initial().map(values::idOf).orElse(known.initialId);
        parts.values = values.table();
        fill(parts, known, parts.values.size());
        parts.eventCount = known.eventCount;
        List<String> cut = blocks.isCut()
                ? List.of("the file is cut off at byte " + (blocks.offset() + blocks.tornBytes())
                        + ", in the list of its blocks; nothing of the history is missing")
                : List.of();
        List<String> warnings = new ArrayList<>(cut);
        warnings.addAll(known.warnings);
        parts.source = new Source(name, FORMAT, known.complete, known.droppedBytes, warnings);
        boolean otherKeys = (options.keys() == ReadOptions.Keys.INDEPENDENT && !known.isPaired())
                || (options.keys() == ReadOptions.Keys.SINGLE && known.isPaired());
        ColumnarHistory history = new ColumnarHistory(parts);
        return otherKeys
                ? rebuilt(
                        history.events(),
                        known,
                        options,
                        new Source(name, FORMAT, known.complete, known.droppedBytes, cut))
                : history;
    }

    /** What was recorded before the first event that is not there. */
    private ColumnarHistory interrupted(BinaryHeader known, OperationsReader reader) throws MalformedHistoryException {
        HistoryParts parts = reader.parts;
        parts.values = values.size() == 0 ? new ValueTable() : values.table();
        fill(parts, known, values.size());
        parts.eventCount = reader.before();
        long cutAt = blocks.offset() + blocks.tornBytes();
        String sentence = "the file is cut off at byte " + cutAt + ": operations " + reader.size() + " to "
                + (known.size - 1) + " are missing, and all events from position " + reader.before() + " to "
                + (known.eventCount - 1);
        Source source = new Source(name, FORMAT, false, known.droppedBytes + blocks.tornBytes(), List.of(sentence));
        return rebuilt(new ColumnarHistory(parts).events(), known, options, source);
    }

    /** Gives the parts their names; those whose value is not there have none. */
    static void fill(HistoryParts parts, BinaryHeader header, int values) {
        parts.sessions = BinaryHeader.dense(header.sessionNames, values);
        parts.processes = BinaryHeader.dense(header.processNames, values);
        parts.nodes = BinaryHeader.dense(header.nodeNames, values);
        parts.functions = BinaryHeader.dense(header.functionNames, values);
        parts.keys = BinaryHeader.dense(header.keyNames, values);
        parts.declaredNodes = header.nodes;
        parts.realTime = header.realTime;
    }

    /**
     * A history of events that stand in the file in another shape than is asked for.
     *
     * @param source what is said of the whole; to its warnings come those of the events
     */
    static ColumnarHistory rebuilt(Iterable<Event> events, BinaryHeader header, ReadOptions options, Source source)
            throws MalformedHistoryException {
        ReadOptions.Keys keys = options.keys() != ReadOptions.Keys.DETECT
                ? options.keys()
                : header.isPaired() ? ReadOptions.Keys.INDEPENDENT : ReadOptions.Keys.SINGLE;
        Optional<Value> initial = options.initial();
        Warnings warnings = new Warnings("event");
        source.warnings().forEach(warnings::add);
        ValueTable table = new ValueTable();
        HistoryBuilder builder = new HistoryBuilder(new ReadOptions(initial, keys), table, source.name(), warnings);
        builder.acceptAll(events);
        return builder.finish(
                FORMAT,
                source.complete(),
                source.droppedBytes(),
                new RecordingHeader(header.nodes, header.initial, header.realTime));
    }
}
