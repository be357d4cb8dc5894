package dev.umpire.harness.junit.recording;

import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.Objects;
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
    private static final int ENDED_OK = 0b1000;
    private static final int ENDED_FAIL = 0b1_0000;
    private static final int ENDED_INFO = 0b10_0000;

    private final Names names;
    private final Names usualTexts;
    private final int[] functions;
    private final int[] nodes;
    private final int[] processes;
    private final long[] invokedNanos;
    private final long[] endedNanos;
    private final byte[] flags;
    private final Values keys = new Values();
    private final Values arguments = new Values();
    private final Values answers = new Values();
    /** All that a target's client said; no column where the clients are others. */
    private Response.@Nullable Ok[] said = new Response.Ok[0];

    private int size;

    /**
     * @param names of functions and nodes; must have a number for each
     * @param usualTexts among the values; those that have no number there stand in the columns themselves
     */
    OperationRows(int capacity, Names names, Names usualTexts) {
        this.names = names;
        this.usualTexts = usualTexts;
        functions = new int[capacity];
        nodes = new int[capacity];
        processes = new int[capacity];
        invokedNanos = new long[capacity];
        endedNanos = new long[capacity];
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
            functions[row] = names.numberOf(function);
            nodes[row] = node == null ? Names.NONE : names.numberOf(node);
            processes[row] = process;
            invokedNanos[row] = nanos;
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
            int end = switch (ending) {
                case UNDER_WAY -> 0;
                case OK -> ENDED_OK;
                case FAIL -> ENDED_FAIL;
                case INFO -> ENDED_INFO;
            };
            flags[row] = (byte) (flags[row] | end);
            if (answer == null) {
                flags[row] |= ANSWERED_BY_ARGUMENT;
            } else {
                answers.set(row, answer);
            }
        }

        String function() {
            return names.text(functions[row]);
        }

        @Nullable
        String node() {
            return nodes[row] == Names.NONE ? null : names.text(nodes[row]);
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
            if (has(ENDED_OK)) {
                return SessionLog.Ending.OK;
            }
            if (has(ENDED_FAIL)) {
                return SessionLog.Ending.FAIL;
            }
            return has(ENDED_INFO) ? SessionLog.Ending.INFO : SessionLog.Ending.UNDER_WAY;
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

    /**
     * A column of values, nil where nothing was set. Whole numbers, and texts that come again and again, which most values are,
     * stand there as numbers; others stand beside them.
     */
    private final class Values {
        private static final byte NIL = 0;
        private static final byte NUMBER = 1;
        private static final byte USUAL_TEXT = 2;
        private static final byte OTHER = 3;

        private byte[] kinds = new byte[0];
        private long[] numbers = new long[0];
        /** Texts, and values of other kinds. */
        private @Nullable Object[] others = new Object[0];

        void set(int row, Value value) {
            if (value instanceof Value.Nil) {
                return;
            }
            if (kinds.length == 0) {
                kinds = new byte[flags.length];
            }
            if (value instanceof Value.Int number) {
                setNumber(row, NUMBER, number.value());
            } else if (value instanceof Value.Text text) {
                int known = usualTexts.numberOf(text.value());
                if (known == Names.NONE) {
                    setOther(row, text.value());
                } else {
                    setNumber(row, USUAL_TEXT, known);
                }
            } else {
                setOther(row, value);
            }
        }

        private void setNumber(int row, byte kind, long number) {
            if (numbers.length == 0) {
                numbers = new long[flags.length];
            }
            kinds[row] = kind;
            numbers[row] = number;
        }

        private void setOther(int row, Object other) {
            if (others.length == 0) {
                others = new Object[flags.length];
            }
            kinds[row] = OTHER;
            others[row] = other;
        }

        Value get(int row) {
            int kind = kinds.length == 0 ? NIL : kinds[row];
            return switch (kind) {
                case NUMBER -> Value.of(numbers[row]);
                case USUAL_TEXT -> Value.of(usualTexts.text((int) numbers[row]));
                case OTHER -> other(others[row]);
                default -> Value.NIL;
            };
        }

        private static Value other(@Nullable Object other) {
            return other instanceof String text ? Value.of(text) : (Value) Objects.requireNonNull(other);
        }
    }
}
