package dev.umpire.harness.plan;

import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.HistoryRecorder;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.RecordingHeader;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Scripts as JSON Lines, in the form of recordings: an invocation for each request, of which {@code node} is the home of its
 * session and {@code intended} when it was to be asked, where that was earlier; and an event of the nemesis for each fault, with the times of both ends; where sessions ask what a workload draws, an
 * event that says so.
 */
public final class ScriptFile {
    /** In a run's folder: the script by which sessions asked; not there where a workload drew. */
    public static final String NAME = "script.jsonl";

    private static final String NEMESIS = "nemesis";
    private static final String STRIKE = "strike";
    private static final String DRAWN = "workload";

    private ScriptFile() {}

    /**
     * Writes a script; a file that exists is replaced.
     *
     * @param nodes the names of the cluster's nodes
     */
    public static void write(Path file, Script script, List<Node> nodes) throws IOException {
        Files.deleteIfExists(file);
        RecordingHeader header =
                new RecordingHeader(nodes.stream().map(Node::name).toList(), Value.NIL);
        try (HistoryRecorder recorder = HistoryRecorder.open(file, header)) {
            for (Script.Strike strike : script.strikes()) {
                recorder.append(event(strike));
            }
            if (script.drawn()) {
                recorder.append(Event.of(EventType.INFO)
                        .time(0)
                        .process(Value.of(NEMESIS))
                        .function(DRAWN)
                        .build());
            }
            long process = 0;
            for (Script.Ask ask : script.asks()) {
                recorder.append(event(ask, process++, nodes));
            }
        }
    }

    private static Event event(Script.Ask ask, long process, List<Node> nodes) {
        Event.Builder event = Event.of(EventType.INVOKE)
                .time(ask.atNanos())
                .process(process)
                .session(ask.session())
                .node(nodes.get(ask.home()).name())
                .function(ask.request().function())
                .value(ask.request().argument());
        ask.request().key().ifPresent(event::key);
        ask.intendedNanos().ifPresent(nanos -> event.extra(Event.INTENDED, Value.of(nanos)));
        return event.build();
    }

    private static Event event(Script.Strike strike) {
        Map<Value, Value> value = new LinkedHashMap<>();
        value.put(Value.of("fault"), Value.of(strike.kind().optionName()));
        value.put(Value.of("nodes"), names(strike.nodes()));
        value.put(
                Value.of("links"),
                Value.of(strike.links().stream()
                        .map(link -> names(List.of(link.from(), link.to())))
                        .toList()));
        value.put(Value.of("shape"), Value.of(strike.shape()));
        value.put(Value.of("amount"), Value.of(strike.amount()));
        value.put(Value.of("rate"), Value.of(strike.rate()));
        value.put(Value.of("until"), Value.of(strike.untilNanos()));
        return Event.of(EventType.INFO)
                .time(strike.fromNanos())
                .process(Value.of(NEMESIS))
                .function(STRIKE)
                .value(new Value.MapOf(value))
                .build();
    }

    private static Value names(Collection<Node> nodes) {
        return Value.of(nodes.stream().map(node -> Value.of(node.name())).toList());
    }

    /**
     * Reads a script, whose first line names the cluster's nodes.
     *
     * @throws MalformedPlanException if the file is not a script
     * @throws IOException if it cannot be read
     */
    public static Script read(Path file) throws IOException {
        List<Script.Ask> asks = new ArrayList<>();
        List<Script.Strike> strikes = new ArrayList<>();
        boolean drawn = false;
        try {
            History recorded = HistoryFiles.read(file, ReadOptions.DEFAULT);
            if (!recorded.source().complete()) {
                throw new MalformedPlanException(
                        file + ": found a script without its last line, expected all of it", null);
            }
            List<Node> nodes = recorded.nodes().stream().map(Node::new).toList();
            for (Event event : recorded.events()) {
                if (event.type() == EventType.INFO && event.function().equals(Optional.of(DRAWN))) {
                    drawn = true;
                } else if (event.function().equals(Optional.of(STRIKE))
                        && event.value().orElse(Value.NIL) instanceof Value.MapOf map) {
                    strikes.add(strike(event.time().orElse(0), map));
                } else if (event.type() == EventType.INVOKE) {
                    asks.add(ask(event, nodes));
                }
            }
            return new Script(asks, strikes, drawn);
        } catch (IllegalArgumentException e) {
            throw new MalformedPlanException(file + ": " + e.getMessage(), e);
        }
    }

    private static Script.Ask ask(Event event, List<Node> nodes) {
        int home = nodes.indexOf(new Node(event.node().orElse("")));
        if (home < 0) {
            throw new IllegalArgumentException(
                    "node: found " + event.node().orElse("none") + ", expected one of " + nodes);
        }
        return new Script.Ask(
                number(event.session().orElse(Value.NIL), "session", 0),
                event.time().orElse(0),
                home,
                new Request(
                        event.function().orElse(""),
                        event.key(),
                        event.value().orElse(Value.NIL),
                        Optional.empty(),
                        false),
                event.extras().containsKey(Event.INTENDED)
                        ? OptionalLong.of(number(event.extras().get(Event.INTENDED), "intended"))
                        : OptionalLong.empty());
    }

    private static Script.Strike strike(long fromNanos, Value.MapOf map) {
        String name = text(field(map, "fault"), "fault");
        FaultKind kind = Arrays.stream(FaultKind.values())
                .filter(one -> one.optionName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fault: found " + name + ", expected a kind of fault"));
        SortedSet<Node> nodes = new TreeSet<>();
        elements(field(map, "nodes")).forEach(node -> nodes.add(new Node(text(node, "nodes"))));
        SortedSet<Link> links = new TreeSet<>();
        for (Value pair : elements(field(map, "links"))) {
            List<Value> ends = elements(pair);
            if (ends.size() != 2) {
                throw new IllegalArgumentException("links: found " + pair + ", expected two nodes");
            }
            links.add(new Link(new Node(text(ends.get(0), "links")), new Node(text(ends.get(1), "links"))));
        }
        return new Script.Strike(
                kind,
                nodes,
                links,
                text(field(map, "shape"), "shape"),
                number(field(map, "amount"), "amount"),
                number(field(map, "rate"), "rate", Integer.MIN_VALUE),
                fromNanos,
                number(field(map, "until"), "until"));
    }

    private static Value field(Value.MapOf map, String name) {
        return map.entries().getOrDefault(Value.of(name), Value.NIL);
    }

    private static List<Value> elements(Value value) {
        return value instanceof Value.Sequence sequence ? sequence.elements() : List.of();
    }

    private static String text(Value value, String name) {
        if (value instanceof Value.Text text) {
            return text.value();
        }
        throw new IllegalArgumentException(name + ": found " + value + ", expected a text");
    }

    private static long number(Value value, String name) {
        if (value instanceof Value.Int number) {
            return number.value();
        }
        throw new IllegalArgumentException(name + ": found " + value + ", expected a whole number");
    }

    private static int number(Value value, String name, int least) {
        long number = number(value, name);
        if (number < least || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    name + ": found " + number + ", expected " + least + " to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }
}
