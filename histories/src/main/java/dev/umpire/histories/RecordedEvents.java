package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Makes the events of a history again from its columns and from what was kept aside, in their order.
 *
 * <p>Which operation an event belongs to is kept nowhere: invocations come in the order of operations, and of those that
 * are open the one that ends next is on top of a heap.
 */
final class RecordedEvents implements Iterator<Event> {
    private final ColumnarHistory history;
    private final HistoryParts parts;
    private int next;
    private int nextOperation;
    private int nextOther;

    /** A heap of end (upper 32 bits) and operation; the smallest first. */
    private long[] open = new long[64];

    private int openCount;

    RecordedEvents(ColumnarHistory history, HistoryParts parts) {
        this.history = history;
        this.parts = parts;
    }

    @Override
    public boolean hasNext() {
        return next < parts.eventCount;
    }

    @Override
    public Event next() {
        int at = next;
        if (at >= parts.eventCount) {
            throw new NoSuchElementException("found no event " + at + ", expected at most " + parts.eventCount);
        }
        next++;
        if (nextOperation < parts.size && parts.invoked[nextOperation] == at) {
            int operation = nextOperation++;
            if (parts.ended[operation] != History.NEVER) {
                push(((long) parts.ended[operation] << 32) | operation);
            }
            return at(at, operation, false);
        }
        if (openCount > 0 && (int) (open[0] >>> 32) == at) {
            return at(at, (int) pop(), true);
        }
        return parts.others.get(nextOther++);
    }

    private void push(long end) {
        if (openCount == open.length) {
            open = Arrays.copyOf(open, openCount * 2);
        }
        int hole = openCount++;
        while (hole > 0 && open[(hole - 1) >>> 1] > end) {
            open[hole] = open[(hole - 1) >>> 1];
            hole = (hole - 1) >>> 1;
        }
        open[hole] = end;
    }

    private long pop() {
        long top = open[0];
        long moved = open[--openCount];
        int hole = 0;
        while (2 * hole + 1 < openCount) {
            int child = 2 * hole + 1;
            if (child + 1 < openCount && open[child + 1] < open[child]) {
                child++;
            }
            if (open[child] >= moved) {
                break;
            }
            open[hole] = open[child];
            hole = child;
        }
        open[hole] = moved;
        return top;
    }

    /** The event at a position, which belongs to an operation. */
    Event at(int position, int operation, boolean completion) {
        int flags = history.flags(operation);
        if ((flags & (completion ? Flags.COMPLETION_DEVIATES : Flags.INVOCATION_DEVIATES)) != 0) {
            return parts.deviants.get(position);
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
        if (parts.errors.containsKey(position)) {
            event.error(history.value(parts.errors.get(position)));
        }
        Map<Value, Value> unknown = parts.extras.get(position);
        if (unknown != null) {
            unknown.forEach(event::extra);
        } else if (!completion && history.intendedNanos(operation) != History.ABSENT) {
            Intended.fields(history.intendedNanos(operation)).forEach(event::extra);
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
        long index = parts.endedIndex.get(operation);
        return index == History.ABSENT ? position : index;
    }

    private int invokedNode(int operation) {
        int node = parts.invokedNode.getInt(operation);
        return node == History.NONE ? history.node(operation) : node;
    }

    private static EventType typeOf(Outcome outcome) {
        return switch (outcome) {
            case OK -> EventType.OK;
            case FAIL -> EventType.FAIL;
            case INFO -> EventType.INFO;
        };
    }
}
