package dev.umpire.checkers.session;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.TracedOrder;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.IntArrayList;

/**
 * Which writes every good read of a history showed: of a register the one that it returned, of a list all of its elements.
 *
 * <p>Of the writes of one session that a list shows, the last invoked one stands for all: who includes what went before it
 * includes what went before the others. O(reads + appends) memory: what a list shows is looked up by its length.
 */
final class ShownWrites {
    /** What is noted of a read: its operation, its key, what it returned and what that stands for. */
    private static final int COLUMNS = 4;

    /** Takes one write that a read showed. */
    @FunctionalInterface
    interface Taker {
        void take(int session, int operation);
    }

    /** The appends of a list, session by session. */
    private static final class Shown {
        /** How many writes the longest list shows; lists that do not begin like it have larger numbers. */
        private final int count;

        private final int[] session;
        private final int[] start;
        private final int[] place;
        /** The append that was invoked last of its session's up to this place. */
        private final int[] latest;

        private final Map<Integer, Map<Integer, Integer>> apart = new HashMap<>();
        private final Int2IntHashMap numberOfApart = new Int2IntHashMap(History.NONE);

        private Shown(Register register, TracedOrder traced) {
            count = traced.count();
            TreeMap<Integer, IntArrayList> places = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                int writer = register.history().session(register.operationOfWrite(traced.write(i)));
                places.computeIfAbsent(writer, s -> new IntArrayList()).addInt(i);
            }
            session = new int[places.size()];
            start = new int[places.size() + 1];
            place = new int[count];
            latest = new int[count];
            int group = 0;
            int at = 0;
            for (Map.Entry<Integer, IntArrayList> of : places.entrySet()) {
                session[group++] = of.getKey();
                int last = History.NONE;
                for (int i = 0; i < of.getValue().size(); i++) {
                    place[at] = of.getValue().getInt(i);
                    last = Math.max(last, register.operationOfWrite(traced.write(place[at])));
                    latest[at++] = last;
                }
                start[group] = at;
            }
        }

        /** What stands for the list that a good read returned. */
        private int number(Register register, TracedOrder traced, int read) {
            int known = numberOfApart.get(register.read(read));
            if (known != History.NONE) {
                return known;
            }
            Optional<int[]> writes = register.apart(read);
            if (writes.isEmpty()) {
                return (int) traced.rank(register.source(read)) + 1;
            }
            Map<Integer, Integer> latestOf = new TreeMap<>();
            for (int write : writes.get()) {
                int operation = register.operationOfWrite(write);
                latestOf.merge(register.history().session(operation), operation, Math::max);
            }
            int number = count + 1 + apart.size();
            numberOfApart.put(register.read(read), number);
            apart.put(number, latestOf);
            return number;
        }

        private void each(int number, Taker taker) {
            if (number > count) {
                apart.getOrDefault(number, Map.of()).forEach(taker::take);
                return;
            }
            for (int group = 0; group < session.length; group++) {
                int found = Arrays.binarySearch(place, start[group], start[group + 1], number);
                int shown = found >= 0 ? found : -found - 1;
                if (shown > start[group]) {
                    taker.take(session[group], latest[shown - 1]);
                }
            }
        }
    }

    private final History history;
    /** By key, if it is a list. */
    private final Map<Integer, Shown> lists = new HashMap<>();

    private final IntArrayList found = new IntArrayList();
    private final int[] start;
    private int[] operation = {};
    private int[] key = {};
    /** What the read returned. */
    private int[] value = {};
    /** The operation that wrote the value, or the number of a list. */
    private int[] shown = {};

    /** Nothing yet. */
    ShownWrites(History history) {
        this.history = history;
        start = new int[history.size() + 1];
    }

    /** All good reads of a key whose reads can be joined to its writes. */
    void add(Register register) {
        Optional<TracedOrder> traced = TracedOrder.of(register);
        traced.ifPresent(order -> lists.put(register.key(), new Shown(register, order)));
        for (int a = 0; a < register.size(); a++) {
            if (!register.isGoodRead(a) || register.source(a) == Register.INITIAL) {
                continue;
            }
            found.addInt(register.operation(a));
            found.addInt(register.key());
            found.addInt(register.read(a));
            Shown list = lists.get(register.key());
            found.addInt(
                    list == null || traced.isEmpty()
                            ? register.operationOfWrite(register.source(a))
                            : list.number(register, traced.get(), a));
        }
    }

    /** Ends the adding: from now on the reads of each operation stand side by side. */
    void group() {
        int count = found.size() / COLUMNS;
        operation = new int[count];
        key = new int[count];
        value = new int[count];
        shown = new int[count];
        for (int i = 0; i < count; i++) {
            start[found.getInt(COLUMNS * i) + 1]++;
        }
        for (int o = 0; o < history.size(); o++) {
            start[o + 1] += start[o];
        }
        int[] next = Arrays.copyOf(start, start.length);
        for (int i = 0; i < count; i++) {
            int at = next[found.getInt(COLUMNS * i)]++;
            operation[at] = found.getInt(COLUMNS * i);
            key[at] = found.getInt(COLUMNS * i + 1);
            value[at] = found.getInt(COLUMNS * i + 2);
            shown[at] = found.getInt(COLUMNS * i + 3);
        }
        found.clear();
        found.trimToSize();
    }

    History history() {
        return history;
    }

    /** The reads of an operation that showed any write stand from here to before {@code from(operation + 1)}. */
    int from(int ofOperation) {
        return start[ofOperation];
    }

    /** The operation that read. */
    int operation(int at) {
        return operation[at];
    }

    /** The key that it read. */
    int key(int at) {
        return key[at];
    }

    /** The id of the value that it returned. */
    int value(int at) {
        return value[at];
    }

    /** Tells, of every session, the last invoked of its writes that the read showed; each once. */
    void each(int at, Taker taker) {
        Shown list = lists.get(key[at]);
        if (list == null) {
            taker.take(history.session(shown[at]), shown[at]);
        } else {
            list.each(shown[at], taker);
        }
    }
}
