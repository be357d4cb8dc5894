package dev.umpire.histories;

import dev.umpire.histories.value.Value;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One operation of a history, seen as an object.
 *
 * @param history the history that it belongs to
 * @param number its number there, from 0
 */
public record Operation(History history, int number) {

    public Operation {
        if (number < 0 || number >= history.size()) {
            throw new IllegalArgumentException("number: found " + number + ", expected 0 to " + (history.size() - 1));
        }
    }

    /** The number that the recording gave the invocation. */
    public long index() {
        return history.index(number);
    }

    public Value session() {
        return history.sessionName(history.session(number));
    }

    public Value process() {
        return history.processName(history.process(number));
    }

    public Optional<String> node() {
        int node = history.node(number);
        return node == History.NONE ? Optional.empty() : Optional.of(history.nodeName(node));
    }

    public String function() {
        return history.functionName(history.function(number));
    }

    /** The key that the operation names; empty also in a history of one key without a name. */
    public Optional<Value> key() {
        int key = history.key(number);
        return key == History.NONE
                ? Optional.empty()
                : Optional.of(history.keyName(key)).filter(name -> !name.isNil());
    }

    public Value argument() {
        return history.value(history.argument(number));
    }

    /** {@link Value#NIL} unless the operation is OK and has a result. */
    public Value result() {
        return history.value(history.result(number));
    }

    public Outcome outcome() {
        return history.outcome(number);
    }

    /** Nanoseconds, where recorded. */
    public OptionalLong invokedNanos() {
        return present(history.invokedNanos(number));
    }

    /** Nanoseconds of the last event of the operation, where recorded. */
    public OptionalLong endedNanos() {
        return present(history.endedNanos(number));
    }

    public OptionalLong version() {
        return present(history.version(number));
    }

    public OptionalLong position() {
        return present(history.position(number));
    }

    public OptionalLong asOf() {
        return present(history.asOf(number));
    }

    private static OptionalLong present(long number) {
        return number == History.ABSENT ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
