package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When an operation was to be asked, among the fields of its invocation that no column but this one holds. */
final class Intended {
    private Intended() {}

    /** The time that these fields say, in nanoseconds; {@link History#ABSENT} if they say none. */
    static long in(@Nullable Map<Value, Value> fields) {
        return fields != null && fields.get(Event.INTENDED) instanceof Value.Int nanos ? nanos.value() : History.ABSENT;
    }

    /** Whether these fields say nothing else, so that the column of it is enough. */
    static boolean isAll(@Nullable Map<Value, Value> fields) {
        return fields != null && fields.size() == 1 && in(fields) != History.ABSENT;
    }

    /** The fields that say it. */
    static Map<Value, Value> fields(long nanos) {
        return Map.of(Event.INTENDED, Value.of(nanos));
    }
}
