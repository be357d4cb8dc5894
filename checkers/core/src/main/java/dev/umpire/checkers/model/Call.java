package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;

/**
 * What one operation asked of an object and what it was answered, without time.
 *
 * @param function {@code read}, {@code write}, {@code cas}, ...
 * @param key the key that it names; {@link Value#NIL} where it names none or several
 * @param argument as in the history
 * @param result as in the history; {@link Value#NIL} where {@code answered} is false
 * @param answered whether the result is known: true of an OK operation, false of one whose outcome is unknown, which a
 *     model must let return anything
 * @param caller the name of the session that called, where the model {@linkplain Model#asksForCaller asks for it}; else
 *     {@link Value#NIL}
 */
public record Call(String function, Value key, Value argument, Value result, boolean answered, Value caller) {

    /** A call of which it does not matter who called. */
    public Call(String function, Value key, Value argument, Value result, boolean answered) {
        this(function, key, argument, result, answered, Value.NIL);
    }

    /** A call of which key and result do not matter. */
    public static Call of(String function, Value argument) {
        return new Call(function, Value.NIL, argument, Value.NIL, true);
    }

    /** A call that was answered, of which the key does not matter. */
    public static Call of(String function, Value argument, Value result) {
        return new Call(function, Value.NIL, argument, result, true);
    }

    /** The same by this session. */
    public Call by(Value session) {
        return new Call(function, key, argument, result, answered, session);
    }
}
