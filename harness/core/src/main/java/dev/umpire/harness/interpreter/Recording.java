package dev.umpire.harness.interpreter;

import dev.umpire.harness.environment.Environment;
import dev.umpire.histories.event.Event;
import java.util.ArrayDeque;
import java.util.Deque;

/** Puts events in order: of one instant the invocations first, then the completions, which are kept until it is over. */
final class Recording {

    private final Environment environment;
    private final EventSink sink;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private boolean flushing;

    private record Kept(long nanos, Event event, Runnable afterwards) {}

    Recording(Environment environment, EventSink sink) {
        this.environment = environment;
        this.sink = sink;
    }

    /** Records an invocation or what the nemesis did. */
    void now(Event event) {
        flushBefore(environment.nowNanos());
        sink.append(event);
    }

    /**
     * Records a completion when its instant is over.
     *
     * @param afterwards is run then
     */
    void atTheEndOfTheInstant(Event event, Runnable afterwards) {
        long nanos = environment.nowNanos();
        kept.add(new Kept(nanos, event, afterwards));
        environment.schedule(1, () -> flushBefore(environment.nowNanos()));
    }

    /** Records the completions of all instants before this one. */
    void flushBefore(long nanos) {
        if (flushing || kept.isEmpty() || kept.getFirst().nanos() >= nanos) {
            return; // while flushing: what comes after a completion may record in turn, and must not overtake the other
            // completions
        }
        flushing = true;
        try {
            Kept first = kept.removeFirst();
            sink.append(first.event());
            if (kept.isEmpty() || kept.getFirst().nanos() >= nanos) {
                first.afterwards().run();
                return;
            }
            Deque<Runnable> afterwards = new ArrayDeque<>();
            afterwards.add(first.afterwards());
            while (!kept.isEmpty() && kept.getFirst().nanos() < nanos) {
                Kept next = kept.removeFirst();
                sink.append(next.event());
                afterwards.add(next.afterwards());
            }
            afterwards.forEach(Runnable::run);
        } finally {
            flushing = false;
        }
    }

    /** Records everything that was kept. */
    void flush() {
        while (!kept.isEmpty()) {
            sink.append(kept.removeFirst().event());
        }
    }
}
