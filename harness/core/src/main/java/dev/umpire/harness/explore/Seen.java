package dev.umpire.harness.explore;

import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What one run saw: what nodes logged and how requests ended, each with the kinds of faults in force then. */
final class Seen implements RunListener, NodeLogs {
    private final Map<Value, String> inForce = new LinkedHashMap<>();
    private final Set<String> states = new HashSet<>();
    private String kinds = "";
    private Optional<Script> script = Optional.empty();

    Set<String> states() {
        return states;
    }

    /** What was asked and what struck; empty while the run goes on. */
    Optional<Script> script() {
        return script;
    }

    @Override
    public void append(Node node, String line) {
        see(line);
    }

    @Override
    public Path file(Node node) {
        throw new IllegalStateException("log of " + node + ": this run is in memory, expected a store without files");
    }

    @Override
    public void recorded(Event event) {
        if (event.value().orElse(Value.NIL) instanceof Value.MapOf map
                && map.entries().containsKey(Value.of("fault"))) {
            Value id = map.entries().getOrDefault(Value.of("id"), Value.NIL);
            Value fault = map.entries().getOrDefault(Value.of("fault"), Value.NIL);
            switch (event.function().orElse("")) {
                case "inject" -> {
                    inForce.put(id, fault.toString());
                    changed();
                }
                case "heal" -> {
                    inForce.remove(id);
                    changed();
                }
                default -> {
                    // a probe changes nothing
                }
            }
        } else if (event.type() != EventType.INVOKE) {
            see(event.function().orElse("") + " " + event.type() + " "
                    + event.error().map(Value::toString).orElse(""));
        }
    }

    @Override
    public void scheduled(Script whole) {
        script = Optional.of(whole);
    }

    /** Numbers say when and what, not where in its protocol a node is. */
    private void see(String what) {
        StringBuilder state = new StringBuilder(kinds).append('|');
        boolean inNumber = false;
        for (int i = 0; i < what.length(); i++) {
            char letter = what.charAt(i);
            boolean digit = letter >= '0' && letter <= '9';
            if (!digit) {
                state.append(letter);
            } else if (!inNumber) {
                state.append('#');
            }
            inNumber = digit;
        }
        states.add(state.toString());
    }

    private void changed() {
        kinds = inForce.values().stream().distinct().sorted().collect(Collectors.joining("+"));
    }
}
