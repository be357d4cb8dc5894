package dev.umpire.histories;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.Quotes;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.IntArrayList;

/**
 * What each operation read and wrote: gives every operation its key, takes {@code [key value]} pairs apart, and spreads
 * out the operations that read or write more than their one key.
 *
 * <p>A compound operation (cas, snapshot, txn) has a row in {@code readStart} and {@code writeStart}; its reads are
 * {@code readKeys[readStart[row]] ... readKeys[readStart[row + 1] - 1]}.
 */
final class Observations {
    static final byte NEITHER = 0;
    static final byte READ = 1;
    static final byte WRITE = 2;

    private final HistoryBuilder recording;
    private final ValueTable values;

    final Dense keys = new Dense();
    final Column key = new Column(History.NONE);

    /** Of each operation its row below, or NONE. */
    final Column compoundRow = new Column(History.NONE);

    final IntArrayList readStart = new IntArrayList();
    final IntArrayList readKeys = new IntArrayList();
    final IntArrayList readValues = new IntArrayList();
    final IntArrayList writeStart = new IntArrayList();
    final IntArrayList writeKeys = new IntArrayList();
    final IntArrayList writeValues = new IntArrayList();
    private int rows;

    Observations(HistoryBuilder recording) {
        this.recording = recording;
        this.values = recording.values;
    }

    /** Whether operations of a function read their key, write it, or neither; of the compound ones: neither. */
    static byte kindOf(String function) {
        return switch (function) {
            case "read", "get" -> READ;
            case "write", "put", "append", "add", "enqueue" -> WRITE;
            default -> NEITHER;
        };
    }

    void fill() throws MalformedHistoryException {
        boolean independent = recording.keyDetection.areIndependent();
        for (int operation = 0; operation < recording.size; operation++) {
            if (independent) {
                splitPair(operation);
            }
            String function = recording.functions.text(recording.function.getInt(operation), values);
            switch (function) {
                case "cas" -> cas(operation);
                case "snapshot" -> snapshot(operation);
                case "txn" -> transaction(operation);
                case "read", "write" -> {
                    if (isKeywordTransaction(recording.argument.getInt(operation))) {
                        transaction(operation);
                    } else {
                        key.set(operation, wholeKey(operation));
                    }
                }
                default -> key.set(operation, wholeKey(operation));
            }
        }
        readStart.addInt(readKeys.size());
        writeStart.addInt(writeKeys.size());
    }

    private void splitPair(int operation) {
        if (!(values.get(recording.argument.getInt(operation)) instanceof Value.Sequence pair)) {
            return;
        }
        int flags = recording.flags.getInt(operation) | Flags.INVOCATION_PAIRED;
        int keyValue = values.idOf(pair.elements().get(0));
        recording.keyValue.set(operation, keyValue);
        recording.argument.set(operation, values.idOf(pair.elements().get(1)));
        if (values.get(recording.result.getInt(operation)) instanceof Value.Sequence answer
                && KeyDetection.isPair(answer)
                && answer.elements().get(0).equals(pair.elements().get(0))) {
            recording.result.set(operation, values.idOf(answer.elements().get(1)));
            flags |= Flags.COMPLETION_PAIRED;
        }
        recording.flags.set(operation, flags);
    }

    /** The key that the operation names; without one, the one key of the history, whose name is nil. */
    private int wholeKey(int operation) {
        int named = recording.keyValue.getInt(operation);
        return keys.idOf(named == History.NONE ? History.NIL : named);
    }

    private void cas(int operation) throws MalformedHistoryException {
        int itsKey = wholeKey(operation);
        key.set(operation, itsKey);
        Value argument = values.get(recording.argument.getInt(operation));
        if (!(argument instanceof Value.Sequence pair) || pair.elements().size() != 2) {
            throw refused(operation, argument, "[old new] as the value of a cas");
        }
        beginRow(operation);
        if (isOk(operation)) {
            addRead(itsKey, pair.elements().get(0));
        }
        addWrite(itsKey, pair.elements().get(1));
    }

    private void snapshot(int operation) throws MalformedHistoryException {
        int named = recording.keyValue.getInt(operation);
        if (named != History.NONE) {
            key.set(operation, keys.idOf(named));
        }
        beginRow(operation);
        if (!isOk(operation)) {
            return;
        }
        Value asked = values.get(recording.argument.getInt(operation));
        Value result = values.get(recording.result.getInt(operation));
        if (result instanceof Value.MapOf map) {
            for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
                addRead(keys.idOf(values.idOf(entry.getKey())), entry.getValue());
            }
        } else if (result instanceof Value.Sequence answers
                && asked instanceof Value.Sequence askedKeys
                && answers.elements().size() == askedKeys.elements().size()) {
            for (int i = 0; i < answers.elements().size(); i++) {
                addRead(
                        keys.idOf(values.idOf(askedKeys.elements().get(i))),
                        answers.elements().get(i));
            }
        } else {
            throw refused(operation, result, "as the result of a snapshot a map, or a list with a value for each key");
        }
    }

    private void transaction(int operation) throws MalformedHistoryException {
        boolean answered = isOk(operation) && recording.result.getInt(operation) != History.NIL;
        Value value = values.get((answered ? recording.result : recording.argument).getInt(operation));
        if (!(value instanceof Value.Sequence steps)) {
            throw refused(operation, value, "a list of micro-operations [f key value] as the value of a txn");
        }
        beginRow(operation);
        Set<Integer> written = new HashSet<>();
        int first = History.NONE;
        boolean several = false;
        for (Value step : steps.elements()) {
            if (step instanceof Value.Sequence log
                    && !log.elements().isEmpty()
                    && CompoundFunctions.kindOf(log.elements()) == CompoundFunctions.MicroOperation.LOG) {
                several = true;
                continue;
            }
            if (!(step instanceof Value.Sequence triple) || triple.elements().size() != 3) {
                throw refused(operation, step, "a micro-operation [f key value] in a txn");
            }
            List<Value> elements = triple.elements();
            CompoundFunctions.MicroOperation kind = CompoundFunctions.kindOf(elements);
            if (kind == CompoundFunctions.MicroOperation.OTHER) {
                throw refused(operation, elements.get(0), ":r, :w or :append in a micro-operation of a txn");
            }
            int itsKey = keys.idOf(values.idOf(elements.get(1)));
            several |= first != History.NONE && first != itsKey;
            first = itsKey;
            if (kind == CompoundFunctions.MicroOperation.WRITE) {
                addWrite(itsKey, elements.get(2));
                written.add(itsKey);
            } else if (answered && !written.contains(itsKey)) {
                addRead(itsKey, elements.get(2));
            }
        }
        int named = recording.keyValue.getInt(operation);
        if (named != History.NONE) {
            key.set(operation, keys.idOf(named));
        } else if (!several) {
            key.set(operation, first);
        }
    }

    private boolean isKeywordTransaction(int value) {
        if (values.isInt(value) || !(values.get(value) instanceof Value.Sequence steps)) {
            return false;
        }
        return CompoundFunctions.isTransaction(steps)
                && steps.elements().get(0) instanceof Value.Sequence step
                && step.elements().get(0) instanceof Value.Keyword;
    }

    private boolean isOk(int operation) {
        return Flags.outcome(recording.flags.getInt(operation)) == Outcome.OK;
    }

    private void beginRow(int operation) {
        compoundRow.set(operation, rows++);
        readStart.addInt(readKeys.size());
        writeStart.addInt(writeKeys.size());
    }

    private void addRead(int itsKey, Value value) {
        readKeys.addInt(itsKey);
        readValues.addInt(values.idOf(value));
    }

    private void addWrite(int itsKey, Value value) {
        writeKeys.addInt(itsKey);
        writeValues.addInt(values.idOf(value));
    }

    private MalformedHistoryException refused(int operation, Value found, String expected) {
        return new MalformedHistoryException(
                recording.sourceName,
                recording.compoundPlaces.lineOf(operation),
                recording.compoundPlaces.columnOf(operation),
                "found " + Quotes.of(found) + ", expected " + expected + " (the operation that begins here)");
    }
}
