package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.histories.binary.Block;
import dev.umpire.histories.binary.BlockReader;
import dev.umpire.histories.binary.BlockWriter;
import dev.umpire.histories.binary.ColumnWriter;
import dev.umpire.histories.binary.ContentWriter;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A binary history is the history that was written, or is refused with its place; never another one. */
class BinaryHistoryTest {
    private static final long SEED = Long.getLong("umpire.seed", 11);
    private static final int BLOCK = ColumnWriter.MAX_ROWS;

    /** Two blocks of operations and a bit. */
    private static List<Event> longEvents = List.of();

    private static byte[] longBytes = {};

    @TempDir
    Path folder = Path.of("");

    private static final String EXAMPLE = """
            {"umpire":"history","version":1,"nodes":["n1","n2","n3"],"initial":7,"realTime":false}
            {"time":10,"type":"invoke","process":0,"node":"n1","f":"write","key":"x","value":1}
            {"time":12,"type":"invoke","process":1,"node":"n2","f":"snapshot","value":["x","y"],"intended":11,"attempt":2}
            {"time":15,"type":"ok","process":0,"node":"n2","f":"write","key":"x","value":1,"version":4,"position":9}
            {"time":16,"type":"info","process":"nemesis","f":"inject","value":{"id":1,"nodes":["n1"]}}
            {"time":18,"type":"ok","process":1,"node":"n2","f":"snapshot","value":{"x":1,"y":null},"asOf":9}
            {"time":19,"type":"invoke","process":2,"session":"s","f":"cas","key":"y","value":[1,2],"phase":"final"}
            {"time":20,"type":"info","process":2,"f":"cas","key":"y","error":"timeout","attempt":3}
            {"time":21,"type":"invoke","process":3,"f":"txn","value":[["r","x",null],["append","y",5]]}
            {"time":24,"type":"ok","process":3,"f":"txn","value":[["r","x",{"#edn":"1N"}],["append","y",5]]}
            {"time":25,"type":"invoke","process":0,"f":"read","key":"x","intended":-4}
            {"time":26,"type":"ok","process":0,"f":"read","key":"x","value":1,"siblings":[1,"\\ud83d\\ude00"]}
            {"time":27,"type":"invoke","process":1,"f":"read","key":"x","phase":"odd","intended":17}
            {"umpire":"end","events":12}
            """;

    @BeforeAll
    static void makeALongHistory() throws IOException {
        longEvents = new ArrayList<>();
        Random random = new Random(SEED);
        Event[] open = new Event[20];
        int begun = 0;
        for (long time = 0; begun < 2 * BLOCK + 1_000; time += 1 + random.nextInt(1_000)) {
            int process = random.nextInt(open.length);
            if (random.nextInt(20_000) == 0) {
                longEvents.add(Event.of(EventType.INFO)
                        .process(Value.of("nemesis"))
                        .function("inject")
                        .value(Value.of(time))
                        .build());
            }
            if (open[process] == null) {
                boolean write = random.nextBoolean();
                Event.Builder event = Event.of(EventType.INVOKE)
                        .time(time)
                        .process(process)
                        .function(write ? "write" : "read")
                        .key(Value.of("k" + random.nextInt(50)));
                open[process] = (write ? event.value(Value.of(begun)) : event).build();
                longEvents.add(
                        random.nextInt(3) == 0 ? intended(open[process], time - random.nextInt(500)) : open[process]);
                begun++;
            } else {
                EventType type = random.nextInt(10_000) == 0 ? EventType.INFO : EventType.OK;
                Event.Builder event = Event.of(type).time(time).process(process);
                if (type == EventType.INFO) {
                    event.error("no answer").extra(Value.of("try"), Value.of(2));
                } else if (open[process].value().isEmpty()) {
                    event.value(Value.of(Math.max(0, begun - random.nextInt(300))));
                }
                longEvents.add(event.build());
                open[process] = null;
            }
        }
        longBytes = written(History.of(longEvents));
    }

    private static Event intended(Event event, long nanos) {
        return new Event(
                event.index(),
                event.time(),
                event.type(),
                event.process(),
                event.session(),
                event.node(),
                event.function(),
                event.key(),
                event.value(),
                event.version(),
                event.position(),
                event.asOf(),
                event.phase(),
                event.error(),
                Map.of(Event.INTENDED, Value.of(nanos)));
    }

    @Test
    void everythingThatAHistorySaysComesBack() throws IOException {
        History history = History.parse(EXAMPLE);
        History again = read(written(history));
        assertSame(again, history, "example");
        assertThat(again.realTime()).isFalse();
        assertThat(again.nodes()).containsExactly("n1", "n2", "n3");
        assertThat(again.value(again.initialValue())).isEqualTo(Value.of(7));
        assertThat(again.source().format()).isEqualTo("binary");
        assertThat(again.source().complete()).isTrue();
    }

    @Test
    void itSaysWhatTheSameEventsInJsonLinesSay() throws IOException {
        for (long seed = SEED; seed < SEED + 300; seed++) {
            History history = History.of(new RandomHistories(seed).events(1 + (int) (seed % 40)));
            History again = read(written(history));
            assertSame(again, history, "seed " + seed);
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            HistoryFiles.write(history, lines, HistoryFormat.JSONL);
            ByteArrayOutputStream linesAgain = new ByteArrayOutputStream();
            HistoryFiles.write(again, linesAgain, HistoryFormat.JSONL);
            assertThat(linesAgain.toByteArray()).as("seed " + seed).isEqualTo(lines.toByteArray());
        }
    }

    @Test
    void aHistoryOfSeveralBlocksComesBack() throws IOException {
        History history = History.of(longEvents);
        assertSame(read(longBytes), history, "long");
        assertThat(longBytes.length).isLessThan(13 * history.size());
        Path file = Files.write(folder.resolve("long.umpire"), longBytes);
        assertSame(History.read(file), history, "long file");
    }

    @Test
    void aHistoryWithoutEventsComesBack() throws IOException {
        History again = read(written(History.of(List.of())));
        assertThat(again.size()).isZero();
        assertThat(again.events()).isEmpty();
        History faults = History.of(List.of(Event.of(EventType.INFO)
                .process(Value.of("nemesis"))
                .function("heal")
                .build()));
        assertThat(read(written(faults)).nemesisEvents()).isEqualTo(faults.nemesisEvents());
    }

    @Test
    void everyAlteredByteIsRefused() throws IOException {
        byte[] bytes = written(History.parse(EXAMPLE));
        Random random = new Random(SEED);
        for (int at = 0; at < bytes.length; at++) {
            byte[] altered = bytes.clone();
            altered[at] ^= (byte) (1 + random.nextInt(255));
            assertThatThrownBy(() -> read(altered))
                    .as("byte " + at + " is " + altered[at])
                    .isInstanceOf(MalformedHistoryException.class);
        }
    }

    @Test
    void aFileCutAnywhereIsRefusedOrGivesWhatWasRecordedBefore() throws IOException {
        byte[] bytes = written(History.parse(EXAMPLE));
        for (int length = 1; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            try {
                History history = read(cut);
                assertThat(history.eventCount()).as("length " + length).isIn(0, 12);
                assertThat(history.source().warnings()).as("length " + length).hasSize(1);
                assertThat(history.source().complete()).as("length " + length).isEqualTo(history.size() > 0);
            } catch (MalformedHistoryException refused) {
                assertThat(refused).as("length " + length).hasMessageContaining("found the end of the file, expected");
            }
        }
    }

    @Test
    void aFileThatIsCutOffGivesTheEventsBeforeTheFirstThatIsMissing() throws IOException {
        History cut = read(Arrays.copyOf(longBytes, longBytes.length * 6 / 10));
        assertThat(cut.size()).isEqualTo(BLOCK);
        assertThat(cut.source().complete()).isFalse();
        assertThat(cut.source().droppedBytes()).isPositive();
        int before = History.of(longEvents).invoked(BLOCK);
        assertThat(cut.source().warnings().get(0))
                .isEqualTo("the file is cut off at byte " + longBytes.length * 6 / 10
                        + ": operations 65536 to 132071 are" + " missing, and all events from position " + before
                        + " to " + (longEvents.size() - 1));
        assertThat(list(cut.events())).isEqualTo(longEvents.subList(0, before));
        assertThat(cut.initialValue()).isEqualTo(History.NIL);
    }

    @Test
    void aFileCutOffInItsFooterIsWhole() throws IOException {
        History cut = read(Arrays.copyOf(longBytes, longBytes.length - 20));
        assertSame(cut, History.of(longEvents), "without footer");
        assertThat(cut.source().complete()).isTrue();
        assertThat(cut.source().warnings().get(0)).endsWith("nothing of the history is missing");
    }

    @Test
    void anAlteredBlockIsNamedWithItsPlaceAndItsChecksums() {
        byte[] altered = longBytes.clone();
        altered[altered.length * 6 / 10] ^= 64;
        assertThatThrownBy(() -> read(altered))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageMatching(
                        "bytes: byte \\d+: found checksum 0x[0-9a-f]{8} for the \\d+ bytes of a block of kind 3"
                                + " \\(from number 65536, 65536 of them\\), expected 0x[0-9a-f]{8} of what stands there: the file"
                                + " was altered");
    }

    @Test
    void aFileThatPromisesMoreThanItHoldsIsNotBelieved() throws IOException {
        BinaryHeader header = new BinaryHeader();
        header.size = 500_000_000;
        header.eventCount = 1_000_000_000;
        header.valueCount = 2_000_000_000;
        ContentWriter content = new ContentWriter();
        header.write(content, new ColumnWriter());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BlockWriter writer = new BlockWriter(out);
        writer.add(BinaryWriter.HEADER, 0, 1, content);
        writer.finish();
        byte[] bytes = out.toByteArray();
        Path file = Files.write(folder.resolve("promises.umpire"), bytes);
        long before = allocated();
        assertThatThrownBy(() -> History.read(file))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageEndingWith("found 0 operations and the events before 0, expected 500000000 and 1000000000");
        // The longest block is promised to have two gigabytes
        byte[] endless = Arrays.copyOf(bytes, 16 + 28);
        ContentWriter head = new ContentWriter();
        head.i32(BinaryWriter.HEADER);
        head.i32(Integer.MAX_VALUE - 100);
        head.i64(0);
        head.i32(1);
        head.i32(0);
        java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
        ByteArrayOutputStream headBytes = new ByteArrayOutputStream();
        headBytes.write(bytes(head), 0, head.size());
        sum.update(headBytes.toByteArray());
        head.i32((int) sum.getValue());
        System.arraycopy(bytes(head), 0, endless, 16, 28);
        assertThatThrownBy(() -> read(endless)).isInstanceOf(MalformedHistoryException.class);
        assertThat(allocated() - before).isLessThan(100_000_000L);
    }

    private static byte[] bytes(ContentWriter content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        BlockWriter writer = new BlockWriter(file);
        writer.add(9, 0, 0, content);
        return Arrays.copyOfRange(file.toByteArray(), 44, file.size());
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** As another writer might make them: the checksums fit, what stands there does not. */
    @Test
    void whatContradictsItselfUnderRightChecksumsIsRefusedOrCanBeReadThroughout() throws IOException {
        Random random = new Random(SEED);
        int refused = 0;
        int read = 0;
        for (int round = 0; round < 12; round++) {
            byte[] bytes = round == 0
                    ? written(History.parse(EXAMPLE))
                    : written(History.of(new RandomHistories(SEED + round).events(12)));
            for (int changed = 0; changed < bytes.length; changed++) {
                byte[] altered = rewritten(bytes, changed, (byte) (1 + random.nextInt(255)));
                try {
                    readThroughout(read(altered));
                    read++;
                } catch (MalformedHistoryException expected) {
                    refused++;
                } catch (RuntimeException leaked) {
                    throw new AssertionError("seed " + SEED + ", round " + round + ", byte " + changed, leaked);
                }
            }
        }
        assertThat(refused).isGreaterThan(1_000);
        assertThat(read).isPositive();
    }

    /** The file with one byte of the content of its blocks altered, and the checksums as they must be then. */
    private static byte[] rewritten(byte[] bytes, int changed, byte by) throws IOException {
        BlockReader reader = new BlockReader(new ByteArrayInputStream(bytes), "bytes");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BlockWriter writer = new BlockWriter(out);
        while (reader.next()) {
            Block block = reader.block();
            byte[] content = reader.content().raw(block.length());
            long at = changed - (block.end() - block.length());
            if (at >= 0 && at < block.length()) {
                content[(int) at] ^= by;
            }
            ContentWriter again = new ContentWriter();
            again.raw(content, content.length);
            writer.add(block.kind(), block.first(), block.count(), again);
        }
        writer.finish();
        return out.toByteArray();
    }

    private static void readThroughout(History history) {
        for (int operation = 0; operation < history.size(); operation++) {
            columns(history, operation);
            described(history, operation);
        }
        names(history);
        list(history.events());
        assertThat(history.value(history.initialValue())).isNotNull();
    }

    @Test
    void someOperationsAreReadFromTheBlocksInWhichTheyStand() throws IOException {
        Path file = Files.write(folder.resolve("long.umpire"), longBytes);
        History whole = History.of(longEvents);
        try (BinaryHistory binary = BinaryHistory.open(file)) {
            assertThat(binary.size()).isEqualTo(whole.size());
            assertThat(binary.eventCount()).isEqualTo(whole.eventCount());
            int from = 2 * BLOCK + 500;
            History some = binary.operations(from, from + 40);
            assertThat(some.size()).isEqualTo(40);
            for (int i = 0; i < 40; i++) {
                assertThat(described(some, i)).isEqualTo(described(whole, from + i));
            }
            // The operations, the first values with nil, and those written at that time
            assertThat(binary.blocksRead()).isLessThanOrEqualTo(4);
            assertThat(binary.operations(BLOCK - 3, BLOCK + 3).size()).isEqualTo(6);
            assertThat(binary.operations(7, 7).size()).isZero();
            assertThatThrownBy(() -> binary.operations(0, whole.size() + 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void everyRangeOfOperationsHasItsEventsInTheirOrder() throws IOException {
        for (long seed = SEED; seed < SEED + 40; seed++) {
            History whole = History.of(new RandomHistories(seed).events(30));
            Path file = Files.write(folder.resolve("random.umpire"), written(whole));
            try (BinaryHistory binary = BinaryHistory.open(file)) {
                for (int from = 0; from <= whole.size(); from++) {
                    History some = binary.operations(from, whole.size());
                    for (int i = 0; i < some.size(); i++) {
                        assertThat(described(some, i)).as("seed " + seed).isEqualTo(described(whole, from + i));
                    }
                }
            }
        }
    }

    @Test
    void aBlockThatIsNotAskedForMayBeDamaged() throws IOException {
        byte[] altered = longBytes.clone();
        altered[altered.length / 2] ^= 1;
        Path file = Files.write(folder.resolve("altered.umpire"), altered);
        try (BinaryHistory binary = BinaryHistory.open(file)) {
            assertThat(binary.operations(0, 10).size()).isEqualTo(10);
            assertThatThrownBy(() -> binary.operations(BLOCK, BLOCK + 1)).isInstanceOf(MalformedHistoryException.class);
        }
    }

    @Test
    void whatTheFileDoesNotSayMayBeTold() throws IOException {
        History pairs = History.parse("""
                {:type :invoke, :process 0, :f :write, :value [1 2]}
                {:type :ok, :process 0, :f :write, :value [1 2]}
                """);
        byte[] bytes = written(pairs);
        assertThat(read(bytes).keyName(0)).isEqualTo(Value.of(1));
        History single = HistoryFiles.read(
                new ByteArrayInputStream(bytes), "bytes", ReadOptions.DEFAULT.withKeys(ReadOptions.Keys.SINGLE));
        assertThat(single.keyName(0)).isEqualTo(Value.NIL);
        assertThat(list(single.events())).isEqualTo(list(pairs.events()));
        History again = HistoryFiles.read(
                new ByteArrayInputStream(written(single)),
                "bytes",
                ReadOptions.DEFAULT.withKeys(ReadOptions.Keys.INDEPENDENT));
        assertThat(again.keyName(0)).isEqualTo(Value.of(1));
        assertThat(read(written(single)).keyName(0)).isEqualTo(Value.NIL);
        for (Value initial : List.of(Value.of(2), Value.of("new"), Value.of(99))) {
            History told = HistoryFiles.read(
                    new ByteArrayInputStream(bytes), "bytes", ReadOptions.DEFAULT.withInitial(initial));
            assertThat(told.value(told.initialValue())).isEqualTo(initial);
        }
    }

    @Test
    void thatARecordingWasInterruptedAndWhatWasOddIsKept() throws IOException {
        History torn = History.parse("""
                {"umpire":"history","version":1,"nodes":[],"initial":null}
                {"type":"invoke","process":0,"f":"read","key":"x"}
                {"type":"info","process":0,"f":"read","key":"x"}
                {"type":"invoke","process":0,"f":"read","key":"x"}
                {"type":"ok","proc""");
        assertThat(torn.source().complete()).isFalse();
        Source again = read(written(torn)).source();
        assertThat(again.complete()).isFalse();
        assertThat(again.droppedBytes()).isEqualTo(torn.source().droppedBytes());
        assertThat(again.warnings())
                .containsExactly("of the jsonl that this was made of: process 0 is used again after :info (line 4)");
        assertThat(read(written(read(written(torn)))).source().warnings()).isEqualTo(again.warnings());
    }

    @Test
    void valuesThatStandTwiceAreRefused() throws IOException {
        assertThatThrownBy(() -> read(twice(Value.of(5), Value.of(3), Value.of(5))))
                .hasMessageContaining("found a value twice");
        assertThatThrownBy(() -> read(twice(Value.of("a"), Value.of("a")))).hasMessageContaining("found a value twice");
        assertThat(read(twice(Value.of(5), Value.of(3), Value.of(4))).valueCount())
                .isEqualTo(4);
    }

    private static byte[] twice(Value... values) throws IOException {
        long[] numbers = new long[values.length + 1];
        java.util.BitSet objects = new java.util.BitSet();
        List<Value> kept = new ArrayList<>(List.of(Value.NIL));
        objects.set(0);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Value.Int number) {
                numbers[i + 1] = number.value();
            } else {
                objects.set(i + 1);
                numbers[i + 1] = kept.size();
                kept.add(values[i]);
            }
        }
        HistoryParts parts = new HistoryParts();
        parts.values = dev.umpire.histories.internal.ValueTable.of(numbers, objects, kept.toArray(new Value[0]));
        return written(new ColumnarHistory(parts));
    }

    private static String described(History history, int operation) {
        Operation one = history.operation(operation);
        StringBuilder text = new StringBuilder();
        text.append(one.session())
                .append(one.process())
                .append(one.node())
                .append(one.function())
                .append(one.key());
        text.append(one.argument()).append(one.result()).append(one.outcome()).append(one.invokedNanos());
        text.append(one.endedNanos())
                .append(one.version())
                .append(one.position())
                .append(one.asOf());
        for (int i = 0; i < history.readCount(operation); i++) {
            text.append(history.keyName(history.readKey(operation, i)));
            text.append(history.value(history.readValue(operation, i)));
        }
        for (int i = 0; i < history.writeCount(operation); i++) {
            text.append(history.keyName(history.writeKey(operation, i)));
            text.append(history.value(history.writeValue(operation, i)));
        }
        return text.toString();
    }

    /** That nothing differs that a history can be asked for, ids included. */
    private static void assertSame(History again, History history, String name) {
        assertThat(again.size()).as(name).isEqualTo(history.size());
        assertThat(again.valueCount()).as(name).isEqualTo(history.valueCount());
        for (int value = 0; value < history.valueCount(); value++) {
            if (!again.value(value).equals(history.value(value))) {
                assertThat(again.value(value)).as(name + ", value " + value).isEqualTo(history.value(value));
            }
        }
        for (int operation = 0; operation < history.size(); operation++) {
            if (!Arrays.equals(columns(again, operation), columns(history, operation))) {
                assertThat(columns(again, operation))
                        .as(name + ", operation " + operation)
                        .isEqualTo(columns(history, operation));
            }
        }
        assertThat(names(again)).as(name).isEqualTo(names(history));
        assertThat(again.initialValue()).as(name).isEqualTo(history.initialValue());
        assertThat(again.realTime()).as(name).isEqualTo(history.realTime());
        assertThat(again.nemesisEvents()).as(name).isEqualTo(history.nemesisEvents());
        assertThat(list(again.events())).as(name).isEqualTo(list(history.events()));
    }

    private static long[] columns(History history, int operation) {
        int reads = history.readCount(operation);
        int writes = history.writeCount(operation);
        long[] columns = new long[22 + 2 * (reads + writes)];
        int next = 0;
        for (long number : new long[] {
            history.invoked(operation),
            history.completed(operation),
            history.ended(operation),
            history.invokedNanos(operation),
            history.intendedNanos(operation),
            history.endedNanos(operation),
            history.index(operation),
            history.outcome(operation).name().charAt(0),
            history.session(operation),
            history.process(operation),
            history.node(operation),
            history.function(operation),
            history.key(operation),
            history.argument(operation),
            history.result(operation),
            history.version(operation),
            history.position(operation),
            history.asOf(operation),
            history.siblings(operation),
            history.isFinal(operation) ? 1 : 0,
            reads,
            writes
        }) {
            columns[next++] = number;
        }
        for (int i = 0; i < reads; i++) {
            columns[next++] = history.readKey(operation, i);
            columns[next++] = history.readValue(operation, i);
        }
        for (int i = 0; i < writes; i++) {
            columns[next++] = history.writeKey(operation, i);
            columns[next++] = history.writeValue(operation, i);
        }
        return columns;
    }

    private static List<Object> names(History history) {
        List<Object> names = new ArrayList<>(history.nodes());
        for (int id = 0; id < history.sessionCount(); id++) {
            names.add(history.sessionName(id));
        }
        for (int id = 0; id < history.processCount(); id++) {
            names.add(history.processName(id));
        }
        for (int id = 0; id < history.nodeCount(); id++) {
            names.add(history.nodeName(id));
        }
        for (int id = 0; id < history.functionCount(); id++) {
            names.add(history.functionName(id));
            names.add(history.functionId(history.functionName(id)));
        }
        for (int id = 0; id < history.keyCount(); id++) {
            names.add(history.keyName(id));
        }
        return names;
    }

    private static List<Event> list(Iterable<Event> events) {
        List<Event> list = new ArrayList<>();
        events.forEach(list::add);
        return list;
    }

    private static byte[] written(History history) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HistoryFiles.write(history, out, HistoryFormat.BINARY);
        return out.toByteArray();
    }

    private static History read(byte[] bytes) throws IOException {
        return HistoryFiles.read(new ByteArrayInputStream(bytes), "bytes", ReadOptions.DEFAULT);
    }
}
