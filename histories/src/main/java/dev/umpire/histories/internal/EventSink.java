package dev.umpire.histories.internal;

import dev.umpire.histories.event.MalformedHistoryException;

/** Takes the events of a recording in their order. */
@FunctionalInterface
public interface EventSink {

    /**
     * Takes one event; its fields may be overwritten as soon as this returns.
     *
     * @throws MalformedHistoryException if the event does not fit what came before
     */
    void accept(EventFields event) throws MalformedHistoryException;
}
