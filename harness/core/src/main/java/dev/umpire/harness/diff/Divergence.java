package dev.umpire.harness.diff;

import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.event.Event;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * The first event in which two histories differ. The numbers that recordings give their events do not count.
 *
 * @param event how many events are the same before it
 * @param a the event as a line of JSON Lines; empty: A has ended
 * @param b the event as a line of JSON Lines; empty: B has ended
 */
public record Divergence(long event, Optional<String> a, Optional<String> b) {

    /** Where two histories first differ in anything, their times among it; empty: nowhere. */
    static Optional<Divergence> of(History a, History b) {
        return first(a, b, Divergence::unnumbered);
    }

    /** Where they first differ in more than the time at which something happened. */
    static Optional<Divergence> beyondTime(History a, History b) {
        return first(a, b, Divergence::untimed);
    }

    private static Optional<Divergence> first(History a, History b, UnaryOperator<Event> comparable) {
        Iterator<Event> ofA = a.events().iterator();
        Iterator<Event> ofB = b.events().iterator();
        for (long event = 0; ofA.hasNext() || ofB.hasNext(); event++) {
            Optional<Event> nextOfA = next(ofA);
            Optional<Event> nextOfB = next(ofB);
            if (!nextOfA.map(comparable).equals(nextOfB.map(comparable))) {
                return Optional.of(
                        new Divergence(event, nextOfA.map(HistoryFiles::line), nextOfB.map(HistoryFiles::line)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Event> next(Iterator<Event> events) {
        return events.hasNext() ? Optional.of(events.next()) : Optional.empty();
    }

    private static Event unnumbered(Event event) {
        return event.withPlace(OptionalLong.empty(), event.time());
    }

    private static Event untimed(Event event) {
        return event.withPlace(OptionalLong.empty(), OptionalLong.empty()).without(Event.INTENDED);
    }
}
