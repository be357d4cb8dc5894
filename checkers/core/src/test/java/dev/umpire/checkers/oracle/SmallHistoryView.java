package dev.umpire.checkers.oracle;

import dev.umpire.histories.History;
import dev.umpire.histories.NemesisEvent;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.Source;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A {@link SmallHistory} behind the interface of histories; made for millions of them, so it only looks things up. */
final class SmallHistoryView implements History {
    private static final List<String> FUNCTIONS = List.of("read", "write", "cas", "snapshot");

    private final SmallOperation[] operations;
    private final int keys;
    private final int sessions;
    private final int nodes;
    private final int values;

    SmallHistoryView(SmallOperation[] operations) {
        this.operations = operations;
        int lastKey = -1;
        int lastSession = -1;
        int lastNode = -1;
        int lastValue = 0;
        for (SmallOperation operation : operations) {
            lastSession = Math.max(lastSession, operation.session);
            lastNode = Math.max(lastNode, operation.node);
            lastKey = Math.max(lastKey, Math.max(largest(operation.readKeys), largest(operation.writeKeys)));
            lastValue = Math.max(lastValue, Math.max(largest(operation.readValues), largest(operation.writeValues)));
        }
        keys = lastKey + 1;
        sessions = lastSession + 1;
        nodes = lastNode + 1;
        values = lastValue + 1;
    }

    private static int largest(int[] numbers) {
        int largest = -1;
        for (int number : numbers) {
            largest = Math.max(largest, number);
        }
        return largest;
    }

    @Override
    public int size() {
        return operations.length;
    }

    @Override
    public int invoked(int operation) {
        return operations[operation].invoked;
    }

    @Override
    public int completed(int operation) {
        return operations[operation].completed;
    }

    @Override
    public int ended(int operation) {
        return operations[operation].completed;
    }

    @Override
    public long invokedNanos(int operation) {
        return operations[operation].invoked * 1_000_000L;
    }

    @Override
    public long endedNanos(int operation) {
        int completed = operations[operation].completed;
        return completed == NEVER ? ABSENT : completed * 1_000_000L;
    }

    @Override
    public long index(int operation) {
        return operations[operation].invoked;
    }

    @Override
    public Outcome outcome(int operation) {
        return operations[operation].outcome;
    }

    @Override
    public int session(int operation) {
        return operations[operation].session;
    }

    @Override
    public int process(int operation) {
        return operations[operation].session;
    }

    @Override
    public int node(int operation) {
        return operations[operation].node;
    }

    @Override
    public int function(int operation) {
        return FUNCTIONS.indexOf(operations[operation].function);
    }

    @Override
    public int key(int operation) {
        SmallOperation found = operations[operation];
        if (found.writeKeys.length == 1) {
            return found.writeKeys[0];
        }
        return found.readKeys.length == 1 ? found.readKeys[0] : NONE;
    }

    @Override
    public int argument(int operation) {
        SmallOperation found = operations[operation];
        return found.writeKeys.length == 1 ? found.writeValues[0] : NIL;
    }

    @Override
    public int result(int operation) {
        SmallOperation found = operations[operation];
        return found.readKeys.length == 1 ? found.readValues[0] : NIL;
    }

    @Override
    public long version(int operation) {
        return operations[operation].version;
    }

    @Override
    public long position(int operation) {
        return operations[operation].position;
    }

    @Override
    public long asOf(int operation) {
        return ABSENT;
    }

    @Override
    public boolean isFinal(int operation) {
        return operations[operation].last;
    }

    @Override
    public int readCount(int operation) {
        return operations[operation].readKeys.length;
    }

    @Override
    public int readKey(int operation, int i) {
        return operations[operation].readKeys[i];
    }

    @Override
    public int readValue(int operation, int i) {
        return operations[operation].readValues[i];
    }

    @Override
    public int writeCount(int operation) {
        return operations[operation].writeKeys.length;
    }

    @Override
    public int writeKey(int operation, int i) {
        return operations[operation].writeKeys[i];
    }

    @Override
    public int writeValue(int operation, int i) {
        return operations[operation].writeValues[i];
    }

    @Override
    public int sessionCount() {
        return sessions;
    }

    @Override
    public int processCount() {
        return sessions;
    }

    @Override
    public int nodeCount() {
        return nodes;
    }

    @Override
    public int functionCount() {
        return FUNCTIONS.size();
    }

    @Override
    public int keyCount() {
        return keys;
    }

    @Override
    public int valueCount() {
        return values;
    }

    @Override
    public Value sessionName(int session) {
        return Value.of(session);
    }

    @Override
    public Value processName(int process) {
        return Value.of(process);
    }

    @Override
    public String nodeName(int node) {
        return "n" + node;
    }

    @Override
    public String functionName(int function) {
        return FUNCTIONS.get(function);
    }

    @Override
    public Value keyName(int key) {
        return Value.of("k" + key);
    }

    @Override
    public Value value(int value) {
        return value == NIL ? Value.NIL : Value.of(value);
    }

    @Override
    public int functionId(String name) {
        return FUNCTIONS.indexOf(name);
    }

    @Override
    public int initialValue() {
        return NIL;
    }

    @Override
    public List<String> nodes() {
        List<String> names = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            names.add(nodeName(node));
        }
        return names;
    }

    @Override
    public int eventCount() {
        return 2 * operations.length;
    }

    @Override
    public List<NemesisEvent> nemesisEvents() {
        return List.of();
    }

    @Override
    public Source source() {
        return new Source("memory", "memory", true, 0, List.of());
    }

    @Override
    public Iterable<Event> events() {
        throw new UnsupportedOperationException("a small history has operations only: " + Arrays.toString(operations));
    }
}
