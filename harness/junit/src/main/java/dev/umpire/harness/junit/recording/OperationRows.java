package dev.umpire.harness.junit.recording;

import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Some operations of one session, a row each, in columns: what lives on is a few arrays, and no object an operation that a
 * collector would have to follow and copy.
 *
 * <p>Not thread-safe: guarded by the lock of the session.
 */
final class OperationRows {
    private static final int FINAL = 0b1;
    private static final int WITHOUT_KEY = 0b10;
    private static final int ANSWERED_BY_ARGUMENT = 0b100;

    private final String[] functions;
    private final @Nullable String[] nodes;
    private final int[] processes;
    private final long[] invokedNanos;
    private final long[] endedNanos;
    private final SessionLog.Ending[] endings;
    private final byte[] flags;
    private final Values keys = new Values();
    private final Values arguments = new Values();
    private final Values answers = new Values();
    /** All that a target's client said; no column where the clients are others. */
    private Response.@Nullable Ok[] said = new Response.Ok[0];

    private int size;

    OperationRows(int capacity) {
        functions = new String[capacity];
        nodes = new String[capacity];
        processes = new int[capacity];
        invokedNanos = new long[capacity];
        endedNanos = new long[capacity];
        endings = new SessionLog.Ending[capacity];
        flags = new byte[capacity];
    }

    int capacity() {
        return flags.length;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == flags.length;
    }

    /** Adds an operation that begins. */
    Entry begin(String function, @Nullable Value key, Value argument, @Nullable String node, int process, long nanos) {
        Entry entry = entry(size++);
        entry.begin(function, key, argument, node, process, nanos);
        return entry;
    }

    Entry entry(int row) {
        return new Entry(row);
    }

    /** One operation, which stands in the columns. */
    final class Entry {
        private final int row;

        private Entry(int row) {
            this.row = row;
        }

        private void begin(
                String function, @Nullable Value key, Value argument, @Nullable String node, int process, long nanos) {
            functions[row] = function;
            nodes[row] = node;
            processes[row] = process;
            invokedNanos[row] = nanos;
            endings[row] = SessionLog.Ending.UNDER_WAY;
            arguments.set(row, argument);
            if (key == null) {
                flags[row] |= WITHOUT_KEY;
            } else {
                keys.set(row, key);
            }
        }

        /** Says that it belongs to the phase after healing and convergence. */
        void markFinal() {
            flags[row] |= FINAL;
        }

        /** What a target's client said beside its result. */
        void say(Response.Ok all) {
            if (said.length == 0) {
                said = new Response.Ok[flags.length];
            }
            said[row] = all;
        }

        /** @param answer null where it is the argument */
        void end(SessionLog.Ending ending, @Nullable Value answer, long nanos) {
            endedNanos[row] = nanos;
            endings[row] = ending;
            if (answer == null) {
                flags[row] |= ANSWERED_BY_ARGUMENT;
            } else {
                answers.set(row, answer);
            }
        }

        String function() {
            return functions[row];
        }

        @Nullable
        String node() {
            return nodes[row];
        }

        int process() {
            return processes[row];
        }

        long invokedNanos() {
            return invokedNanos[row];
        }

        long endedNanos() {
            return endedNanos[row];
        }

        SessionLog.Ending ending() {
            return endings[row];
        }

        boolean isFinal() {
            return has(FINAL);
        }

        @Nullable
        Value key() {
            return has(WITHOUT_KEY) ? null : keys.get(row);
        }

        Value argument() {
            return arguments.get(row);
        }

        /** The result or the reason, once it has ended. */
        Value answer() {
            return has(ANSWERED_BY_ARGUMENT) ? arguments.get(row) : answers.get(row);
        }

        Response.@Nullable Ok said() {
            return said.length == 0 ? null : said[row];
        }

        private boolean has(int flag) {
            return (flags[row] & flag) != 0;
        }
    }

    /** A column of values. Whole numbers and texts, which most values are, stand there without the object around them. */
    private final class Values {
        private long[] numbers = new long[0];
        /** A text, a value of another kind, or null where the value is a whole number. */
        private @Nullable Object[] others = new Object[0];

        void set(int row, Value value) {
            if (value instanceof Value.Int number) {
                if (numbers.length == 0) {
                    numbers = new long[flags.length];
                }
                numbers[row] = number.value();
            } else {
                if (others.length == 0) {
                    others = new Object[flags.length];
                }
                others[row] = value instanceof Value.Text text ? text.value() : value;
            }
        }

        Value get(int row) {
            Object other = others.length == 0 ? null : others[row];
            if (other == null) {
                return Value.of(numbers[row]);
            }
            return other instanceof String text ? Value.of(text) : (Value) other;
        }
    }
}
