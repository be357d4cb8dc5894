package dev.umpire.checkers.online;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.util.Optional;

/** An operation as far as it has happened. Positions are the ranks of events in the recording, from 0. */
final class Operation {

    /** A completion that has not come. */
    static final long NEVER = Long.MAX_VALUE;

    private final int number;
    private final Value session;
    private final long invoked;
    private final Event invocation;
    private Optional<Event> completion = Optional.empty();
    private long ended = NEVER;

    /** @param number among the operations of the recording, in the order of invocations, from 0 */
    Operation(int number, Value session, long invoked, Event invocation) {
        this.number = number;
        this.session = session;
        this.invoked = invoked;
        this.invocation = invocation;
    }

    void end(long position, Event event) {
        ended = position;
        completion = Optional.of(event);
    }

    int number() {
        return number;
    }

    Value session() {
        return session;
    }

    /** The position of the invocation. */
    long invoked() {
        return invoked;
    }

    /** The position of the last event, an {@code info} line too; {@link #NEVER} before it has come. */
    long ended() {
        return ended;
    }

    Event invocation() {
        return invocation;
    }

    Optional<Event> completion() {
        return completion;
    }

    String function() {
        return invocation.function().orElse("");
    }

    Value argument() {
        return invocation.value().orElse(Value.NIL);
    }

    /** The key that it names as a whole; nil where it names none. */
    Value key() {
        return invocation.key().orElse(Value.NIL);
    }
}
