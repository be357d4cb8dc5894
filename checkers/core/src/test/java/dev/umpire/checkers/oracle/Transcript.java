package dev.umpire.checkers.oracle;

import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A history written down by hand, one operation a line, times in milliseconds.
 *
 * <pre>
 * 640..655 ms  session 1  n1  write x 7        ok version 40
 * 700..712 ms  session 1  n1  write x 9        info
 * 805..812 ms  session 3  n2  read x           ok 9 final
 * 820..821 ms  session 3  n2  cas x 9 10       fail
 * 830..836 ms  session 3  n1  snapshot x,y     ok 7,nil
 * 900 ms       nemesis inject 1 partition n1,n2
 * </pre>
 */
public final class Transcript {
    private record Timed(long millis, boolean completion, Event event) {}

    private Transcript() {}

    /** The history of these lines; at one instant invocations stand before completions. */
    public static History parse(String lines) {
        List<Timed> events = new ArrayList<>();
        int process = 0;
        for (String line : lines.strip().split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words[2].equals("nemesis")) {
                events.add(nemesis(words));
            } else {
                operation(words, process++, events);
            }
        }
        events.sort(Comparator.comparingLong(Timed::millis).thenComparing(Timed::completion));
        return History.of(events.stream().map(Timed::event).toList());
    }

    private static Timed nemesis(String[] words) {
        Map<Value, Value> fault = new LinkedHashMap<>();
        fault.put(Value.of("id"), value(words[4]));
        if (words.length > 5) {
            fault.put(Value.of("fault"), Value.of(words[5]));
        }
        if (words.length > 6) {
            fault.put(Value.of("nodes"), list(words[6]));
        }
        long millis = Long.parseLong(words[0]);
        Event event = Event.of(EventType.INFO)
                .time(millis * 1_000_000)
                .process(Value.of("nemesis"))
                .function(words[3])
                .value(new Value.MapOf(fault))
                .build();
        return new Timed(millis, true, event);
    }

    private static void operation(String[] words, int process, List<Timed> events) {
        String[] times = words[0].split("\\.\\.", -1);
        long begin = Long.parseLong(times[0]);
        long end = Long.parseLong(times[1]);
        Value session = value(words[3]);
        String function = words[5];
        int at = 6;
        boolean snapshot = function.equals("snapshot");
        String key = words[at++];
        Optional<Value> argument = Optional.empty();
        if (function.equals("cas")) {
            argument = Optional.of(Value.of(List.of(value(words[at++]), value(words[at++]))));
        } else if (snapshot) {
            argument = Optional.of(list(key));
        } else if (!function.equals("read")) {
            argument = Optional.of(value(words[at++]));
        }
        String type = words[at++];
        boolean last = words[words.length - 1].equals("final");

        Event.Builder invocation = event(EventType.INVOKE, begin, process, session, words[4], function, last);
        Event.Builder completion = event(
                EventType.valueOf(type.toUpperCase(Locale.ROOT)), end, process, session, words[4], function, last);
        if (!snapshot) {
            invocation.key(Value.of(key));
            completion.key(Value.of(key));
        }
        argument.ifPresent(invocation::value);
        if (type.equals("ok") && (function.equals("read") || snapshot)) {
            completion.value(snapshot ? map(key, words[at]) : value(words[at]));
        } else {
            argument.ifPresent(completion::value);
        }
        for (; at < words.length; at++) {
            if (words[at].equals("version")) {
                completion.version(Long.parseLong(words[at + 1]));
            } else if (words[at].equals("position")) {
                completion.position(Long.parseLong(words[at + 1]));
            }
        }
        events.add(new Timed(begin, false, invocation.build()));
        events.add(new Timed(end, true, completion.build()));
    }

    private static Event.Builder event(
            EventType type, long millis, int process, Value session, String node, String function, boolean last) {
        Event.Builder event = Event.of(type)
                .time(millis * 1_000_000)
                .process(process)
                .session(session)
                .function(function);
        if (!node.equals("-")) {
            event.node(node);
        }
        return last ? event.phase("final") : event;
    }

    private static Value list(String words) {
        List<Value> elements = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            elements.add(value(word));
        }
        return Value.of(elements);
    }

    private static Value map(String keys, String values) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        String[] names = keys.split(",", -1);
        String[] found = values.split(",", -1);
        for (int i = 0; i < names.length; i++) {
            entries.put(Value.of(names[i]), value(found[i]));
        }
        return new Value.MapOf(entries);
    }

    private static Value value(String word) {
        if (word.equals("nil")) {
            return Value.NIL;
        }
        return word.matches("-?\\d+") ? Value.of(Long.parseLong(word)) : Value.of(word);
    }
}
