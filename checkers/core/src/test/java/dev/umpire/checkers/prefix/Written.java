package dev.umpire.checkers.prefix;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Histories written as text, one operation a line: {@code 10..20 session 1 n1 write x 7 version 3}. The functions are
 * {@code write key value}, {@code read key value}, {@code cas key old new}, {@code snapshot key=value ...}, and
 * {@code append key value}; {@code nil} is a value; {@code info} or {@code fail} at the end is the outcome. Times are
 * milliseconds; of one time, invocations come first.
 */
final class Written {
    private static final Pattern LINE =
            Pattern.compile("(\\d+)\\.\\.(\\d+)\\s+session (\\d+)\\s+(n\\d)\\s+(\\w+)\\s+(.*)");

    private record Timed(long time, int order, Event event) {}

    private Written() {}

    static History history(String text) {
        List<Timed> events = new ArrayList<>();
        int number = 0;
        for (String line : text.strip().split("\n", -1)) {
            Matcher found = LINE.matcher(line.strip());
            if (!found.matches()) {
                throw new IllegalArgumentException(
                        "line: found " + line + ", expected from..to session n node f value");
            }
            List<String> words = new ArrayList<>(List.of(found.group(6).strip().split("\\s+", -1)));
            EventType end = EventType.OK;
            String last = words.get(words.size() - 1);
            if (last.equals("info") || last.equals("fail")) {
                end = EventType.valueOf(last.toUpperCase(Locale.ROOT));
                words.remove(words.size() - 1);
            }
            long from = Long.parseLong(found.group(1));
            long to = Long.parseLong(found.group(2));
            events.add(new Timed(from, 0, event(EventType.INVOKE, number, from, found, words)));
            events.add(new Timed(to, 1, event(end, number, to, found, words)));
            number++;
        }
        events.sort(Comparator.comparingLong(Timed::time).thenComparingInt(Timed::order));
        return History.of(events.stream().map(Timed::event).toList());
    }

    private static Event event(EventType type, int number, long time, Matcher line, List<String> words) {
        String function = line.group(5);
        Event.Builder event = Event.of(type)
                .time(time * 1_000_000)
                .process(number)
                .session(Long.parseLong(line.group(3)))
                .node(line.group(4))
                .function(function);
        int marks = words.size();
        for (int i = 0; i + 1 < words.size(); i++) {
            boolean version = words.get(i).equals("version");
            if (version || words.get(i).equals("position")) {
                marks = Math.min(marks, i);
                if (type == EventType.OK) {
                    long mark = Long.parseLong(words.get(i + 1));
                    event = version ? event.version(mark) : event.position(mark);
                }
            }
        }
        List<String> operands = words.subList(0, marks);
        if (function.equals("snapshot")) {
            Map<Value, Value> map = new LinkedHashMap<>();
            for (String pair : operands) {
                String[] parts = pair.split("=", -1);
                map.put(new Value.Symbol(parts[0]), value(parts[1]));
            }
            return event.value(type == EventType.OK ? new Value.MapOf(map) : Value.NIL)
                    .build();
        }
        event.key(new Value.Symbol(operands.get(0)));
        event = switch (function) {
            case "read" -> event.value(type == EventType.OK ? value(operands.get(1)) : Value.NIL);
            case "cas" -> event.value(Value.of(List.of(value(operands.get(1)), value(operands.get(2)))));
            default -> event.value(value(operands.get(1)));
        };
        return event.build();
    }

    private static Value value(String word) {
        return word.equals("nil") ? Value.NIL : Value.of(Long.parseLong(word));
    }
}
