package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A history in primitive columns, one row an operation; columns that nothing in the recording needs are not there.
 *
 * <p>A recording of Umpire's takes about 40 bytes an operation, its values included.
 */
final class ColumnarHistory implements History {
    private final HistoryParts parts;
    private final int size;
    private final ValueTable values;
    private final int[] invoked;
    private final int[] ended;
    private final NarrowInts flags;
    private final NarrowInts session;
    private final NarrowInts process;
    private final NarrowInts node;
    private final NarrowInts function;
    private final NarrowInts key;
    private final int[] argument;
    private final int[] result;
    private final int @Nullable [] compoundRow;
    private final Outcome[] outcomes;
    private final byte[] kinds;
    private final List<String> nodeNames;
    private final List<String> functionNames;
    private final Map<String, Integer> functionIds = new HashMap<>();
    private final List<String> nodes;
    private final List<NemesisEvent> nemesisEvents;

    /** A history of parts that nobody changes any more. */
    ColumnarHistory(HistoryParts parts) {
        this.parts = parts;
        this.size = parts.size;
        this.values = parts.values;
        this.invoked = parts.invoked;
        this.ended = parts.ended;
        this.flags = parts.flags;
        this.session = parts.session;
        this.process = parts.process;
        this.node = parts.node;
        this.function = parts.function;
        this.key = parts.key;
        this.argument = parts.argument;
        this.result = parts.result;
        this.compoundRow = parts.compoundRow;
        this.outcomes = new Outcome[parts.flagPatterns.length];
        for (int pattern = 0; pattern < outcomes.length; pattern++) {
            outcomes[pattern] = Flags.outcome(parts.flagPatterns[pattern]);
        }
        this.nodeNames = texts(parts.nodes);
        this.functionNames = texts(parts.functions);
        this.kinds = new byte[functionNames.size()];
        for (int id = 0; id < kinds.length; id++) {
            functionIds.put(functionNames.get(id), id);
            kinds[id] = Observations.kindOf(functionNames.get(id));
        }
        this.nodes = parts.declaredNodes.isEmpty() ? nodeNames : parts.declaredNodes;
        this.nemesisEvents = List.copyOf(parts.nemesisEvents);
    }

    private List<String> texts(Dense names) {
        List<String> texts = new ArrayList<>();
        for (int id = 0; id < names.size(); id++) {
            texts.add(names.text(id, values));
        }
        return List.copyOf(texts);
    }

    /** What this is made of, for writing it. */
    HistoryParts parts() {
        return parts;
    }

    int flags(int operation) {
        return parts.flagPatterns[flags.get(operation)];
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
        return parts.invokedNanos.get(operation);
    }

    @Override
    public long intendedNanos(int operation) {
        return parts.intendedNanos.get(operation);
    }

    @Override
    public long endedNanos(int operation) {
        return parts.endedNanos.get(operation);
    }

    @Override
    public long index(int operation) {
        long index = parts.invokedIndex.get(operation);
        return index == ABSENT ? invoked[operation] : index;
    }

    @Override
    public Outcome outcome(int operation) {
        return outcomes[flags.get(operation)];
    }

    @Override
    public int session(int operation) {
        return session.get(operation);
    }

    @Override
    public int process(int operation) {
        return process.get(operation);
    }

    @Override
    public int node(int operation) {
        return node.get(operation);
    }

    @Override
    public int function(int operation) {
        return function.get(operation);
    }

    @Override
    public int key(int operation) {
        return key.get(operation);
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
        return parts.version.get(operation);
    }

    @Override
    public long position(int operation) {
        return parts.position.get(operation);
    }

    @Override
    public long asOf(int operation) {
        return parts.asOf.get(operation);
    }

    @Override
    public int siblings(int operation) {
        return parts.siblings.getInt(operation);
    }

    @Override
    public boolean isFinal(int operation) {
        return (flags(operation) & Flags.FINAL) != 0;
    }

    @Override
    public int readCount(int operation) {
        int row = row(operation);
        if (row != NONE) {
            return parts.readStart[row + 1] - parts.readStart[row];
        }
        return kinds[function.get(operation)] == Observations.READ && outcome(operation) == Outcome.OK ? 1 : 0;
    }

    @Override
    public int readKey(int operation, int i) {
        checkIndex(i, readCount(operation));
        int row = row(operation);
        return row == NONE ? key.get(operation) : parts.readKeys[parts.readStart[row] + i];
    }

    @Override
    public int readValue(int operation, int i) {
        checkIndex(i, readCount(operation));
        int row = row(operation);
        return row == NONE ? result[operation] : parts.readValues[parts.readStart[row] + i];
    }

    @Override
    public int writeCount(int operation) {
        int row = row(operation);
        if (row != NONE) {
            return parts.writeStart[row + 1] - parts.writeStart[row];
        }
        return kinds[function.get(operation)] == Observations.WRITE ? 1 : 0;
    }

    @Override
    public int writeKey(int operation, int i) {
        checkIndex(i, writeCount(operation));
        int row = row(operation);
        return row == NONE ? key.get(operation) : parts.writeKeys[parts.writeStart[row] + i];
    }

    @Override
    public int writeValue(int operation, int i) {
        checkIndex(i, writeCount(operation));
        int row = row(operation);
        return row == NONE ? argument[operation] : parts.writeValues[parts.writeStart[row] + i];
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
        return parts.sessions.size();
    }

    @Override
    public int processCount() {
        return parts.processes.size();
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
        return parts.keys.size();
    }

    @Override
    public int valueCount() {
        return values.size();
    }

    @Override
    public Value sessionName(int id) {
        return values.get(parts.sessions.valueOf(id));
    }

    @Override
    public Value processName(int id) {
        return values.get(parts.processes.valueOf(id));
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
        return values.get(parts.keys.valueOf(id));
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
        return parts.initialValue;
    }

    /** Whether keys stand in the values, as pairs. */
    boolean isPaired() {
        return Flags.isAnyPaired(parts.flagPatterns);
    }

    @Override
    public boolean realTime() {
        return parts.realTime;
    }

    @Override
    public List<String> nodes() {
        return nodes;
    }

    @Override
    public int eventCount() {
        return parts.eventCount;
    }

    @Override
    public List<NemesisEvent> nemesisEvents() {
        return nemesisEvents;
    }

    @Override
    public Source source() {
        return parts.source;
    }

    @Override
    public Iterable<Event> events() {
        return () -> new RecordedEvents(this, parts);
    }
}
