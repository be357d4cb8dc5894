package dev.umpire.harness.interpreter;

import dev.umpire.histories.event.Event;

/** Takes events in the order of the recording. */
@FunctionalInterface
public interface EventSink {
    void append(Event event);
}
