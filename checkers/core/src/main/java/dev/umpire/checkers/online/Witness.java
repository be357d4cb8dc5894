package dev.umpire.checkers.online;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Tells a violation: the checker of the whole recording is asked of the operations among which it is, so that kind, witness
 * and sentence are those that it would give.
 */
final class Witness<W extends Write> {
    /** Operations on several keys bring other keys with them, whose anomalies are none. */
    private static final int LISTED = 1_000;

    private record At(long position, Event event) {

        /** The event as it is told in the whole recording, whose times are told from its first operation on. */
        Event since(long originNanos) {
            return event.time().isEmpty() ? event : event.withTime(event.time().getAsLong() - originNanos);
        }
    }

    private final Rules<W> rules;
    private final long originNanos;

    /** @param firstNanos when the first operation of the recording was invoked, or {@link History#ABSENT} */
    Witness(Rules<W> rules, long firstNanos) {
        this.rules = rules;
        originNanos = Words.originOf(firstNanos);
    }

    /** Without times a sentence tells places, which are not those of the whole recording. */
    private static String howNumbered(List<At> events) {
        boolean moved = events.get(events.size() - 1).position() >= events.size();
        return moved && events.stream().anyMatch(at -> at.event().time().isEmpty())
                ? " (events are numbered among those of the operations told here)"
                : "";
    }

    Anomaly of(Value key, Collection<Operation> evidence) {
        TreeMap<Integer, Operation> operations = new TreeMap<>();
        evidence.forEach(operation -> operations.put(operation.number(), operation));
        List<At> events = new ArrayList<>();
        for (Operation operation : operations.values()) {
            events.add(new At(operation.invoked(), operation.invocation()));
            operation.completion().ifPresent(event -> events.add(new At(operation.ended(), event)));
        }
        events.sort(Comparator.comparingLong(At::position));
        List<Integer> numbers = List.copyOf(operations.keySet());
        History history = History.of(
                events.stream().map(at -> at.since(originNanos)).toList(),
                ReadOptions.DEFAULT.withInitial(rules.initial()));
        Verdict verdict = rules.offline().check(history, rules.options().withAnomalyLimit(LISTED));
        String name = key.isNil() ? "the register" : Visible.text(key.toString());
        for (Anomaly anomaly : verdict.anomalies()) {
            if (anomaly.key().equals(name)) {
                return new Anomaly(
                        anomaly.kind(),
                        anomaly.key(),
                        anomaly.sentence() + howNumbered(events),
                        anomaly.operations().stream().map(numbers::get).toList(),
                        anomaly.details());
            }
        }
        return new Anomaly(
                "BROKEN",
                name,
                "no order of the writes of " + name
                        + " is possible, as this operation and others show that are too long ago"
                        + " to be remembered; umpire check names them",
                List.of(numbers.get(numbers.size() - 1)));
    }
}
