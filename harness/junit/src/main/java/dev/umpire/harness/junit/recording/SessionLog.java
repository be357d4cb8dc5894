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

    private final Value name;
    private final LongSupplier nanoClock;
    private final AtomicInteger processes;
    private final List<Entry> entries = new ArrayList<>();
    private long lastNanos = Long.MIN_VALUE;
    private int freeProcess = NONE;

    SessionLog(Value name, LongSupplier nanoClock, AtomicInteger processes) {
        this.name = name;
        this.nanoClock = nanoClock;
        this.processes = processes;
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

    /** One operation; what changes is guarded by the lock of its session. */
    static final class Entry {
        final String function;
        final @Nullable Value key;
        final Value argument;
        final @Nullable String node;
        final int process;
        final long invokedNanos;
        long endedNanos;
        Ending ending = Ending.UNDER_WAY;
        Value answer = Value.NIL;
        /** All that a target's client said; null where the operation is of another client. */
        Response.@Nullable Ok said;
        /** Whether it belongs to the phase after healing and convergence. */
        boolean finalPhase;

        private Entry(
                String function,
                @Nullable Value key,
                Value argument,
                @Nullable String node,
                int process,
                long invokedNanos) {
            this.function = function;
            this.key = key;
            this.argument = argument;
            this.node = node;
            this.process = process;
            this.invokedNanos = invokedNanos;
        }
    }

    synchronized Entry begin(String function, @Nullable Value key, Value argument, @Nullable String node) {
        int process = freeProcess == NONE ? processes.getAndIncrement() : freeProcess;
        freeProcess = NONE;
        Entry entry = new Entry(function, key, argument, node, process, now());
        entries.add(entry);
        return entry;
    }

    /** The end of an operation of a target's client. */
    synchronized void end(Entry entry, Response.Ok said) {
        entry.said = said;
        end(entry, Ending.OK, said.result().orElse(entry.argument));
    }

    /** @param answer the result of OK, the reason of the others */
    synchronized void end(Entry entry, Ending ending, Value answer) {
        entry.endedNanos = now();
        entry.ending = ending;
        entry.answer = answer;
        if (ending != Ending.INFO) {
            freeProcess = entry.process;
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
    synchronized void forEach(Consumer<Entry> taker) {
        entries.forEach(taker);
    }
}
