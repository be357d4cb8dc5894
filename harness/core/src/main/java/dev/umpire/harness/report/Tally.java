package dev.umpire.harness.report;

import dev.umpire.harness.nemesis.FaultCourse;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far a run is, counted from its events one after another. Not thread-safe. */
public final class Tally {
    private final Map<Value, FaultCourse> faults = new LinkedHashMap<>();
    private final Map<Value, String> confirmed = new LinkedHashMap<>();
    private long done;
    private long failed;
    private long unknown;
    private long runNanos;

    /** Counts an event, of a client or of the nemesis. */
    public void add(Event event) {
        runNanos = event.time().orElse(runNanos);
        if (event.process().filter(process -> process instanceof Value.Int).isPresent()) {
            count(event.type());
        } else {
            fault(event);
        }
    }

    /** How many operations have ended, however they did. */
    public long done() {
        return done;
    }

    /** How many of them certainly did not take effect. */
    public long failed() {
        return failed;
    }

    /** How many of them nobody knows the outcome of. */
    public long unknown() {
        return unknown;
    }

    /** The run's own time of the last event, in nanoseconds. */
    public long runNanos() {
        return runNanos;
    }

    /** What is in force, as it was confirmed, fit to be shown. */
    public Collection<String> faultsInForce() {
        return confirmed.entrySet().stream()
                .filter(entry -> isInForce(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private boolean isInForce(Value id) {
        FaultCourse course = faults.get(id);
        return course != null && course.isInForce();
    }

    private void count(EventType type) {
        if (type == EventType.INVOKE) {
            return;
        }
        done++;
        failed += type == EventType.FAIL ? 1 : 0;
        unknown += type == EventType.INFO ? 1 : 0;
    }

    private void fault(Event event) {
        if (event.value().orElse(Value.NIL) instanceof Value.MapOf map) {
            Value id = map.entries().getOrDefault(Value.of("id"), Value.NIL);
            String function = event.function().orElse("");
            faults.computeIfAbsent(id, begun -> new FaultCourse()).add(function);
            if (function.equals("confirm")) {
                confirmed.put(id, struck(map));
            }
        }
    }

    private static String struck(Value.MapOf map) {
        String fault = map.entries().getOrDefault(Value.of("fault"), Value.NIL).toString();
        String nodes = map.entries().get(Value.of("nodes")) instanceof Value.Sequence sequence
                ? " "
                        + String.join(
                                " ",
                                sequence.elements().stream()
                                        .map(Object::toString)
                                        .toList())
                : "";
        return SafeText.clipped(fault + nodes);
    }
}
