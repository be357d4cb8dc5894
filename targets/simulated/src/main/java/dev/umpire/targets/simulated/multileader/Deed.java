package dev.umpire.targets.simulated.multileader;

import dev.umpire.histories.value.Value;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a change does to one key. */
sealed interface Deed {

    Value key();

    /** The same with what becomes of the value that a client gave it. */
    Deed withValue(UnaryOperator<Value> change);

    /**
     * Writes a register.
     *
     * @param replaces the versions in whose place the value comes; others stay beside it, where siblings are kept
     */
    record Write(Value key, Value value, Set<Dot> replaces) implements Deed {
        public Write {
            replaces = Dot.copy(replaces);
        }

        @Override
        public Write withValue(UnaryOperator<Value> change) {
            return new Write(key, change.apply(value), replaces);
        }
    }

    /** Adds an element to a set. */
    record Add(Value key, Value element) implements Deed {

        @Override
        public Add withValue(UnaryOperator<Value> change) {
            return new Add(key, change.apply(element));
        }
    }

    /**
     * Removes an element from a set.
     *
     * @param adds those that the leader has seen: an add that it has not seen survives
     */
    record Remove(Value key, Value element, Set<Dot> adds) implements Deed {
        public Remove {
            adds = Dot.copy(adds);
        }

        @Override
        public Remove withValue(UnaryOperator<Value> change) {
            return new Remove(key, change.apply(element), adds);
        }
    }

    /** Adds to a counter; a negative amount takes away. */
    record Increment(Value key, long amount) implements Deed {

        @Override
        public Increment withValue(UnaryOperator<Value> change) {
            return change.apply(Value.of(amount)) instanceof Value.Int number
                    ? new Increment(key, number.value())
                    : this;
        }
    }

    /** Adds a line to a text; lines stand in the order of their timestamps. */
    record Append(Value key, Value line) implements Deed {

        @Override
        public Append withValue(UnaryOperator<Value> change) {
            return new Append(key, change.apply(line));
        }
    }

    /**
     * Claims a name for a session.
     *
     * @param name the claimed name within the key; nil: the key itself is the name
     */
    record Claim(Value key, Value name, int session) implements Deed {

        @Override
        public Claim withValue(UnaryOperator<Value> change) {
            return new Claim(key, change.apply(name), session);
        }
    }
}
