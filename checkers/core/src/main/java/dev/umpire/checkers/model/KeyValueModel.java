package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * A value that is put and got as a whole, and to whose end text is appended.
 *
 * <p>{@code put} replaces what is there, {@code append} adds to the end of its text, {@code get} returns all of it. What was
 * put is got as that value: after {@code put 1} the string {@code "1"} is not there. Once something was appended there is
 * text only, which is got as whatever is written so: stores that append know strings, and recordings of them numbers. An
 * absent key is the empty string; nil means the same.
 */
final class KeyValueModel implements Model<KeyValueModel.Content> {
    private static final Value EMPTY = Value.of("");

    /** What is there under a key. */
    sealed interface Content {

        /** How it is written. */
        String text();

        /** Whether this value is got of it. */
        boolean isGotAs(Value result);

        /** What was put, as it was put; never nil. */
        record Put(Value value) implements Content {
            @Override
            public String text() {
                return value.toString();
            }

            @Override
            public boolean isGotAs(Value result) {
                return value.equals(withoutNil(result));
            }

            @Override
            public String toString() {
                return text();
            }
        }

        /** What was appended, to whatever was there before. */
        record Joined(String text) implements Content {
            @Override
            public boolean isGotAs(Value result) {
                return text.equals(withoutNil(result).toString());
            }

            @Override
            public String toString() {
                return text;
            }
        }
    }

    @Override
    public String name() {
        return "kv";
    }

    @Override
    public boolean knows(String function) {
        return function.equals("get") || function.equals("put") || function.equals("append");
    }

    @Override
    public Content initial(Value declared) {
        return new Content.Put(withoutNil(declared));
    }

    @Override
    public Optional<Content> step(Content state, Call call) {
        return switch (call.function()) {
            case "put" -> Optional.of(new Content.Put(withoutNil(call.argument())));
            case "append" -> Optional.of(new Content.Joined(state.text() + withoutNil(call.argument())));
            case "get" -> !call.answered() || state.isGotAs(call.result()) ? Optional.of(state) : Optional.empty();
            default -> Optional.empty();
        };
    }

    @Override
    public Effect effect(Call call) {
        return call.function().equals("get") ? Effect.OBSERVES : Effect.ALWAYS_POSSIBLE;
    }

    @Override
    public Call canonical(Call call) {
        return call.function().equals("get")
                ? new Call("get", Value.NIL, Value.NIL, call.result(), call.answered())
                : Call.of(call.function(), call.argument());
    }

    @Override
    public boolean foreseesObservations() {
        return true;
    }

    @Override
    public boolean leadsTo(Content state, Call observation) {
        return !observation.answered()
                || state.isGotAs(observation.result()) // equal sets may be written in different orders
                || withoutNil(observation.result()).toString().startsWith(state.text());
    }

    @Override
    public boolean overwrites(Call call) {
        return call.function().equals("put");
    }

    @Override
    public long sizeBytes(Content state) {
        return 64 + 2L * state.text().length();
    }

    private static Value withoutNil(Value value) {
        return value.isNil() ? EMPTY : value;
    }
}
