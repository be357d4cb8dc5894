package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Makes the events of a history again from its columns and from what was kept aside. */
final class RecordedEvents {
    private final ColumnarHistory history;
    private final int[] eventOwner;
    private final int @Nullable [] invokedNode;
    private final long @Nullable [] endedIndex;
    private final Int2IntHashMap errors;
    private final Int2ObjectHashMap<Map<Value, Value>> extras;
    private final Int2ObjectHashMap<Event> deviants;
    private final List<Event> others;

    RecordedEvents(ColumnarHistory history, HistoryBuilder builder) {
        this.history = history;
        this.eventOwner = builder.eventOwner.takeAll(builder.eventCount);
        this.invokedNode = builder.invokedNode.take(builder.size);
        this.endedIndex = builder.endedIndex.take(builder.size);
        this.errors = builder.errors;
        this.extras = builder.extras;
        this.deviants = builder.deviants;
        this.others = List.copyOf(builder.others);
    }

    Event at(int position) {
        int owner = eventOwner[position];
        if (owner < 0) {
            return others.get(-1 - owner);
        }
        int operation = owner >> 1;
        boolean completion = (owner & 1) != 0;
        int flags = history.flags(operation);
        if ((flags & (completion ? Flags.COMPLETION_DEVIATES : Flags.INVOCATION_DEVIATES)) != 0) {
            return deviants.get(position);
        }
        Event.Builder event = Event.of(completion ? typeOf(Flags.outcome(flags)) : EventType.INVOKE);
        if ((flags & Flags.PROCESS) != 0) {
            event.process(history.processName(history.process(operation)));
        }
        int present = completion ? flags >>> Flags.COMPLETION_SHIFT : flags;
        if ((present & Flags.INDEX) != 0) {
            event.index(completion ? endedIndex(operation, position) : history.index(operation));
        }
        if ((present & Flags.TIME) != 0) {
            event.time(completion ? history.endedNanos(operation) : history.invokedNanos(operation));
        }
        if ((present & Flags.SESSION) != 0) {
            event.session(history.sessionName(history.session(operation)));
        }
        if ((present & Flags.FUNCTION) != 0) {
            event.function(history.functionName(history.function(operation)));
        }
        if ((present & Flags.KEY) != 0) {
            event.key(history.keyName(history.key(operation)));
        }
        if ((present & Flags.NODE) != 0) {
            event.node(history.nodeName(completion ? history.node(operation) : invokedNode(operation)));
        }
        if ((present & Flags.PHASE) != 0) {
            event.phase("final");
        }
        if ((present & Flags.VALUE) != 0) {
            boolean paired = (flags & (completion ? Flags.COMPLETION_PAIRED : Flags.INVOCATION_PAIRED)) != 0;
            Value value = history.value(completion ? history.answer(operation) : history.argument(operation));
            event.value(paired ? Value.of(List.of(history.keyName(history.key(operation)), value)) : value);
        }
        if (completion) {
            reported(event, operation);
        }
        if (errors.containsKey(position)) {
            event.error(history.value(errors.get(position)));
        }
        Map<Value, Value> unknown = extras.get(position);
        if (unknown != null) {
            unknown.forEach(event::extra);
        }
        return event.build();
    }

    private void reported(Event.Builder event, int operation) {
        if (history.version(operation) != History.ABSENT) {
            event.version(history.version(operation));
        }
        if (history.position(operation) != History.ABSENT) {
            event.position(history.position(operation));
        }
        if (history.asOf(operation) != History.ABSENT) {
            event.asOf(history.asOf(operation));
        }
    }

    private long endedIndex(int operation, int position) {
        return endedIndex == null || endedIndex[operation] == History.ABSENT ? position : endedIndex[operation];
    }

    private int invokedNode(int operation) {
        return invokedNode == null || invokedNode[operation] == History.NONE
                ? history.node(operation)
                : invokedNode[operation];
    }

    private static EventType typeOf(Outcome outcome) {
        return switch (outcome) {
            case OK -> EventType.OK;
            case FAIL -> EventType.FAIL;
            case INFO -> EventType.INFO;
        };
    }
}
