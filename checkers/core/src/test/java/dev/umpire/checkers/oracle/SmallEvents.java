package dev.umpire.checkers.oracle;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The events of which a {@link SmallHistory} is recorded; each operation is a process of its own. */
public final class SmallEvents {
    private SmallEvents() {}

    /** In the order of the recording; of the operations of unknown outcome every other one says so a little later. */
    public static List<Event> of(SmallHistory history) {
        TreeMap<Integer, Event> events = new TreeMap<>();
        for (int i = 0; i < history.operations().size(); i++) {
            SmallOperation operation = history.operations().get(i);
            // twice the position, so that there is room between for the ends of operations of unknown outcome
            events.put(2 * operation.invoked, event(EventType.INVOKE, operation, i));
            if (operation.completed != History.NEVER) {
                EventType type = operation.outcome == Outcome.OK ? EventType.OK : EventType.FAIL;
                events.put(2 * operation.completed, event(type, operation, i));
            } else if (operation.session % 2 == 0) {
                events.putIfAbsent(2 * operation.invoked + 5, event(EventType.INFO, operation, i));
            }
        }
        return new ArrayList<>(events.values());
    }

    private static Event event(EventType type, SmallOperation operation, int process) {
        Event.Builder event = Event.of(type)
                .process(process)
                .session(operation.session)
                .function(operation.function)
                .time((type == EventType.INVOKE ? operation.invoked : operation.completed) * 1_000_000L);
        boolean invoke = type == EventType.INVOKE;
        switch (operation.function) {
            case "write" -> event.key(key(operation.writeKeys[0])).value(value(operation.writeValues[0]));
            case "cas" -> {
                int old = operation.readValues.length == 0 ? 0 : operation.readValues[0];
                event.key(key(operation.writeKeys[0]))
                        .value(Value.of(List.of(value(old), value(operation.writeValues[0]))));
            }
            case "read" -> {
                event.key(key(operation.readKeys[0]));
                if (!invoke) {
                    event.value(value(operation.readValues[0]));
                }
            }
            default -> event.value(snapshot(operation, invoke));
        }
        if (type == EventType.OK) {
            if (operation.version != History.ABSENT) {
                event.version(operation.version);
            }
            if (operation.position != History.ABSENT) {
                event.position(operation.position);
            }
        }
        return event.build();
    }

    private static Value snapshot(SmallOperation operation, boolean asked) {
        List<Value> keys = new ArrayList<>();
        Map<Value, Value> answers = new LinkedHashMap<>();
        for (int i = 0; i < operation.readKeys.length; i++) {
            keys.add(key(operation.readKeys[i]));
            answers.put(key(operation.readKeys[i]), value(operation.readValues[i]));
        }
        return asked ? Value.of(keys) : new Value.MapOf(answers);
    }

    private static Value key(int key) {
        return Value.of("k" + key);
    }

    private static Value value(int value) {
        return value == 0 ? Value.NIL : Value.of(value);
    }
}
