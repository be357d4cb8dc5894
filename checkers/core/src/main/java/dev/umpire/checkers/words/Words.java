package dev.umpire.checkers.words;

import dev.umpire.checkers.register.Appends;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Siblings;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the operations of one history are called in a sentence. Thread-safe. */
public final class Words {
    /** Times beyond eleven days are clock readings, not times since the start; they are told from the first one. */
    private static final long CLOCK_NANOS = 1_000_000_000_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000L;
    /** Durations below this are told with a fraction. */
    private static final long SHORT_NANOS = 10 * NANOS_PER_MILLI;

    private final History history;
    private final Appends appends;
    private final ObjectWords objects;
    private final long originNanos;

    private Words(History history) {
        this.history = history;
        appends = Appends.of(history);
        objects = new ObjectWords(history, this);
        long first = history.size() == 0 ? History.ABSENT : history.invokedNanos(0);
        originNanos = originOf(first);
    }

    /**
     * What is subtracted from every time of a recording before it is told.
     *
     * @param first when its first operation was invoked, or {@link History#ABSENT}
     */
    public static long originOf(long first) {
        return first != History.ABSENT && first > CLOCK_NANOS ? first : 0;
    }

    public static Words of(History history) {
        return new Words(history);
    }

    /** Whether the function is one of those that touch the key. O(accesses of the key). */
    boolean touches(Register register, String function) {
        int id = history.functionId(function);
        for (int a = 0; id != History.NONE && a < register.size(); a++) {
            if (history.function(register.operation(a)) == id) {
                return true;
            }
        }
        return false;
    }

    /** What is subtracted from every recorded time before it is told. */
    public long originNanos() {
        return originNanos;
    }

    /** {@code 1,204}. */
    public static String number(long number) {
        String digits = Long.toString(number);
        int first = number < 0 ? 1 : 0;
        if (digits.length() - first <= 3) {
            return digits;
        }
        StringBuilder grouped = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > first; at -= 3) {
            grouped.insert(at, ',');
        }
        return grouped.toString();
    }

    /** {@code 1 read}, {@code 1,204 reads}. */
    public static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /** {@code 84 ms}, {@code 0.35 ms}. */
    public static String duration(long nanos) {
        if (nanos >= SHORT_NANOS || nanos % NANOS_PER_MILLI == 0) {
            return number(nanos / NANOS_PER_MILLI) + " ms";
        }
        String digits = String.format(Locale.ROOT, "%.3f", nanos / (double) NANOS_PER_MILLI);
        return digits.replaceAll("0+$", "").replaceAll("\\.$", "") + " ms";
    }

    /** A value: strings in quotes, whatever cannot be seen as an escape. */
    public String value(int value) {
        return value(history.value(value));
    }

    /** As {@link #value(int)}, for what has no number. */
    public String value(Value found) {
        String text = Visible.text(found.toString());
        return found instanceof Value.Text ? '"' + text + '"' : text;
    }

    /** The key's name; in a recording that names no keys what it is about: {@code the register}, {@code the queue}. */
    public String key(int key) {
        return history.keyName(key).isNil()
                ? "the " + objects.noun()
                : Visible.text(history.keyName(key).toString());
    }

    /** As {@link #key}, to begin a sentence: {@code key x}, {@code the queue}. */
    String keyFirst(int key) {
        return history.keyName(key).isNil() ? key(key) : "key " + key(key);
    }

    /** {@code session 3}. */
    public String session(int operation) {
        return "session "
                + Visible.text(history.sessionName(history.session(operation)).toString());
    }

    /** {@code at n2}, with a space before it; empty where no node was recorded. */
    public String atNode(int operation) {
        int node = history.node(operation);
        return node == History.NONE ? "" : " at " + Visible.text(history.nodeName(node));
    }

    /** Who, where and when: {@code session 3 at n2 (1,204 ms to 1,209 ms)}. */
    public String who(int operation) {
        return session(operation) + atNode(operation) + " (" + span(operation) + ")";
    }

    /** The moment of the invocation: {@code 1,204 ms}, or {@code event 57}. */
    public String invoked(int operation) {
        return moment(history.invokedNanos(operation), history.invoked(operation));
    }

    /** The moment of the last event: {@code 1,209 ms}, or {@code event 58}; {@code never} where there is none. */
    public String ended(int operation) {
        return moment(history.endedNanos(operation), history.ended(operation));
    }

    private String moment(long nanos, int position) {
        if (nanos != History.ABSENT) {
            return number(Math.floorDiv(nanos - originNanos, NANOS_PER_MILLI)) + " ms";
        }
        return position == History.NEVER ? "never" : "event " + number(position);
    }

    /** {@code 1,204 ms to 1,209 ms}; {@code from 1,204 ms} where it never completed. */
    public String span(int operation) {
        return history.outcome(operation) == Outcome.INFO
                ? "from " + invoked(operation)
                : invoked(operation) + " to " + ended(operation);
    }

    /** {@code acknowledged}, {@code outcome unknown}, {@code failed}. */
    public String outcome(int operation) {
        return switch (history.outcome(operation)) {
            case OK -> "acknowledged";
            case FAIL -> "failed";
            case INFO -> "outcome unknown";
        };
    }

    /** {@code session 3 wrote x=41 at n1 (1,204 ms to 1,209 ms, acknowledged)}. */
    public String wrote(int operation, int key) {
        return session(operation) + " " + wroteWhat(operation, key) + " (" + span(operation) + ", " + outcome(operation)
                + ")";
    }

    private String wroteWhat(int operation, int key) {
        Optional<String> deed = objectDeed(operation);
        if (deed.isPresent()) {
            return deed.get() + atNode(operation);
        }
        if (appends.isAppend(operation, key)) {
            return "appended " + String.join(" and ", writtenTo(operation, key)) + " to " + key(key)
                    + atNode(operation);
        }
        boolean cas = isCas(operation);
        List<String> writes = writtenTo(operation, key).stream()
                .map(value -> key(key) + "=" + value)
                .toList();
        String from = cas ? from(operation) : "";
        return (cas ? "changed " : "wrote ") + String.join(" and then ", writes) + from + atNode(operation);
    }

    /** Whether the operation replaces a value that it names; a transaction may read one value and write over another. */
    private boolean isCas(int operation) {
        return history.functionName(history.function(operation)).equals("cas") && history.writeCount(operation) == 1;
    }

    /** {@code  from 1}: what a cas replaced or, if it was not acknowledged, was to replace. */
    private String from(int operation) {
        if (history.readCount(operation) > 0) {
            return " from " + value(history.readValue(operation, 0));
        }
        return history.value(history.argument(operation)) instanceof Value.Sequence pair
                ? " from " + value(pair.elements().get(0))
                : "";
    }

    /**
     * {@code session 3 read x at n2 (1,311 ms to 1,312 ms), which returned 37}. Where a transaction read the key more than
     * once all that it returned is told; who means one of these reads says which.
     */
    public String read(int operation, int key) {
        Set<String> returned = new LinkedHashSet<>();
        for (int i = 0; i < history.readCount(operation); i++) {
            if (history.readKey(operation, i) == key) {
                returned.add(value(history.readValue(operation, i)));
            }
        }
        return session(operation) + " "
                + readWhat(operation, key, returned.isEmpty() ? value(Value.NIL) : String.join(" and then ", returned));
    }

    /** As {@link #read(int, int)}, of one read among those that an operation has of the key. */
    public String read(Register register, int access) {
        return read(register.operation(access), register.key(), register.read(access));
    }

    /** As {@link #read(int, int)}, of the read that returned this value. */
    public String read(int operation, int key, int value) {
        return session(operation) + " " + readWhat(operation, key, value(value));
    }

    /** {@code read x at n2 (1,311 ms to 1,312 ms), which returned 37}. */
    public String readWhat(Register register, int access) {
        return readWhat(register.operation(access), register.key(), value(register.read(access)));
    }

    private String readWhat(int operation, int key, String returned) {
        return "read " + key(key) + atNode(operation) + " (" + span(operation) + "), which returned " + returned;
    }

    /** {@code  with the siblings 37, 38}, to stand behind what a read returned; nothing where that was one value. */
    public String siblings(int read) {
        Set<Value> shown = Siblings.shown(history, read);
        return shown.size() > 1
                ? " with the siblings " + shown.stream().map(this::value).collect(Collectors.joining(", "))
                : "";
    }

    private List<String> writtenTo(int operation, int key) {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < history.writeCount(operation); i++) {
            if (history.writeKey(operation, i) == key) {
                written.add(value(history.writeValue(operation, i)));
            }
        }
        return written;
    }

    /**
     * {@code 84 ms before}, the time from the end of one operation to the invocation of another; {@code before} where no
     * times are recorded or the recorder's clock went back.
     */
    public String gapBefore(int earlier, int later) {
        long ended = history.endedNanos(earlier);
        long invoked = history.invokedNanos(later);
        return ended == History.ABSENT || invoked == History.ABSENT || invoked < ended
                ? "before"
                : duration(invoked - ended) + " before";
    }

    /** {@code 84 ms}, the time from the end of one operation to the invocation of another; {@code some time} if unknown. */
    public String gapBetween(int earlier, int later) {
        String gap = gapBefore(earlier, later);
        return gap.equals("before") ? "some time" : gap.substring(0, gap.length() - " before".length());
    }

    /**
     * The operations as the lines of a small table, columns aligned.
     *
     * <pre>
     * session 3   wrote x=41 at n1   1,204 ms to 1,209 ms   acknowledged
     * session 3   read x at n2       1,311 ms to 1,312 ms   returned 37
     * </pre>
     */
    public List<String> table(List<Integer> operations) {
        List<String[]> rows = new ArrayList<>();
        for (int operation : operations) {
            rows.add(new String[] {session(operation), deed(operation), span(operation), ending(operation)});
        }
        int[] width = new int[3];
        for (String[] row : rows) {
            for (int column = 0; column < width.length; column++) {
                width[column] = Math.max(width[column], row[column].length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < width.length; column++) {
                line.append(row[column]).append(" ".repeat(width[column] - row[column].length() + 3));
            }
            lines.add(line.append(row[3]).toString());
        }
        return lines;
    }

    /**
     * What the operation did, and to which keys: {@code wrote x=41 at n1}, {@code read x, y at n2}, {@code dequeued 3 from queue
     * q}. What it returned is left to {@link #returned} and {@link #ending}, unless the deed tells it.
     */
    public String deed(int operation) {
        return objectDeed(operation).orElseGet(() -> readAndWritten(operation)) + atNode(operation);
    }

    /**
     * {@code dequeued 3 from queue q}, {@code acquired lock l}: what was asked of an object that is no register, without the
     * node; empty of every other operation.
     */
    public Optional<String> objectDeed(int operation) {
        return objects.deed(operation);
    }

    private String readAndWritten(int operation) {
        int reads = history.readCount(operation);
        int writes = history.writeCount(operation);
        boolean cas = isCas(operation);
        List<String> parts = new ArrayList<>();
        if (reads > 0 && !cas) {
            Set<String> keys = new LinkedHashSet<>();
            for (int i = 0; i < reads; i++) {
                keys.add(key(history.readKey(operation, i)));
            }
            parts.add("read " + String.join(", ", keys));
        }
        if (writes > 0) {
            Set<Integer> keys = new LinkedHashSet<>();
            for (int i = 0; i < writes; i++) {
                keys.add(history.writeKey(operation, i));
            }
            String verb = cas ? "changed " : "wrote ";
            List<String> written = new ArrayList<>();
            List<String> appended = new ArrayList<>();
            for (int key : keys) {
                if (appends.isAppend(operation, key)) {
                    appended.add(String.join(", ", writtenTo(operation, key)) + " to " + key(key));
                } else {
                    writtenTo(operation, key).forEach(value -> written.add(key(key) + "=" + value));
                }
            }
            if (!written.isEmpty()) {
                String from = cas && reads == 0 ? from(operation) : "";
                parts.add(verb + String.join(", ", written) + from);
            }
            if (!appended.isEmpty()) {
                parts.add("appended " + String.join(", ", appended));
            }
        }
        return parts.isEmpty() ? other(operation) : String.join(" and ", parts);
    }

    /** What an operation did that neither reads nor writes a value. */
    private String other(int operation) {
        String function = history.functionName(history.function(operation));
        int key = history.key(operation);
        return Visible.text(function) + (key == History.NONE ? "" : " " + key(key));
    }

    /** {@code acknowledged}, {@code returned 37}, {@code outcome unknown}. */
    public String ending(int operation) {
        return returned(operation).orElseGet(() -> outcome(operation));
    }

    /** {@code returned 37}, {@code replaced 37}; empty of an operation that returned nothing or whose deed tells it. */
    public Optional<String> returned(int operation) {
        int reads = history.readCount(operation);
        if (reads == 0) {
            return objects.returned(operation);
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < reads; i++) {
            String value = value(history.readValue(operation, i));
            parts.add(reads == 1 ? value : key(history.readKey(operation, i)) + "=" + value);
        }
        String verb = isCas(operation) ? "replaced " : "returned ";
        return Optional.of(verb + String.join(", ", parts) + siblings(operation));
    }
}
