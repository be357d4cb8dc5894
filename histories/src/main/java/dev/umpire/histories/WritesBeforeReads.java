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
 * <p>Of a value that several wrote, the first that can come before the read does. Registers are written and read as a whole,
 * lists and sets element by element, what is enqueued, pushed or sent comes out as it went in; other functions wait for nothing.
 *
 * <p>O(n log s) for n values that are written or read in s sessions, and as much memory; nothing is done for a recording in
 * which all writes come first.
 */
final class WritesBeforeReads {
    private static final Set<String> PUTTING = Set.of("push", "send");
    private static final Set<String> ONE_BY_ONE = Set.of("append", "add");
    private static final int NOBODY = -1;
    private static final int SEVERAL = -2;
    private static final String REORDERED =
            "sessions stand in an order in which nothing is read before it is written, as far as there is one; operations and"
                    + " events are numbered in that order, not in that of the file";

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

    /**
     * Something in a register, a list, a set, a queue or a log.
     *
     * @param part whether it is one of several that a read of the key returns together
     */
    private record Element(Value key, Value value, boolean part) {}

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
        List<String> warnings = new ArrayList<>(source.warnings());
        if (!warnings.contains(REORDERED)) {
            warnings.add(REORDERED);
        }
        return builder.finish(
                new Source(source.name(), source.format(), source.complete(), source.droppedBytes(), warnings),
                new RecordingHeader(history.nodes(), history.value(history.initialValue()), false));
    }

    private void notePuts(int operation) {
        String function = history.functionName(history.function(operation));
        if (PUTTING.contains(function)) {
            put(operation, keyOf(operation), history.value(history.argument(operation)), false);
        } else if (ONE_BY_ONE.contains(function) && history.writeCount(operation) == 1) {
            put(operation, keyOf(operation), history.value(history.writeValue(operation, 0)), true);
        } else if (history.writeCount(operation) > 0) {
            boolean[] parts = appended(operation);
            for (int i = 0; i < history.writeCount(operation); i++) {
                Value key = history.keyName(history.writeKey(operation, i));
                put(operation, key, history.value(history.writeValue(operation, i)), i < parts.length && parts[i]);
            }
        }
        for (List<Value> step : steps(operation)) {
            if (isWord(step.get(0), "send") && step.size() == 3) {
                put(operation, step.get(1), messageOf(step.get(2)).orElse(step.get(2)), false);
            }
        }
    }

    /** Of each write of a transaction, whether it appends; nothing of what is none. */
    private boolean[] appended(int operation) {
        List<List<Value>> writes = new ArrayList<>();
        for (List<Value> step : steps(operation)) {
            if (step.size() == 3 && CompoundFunctions.kindOf(step) == CompoundFunctions.MicroOperation.WRITE) {
                writes.add(step);
            }
        }
        boolean[] appended = new boolean[writes.size() == history.writeCount(operation) ? writes.size() : 0];
        for (int i = 0; i < appended.length; i++) {
            appended[i] = isWord(writes.get(i).get(0), "append");
        }
        return appended;
    }

    private void put(int operation, Value key, Value value, boolean part) {
        int element = elements.computeIfAbsent(new Element(key, value, part), unused -> {
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
            Value key = history.keyName(history.readKey(operation, i));
            Value value = history.value(history.readValue(operation, i));
            if (!value.equals(initial)) {
                see(operation, key, value, false);
            }
            seeEach(operation, key, value, true);
        }
        if (history.siblings(operation) != History.NONE) {
            seeEach(operation, keyOf(operation), history.value(history.siblings(operation)), false);
        }
        for (List<Value> step : steps(operation)) {
            if (isWord(step.get(0), "poll") && step.size() == 2 && step.get(1) instanceof Value.MapOf polled) {
                polled.entries().forEach((key, records) -> seeRecords(operation, key, records));
            }
        }
        Value result = history.value(history.result(operation));
        switch (history.functionName(history.function(operation))) {
            case "poll" -> seeRecords(operation, keyOf(operation), result);
            case "dequeue", "pop" -> see(operation, keyOf(operation), result, false);
            case "drain" -> seeEach(operation, keyOf(operation), result, false);
            default -> {
                // what it returned is said above, or is nothing that somebody put
            }
        }
    }

    /** The elements of a list or a set. */
    private void seeEach(int operation, Value key, Value value, boolean part) {
        if (value instanceof Value.Sequence list) {
            list.elements().forEach(element -> see(operation, key, element, part));
        } else if (value instanceof Value.SetOf set) {
            set.elements().forEach(element -> see(operation, key, element, part));
        }
    }

    private void seeRecords(int operation, Value key, Value records) {
        if (records instanceof Value.Sequence list) {
            list.elements()
                    .forEach(record -> messageOf(record).ifPresent(message -> see(operation, key, message, false)));
        }
    }

    private void see(int operation, Value key, Value value, boolean part) {
        Integer element = elements.get(new Element(key, value, part));
        if (element != null && (firstPutter.getInt(element) != operation || secondPutter.getInt(element) != NOBODY)) {
            seen.addInt(element);
        }
    }

    /** The steps of a transaction: an OK one says in its result what it did, another in its argument what it tried. */
    private List<List<Value>> steps(int operation) {
        boolean answered = history.outcome(operation) == Outcome.OK && history.result(operation) != History.NIL;
        int said = answered ? history.result(operation) : history.argument(operation);
        List<List<Value>> steps = new ArrayList<>();
        if (history.value(said) instanceof Value.Sequence all && CompoundFunctions.isTransaction(all)) {
            all.elements().forEach(step -> steps.add(((Value.Sequence) step).elements()));
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
