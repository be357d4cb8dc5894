package dev.umpire.checkers.evidence;

import dev.umpire.checkers.words.Visible;
import dev.umpire.histories.History;
import dev.umpire.histories.NemesisEvent;
import dev.umpire.histories.value.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One fault of a recording: the events of the nemesis that share an {@code id}.
 *
 * @param id what joins its events
 * @param kind {@code crash}, {@code pause}, {@code partition}, ...
 * @param strikes the nodes or links, as text; empty where the events do not say
 * @param injectedAt the position of the event that was about to put it in force
 * @param injectedNanos its time
 * @param confirmedAt the position of the event that saw it in force
 * @param confirmedNanos its time
 * @param healedAt the position of the event that began to undo it, not of one that failed; empty also where a fault was seen
 *     in force, a probe said after the last one that it is not gone, and none saw since that it is
 * @param healedNanos its time
 * @param gone whether a probe saw that it is undone, and none since that it is not
 * @param objection what the probe said that did not see what was expected
 */
public record Fault(
        String id,
        String kind,
        String strikes,
        Optional<Integer> injectedAt,
        OptionalLong injectedNanos,
        Optional<Integer> confirmedAt,
        OptionalLong confirmedNanos,
        Optional<Integer> healedAt,
        OptionalLong healedNanos,
        boolean gone,
        Optional<String> objection) {

    /** The faults of a history in the order of their first events; events without an id are no fault of ours. */
    public static List<Fault> of(History history) {
        Map<Value, Building> faults = new LinkedHashMap<>();
        for (NemesisEvent event : history.nemesisEvents()) {
            if (event.value() instanceof Value.MapOf map) {
                Value id = field(map, "id");
                if (id != null) {
                    faults.computeIfAbsent(id, Building::new).add(event, map);
                }
            }
        }
        return faults.values().stream().map(Building::fault).toList();
    }

    /** Whether it was in force at a position of the recording, as far as probes saw. */
    public boolean covers(int position) {
        return confirmedAt.isPresent()
                && position > confirmedAt.get()
                && (healedAt.isEmpty() || position < healedAt.get());
    }

    /**
     * How long it was in force; empty where it was not confirmed, not healed, healed before its probe was done (a run that
     * was given up), or no times are recorded.
     */
    public OptionalLong inForceNanos() {
        return confirmedNanos.isPresent()
                        && healedNanos.isPresent()
                        && healedNanos.getAsLong() >= confirmedNanos.getAsLong()
                ? OptionalLong.of(healedNanos.getAsLong() - confirmedNanos.getAsLong())
                : OptionalLong.empty();
    }

    /** {@code fault 3 (partition n1 | n2)}. */
    public String name() {
        return "fault " + id + " (" + kind + (strikes.isEmpty() ? "" : " " + strikes) + ")";
    }

    /** What a probe said, of the value of an event; empty where it said nothing. */
    static Optional<String> evidence(Value value) {
        Value evidence = value instanceof Value.MapOf map ? field(map, "evidence") : null;
        return Optional.ofNullable(evidence).map(said -> Visible.text(said.toString()));
    }

    private static @Nullable Value field(Value.MapOf map, String name) {
        Value byText = map.entries().get(Value.of(name));
        return byText != null ? byText : map.entries().get(Value.keyword(name));
    }

    /** Gathers the events of one fault. */
    private static final class Building {
        private final Value id;
        private String kind = "unknown";
        private String strikes = "";
        private Optional<NemesisEvent> injected = Optional.empty();
        private Optional<NemesisEvent> confirmed = Optional.empty();
        private Optional<NemesisEvent> healed = Optional.empty();
        private boolean gone;
        /** That a probe said after the heal that it is not gone. */
        private boolean failed;

        private Optional<String> objection = Optional.empty();

        private Building(Value id) {
            this.id = id;
        }

        private void add(NemesisEvent event, Value.MapOf map) {
            Value fault = field(map, "fault");
            if (fault != null) {
                kind = Visible.text(fault.toString());
            }
            for (String name : List.of("nodes", "links")) {
                Value struck = field(map, name);
                if (struck instanceof Value.Sequence sequence
                        && !sequence.elements().isEmpty()) {
                    strikes = text(sequence.elements());
                }
            }
            switch (event.function()) {
                case "inject" -> injected = injected.isPresent() ? injected : Optional.of(event);
                case "confirm" -> confirmed = confirmed.isPresent() ? confirmed : Optional.of(event);
                case "heal" -> {
                    healed = healed.isPresent() && !failed ? healed : Optional.of(event);
                    failed = false;
                }
                case "gone" -> {
                    gone = true;
                    failed = false;
                }
                case "unconfirmed" -> {
                    // also what was seen gone may be seen later not to be, as by the rate of a clock; where none saw it
                    // in
                    // force, this may be the late answer of the probe of the injection
                    gone = gone && (healed.isEmpty() || confirmed.isEmpty());
                    failed = healed.isPresent() && !gone;
                    // a closer look before the heal, as at the rate of a clock, outweighs the first one
                    confirmed = healed.isPresent() ? confirmed : Optional.empty();
                    objection = Optional.of(evidence(map).orElse("no evidence"));
                }
                default -> {
                    // something that the recording adds
                }
            }
        }

        private static String text(Collection<Value> elements) {
            StringBuilder text = new StringBuilder();
            for (Value element : elements) {
                text.append(text.isEmpty() ? "" : ", ");
                if (element instanceof Value.Sequence link && link.elements().size() == 2) {
                    text.append(link.elements().get(0))
                            .append(" to ")
                            .append(link.elements().get(1));
                } else {
                    text.append(element);
                }
            }
            return Visible.text(text.toString());
        }

        private Fault fault() {
            // the doubt alone says nothing, as the probe of an injection may be done only after the heal
            Optional<NemesisEvent> undone = failed && confirmed.isPresent() ? Optional.empty() : healed;
            return new Fault(
                    Visible.text(id.toString()),
                    kind,
                    strikes,
                    injected.map(NemesisEvent::position),
                    injected.map(NemesisEvent::nanos).orElse(OptionalLong.empty()),
                    confirmed.map(NemesisEvent::position),
                    confirmed.map(NemesisEvent::nanos).orElse(OptionalLong.empty()),
                    undone.map(NemesisEvent::position),
                    undone.map(NemesisEvent::nanos).orElse(OptionalLong.empty()),
                    gone,
                    objection);
        }
    }
}
