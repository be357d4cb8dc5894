package dev.umpire.harness.report;

import dev.umpire.histories.History;
import dev.umpire.histories.NemesisEvent;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One fault of a run, from the event that put it in force to the one that undid it.
 *
 * @param kind {@code partition}, {@code crash}, {@code pause}, {@code failover}
 * @param struck what it struck, in a few words: {@code n1}, {@code n1→n2 n1→n3}
 * @param confirmed whether a probe saw it in force
 * @param gone whether a probe saw that it was undone
 * @param from the position from which it was in force: of its confirmation, else of its injection
 * @param to the position of its heal; {@link History#NEVER} if it was never healed
 * @param fromNanos when, where recorded
 * @param toNanos when, where recorded
 */
public record FaultInForce(
        String kind,
        String struck,
        boolean confirmed,
        boolean gone,
        int from,
        int to,
        OptionalLong fromNanos,
        OptionalLong toNanos) {

    /** The faults of a recording of ours, in the order of their injection; none where the recording is not ours. */
    public static List<FaultInForce> of(History history) {
        Map<Value, Building> byId = new LinkedHashMap<>();
        for (NemesisEvent event : history.nemesisEvents()) {
            if (event.value() instanceof Value.MapOf map) {
                Value id = field(map, "id");
                switch (event.function()) {
                    case "inject" -> byId.computeIfAbsent(id, unseen -> new Building(map, event));
                    case "confirm" -> ifPresent(byId.get(id), fault -> fault.confirm(event));
                    case "heal" -> ifPresent(byId.get(id), fault -> fault.heal(event));
                    case "gone" -> ifPresent(byId.get(id), fault -> fault.gone = true);
                    default -> {}
                }
            }
        }
        List<FaultInForce> faults = new ArrayList<>();
        byId.values().forEach(fault -> faults.add(fault.build()));
        return faults;
    }

    /** Whether an event at this position happened while the fault was in force. */
    public boolean covers(int position) {
        return from <= position && position <= to;
    }

    /** How long it was in force, in nanoseconds, where recorded. */
    public OptionalLong lastedNanos() {
        return fromNanos.isPresent() && toNanos.isPresent()
                ? OptionalLong.of(toNanos.getAsLong() - fromNanos.getAsLong())
                : OptionalLong.empty();
    }

    private static void ifPresent(
            @org.jspecify.annotations.Nullable Building fault, java.util.function.Consumer<Building> action) {
        if (fault != null) {
            action.accept(fault);
        }
    }

    /** A field by its name, whether the file had strings or keywords; nil where it is absent. */
    private static Value field(Value.MapOf map, String name) {
        Value text = map.entries().get(Value.of(name));
        if (text != null) {
            return text;
        }
        Value keyword = map.entries().get(Value.keyword(name));
        return keyword == null ? Value.NIL : keyword;
    }

    private static String struck(Value.MapOf map) {
        if (field(map, "links") instanceof Value.Sequence links
                && !links.elements().isEmpty()) {
            List<String> words = new ArrayList<>();
            for (Value link : links.elements()) {
                words.add(
                        link instanceof Value.Sequence ends && ends.elements().size() == 2
                                ? ends.elements().get(0) + "→" + ends.elements().get(1)
                                : link.toString());
            }
            return String.join(" ", words);
        }
        if (field(map, "nodes") instanceof Value.Sequence nodes) {
            List<String> words = new ArrayList<>();
            nodes.elements().forEach(node -> words.add(node.toString()));
            return String.join(" ", words);
        }
        return "";
    }

    private static final class Building {
        private final String kind;
        private final String struck;
        private int from;
        private OptionalLong fromNanos;
        private int to = History.NEVER;
        private OptionalLong toNanos = OptionalLong.empty();
        private boolean confirmed;
        private boolean gone;

        Building(Value.MapOf map, NemesisEvent injected) {
            kind = field(map, "fault").toString();
            struck = struck(map);
            from = injected.position();
            fromNanos = injected.nanos();
        }

        void confirm(NemesisEvent event) {
            if (!confirmed) {
                confirmed = true;
                from = event.position();
                fromNanos = event.nanos();
            }
        }

        void heal(NemesisEvent event) {
            if (to == History.NEVER) {
                to = event.position();
                toNanos = event.nanos();
            }
        }

        FaultInForce build() {
            return new FaultInForce(kind, struck, confirmed, gone, from, to, fromNanos, toNanos);
        }
    }
}
