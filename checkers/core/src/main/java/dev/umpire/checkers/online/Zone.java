package dev.umpire.checkers.online;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A write and its reads: from the first completion among them to the last invocation, or the reverse. The zones of Gibbons
 * and Korach, <i>Testing Shared Memories</i>, SIAM J. Comput. 26(4), 1997; the initial value has one too, which was
 * completed before everything.
 */
final class Zone {
    private final Optional<Operation> write;
    private long firstCompletion;
    private long lastInvocation;
    private Optional<Operation> first = Optional.empty();
    private Optional<Operation> last = Optional.empty();

    private boolean recent;

    private Zone(Optional<Operation> write, long firstCompletion, long lastInvocation) {
        this.write = write;
        this.firstCompletion = firstCompletion;
        this.lastInvocation = lastInvocation;
    }

    static Zone ofInitial() {
        return new Zone(Optional.empty(), -1, -1);
    }

    static Zone of(Operation write) {
        return new Zone(Optional.of(write), Operation.NEVER, write.invoked());
    }

    /** The write or a read of it was completed. */
    void complete(Operation operation) {
        if (operation.ended() < firstCompletion) {
            firstCompletion = operation.ended();
            first = Optional.of(operation);
        }
        if (operation.invoked() > lastInvocation) {
            lastInvocation = operation.invoked();
            last = Optional.of(operation);
        }
    }

    /** {@link Operation#NEVER} if nobody knows that the value was there. */
    long firstCompletion() {
        return firstCompletion;
    }

    long lastInvocation() {
        return lastInvocation;
    }

    /** Whether its first completion lies behind the invocation of something that is under way. */
    boolean isRecent() {
        return recent;
    }

    void isRecent(boolean is) {
        recent = is;
    }

    /** Whether each of the two would have to come before the other. */
    boolean contradicts(Zone other) {
        return firstCompletion < other.lastInvocation && other.firstCompletion < lastInvocation;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        write.ifPresent(operations::add);
        first.ifPresent(operations::add);
        last.ifPresent(operations::add);
        return operations;
    }
}
