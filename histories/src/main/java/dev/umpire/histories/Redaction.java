package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Hides what a history is about, so that it can be shared: keys, values, names of nodes and of sessions, and texts of errors
 * are replaced, and fields that Umpire does not know are left out. What guarantees are judged by stays: what equals what, the
 * order of numbers, who asked what when, functions, outcomes, versions and positions.
 *
 * <p>Numbers become their ranks, except where the history adds or counts with them (counters, transfers, logs): there they
 * stay, which {@link #notHidden} says.
 */
public final class Redaction {
    private static final Value NEMESIS = new Value.Text("nemesis");
    private static final Value HIDDEN = new Value.Text("hidden");
    private static final Set<String> COUNTING = Set.of("increment", "decrement", "transfer", "send", "poll");
    /** What our own nemesis says of a fault, and what is not told of it: the text of its evidence. */
    private static final Set<String> OF_A_FAULT = Set.of("id", "fault", "links", "nodes", "degree");

    private final History history;
    private final boolean numbersStay;
    private final Map<Value, Value> hidden = new HashMap<>();
    private final Map<String, String> nodes = new LinkedHashMap<>();
    private final Set<String> leftOut = new TreeSet<>();
    private final History redacted;

    private Redaction(History history) {
        this.history = history;
        numbersStay = history.hasAny(COUNTING) || addsToNumbers(history);
        for (String node : history.nodes()) {
            nodes.put(node, "n" + (nodes.size() + 1));
        }
        if (!numbersStay) {
            rankNumbers();
        }
        redacted = redacted();
    }

    /** A set has elements that are added, a counter amounts. */
    private static boolean addsToNumbers(History history) {
        if (history.functionId("add") == History.NONE) {
            return false;
        }
        for (int o = 0; o < history.size(); o++) {
            for (int i = 0; i < history.readCount(o); i++) {
                if (isNumber(history.value(history.readValue(o, i)))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Hides what a history is about. */
    public static Redaction of(History history) {
        return new Redaction(history);
    }

    /** The history with everything hidden. */
    public History history() {
        return redacted;
    }

    private History redacted() {
        List<Event> events = new ArrayList<>();
        for (Event event : history.events()) {
            events.add(hide(event));
        }
        ValueTable values = new ValueTable();
        Value initial = hide(history.value(history.initialValue()), false);
        HistoryBuilder builder =
                new HistoryBuilder(ReadOptions.DEFAULT.withInitial(initial), values, "redacted", new Warnings("event"));
        try {
            builder.acceptAll(events);
            return builder.finish(
                    "memory",
                    history.source().complete(),
                    0,
                    new RecordingHeader(List.copyOf(nodes.values()), initial, history.realTime()));
        } catch (MalformedHistoryException e) {
            // the shape is that of a history that was accepted
            throw new IllegalStateException(e);
        }
    }

    /** What stays to be seen though somebody might think it hidden, and what was left out; a phrase each. */
    public List<String> notHidden() {
        List<String> phrases = new ArrayList<>();
        if (numbersStay) {
            phrases.add("numbers stay as they are, since the history counts with them");
        }
        if (!leftOut.isEmpty()) {
            phrases.add("left out: the fields " + String.join(", ", leftOut));
        }
        return phrases;
    }

    private Event hide(Event event) {
        boolean ofNemesis = event.process().map(Redaction::isNemesis).orElse(false);
        String function = event.function().orElse("");
        Event.Builder copy = Event.of(event.type());
        event.index().ifPresent(copy::index);
        event.time().ifPresent(copy::time);
        event.process().ifPresent(process -> copy.process(hideName(process)));
        event.session().ifPresent(session -> copy.session(hideName(session)));
        event.node().ifPresent(node -> copy.node(hideNode(node)));
        event.function().ifPresent(copy::function);
        event.key().ifPresent(key -> copy.key(hide(key, false)));
        event.value()
                .ifPresent(
                        value -> copy.value(ofNemesis ? hideFault(value) : hideValue(value, function, event.type())));
        event.version().ifPresent(copy::version);
        event.position().ifPresent(copy::position);
        event.asOf().ifPresent(copy::asOf);
        event.phase().ifPresent(copy::phase);
        event.error().ifPresent(error -> copy.error(HIDDEN));
        event.extras().forEach((name, extra) -> {
            if (text(name).equals("siblings")) {
                copy.extra(name, hide(extra, false));
            } else if (name.equals(Event.INTENDED) && extra instanceof Value.Int) {
                copy.extra(name, extra); // a time, as those that every event has
            } else {
                leftOut.add(text(name));
            }
        });
        return copy.build();
    }

    private static boolean isNemesis(Value process) {
        return text(process).equals("nemesis");
    }

    private static String text(Value value) {
        return value instanceof Value.Keyword keyword ? keyword.name() : value.toString();
    }

    /** Numbers of processes and sessions say nothing; names may. */
    private Value hideName(Value name) {
        if (isNemesis(name)) {
            return NEMESIS;
        }
        return isNumber(name) ? name : hide(name, false);
    }

    private String hideNode(String node) {
        return nodes.computeIfAbsent(node, absent -> "n" + (nodes.size() + 1));
    }

    private Value hideFault(Value value) {
        if (value instanceof Value.MapOf map) {
            Map<Value, Value> told = new LinkedHashMap<>();
            map.entries().forEach((name, one) -> {
                if (OF_A_FAULT.contains(text(name))) {
                    told.put(name, text(name).equals("links") || text(name).equals("nodes") ? hideNodes(one) : one);
                }
            });
            return new Value.MapOf(told);
        }
        return value.isNil() ? value : HIDDEN;
    }

    private Value hideNodes(Value value) {
        if (value instanceof Value.Sequence sequence) {
            return new Value.Sequence(
                    sequence.elements().stream().map(this::hideNodes).toList(), sequence.round());
        }
        return value instanceof Value.Text node ? new Value.Text(hideNode(node.value())) : value;
    }

    /** @param type of the event: an operation that failed may tell why in place of its value */
    private Value hideValue(Value value, String function, EventType type) {
        if (function.equals("transfer") && value instanceof Value.MapOf map) {
            Map<Value, Value> told = new LinkedHashMap<>();
            map.entries().forEach((name, one) -> told.put(name, hide(one, false)));
            return new Value.MapOf(told);
        }
        boolean tells = type == EventType.INFO || type == EventType.FAIL;
        return tells && value instanceof Value.Keyword ? HIDDEN : hide(value, true);
    }

    /** @param micro whether micro-operations begin with what they do */
    private Value hide(Value value, boolean micro) {
        if (value instanceof Value.Sequence sequence) {
            return new Value.Sequence(
                    micro && CompoundFunctions.isTransaction(value)
                            ? sequence.elements().stream()
                                    .map(this::hideMicroOperation)
                                    .toList()
                            : sequence.elements().stream()
                                    .map(one -> hide(one, micro))
                                    .toList(),
                    sequence.round());
        }
        if (value instanceof Value.SetOf set) {
            return new Value.SetOf(set.elements().stream()
                    .map(one -> hide(one, micro))
                    .collect(Collectors.toCollection(LinkedHashSet::new)));
        }
        if (value instanceof Value.MapOf map) {
            Map<Value, Value> entries = new LinkedHashMap<>();
            map.entries().forEach((key, one) -> entries.put(hide(key, micro), hide(one, micro)));
            return new Value.MapOf(entries);
        }
        if (value instanceof Value.Tagged tagged) {
            return new Value.Tagged(tagged.tag(), hide(tagged.value(), micro));
        }
        if (value.isNil() || value instanceof Value.Bool || (isNumber(value) && numbersStay)) {
            return value;
        }
        return hidden.computeIfAbsent(value, absent -> name(absent, hidden.size() + 1));
    }

    private Value hideMicroOperation(Value micro) {
        List<Value> elements = ((Value.Sequence) micro).elements();
        List<Value> told = new ArrayList<>();
        told.add(elements.get(0));
        elements.stream().skip(1).map(one -> hide(one, false)).forEach(told::add);
        return new Value.Sequence(told, ((Value.Sequence) micro).round());
    }

    /** Of the same kind, as the kind may say how it is read. */
    private static Value name(Value value, int number) {
        if (value instanceof Value.Keyword) {
            return new Value.Keyword("v" + number);
        }
        return value instanceof Value.Symbol ? new Value.Symbol("v" + number) : new Value.Text("v" + number);
    }

    private static boolean isNumber(Value value) {
        return number(value).isPresent();
    }

    private static Optional<BigDecimal> number(Value value) {
        if (value instanceof Value.Real real) {
            return Double.isFinite(real.value()) ? Optional.of(new BigDecimal(real.value())) : Optional.empty();
        }
        return value instanceof Value.BigReal real
                ? Optional.of(real.value())
                : value.integer().map(BigDecimal::new);
    }

    /** The numbers of all keys and values, each in the place of its rank. */
    private void rankNumbers() {
        Set<Value> numbers = new LinkedHashSet<>();
        collect(history.value(history.initialValue()), numbers);
        for (Event event : history.events()) {
            if (!event.process().map(Redaction::isNemesis).orElse(false)) {
                event.key().ifPresent(key -> collect(key, numbers));
                event.value().ifPresent(value -> collect(value, numbers));
                event.extras().forEach((name, extra) -> {
                    if (!name.equals(Event.INTENDED)) {
                        collect(extra, numbers);
                    }
                });
            }
        }
        long rank = 0;
        for (Value each : numbers.stream()
                .sorted(Comparator.comparing((Value value) -> number(value).orElseThrow())
                        .thenComparing(value -> value.toString()))
                .toList()) {
            hidden.put(each, Value.of(++rank));
        }
    }

    private static void collect(Value value, Set<Value> numbers) {
        if (value instanceof Value.Sequence sequence) {
            sequence.elements().forEach(one -> collect(one, numbers));
        } else if (value instanceof Value.SetOf set) {
            set.elements().forEach(one -> collect(one, numbers));
        } else if (value instanceof Value.MapOf map) {
            map.entries().forEach((key, one) -> {
                collect(key, numbers);
                collect(one, numbers);
            });
        } else if (value instanceof Value.Tagged tagged) {
            collect(tagged.value(), numbers);
        } else if (isNumber(value)) {
            numbers.add(value);
        }
    }
}
