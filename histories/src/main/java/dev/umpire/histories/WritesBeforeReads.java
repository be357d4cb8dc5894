package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.agrona.collections.IntArrayList;

/**
 * The events of a recording that keeps the order within each session alone, in an order in which nothing is read before it is
 * written. Each session's events keep their order, and those of the whole the order of the file as far as possible. Where
 * sessions wait for one another in a circle there is no such order, and one of that circle goes on.
 *
 * <p>Of a value that several wrote, the first that can come before the read does. What counts as written are the arguments of
 * functions that put something (write, append, add, enqueue, push, send, ...), as read whatever others return.
 *
 * <p>O(n log s) for n values that are written or read in s sessions, and as much memory; nothing is done for a recording in
 * which all writes come first.
 */
final class WritesBeforeReads {
    private static final Set<String> PUTTING = Set.of("push", "send", "offer");
    private static final int NOBODY = -1;
    private static final int SEVERAL = -2;

    private final History history;
    private final Map<Element, Integer> elements = new HashMap<>();

    /** Of each element the first two operations that put it, or {@link #NOBODY}. */
    private final IntArrayList firstPutter = new IntArrayList();

    private final IntArrayList secondPutter = new IntArrayList();

    /** Of each operation where its elements begin among {@code put} and {@code seen}; those that it puts itself only are not seen. */
    private final int[] putStart;

    private final int[] seenStart;
    private final IntArrayList put = new IntArrayList();
    private final IntArrayList seen = new IntArrayList();

    /** Something in a register, a list, a set, a queue or a log. */
    private record Element(Value key, Value value) {}

    private WritesBeforeReads(History history) {
        this.history = history;
        int size = history.size();
        putStart = new int[size + 1];
        seenStart = new int[size + 1];
        for (int o = 0; o < size; o++) {
            putStart[o] = put.size();
            if (history.outcome(o) != Outcome.FAIL) {
                notePuts(o);
            }
        }
        putStart[size] = put.size();
        for (int o = 0; o < size; o++) {
            seenStart[o] = seen.size();
            if (history.outcome(o) == Outcome.OK) {
                noteSeen(o);
            }
        }
        seenStart[size] = seen.size();
    }

    /**
     * The same events in such an order; the history itself where it keeps real time, or is in such an order.
     *
     * @param options with which the history was read
     */
    static History of(ColumnarHistory history, ReadOptions options) throws MalformedHistoryException {
        if (history.realTime()) {
            return history;
        }
        WritesBeforeReads order = new WritesBeforeReads(history);
        if (!order.isAnyReadFirst()) {
            return history;
        }
        List<Event> events = new ArrayList<>(history.eventCount());
        history.events().forEach(events::add);
        Source source = history.source();
        ReadOptions.Keys keys = history.isPaired() ? ReadOptions.Keys.INDEPENDENT : ReadOptions.Keys.SINGLE;
        HistoryBuilder builder =
                new HistoryBuilder(options.withKeys(keys), new ValueTable(), source.name(), new Warnings("event"));
        List<Event> ordered = new ArrayList<>(events.size());
        for (int position : new Merge(order).positions()) {
            ordered.add(events.get(position));
        }
        builder.acceptAll(ordered);
        return builder.finish(
                source, new RecordingHeader(history.nodes(), history.value(history.initialValue()), false));
    }

    private void notePuts(int operation) {
        for (int i = 0; i < history.writeCount(operation); i++) {
            put(
                    operation,
                    history.keyName(history.writeKey(operation, i)),
                    history.value(history.writeValue(operation, i)));
        }
        String function = history.functionName(history.function(operation));
        if (PUTTING.contains(function)) {
            put(operation, keyOf(operation), history.value(history.argument(operation)));
        }
        logSteps(operation).forEach(step -> {
            if (isWord(step.get(0), "send") && step.size() == 3) {
                Optional<Value> message = messageOf(step.get(2));
                put(operation, step.get(1), message.orElse(step.get(2)));
            }
        });
    }

    private void put(int operation, Value key, Value value) {
        int element = elements.computeIfAbsent(new Element(key, value), unused -> {
            firstPutter.addInt(operation);
            secondPutter.addInt(NOBODY);
            return firstPutter.size() - 1;
        });
        if (firstPutter.getInt(element) != operation && secondPutter.getInt(element) == NOBODY) {
            secondPutter.setInt(element, operation);
        }
        put.addInt(element);
    }

    private void noteSeen(int operation) {
        Value initial = history.value(history.initialValue());
        for (int i = 0; i < history.readCount(operation); i++) {
            Value value = history.value(history.readValue(operation, i));
            if (!value.equals(initial)) {
                see(operation, history.keyName(history.readKey(operation, i)), value);
            }
        }
        if (history.siblings(operation) != History.NONE) {
            see(operation, keyOf(operation), history.value(history.siblings(operation)));
        }
        logSteps(operation).forEach(step -> {
            if (isWord(step.get(0), "poll") && step.size() == 2 && step.get(1) instanceof Value.MapOf polled) {
                polled.entries().forEach((key, records) -> seeRecords(operation, key, records));
            }
        });
        String function = history.functionName(history.function(operation));
        if (function.equals("poll")) {
            seeRecords(operation, keyOf(operation), history.value(history.result(operation)));
        } else if (!PUTTING.contains(function) && history.readCount(operation) + history.writeCount(operation) == 0) {
            see(operation, keyOf(operation), history.value(history.result(operation)));
        }
    }

    /** The value, and where it is a list or a set each of its elements. */
    private void see(int operation, Value key, Value value) {
        seeOne(operation, key, value);
        if (value instanceof Value.Sequence list) {
            list.elements().forEach(element -> seeOne(operation, key, element));
        } else if (value instanceof Value.SetOf set) {
            set.elements().forEach(element -> seeOne(operation, key, element));
        }
    }

    private void seeRecords(int operation, Value key, Value records) {
        if (records instanceof Value.Sequence list) {
            list.elements().forEach(record -> messageOf(record).ifPresent(message -> seeOne(operation, key, message)));
        }
    }

    private void seeOne(int operation, Value key, Value value) {
        Integer element = elements.get(new Element(key, value));
        if (element != null && (firstPutter.getInt(element) != operation || secondPutter.getInt(element) != NOBODY)) {
            seen.addInt(element);
        }
    }

    /** An OK transaction says in its result what it did, another in its argument what it tried. */
    private List<List<Value>> logSteps(int operation) {
        int said = history.outcome(operation) == Outcome.OK ? history.result(operation) : history.argument(operation);
        List<List<Value>> steps = new ArrayList<>();
        if (history.value(said) instanceof Value.Sequence all) {
            for (Value step : all.elements()) {
                if (step instanceof Value.Sequence parts
                        && !parts.elements().isEmpty()
                        && CompoundFunctions.kindOf(parts.elements()) == CompoundFunctions.MicroOperation.LOG) {
                    steps.add(parts.elements());
                }
            }
        }
        return steps;
    }

    private static boolean isWord(Value value, String word) {
        return value.equals(Value.keyword(word)) || value.equals(Value.of(word));
    }

    /** The message of a pair {@code [offset message]}. */
    private static Optional<Value> messageOf(Value record) {
        return record instanceof Value.Sequence pair
                        && pair.elements().size() == 2
                        && pair.elements().get(0) instanceof Value.Int
                ? Optional.of(pair.elements().get(1))
                : Optional.empty();
    }

    private Value keyOf(int operation) {
        int key = history.key(operation);
        return key == History.NONE ? Value.NIL : history.keyName(key);
    }

    private boolean isAnyReadFirst() {
        for (int o = 0; o < history.size(); o++) {
            for (int at = seenStart[o]; at < seenStart[o + 1]; at++) {
                if (history.invoked(otherPutter(seen.getInt(at), o)) > history.completed(o)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int otherPutter(int element, int operation) {
        int first = firstPutter.getInt(element);
        return first == operation ? secondPutter.getInt(element) : first;
    }

    /** Tells the events of all sessions, those that are ready by their place in the file. */
    private static final class Merge {
        private final WritesBeforeReads order;
        private final History history;

        /** At each position the operation: its number for an invocation, its complement for an end, absent for other events. */
        private final int[] eventAt;

        /** A lane has the events of one session, or of several that share a process: their positions from where it starts. */
        private final int[] laneOf;

        private final int[] positions;
        private final int[] next;
        private final int[] end;
        private final PriorityQueue<Integer> ready = new PriorityQueue<>();
        /** By element, the lanes that wait until it is put. */
        private final Map<Integer, IntArrayList> waiting = new HashMap<>();

        /** Of each lane the element for which it waits. */
        private final int[] awaited;

        /** Of each element the operation that put it so far, or {@link #NOBODY}, or {@link #SEVERAL}. */
        private final int[] putter;

        Merge(WritesBeforeReads order) {
            this.order = order;
            history = order.history;
            int events = history.eventCount();
            eventAt = new int[events];
            Arrays.fill(eventAt, Integer.MAX_VALUE);
            laneOf = new int[events];
            int[] roots = lanesOfSessions();
            int others = history.sessionCount();
            Arrays.fill(laneOf, others);
            for (int o = 0; o < history.size(); o++) {
                eventAt[history.invoked(o)] = o;
                laneOf[history.invoked(o)] = roots[history.session(o)];
                if (history.ended(o) != History.NEVER) {
                    eventAt[history.ended(o)] = ~o;
                    laneOf[history.ended(o)] = roots[history.session(o)];
                }
            }
            int[] start = new int[others + 2];
            for (int lane : laneOf) {
                start[lane + 1]++;
            }
            for (int lane = 0; lane <= others; lane++) {
                start[lane + 1] += start[lane];
            }
            next = Arrays.copyOf(start, others + 1);
            end = new int[others + 1];
            positions = new int[events];
            int[] fill = next.clone();
            for (int position = 0; position < events; position++) {
                positions[fill[laneOf[position]]++] = position;
            }
            System.arraycopy(fill, 0, end, 0, end.length);
            awaited = new int[others + 1];
            putter = new int[order.firstPutter.size()];
            Arrays.fill(putter, NOBODY);
        }

        /** The session that stands for each session and those with which it shares a process. */
        private int[] lanesOfSessions() {
            int[] root = new int[history.sessionCount()];
            Arrays.setAll(root, session -> session);
            int[] sessionOfProcess = new int[history.processCount()];
            Arrays.fill(sessionOfProcess, NOBODY);
            for (int o = 0; o < history.size(); o++) {
                int process = history.process(o);
                if (sessionOfProcess[process] == NOBODY) {
                    sessionOfProcess[process] = history.session(o);
                } else {
                    root[find(root, history.session(o))] = find(root, sessionOfProcess[process]);
                }
            }
            for (int session = 0; session < root.length; session++) {
                root[session] = find(root, session);
            }
            return root;
        }

        private static int find(int[] root, int session) {
            int at = session;
            while (root[at] != at) {
                root[at] = root[root[at]];
                at = root[at];
            }
            return at;
        }

        int[] positions() {
            int[] told = new int[positions.length];
            int count = 0;
            for (int lane = 0; lane < next.length; lane++) {
                offer(lane);
            }
            while (count < told.length) {
                Integer position = ready.poll();
                boolean stuck = position == null;
                int at = position == null ? headOfCircle() : position;
                int lane = laneOf[at];
                if (stuck || !mustWait(lane, eventAt[at])) {
                    told[count++] = at;
                    next[lane]++;
                    tell(eventAt[at]);
                    offer(lane);
                }
            }
            return told;
        }

        private void offer(int lane) {
            if (next[lane] < end[lane]) {
                ready.add(positions[next[lane]]);
            }
        }

        private boolean mustWait(int lane, int event) {
            if (event >= 0) {
                return false;
            }
            int operation = ~event;
            for (int at = order.seenStart[operation]; at < order.seenStart[operation + 1]; at++) {
                int element = order.seen.getInt(at);
                if (putter[element] == NOBODY || putter[element] == operation) {
                    awaited[lane] = element;
                    waiting.computeIfAbsent(element, unused -> new IntArrayList())
                            .addInt(lane);
                    return true;
                }
            }
            return false;
        }

        private void tell(int event) {
            if (event < 0 || event == Integer.MAX_VALUE) {
                return;
            }
            for (int at = order.putStart[event]; at < order.putStart[event + 1]; at++) {
                int element = order.put.getInt(at);
                if (putter[element] == NOBODY) {
                    putter[element] = event;
                } else if (putter[element] != event) {
                    putter[element] = SEVERAL;
                }
                IntArrayList lanes = waiting.remove(element);
                if (lanes != null) {
                    lanes.forEachInt(this::offer);
                }
            }
        }

        /** All wait: from one for the next, until some come again; the first of these in the file. */
        private int headOfCircle() {
            boolean[] passed = new boolean[next.length];
            int lane = 0;
            while (next[lane] == end[lane]) {
                lane++;
            }
            while (!passed[lane]) {
                passed[lane] = true;
                lane = awaitedLane(lane);
            }
            int first = lane;
            for (int other = awaitedLane(lane); other != lane; other = awaitedLane(other)) {
                if (positions[next[other]] < positions[next[first]]) {
                    first = other;
                }
            }
            IntArrayList lanes = waiting.get(awaited[first]);
            if (lanes != null) {
                lanes.removeInt(first);
            }
            return positions[next[first]];
        }

        private int awaitedLane(int lane) {
            int operation = ~eventAt[positions[next[lane]]];
            return laneOf[history.invoked(order.otherPutter(awaited[lane], operation))];
        }
    }
}
