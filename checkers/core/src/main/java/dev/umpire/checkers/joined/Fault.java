package dev.umpire.checkers.joined;

import java.util.List;

/**
 * What no order of any operations explains.
 *
 * @param operations those that show it, the violating one last; one or two, none twice
 * @param key of which it is shown
 */
public record Fault(Kind kind, List<Integer> operations, int key) {

    /** In what way. */
    public enum Kind {
        /** It returned what no other operation wrote. */
        UNWRITTEN,
        /** Among what was there before it wrote it returned what it wrote itself, and nobody else. */
        OWN_WRITE_AHEAD,
        /** After its own write it returned something else than that, or a list that does not end with its own appends. */
        OWN_WRITE_MISSING,
        /** It found two different values, or lists, in one key before it wrote that. */
        CHANGING,
        /** The second returned a part of what the first, a transaction, wrote to the key, not as it stands there, or twice. */
        TORN,
        /** Both returned lists of which neither begins with the other. */
        INCOMPATIBLE
    }

    public Fault {
        operations = operations.stream().distinct().toList();
    }
}
