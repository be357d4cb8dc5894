package dev.umpire.histories.event;

import dev.umpire.histories.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One event of a recording: one map of a Jepsen history, one line of JSON Lines.
 *
 * <p>Every field but {@code type} may be absent in a file, and an absent field stays absent when the event is written
 * back. {@code extras} holds the keys that Umpire does not know, in the order of the file.
 *
 * @param index the file's own number of this event, whatever it means there
 * @param time nanoseconds; since the start of the run, or since 1970: only differences mean something
 * @param process a number, or a keyword or string such as {@code nemesis}
 * @param session the logical client; where absent, the process
 * @param node the replica that the request was sent to
 * @param function the operation's function ({@code read}, {@code write}, ...), without a colon
 * @param key the key, where the file names it beside the value
 * @param value argument or result
 * @param version the key's version that the store assigned to this value
 * @param position where this write stands in the store's one commit order
 * @param asOf the replica's position that a read saw
 * @param phase {@code final} for the reads after healing and convergence
 * @param error why the operation failed or is unknown
 */
public record Event(
        OptionalLong index,
        OptionalLong time,
        EventType type,
        Optional<Value> process,
        Optional<Value> session,
        Optional<String> node,
        Optional<String> function,
        Optional<Value> key,
        Optional<Value> value,
        OptionalLong version,
        OptionalLong position,
        OptionalLong asOf,
        Optional<String> phase,
        Optional<Value> error,
        Map<Value, Value> extras) {

    /**
     * Among the extras of an invocation: when it was to be asked, in nanoseconds on the clock of {@code time}, where that was
     * earlier. It serves durations alone; what happened before what goes by when it was really asked.
     */
    public static final Value INTENDED = Value.keyword("intended");

    public Event {
        extras = extras.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    }

    /** The same event with another number. */
    public Event withIndex(long number) {
        return withPlace(OptionalLong.of(number), time);
    }

    /** The same event at another time, in nanoseconds. */
    public Event withTime(long nanos) {
        return withPlace(index, OptionalLong.of(nanos));
    }

    /** The same event with another number and at another time, in nanoseconds, or with none. */
    public Event withPlace(OptionalLong newIndex, OptionalLong newTime) {
        return new Event(
                newIndex, newTime, type, process, session, node, function, key, value, version, position, asOf, phase,
                error, extras);
    }

    /** The same event without one of its extras, if it has it. */
    public Event without(Value name) {
        if (!extras.containsKey(name)) {
            return this;
        }
        Map<Value, Value> fewer = new LinkedHashMap<>(extras);
        fewer.remove(name);
        return new Event(
                index, time, type, process, session, node, function, key, value, version, position, asOf, phase, error,
                fewer);
    }

    /** A builder with every field absent. */
    public static Builder of(EventType type) {
        return new Builder(type);
    }

    /** Fills in an event field by field; not thread-safe. */
    public static final class Builder {
        private final EventType type;
        private OptionalLong index = OptionalLong.empty();
        private OptionalLong time = OptionalLong.empty();
        private Optional<Value> process = Optional.empty();
        private Optional<Value> session = Optional.empty();
        private Optional<String> node = Optional.empty();
        private Optional<String> function = Optional.empty();
        private Optional<Value> key = Optional.empty();
        private Optional<Value> value = Optional.empty();
        private OptionalLong version = OptionalLong.empty();
        private OptionalLong position = OptionalLong.empty();
        private OptionalLong asOf = OptionalLong.empty();
        private Optional<String> phase = Optional.empty();
        private Optional<Value> error = Optional.empty();
        private Map<Value, Value> extras = Map.of();

        private Builder(EventType type) {
            this.type = type;
        }

        public Builder index(long index) {
            this.index = OptionalLong.of(index);
            return this;
        }

        /** Nanoseconds. */
        public Builder time(long nanos) {
            this.time = OptionalLong.of(nanos);
            return this;
        }

        public Builder process(Value process) {
            this.process = Optional.of(process);
            return this;
        }

        public Builder process(long process) {
            return process(Value.of(process));
        }

        public Builder session(Value session) {
            this.session = Optional.of(session);
            return this;
        }

        public Builder session(long session) {
            return session(Value.of(session));
        }

        public Builder node(String node) {
            this.node = Optional.of(node);
            return this;
        }

        public Builder function(String function) {
            this.function = Optional.of(function);
            return this;
        }

        public Builder key(Value key) {
            this.key = Optional.of(key);
            return this;
        }

        public Builder value(Value value) {
            this.value = Optional.of(value);
            return this;
        }

        public Builder version(long version) {
            this.version = OptionalLong.of(version);
            return this;
        }

        public Builder position(long position) {
            this.position = OptionalLong.of(position);
            return this;
        }

        public Builder asOf(long asOf) {
            this.asOf = OptionalLong.of(asOf);
            return this;
        }

        public Builder phase(String phase) {
            this.phase = Optional.of(phase);
            return this;
        }

        public Builder error(Value error) {
            this.error = Optional.of(error);
            return this;
        }

        public Builder error(String error) {
            return error(Value.of(error));
        }

        public Builder extra(Value name, Value value) {
            if (extras.isEmpty()) {
                extras = new LinkedHashMap<>();
            }
            extras.put(name, value);
            return this;
        }

        public Event build() {
            return new Event(
                    index, time, type, process, session, node, function, key, value, version, position, asOf, phase,
                    error, extras);
        }
    }
}
