package dev.umpire.checkers.online;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/** A write that is remembered; each checker adds what it must know of it. */
abstract class Write {

    /** What is known of the outcome. */
    enum State {
        /** Not completed: it may still be acknowledged or fail. */
        OPEN,
        ACKNOWLEDGED,
        FAILED,
        /** Nobody will ever say whether it took effect. */
        UNKNOWN
    }

    private final Operation operation;
    private State state = State.OPEN;
    private Optional<Write> sameValue = Optional.empty();
    private Optional<Write> newer = Optional.empty();

    Write(Operation operation) {
        this.operation = operation;
    }

    final Operation operation() {
        return operation;
    }

    final Value value() {
        return operation.argument();
    }

    final long invoked() {
        return operation.invoked();
    }

    /** The position of the acknowledgement; {@link Operation#NEVER} where there is none. */
    final long acknowledged() {
        return state == State.ACKNOWLEDGED ? operation.ended() : Operation.NEVER;
    }

    final State state() {
        return state;
    }

    final boolean isOpen() {
        return state == State.OPEN;
    }

    final boolean isFailed() {
        return state == State.FAILED;
    }

    final void become(State outcome) {
        state = outcome;
    }

    /** An earlier write of the same value to the same key. */
    final Optional<Write> sameValue() {
        return sameValue;
    }

    /** The next write of the same value to the same key. */
    final Optional<Write> newer() {
        return newer;
    }

    final void follows(Optional<Write> earlier) {
        sameValue = earlier;
        earlier.ifPresent(write -> write.newer = Optional.of(this));
    }
}
