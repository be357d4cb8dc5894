package dev.umpire.checkers.benchmarks;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What the sessions of a generated history do, and what a store without faults answers them. An operation takes effect when it
 * completes.
 */
abstract class GeneratedStore {
    final Shape shape;
    private final Value[] names;

    private GeneratedStore(Shape shape) {
        this.shape = shape;
        names = new Value[shape.keys()];
        for (int key = 0; key < names.length; key++) {
            names[key] = Value.of("k" + key);
        }
    }

    /** A new store for the flavour of the shape. */
    static GeneratedStore of(Shape shape) {
        return switch (shape.flavour()) {
            case PLAIN, POSITIONS, VERSIONS, SNAPSHOTS, SNAPSHOTS_AND_POSITIONS -> new Registers(shape);
            case COUNTERS -> new Counters(shape);
            case SETS -> new Sets(shape);
            case LOGS -> new Logs(shape);
            case CLAIMS -> new Claims(shape);
        };
    }

    /** Adds to the invocation of an operation what it is. */
    abstract void invoke(int session, SplittableRandom random, Event.Builder event);

    /** Adds to the completion of the session's operation what it is and what was answered. */
    abstract void complete(int session, Event.Builder event);

    /** Of the last reads of all: adds to an event of a read of one key what it is, and to its completion what was answered. */
    void readLast(int key, boolean completion, Event.Builder event) {
        event.function("read").key(name(key));
        if (completion) {
            event.value(held(key));
        }
    }

    /** Whether a key is read in the end. */
    boolean isReadLast() {
        return true;
    }

    /** What a read of the key returns now. */
    abstract Value held(int key);

    Value name(int key) {
        return names[key];
    }

    /** A new event of an operation. */
    static Event.Builder event(EventType type, long nanos, int session, int node) {
        return Event.of(type).time(nanos).process(session).session(session).node("n" + node);
    }

    /** Reads and writes of registers, and snapshots of them. */
    private static final class Registers extends GeneratedStore {
        private final long[] store;
        private final long[] version;
        private final int[][] openKeys;
        private final long[] openValue;
        private long nextValue = 1;
        private long position;

        private Registers(Shape shape) {
            super(shape);
            store = new long[shape.keys()];
            version = new long[shape.keys()];
            openKeys = new int[shape.sessions()][];
            openValue = new long[shape.sessions()];
        }

        @Override
        void invoke(int session, SplittableRandom random, Event.Builder event) {
            int dice = random.nextInt(100);
            int key = random.nextInt(shape.keys());
            int single = shape.hasSnapshots() ? 90 : 100;
            openKeys[session] = new int[] {key};
            openValue[session] = 0;
            if (dice < single / 2) {
                openValue[session] = nextValue++;
                event.function("write").key(name(key)).value(Value.of(openValue[session]));
            } else if (dice < single || shape.keys() == 1) {
                event.function("read").key(name(key));
            } else {
                int[] keys = new int[Math.min(shape.keys(), 2 + random.nextInt(2))];
                Arrays.setAll(keys, i -> (key + i) % shape.keys());
                openKeys[session] = keys;
                event.function("snapshot")
                        .value(Value.of(Arrays.stream(keys).mapToObj(this::name).toList()));
            }
        }

        @Override
        void complete(int session, Event.Builder event) {
            int[] keys = openKeys[session];
            if (openValue[session] != 0) {
                store[keys[0]] = openValue[session];
                event.function("write").key(name(keys[0])).value(held(keys[0]));
                version[keys[0]]++;
                position++;
                if (shape.reportsPositions()) {
                    event.position(position);
                }
                if (shape.flavour() == Shape.Flavour.VERSIONS) {
                    event.version(version[keys[0]]);
                }
            } else if (keys.length == 1) {
                event.function("read").key(name(keys[0])).value(held(keys[0]));
            } else {
                Map<Value, Value> found = new LinkedHashMap<>();
                for (int key : keys) {
                    found.put(name(key), held(key));
                }
                event.function("snapshot").value(new Value.MapOf(found));
            }
        }

        @Override
        Value held(int key) {
            return store[key] == 0 ? Value.NIL : Value.of(store[key]);
        }
    }

    /** One key, and perhaps a number, for each session. */
    private abstract static class OneKeyEach extends GeneratedStore {
        final int[] keyOf;
        final long[] argumentOf;

        private OneKeyEach(Shape shape) {
            super(shape);
            keyOf = new int[shape.sessions()];
            argumentOf = new long[shape.sessions()];
        }
    }

    /** Increments of counters by 1 to 5, and reads. */
    private static final class Counters extends OneKeyEach {
        private final long[] sum;

        private Counters(Shape shape) {
            super(shape);
            sum = new long[shape.keys()];
        }

        @Override
        void invoke(int session, SplittableRandom random, Event.Builder event) {
            keyOf[session] = random.nextInt(shape.keys());
            argumentOf[session] = random.nextBoolean() ? 1 + random.nextInt(5) : 0;
            event.function(function(session)).key(name(keyOf[session]));
            if (argumentOf[session] > 0) {
                event.value(Value.of(argumentOf[session]));
            }
        }

        @Override
        void complete(int session, Event.Builder event) {
            int key = keyOf[session];
            sum[key] += argumentOf[session];
            event.function(function(session))
                    .key(name(key))
                    .value(argumentOf[session] > 0 ? Value.of(argumentOf[session]) : held(key));
        }

        private String function(int session) {
            return argumentOf[session] > 0 ? "increment" : "read";
        }

        @Override
        Value held(int key) {
            return Value.of(sum[key]);
        }
    }

    /** Elements are added to sets, which are read in the end. */
    private static final class Sets extends OneKeyEach {
        private final List<List<Value>> elements = new ArrayList<>();
        private long next = 1;

        private Sets(Shape shape) {
            super(shape);
            for (int key = 0; key < shape.keys(); key++) {
                elements.add(new ArrayList<>());
            }
        }

        @Override
        void invoke(int session, SplittableRandom random, Event.Builder event) {
            keyOf[session] = random.nextInt(shape.keys());
            argumentOf[session] = next++;
            event.function("add").key(name(keyOf[session])).value(Value.of(argumentOf[session]));
        }

        @Override
        void complete(int session, Event.Builder event) {
            Value added = Value.of(argumentOf[session]);
            elements.get(keyOf[session]).add(added);
            event.function("add").key(name(keyOf[session])).value(added);
        }

        @Override
        Value held(int key) {
            return Value.of(elements.get(key));
        }
    }

    /** Messages are sent to logs, from which each session polls a few at a time. */
    private static final class Logs extends OneKeyEach {
        private static final int POLLED = 3;

        private final List<List<Value>> logs = new ArrayList<>();
        private final int[][] polled;
        private long next = 1;

        private Logs(Shape shape) {
            super(shape);
            for (int key = 0; key < shape.keys(); key++) {
                logs.add(new ArrayList<>());
            }
            polled = new int[shape.sessions()][shape.keys()];
        }

        @Override
        void invoke(int session, SplittableRandom random, Event.Builder event) {
            keyOf[session] = random.nextInt(shape.keys());
            argumentOf[session] = random.nextBoolean() ? next++ : 0;
            event.function(argumentOf[session] > 0 ? "send" : "poll").key(name(keyOf[session]));
            if (argumentOf[session] > 0) {
                event.value(Value.of(argumentOf[session]));
            }
        }

        @Override
        void complete(int session, Event.Builder event) {
            int key = keyOf[session];
            List<Value> log = logs.get(key);
            if (argumentOf[session] > 0) {
                Value message = Value.of(argumentOf[session]);
                event.function("send").key(name(key)).value(Value.of(List.of(Value.of(log.size()), message)));
                log.add(message);
            } else {
                int from = polled[session][key];
                int to = Math.min(log.size(), from + POLLED);
                polled[session][key] = to;
                event.function("poll").key(name(key)).value(records(log, from, to));
            }
        }

        @Override
        void readLast(int key, boolean completion, Event.Builder event) {
            event.function("poll").key(name(key));
            if (completion) {
                event.value(held(key));
            }
        }

        @Override
        Value held(int key) {
            return records(logs.get(key), 0, logs.get(key).size());
        }

        private static Value records(List<Value> log, int from, int to) {
            List<Value> records = new ArrayList<>();
            for (int offset = from; offset < to; offset++) {
                records.add(Value.of(List.of(Value.of(offset), log.get(offset))));
            }
            return Value.of(records);
        }
    }

    /** New values are asked for. */
    private static final class Claims extends OneKeyEach {
        private long next = 1;

        private Claims(Shape shape) {
            super(shape);
        }

        @Override
        void invoke(int session, SplittableRandom random, Event.Builder event) {
            keyOf[session] = random.nextInt(shape.keys());
            event.function("generate").key(name(keyOf[session]));
        }

        @Override
        void complete(int session, Event.Builder event) {
            event.function("generate").key(name(keyOf[session])).value(Value.of(next++));
        }

        @Override
        boolean isReadLast() {
            return false;
        }

        @Override
        Value held(int key) {
            return Value.NIL;
        }
    }
}
