package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ColumnarHistory} is made of: filled in by {@link HistoryBuilder} from events, or by {@link BinaryHistory}
 * from a file of columns. One row an operation; fields are open because each of the two fills all of them.
 */
final class HistoryParts {
    int size;
    int eventCount;
    ValueTable values = new ValueTable();

    int[] invoked = {};
    int[] ended = {};
    int[] argument = {};
    int[] result = {};

    /** Of each operation the row of its {@link Flags} in {@code flagPatterns}. */
    NarrowInts flags = new NarrowInts(0, 0);

    int[] flagPatterns = {};
    NarrowInts session = flags;
    NarrowInts process = flags;
    NarrowInts node = flags;
    NarrowInts function = flags;
    NarrowInts key = flags;

    Column invokedNode = new Column(History.NONE);
    Column invokedNanos = new Column(History.ABSENT);
    Column intendedNanos = new Column(History.ABSENT);
    Column endedNanos = new Column(History.ABSENT);
    Column invokedIndex = new Column(History.ABSENT);
    Column endedIndex = new Column(History.ABSENT);
    Column version = new Column(History.ABSENT);
    Column position = new Column(History.ABSENT);
    Column asOf = new Column(History.ABSENT);
    Column siblings = new Column(History.NONE);

    /** Of each compound operation its row below, else NONE; null if there is none. */
    int @Nullable [] compoundRow;

    int[] readStart = {0};
    int[] readKeys = {};
    int[] readValues = {};
    int[] writeStart = {0};
    int[] writeKeys = {};
    int[] writeValues = {};

    Dense sessions = new Dense();
    Dense processes = new Dense();
    Dense nodes = new Dense();
    Dense functions = new Dense();
    Dense keys = new Dense();

    /** What single events say beyond their operation's columns, by position. */
    Int2IntHashMap errors = new Int2IntHashMap(History.NONE);

    Int2ObjectHashMap<Map<Value, Value>> extras = new Int2ObjectHashMap<>();
    Int2ObjectHashMap<Event> deviants = new Int2ObjectHashMap<>();
    List<Event> others = new ArrayList<>();
    List<NemesisEvent> nemesisEvents = new ArrayList<>();

    int initialValue = History.NIL;

    boolean realTime = true;

    /** As the recording declares them; empty: those that operations name. */
    List<String> declaredNodes = List.of();

    Source source = new Source("memory", "memory", true, 0, List.of());

    /** Takes the columns of rows that are complete from the builder, which keeps none of them. */
    static HistoryParts of(HistoryBuilder builder, Observations observations) {
        HistoryParts parts = new HistoryParts();
        int size = builder.size;
        parts.size = size;
        parts.eventCount = builder.eventCount;
        parts.values = builder.values;
        parts.takeFlags(builder.flags);
        parts.invoked = builder.invoked.takeInts(size);
        parts.ended = builder.ended.takeInts(size);
        parts.session = builder.session.takeNarrow(size);
        parts.process = builder.process.takeNarrow(size);
        parts.node = builder.node.takeNarrow(size);
        parts.function = builder.function.takeNarrow(size);
        parts.key = observations.key.takeNarrow(size);
        parts.argument = builder.argument.takeInts(size);
        parts.result = builder.result.takeInts(size);
        parts.invokedNode = builder.invokedNode;
        parts.invokedNanos = builder.invokedNanos;
        parts.intendedNanos = builder.intendedNanos;
        parts.endedNanos = builder.endedNanos;
        parts.invokedIndex = builder.invokedIndex;
        parts.endedIndex = builder.endedIndex;
        parts.version = builder.version;
        parts.position = builder.position;
        parts.asOf = builder.asOf;
        parts.siblings = builder.siblings;
        parts.trim();
        parts.compoundRow = observations.compoundRow.isAbsent() ? null : observations.compoundRow.takeInts(size);
        parts.readStart = observations.readStart.toIntArray();
        parts.readKeys = observations.readKeys.toIntArray();
        parts.readValues = observations.readValues.toIntArray();
        parts.writeStart = observations.writeStart.toIntArray();
        parts.writeKeys = observations.writeKeys.toIntArray();
        parts.writeValues = observations.writeValues.toIntArray();
        parts.sessions = builder.sessions;
        parts.processes = builder.processes;
        parts.nodes = builder.nodes;
        parts.functions = builder.functions;
        parts.keys = observations.keys;
        parts.errors = builder.errors;
        parts.extras = builder.extras;
        parts.deviants = builder.deviants;
        parts.others = builder.others;
        parts.nemesisEvents = builder.nemesisEvents;
        return parts;
    }

    private void takeFlags(Column flagColumn) {
        Dense patterns = new Dense();
        Column ids = new Column(History.NONE);
        int lastFlags = -1;
        int lastId = History.NONE;
        for (int operation = 0; operation < size; operation++) {
            int flagsHere = flagColumn.getInt(operation);
            if (flagsHere != lastFlags) {
                lastFlags = flagsHere;
                lastId = patterns.idOf(flagsHere);
            }
            ids.set(operation, lastId);
        }
        flags = ids.takeNarrow(size);
        flagPatterns = new int[patterns.size()];
        for (int id = 0; id < flagPatterns.length; id++) {
            flagPatterns[id] = patterns.valueOf(id);
        }
    }

    /** Makes the growing columns as small as they can be. */
    void trim() {
        for (Column column : List.of(
                invokedNode,
                invokedNanos,
                intendedNanos,
                endedNanos,
                invokedIndex,
                endedIndex,
                version,
                position,
                asOf,
                siblings)) {
            column.trim();
        }
    }
}
