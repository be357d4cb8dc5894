package dev.umpire.harness.junit.recording;

import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The operations of one session. Thread-safe: one lock, held for a reading of the clock and a few stores. */
final class SessionLog {
    /** A clock that gives the same number so often stands still. */
    private static final int MOST_READINGS = 10_000_000;

    private static final int NONE = -1;

    /** Most sessions of a test are short; the columns of long ones grow by new ones beside them. */
    private static final int FIRST_ROWS = 16;

    private static final int MOST_ROWS = 1_024;

    /** So many texts are told by number; where a session has more of them, as where each value is a new one, it gains nothing. */
    private static final int USUAL_TEXTS = 256;

    private final Value name;
    private final LongSupplier nanoClock;
    private final AtomicInteger processes;
    private final List<OperationRows> pieces = new ArrayList<>();
    private final Names names = new Names(Integer.MAX_VALUE);
    private final Names usualTexts = new Names(USUAL_TEXTS);
    private OperationRows newest = rows(FIRST_ROWS);
    private long lastNanos = Long.MIN_VALUE;
    private int freeProcess = NONE;

    SessionLog(Value name, LongSupplier nanoClock, AtomicInteger processes) {
        this.name = name;
        this.nanoClock = nanoClock;
        this.processes = processes;
        pieces.add(newest);
    }

    private OperationRows rows(int capacity) {
        return new OperationRows(capacity, names, usualTexts);
    }

    Value name() {
        return name;
    }

    /** How an operation ended. */
    enum Ending {
        UNDER_WAY,
        OK,
        FAIL,
        INFO
    }

    synchronized OperationRows.Entry begin(
            String function, @Nullable Value key, Value argument, @Nullable String node) {
        int process = freeProcess == NONE ? processes.getAndIncrement() : freeProcess;
        freeProcess = NONE;
        if (newest.isFull()) {
            newest = rows(Math.min(MOST_ROWS, newest.capacity() * 2));
            pieces.add(newest);
        }
        return newest.begin(function, key, argument, node, process, now());
    }

    /** Says of an operation that it belongs to the phase after healing and convergence. */
    synchronized void markFinal(OperationRows.Entry entry) {
        entry.markFinal();
    }

    /** The end of an operation of a target's client. */
    synchronized void end(OperationRows.Entry entry, Response.Ok said) {
        entry.say(said);
        end(entry, Ending.OK, said.result().orElse(null));
    }

    /** @param answer the result of OK, null where that is the argument; the reason of the others */
    synchronized void end(OperationRows.Entry entry, Ending ending, @Nullable Value answer) {
        entry.end(ending, answer, now());
        if (ending != Ending.INFO) {
            freeProcess = entry.process();
        }
    }

    /** Later than any time that this session was given before: its operations have an order. */
    private long now() {
        long nanos = nanoClock.getAsLong();
        for (int readings = 1; nanos <= lastNanos; readings++) {
            if (readings > MOST_READINGS) {
                throw new IllegalStateException("clock: found " + nanos + " ns " + readings
                        + " times, expected more than " + lastNanos + " ns");
            }
            nanos = nanoClock.getAsLong();
        }
        lastNanos = nanos;
        return nanos;
    }

    /** Hands over every operation, while none can begin or end. */
    synchronized void forEach(Consumer<OperationRows.Entry> taker) {
        for (OperationRows piece : pieces) {
            for (int row = 0; row < piece.size(); row++) {
                taker.accept(piece.entry(row));
            }
        }
    }
}
