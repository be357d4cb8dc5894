package dev.umpire.histories;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;
import org.agrona.collections.Int2IntHashMap;

/** The ids of values wherever they stand in columns, names and errors: those of a few blocks of operations lead to few values. */
final class ValuesInParts {
    private final HistoryParts parts;
    private final BinaryHeader header;
    private final BitSet used = new BitSet();

    ValuesInParts(HistoryParts parts, BinaryHeader header) {
        this.parts = parts;
        this.header = header;
        for (int operation = 0; operation < parts.size; operation++) {
            used.set(parts.argument[operation]);
            used.set(parts.result[operation]);
            use(parts.siblings.getInt(operation));
            use(header.sessionNames[parts.session.get(operation)]);
            use(header.processNames[parts.process.get(operation)]);
            use(header.functionNames[parts.function.get(operation)]);
            useName(header.nodeNames, parts.node.get(operation));
            useName(header.nodeNames, parts.invokedNode.getInt(operation));
            useName(header.keyNames, parts.key.get(operation));
        }
        for (int i = 0; i < parts.readKeys.length; i++) {
            use(parts.readValues[i]);
            useName(header.keyNames, parts.readKeys[i]);
        }
        for (int i = 0; i < parts.writeKeys.length; i++) {
            use(parts.writeValues[i]);
            useName(header.keyNames, parts.writeKeys[i]);
        }
        parts.errors.forEachInt((position, id) -> use(id));
    }

    private void use(int id) {
        if (id != History.NONE) {
            used.set(id);
        }
    }

    private void useName(int[] names, int name) {
        if (name != History.NONE) {
            used.set(names[name]);
        }
    }

    /** All of them. */
    BitSet used() {
        return used;
    }

    /** Puts another id in the place of each; names that nothing here has get the name nil. */
    void replace(IntUnaryOperator another) {
        Column siblings = new Column(History.NONE);
        for (int operation = 0; operation < parts.size; operation++) {
            parts.argument[operation] = another.applyAsInt(parts.argument[operation]);
            parts.result[operation] = another.applyAsInt(parts.result[operation]);
            int list = parts.siblings.getInt(operation);
            siblings.set(operation, list == History.NONE ? list : another.applyAsInt(list));
        }
        parts.siblings = siblings;
        replace(parts.readValues, another);
        replace(parts.writeValues, another);
        Int2IntHashMap errors = new Int2IntHashMap(History.NONE);
        parts.errors.forEachInt((position, id) -> errors.put(position, another.applyAsInt(id)));
        parts.errors = errors;
        parts.sessions = names(header.sessionNames, another);
        parts.processes = names(header.processNames, another);
        parts.nodes = names(header.nodeNames, another);
        parts.functions = names(header.functionNames, another);
        parts.keys = names(header.keyNames, another);
    }

    private static void replace(int[] ids, IntUnaryOperator another) {
        for (int i = 0; i < ids.length; i++) {
            ids[i] = another.applyAsInt(ids[i]);
        }
    }

    private Dense names(int[] names, IntUnaryOperator another) {
        Dense dense = new Dense();
        for (int name : names) {
            dense.add(used.get(name) ? another.applyAsInt(name) : History.NIL);
        }
        return dense;
    }
}
