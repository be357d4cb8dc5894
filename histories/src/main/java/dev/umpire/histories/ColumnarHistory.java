package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.agrona.collections.IntArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A history in primitive columns, one row an operation; columns that nothing in the recording needs are not there.
 *
 * <p>A recording of Umpire's takes about 70 bytes an operation, its values included.
 */
final class ColumnarHistory implements History {
    private final int size;
    private final int eventCount;
    private final ValueTable values;
    private final int[] flags;
    private final int[] invoked;
    private final int[] ended;
    private final int[] session;
    private final int[] process;
    private final int @Nullable [] node;
    private final int[] function;
    private final int[] key;
    private final int[] argument;
    private final int[] result;
    private final long @Nullable [] invokedNanos;
    private final long @Nullable [] endedNanos;
    private final long @Nullable [] invokedIndex;
    private final long @Nullable [] version;
    private final long @Nullable [] position;
    private final long @Nullable [] asOf;
    private final int @Nullable [] siblings;
    private final byte[] kinds;
    private final int @Nullable [] compoundRow;
    private final int[] readStart;
    private final int[] readKeys;
    private final int[] readValues;
    private final int[] writeStart;
    private final int[] writeKeys;
    private final int[] writeValues;
    private final Dense sessions;
    private final Dense processes;
    private final Dense keys;
    private final List<String> nodeNames;
    private final List<String> functionNames;
    private final Map<String, Integer> functionIds = new HashMap<>();
    private final int initialValue;
    private final List<String> nodes;
    private final List<NemesisEvent> nemesisEvents;
    private final Source source;
    private final RecordedEvents events;

    ColumnarHistory(
            HistoryBuilder builder, Observations observations, int initialValue, List<String> nodes, Source source) {
        this.size = builder.size;
        this.eventCount = builder.eventCount;
        this.values = builder.values;
        this.flags = builder.flags.takeAll(size);
        this.invoked = builder.invoked.takeAll(size);
        this.ended = builder.ended.takeAll(size);
        this.session = builder.session.takeAll(size);
        this.process = builder.process.takeAll(size);
        this.node = builder.node.take(size);
        this.function = builder.function.takeAll(size);
        this.key = observations.key.takeAll(size);
        this.argument = builder.argument.takeAll(size);
        this.result = builder.result.takeAll(size);
        this.invokedNanos = builder.invokedNanos.take(size);
        this.endedNanos = builder.endedNanos.take(size);
        this.invokedIndex = builder.invokedIndex.take(size);
        this.version = builder.version.take(size);
        this.position = builder.position.take(size);
        this.asOf = builder.asOf.take(size);
        this.siblings = builder.siblings.take(size);
        this.kinds = observations.kinds;
        this.compoundRow = observations.compoundRow.take(size);
        this.readStart = taken(observations.readStart);
        this.readKeys = taken(observations.readKeys);
        this.readValues = taken(observations.readValues);
        this.writeStart = taken(observations.writeStart);
        this.writeKeys = taken(observations.writeKeys);
        this.writeValues = taken(observations.writeValues);
        this.sessions = builder.sessions;
        this.processes = builder.processes;
        this.keys = observations.keys;
        this.nodeNames = texts(builder.nodes);
        this.functionNames = texts(builder.functions);
        for (int id = 0; id < functionNames.size(); id++) {
            functionIds.put(functionNames.get(id), id);
        }
        this.initialValue = initialValue;
        this.nodes = nodes.isEmpty() ? nodeNames : List.copyOf(nodes);
        this.nemesisEvents = List.copyOf(builder.nemesisEvents);
        this.source = source;
        this.events = new RecordedEvents(this, builder);
    }

    private static int[] taken(IntArrayList list) {
        return list.toIntArray();
    }

    private List<String> texts(Dense names) {
        List<String> texts = new ArrayList<>();
        for (int id = 0; id < names.size(); id++) {
            texts.add(names.text(id, values));
        }
        return List.copyOf(texts);
    }

    int flags(int operation) {
        return flags[operation];
    }

    /** The completion's value, whatever the outcome. */
    int answer(int operation) {
        return result[operation];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int invoked(int operation) {
        return invoked[operation];
    }

    @Override
    public int completed(int operation) {
        return outcome(operation) == Outcome.INFO ? NEVER : ended[operation];
    }

    @Override
    public int ended(int operation) {
        return ended[operation];
    }

    @Override
    public long invokedNanos(int operation) {
        return invokedNanos == null ? ABSENT : invokedNanos[operation];
    }

    @Override
    public long endedNanos(int operation) {
        return endedNanos == null ? ABSENT : endedNanos[operation];
    }

    @Override
    public long index(int operation) {
        if (invokedIndex == null || invokedIndex[operation] == ABSENT) {
            return invoked[operation];
        }
        return invokedIndex[operation];
    }

    @Override
    public Outcome outcome(int operation) {
        return Flags.outcome(flags[operation]);
    }

    @Override
    public int session(int operation) {
        return session[operation];
    }

    @Override
    public int process(int operation) {
        return process[operation];
    }

    @Override
    public int node(int operation) {
        return node == null ? NONE : node[operation];
    }

    @Override
    public int function(int operation) {
        return function[operation];
    }

    @Override
    public int key(int operation) {
        return key[operation];
    }

    @Override
    public int argument(int operation) {
        return argument[operation];
    }

    @Override
    public int result(int operation) {
        return outcome(operation) == Outcome.OK ? result[operation] : NIL;
    }

    @Override
    public long version(int operation) {
        return version == null ? ABSENT : version[operation];
    }

    @Override
    public long position(int operation) {
        return position == null ? ABSENT : position[operation];
    }

    @Override
    public long asOf(int operation) {
        return asOf == null ? ABSENT : asOf[operation];
    }

    @Override
    public int siblings(int operation) {
        return siblings == null ? NONE : siblings[operation];
    }

    @Override
    public boolean isFinal(int operation) {
        return (flags[operation] & Flags.FINAL) != 0;
    }

    @Override
    public int readCount(int operation) {
        int row = row(operation);
        if (row != NONE) {
            return readStart[row + 1] - readStart[row];
        }
        return kinds[function[operation]] == Observations.READ && outcome(operation) == Outcome.OK ? 1 : 0;
    }

    @Override
    public int readKey(int operation, int i) {
        checkIndex(i, readCount(operation));
        int row = row(operation);
        return row == NONE ? key[operation] : readKeys[readStart[row] + i];
    }

    @Override
    public int readValue(int operation, int i) {
        checkIndex(i, readCount(operation));
        int row = row(operation);
        return row == NONE ? result[operation] : readValues[readStart[row] + i];
    }

    @Override
    public int writeCount(int operation) {
        int row = row(operation);
        if (row != NONE) {
            return writeStart[row + 1] - writeStart[row];
        }
        return kinds[function[operation]] == Observations.WRITE ? 1 : 0;
    }

    @Override
    public int writeKey(int operation, int i) {
        checkIndex(i, writeCount(operation));
        int row = row(operation);
        return row == NONE ? key[operation] : writeKeys[writeStart[row] + i];
    }

    @Override
    public int writeValue(int operation, int i) {
        checkIndex(i, writeCount(operation));
        int row = row(operation);
        return row == NONE ? argument[operation] : writeValues[writeStart[row] + i];
    }

    private int row(int operation) {
        return compoundRow == null ? NONE : compoundRow[operation];
    }

    private static void checkIndex(int i, int count) {
        if (i < 0 || i >= count) {
            throw new IndexOutOfBoundsException("i: found " + i + ", expected 0 to " + (count - 1));
        }
    }

    @Override
    public int sessionCount() {
        return sessions.size();
    }

    @Override
    public int processCount() {
        return processes.size();
    }

    @Override
    public int nodeCount() {
        return nodeNames.size();
    }

    @Override
    public int functionCount() {
        return functionNames.size();
    }

    @Override
    public int keyCount() {
        return keys.size();
    }

    @Override
    public int valueCount() {
        return values.size();
    }

    @Override
    public Value sessionName(int id) {
        return values.get(sessions.valueOf(id));
    }

    @Override
    public Value processName(int id) {
        return values.get(processes.valueOf(id));
    }

    @Override
    public String nodeName(int id) {
        return nodeNames.get(id);
    }

    @Override
    public String functionName(int id) {
        return functionNames.get(id);
    }

    @Override
    public Value keyName(int id) {
        return values.get(keys.valueOf(id));
    }

    @Override
    public Value value(int id) {
        return values.get(id);
    }

    @Override
    public int functionId(String name) {
        return functionIds.getOrDefault(name, NONE);
    }

    @Override
    public int initialValue() {
        return initialValue;
    }

    @Override
    public List<String> nodes() {
        return nodes;
    }

    @Override
    public int eventCount() {
        return eventCount;
    }

    @Override
    public List<NemesisEvent> nemesisEvents() {
        return nemesisEvents;
    }

    @Override
    public Source source() {
        return source;
    }

    @Override
    public Iterable<Event> events() {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < eventCount;
            }

            @Override
            public Event next() {
                if (next >= eventCount) {
                    throw new NoSuchElementException("found no event " + next + ", expected at most " + eventCount);
                }
                return events.at(next++);
            }
        };
    }
}
