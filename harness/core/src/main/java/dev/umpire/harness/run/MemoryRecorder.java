package dev.umpire.harness.run;

import dev.umpire.histories.HistoryRecorder;
import dev.umpire.histories.event.Event;
import java.util.ArrayList;
import java.util.List;

/** Keeps a recording in memory, for runs of which nothing but the verdicts is wanted. */
final class MemoryRecorder implements HistoryRecorder {

    private final List<Event> events = new ArrayList<>();

    @Override
    public long append(Event event) {
        long index = events.size();
        events.add(event.withIndex(index));
        return index;
    }

    List<Event> events() {
        return events;
    }

    @Override
    public void flush() {}

    @Override
    public void interrupt() {}

    @Override
    public void close() {}
}
