package dev.umpire.histories.internal;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One event while it is read: the fields of {@link Event}, with ids in place of values; filled in again and again.
 *
 * <p>Fields are open because readers and the builder touch each of them for each of millions of events.
 */
public final class EventFields {

    /** No such id. */
    public static final int NONE = -1;

    /** No such number. */
    public static final long ABSENT = Long.MIN_VALUE;

    /** Where the ids below lead to. */
    public final ValueTable values;

    /** Where the event begins in its file, from 1; the number of the event where there is no file. */
    public long line;

    /** Column in characters, from 1. */
    public long column;

    public @Nullable EventType type;
    public long index;
    public long time;
    public long version;
    public long position;
    public long asOf;
    public int process;
    public int session;

    /** The id of a text. */
    public int node;

    /** The id of a text. */
    public int function;

    public int key;
    public int value;

    /** The id of a text. */
    public int phase;

    public int error;
    public @Nullable Map<Value, Value> extras;

    public EventFields(ValueTable values) {
        this.values = values;
        clear();
    }

    /** Makes every field absent. */
    public void clear() {
        type = null;
        index = ABSENT;
        time = ABSENT;
        version = ABSENT;
        position = ABSENT;
        asOf = ABSENT;
        process = NONE;
        session = NONE;
        node = NONE;
        function = NONE;
        key = NONE;
        value = NONE;
        phase = NONE;
        error = NONE;
        extras = null;
    }

    /** Keeps a key that Umpire does not know; false if it was there already. */
    public boolean extra(Value name, Value extra) {
        if (extras == null) {
            extras = new LinkedHashMap<>();
        }
        return extras.putIfAbsent(name, extra) == null;
    }

    /** Takes over an event object. */
    public void set(Event event) {
        type = event.type();
        index = event.index().orElse(ABSENT);
        time = event.time().orElse(ABSENT);
        version = event.version().orElse(ABSENT);
        position = event.position().orElse(ABSENT);
        asOf = event.asOf().orElse(ABSENT);
        process = id(event.process());
        session = id(event.session());
        node = textId(event.node());
        function = textId(event.function());
        key = id(event.key());
        value = id(event.value());
        phase = textId(event.phase());
        error = id(event.error());
        extras = event.extras().isEmpty() ? null : event.extras();
    }

    /** An event object of what is here. */
    public Event toEvent() {
        EventType known = type;
        if (known == null) {
            throw new IllegalStateException("type: found none, expected one of invoke, ok, fail, info");
        }
        return new Event(
                number(index),
                number(time),
                known,
                value(process),
                value(session),
                text(node),
                text(function),
                value(key),
                value(value),
                number(version),
                number(position),
                number(asOf),
                text(phase),
                value(error),
                extras == null ? Map.of() : extras);
    }

    private int id(Optional<Value> optional) {
        return optional.isPresent() ? values.idOf(optional.get()) : NONE;
    }

    private int textId(Optional<String> optional) {
        return optional.isPresent() ? values.idOf(new Value.Text(optional.get())) : NONE;
    }

    private static OptionalLong number(long number) {
        return number == ABSENT ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private Optional<Value> value(int id) {
        return id == NONE ? Optional.empty() : Optional.of(values.get(id));
    }

    private Optional<String> text(int id) {
        return id == NONE ? Optional.empty() : Optional.of(values.get(id).toString());
    }
}
