package dev.umpire.harness.explore;

import dev.umpire.harness.nemesis.FaultCourse;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one run saw: what nodes logged and how requests ended, each with the kinds of faults that were in force on that node, and
 * what a node had logged last when a fault struck it or was undone.
 */
final class Seen implements RunListener, NodeLogs {
    private static final Value FAULT = Value.of("fault");

    private final Map<Value, Struck> faults = new LinkedHashMap<>();
    private final Map<String, Set<String>> kinds = new HashMap<>();
    private final Map<String, String> lastLogged = new HashMap<>();
    private final Map<String, Moment> states = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private long nowNanos;
    private Optional<Script> script = Optional.empty();

    private record Struck(String kind, Set<String> nodes, FaultCourse course) {}

    /** What was seen, each with the first moment at which it was, in the order of these. */
    Map<String, Moment> states() {
        return states;
    }

    /** The nodes that logged or answered something, in the order of their names. */
    Set<Node> nodes() {
        return new TreeSet<>(nodes.values());
    }

    /** What was asked and what struck; empty while the run goes on. */
    Optional<Script> script() {
        return script;
    }

    @Override
    public void append(Node node, String line) {
        String what = withoutNumbers(line);
        nodes.put(node.name(), node);
        lastLogged.put(node.name(), what);
        see(node.name(), what);
    }

    @Override
    public Path file(Node node) {
        throw new IllegalStateException("log of " + node + ": this run is in memory, expected a store without files");
    }

    @Override
    public void recorded(Event event) {
        nowNanos = event.time().orElse(nowNanos);
        if (event.value().orElse(Value.NIL) instanceof Value.MapOf map
                && map.entries().containsKey(FAULT)) {
            struck(event.function().orElse(""), map.entries());
        } else if (event.type() != EventType.INVOKE && event.node().isPresent()) {
            String node = event.node().get();
            nodes.computeIfAbsent(node, Node::new);
            see(
                    node,
                    event.function().orElse("") + " " + event.type() + " "
                            + event.error()
                                    .map(Value::toString)
                                    .map(Seen::withoutNumbers)
                                    .orElse(""));
        }
    }

    private void struck(String function, Map<Value, Value> told) {
        Value id = told.getOrDefault(Value.of("id"), Value.NIL);
        if (function.equals("inject")) {
            Struck begun = new Struck(told.getOrDefault(FAULT, Value.NIL).toString(), touched(told), new FaultCourse());
            faults.put(id, begun);
            changed(function, begun);
        }
        Struck fault = faults.get(id);
        if (fault != null) {
            boolean wasInForce = fault.course().isInForce();
            fault.course().add(function);
            if (fault.course().isInForce() != wasInForce) {
                changed(function, fault);
            }
        }
    }

    /** The names of the nodes that are struck, or at the ends of links that are. */
    private static Set<String> touched(Map<Value, Value> told) {
        Set<String> names = new TreeSet<>();
        collect(told.getOrDefault(Value.of("nodes"), Value.NIL), names);
        collect(told.getOrDefault(Value.of("links"), Value.NIL), names);
        return names;
    }

    private static void collect(Value value, Set<String> names) {
        if (value instanceof Value.Sequence several) {
            several.elements().forEach(each -> collect(each, names));
        } else if (value instanceof Value.Text name) {
            names.add(name.value());
        }
    }

    private void changed(String function, Struck fault) {
        for (String node : fault.nodes()) {
            see(node, function + " " + fault.kind() + " after " + lastLogged.getOrDefault(node, ""));
            Set<String> now = new TreeSet<>();
            faults.values().stream()
                    .filter(one -> one.course().isInForce() && one.nodes().contains(node))
                    .forEach(one -> now.add(one.kind()));
            kinds.put(node, now);
        }
    }

    private void see(String node, String what) {
        Moment moment = new Moment(nowNanos, nodes.computeIfAbsent(node, Node::new));
        states.putIfAbsent(kinds.getOrDefault(node, Set.of()) + "|" + what, moment);
    }

    /** Numbers say when and what, not where in its protocol a node is. */
    private static String withoutNumbers(String what) {
        StringBuilder state = new StringBuilder();
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
        return state.toString();
    }

    @Override
    public void scheduled(Script whole) {
        script = Optional.of(whole);
    }
}
