package dev.umpire.targets.simulated.multileader;

import dev.umpire.histories.value.Value;
import java.util.Set;

/** What a change does to one key. */
sealed interface Deed {

    Value key();

    /**
     * Writes a register.
     *
     * @param replaces the versions in whose place the value comes; others stay beside it, where siblings are kept
     */
    record Write(Value key, Value value, Set<Dot> replaces) implements Deed {
        public Write {
            replaces = Dot.copy(replaces);
        }
    }

    /** Adds an element to a set. */
    record Add(Value key, Value element) implements Deed {}

    /**
     * Removes an element from a set.
     *
     * @param adds those that the leader has seen: an add that it has not seen survives
     */
    record Remove(Value key, Value element, Set<Dot> adds) implements Deed {
        public Remove {
            adds = Dot.copy(adds);
        }
    }

    /** Adds to a counter; a negative amount takes away. */
    record Increment(Value key, long amount) implements Deed {}

    /** Adds a line to a text; lines stand in the order of their timestamps. */
    record Append(Value key, Value line) implements Deed {}

    /**
     * Claims a name for a session.
     *
     * @param name the claimed name within the key; nil: the key itself is the name
     */
    record Claim(Value key, Value name, int session) implements Deed {}
}
