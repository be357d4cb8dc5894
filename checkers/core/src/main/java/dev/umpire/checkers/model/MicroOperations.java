package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;

/** The parts of a transaction: {@code [:r k v]}, {@code [:w k v]}, {@code [:append k v]}. */
final class MicroOperations {
    private MicroOperations() {}

    /** Whether a micro-operation of this name reads. */
    static boolean isRead(Value name) {
        String text = nameOf(name);
        return text.equals("r") || text.equals("read");
    }

    /** The name without the colon of a keyword. */
    static String nameOf(Value name) {
        return name instanceof Value.Keyword keyword ? keyword.name() : name.toString();
    }
}
