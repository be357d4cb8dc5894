package dev.umpire.checkers.online;

import java.util.ArrayList;
import java.util.List;

/**
 * What a session wrote or read of a key, which binds what it reads later.
 *
 * <p>Where a bound takes the place of an earlier one while its own write is open, it keeps the earlier one, in case the
 * write fails.
 */
final class Obligation {
    private final OrderedWrite write;
    private final Operation operation;
    private final List<Obligation> previous = new ArrayList<>(0);
    private boolean released;

    /** @param write the one that was written or read */
    Obligation(OrderedWrite write, Operation operation) {
        this.write = write;
        this.operation = operation;
        write.bounds++;
        if (write.isOpen()) {
            write.boundsWhileOpen.add(this);
        }
    }

    OrderedWrite write() {
        return write;
    }

    Operation operation() {
        return operation;
    }

    /** Whether it completed before the position. */
    boolean isBefore(long position) {
        return operation.ended() < position;
    }

    /** Whether what the other bound says follows from this one, for all that is invoked later. */
    boolean covers(Obligation other) {
        return other.isBefore(operation.invoked());
    }

    /** It takes the place of another, which it covers. */
    void replaces(Obligation other) {
        if (write.isOpen()) {
            previous.add(other);
        } else {
            other.release();
        }
    }

    /** Nobody is bound by it any more, unless a write fails. */
    void release() {
        if (!released) {
            released = true;
            write.bounds--;
            if (!write.isOpen()) {
                forgetPrevious();
            }
        }
    }

    /** Its write cannot fail any more, or has failed and that has been seen to. */
    void forgetPrevious() {
        previous.forEach(Obligation::release);
        previous.clear();
    }

    /** Its write failed: those that it replaced are somebody else's now. */
    List<Obligation> takePrevious() {
        List<Obligation> taken = List.copyOf(previous);
        previous.clear();
        return taken;
    }

    boolean isReleased() {
        return released;
    }

    /** The bounds that bind where this one stood: itself, or, if its write failed, those that it replaced. */
    List<Obligation> resolved() {
        if (!write.isFailed()) {
            return List.of(this);
        }
        List<Obligation> resolved = new ArrayList<>();
        previous.forEach(bound -> resolved.addAll(bound.resolved()));
        return resolved;
    }

    long retained() {
        return 1L + previous.size();
    }
}
