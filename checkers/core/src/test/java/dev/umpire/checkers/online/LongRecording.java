package dev.umpire.checkers.online;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Events without end, of sessions that write rising numbers to the keys of one store and read them, every answer right. Writes
 * take effect when they are acknowledged.
 */
final class LongRecording {
    private static final int SESSIONS = 8;

    private final int keys;
    private final Random random = new Random(20261126);
    private final long[] stored;
    private final long[] writing = new long[SESSIONS];
    private final int[] key = new int[SESSIONS];
    private final boolean[] open = new boolean[SESSIONS];
    private long written;
    private long nanos;

    LongRecording(int keys) {
        this.keys = keys;
        stored = new long[keys];
    }

    void next(int events, Consumer<Event> sink) {
        for (int i = 0; i < events; i++) {
            sink.accept(next());
        }
    }

    private Event next() {
        int s = random.nextInt(SESSIONS);
        nanos += 1_000;
        if (!open[s]) {
            open[s] = true;
            key[s] = random.nextInt(keys);
            writing[s] = random.nextInt(2) == 0 ? ++written : 0;
            Event.Builder event = event(EventType.INVOKE, s);
            return (writing[s] > 0 ? event.value(Value.of(writing[s])) : event).build();
        }
        open[s] = false;
        if (writing[s] > 0) {
            stored[key[s]] = writing[s];
            return event(EventType.OK, s).build();
        }
        long value = stored[key[s]];
        return event(EventType.OK, s)
                .value(value == 0 ? Value.NIL : Value.of(value))
                .build();
    }

    private Event.Builder event(EventType type, int session) {
        return Event.of(type)
                .time(nanos)
                .process(session)
                .session(session)
                .function(writing[session] > 0 ? "write" : "read")
                .key(Value.of("x" + key[session]));
    }

    /** The next events of a session that is idle: it reads this. */
    void read(int session, int ofKey, long value, Consumer<Event> sink) {
        writing[session] = 0;
        key[session] = ofKey;
        nanos += 1_000;
        sink.accept(event(EventType.INVOKE, session).build());
        nanos += 1_000;
        sink.accept(event(EventType.OK, session).value(Value.of(value)).build());
    }

    /** A session that is idle now. */
    int idle() {
        for (int s = 0; s < SESSIONS; s++) {
            if (!open[s]) {
                return s;
            }
        }
        throw new IllegalStateException("found no idle session, expected one; make more events");
    }
}
