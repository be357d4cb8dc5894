package dev.umpire.histories;

import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.util.List;

/** The functions whose values are taken apart into reads and writes: {@code cas}, {@code snapshot}, {@code txn}. */
final class CompoundFunctions {
    final int cas;
    final int snapshot;
    final int txn;
    private final ValueTable values;

    CompoundFunctions(ValueTable values) {
        this.values = values;
        this.cas = values.idOf(new Value.Text("cas"));
        this.snapshot = values.idOf(new Value.Text("snapshot"));
        this.txn = values.idOf(new Value.Text("txn"));
    }

    boolean needsPlace(int function) {
        return function == cas || function == snapshot || function == txn;
    }

    /** Whether a value is a list, not empty, of micro-operations: {@code [[:r k v] [:append k v]]}. */
    boolean isTransaction(int value) {
        return !values.isInt(value) && isTransaction(values.get(value));
    }

    static boolean isTransaction(Value value) {
        if (!(value instanceof Value.Sequence sequence) || sequence.elements().isEmpty()) {
            return false;
        }
        for (Value element : sequence.elements()) {
            if (!isMicroOperation(element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMicroOperation(Value value) {
        if (!(value instanceof Value.Sequence sequence) || sequence.elements().isEmpty()) {
            return false;
        }
        MicroOperation kind = kindOf(sequence.elements());
        return kind == MicroOperation.LOG
                || (kind != MicroOperation.OTHER && sequence.elements().size() == 3);
    }

    /** What the first element of a micro-operation asks for; not empty. */
    static MicroOperation kindOf(List<Value> elements) {
        Value first = elements.get(0);
        String name = first instanceof Value.Keyword keyword
                ? keyword.name()
                : first instanceof Value.Text text ? text.value() : "";
        return switch (name) {
            case "r", "read" -> MicroOperation.READ;
            case "w", "write", "append" -> MicroOperation.WRITE;
            case "send", "poll" -> MicroOperation.LOG;
            default -> MicroOperation.OTHER;
        };
    }

    /** What a micro-operation of a transaction does to its key. */
    enum MicroOperation {
        READ,
        WRITE,
        /** Of a log with partitions, {@code [:send k v]} or {@code [:poll {k [[offset v]]}]}: no register is touched. */
        LOG,
        OTHER
    }
}
