package dev.umpire.harness.report;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Operations of one history in words, each part a column of a witness table. Every value is safe to print.
 *
 * <p>Times are shown since the first one in the recording where that lies more than a day after zero (times since 1970),
 * else as recorded.
 */
public final class OperationWords {
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private final History history;
    private final long originNanos;

    public OperationWords(History history) {
        this.history = history;
        long first = 0;
        for (int operation = 0; operation < history.size(); operation++) {
            long nanos = history.invokedNanos(operation);
            if (nanos != History.ABSENT) {
                first = nanos;
                break;
            }
        }
        originNanos = first > DAY_NANOS ? first : 0;
    }

    /** What is subtracted from every time that is shown. */
    public long originNanos() {
        return originNanos;
    }

    /** {@code session 3}. */
    public String session(int operation) {
        return "session "
                + SafeText.clipped(
                        history.sessionName(history.session(operation)).toString());
    }

    /** {@code wrote x=41}, {@code read x}. */
    public String action(int operation) {
        String function =
                history.function(operation) == History.NONE ? "did" : history.functionName(history.function(operation));
        String key = key(operation);
        String argument = argument(operation);
        return switch (function) {
            case "write" -> "wrote " + (key.isEmpty() ? argument : key + "=" + argument);
            case "read" -> ("read " + key).strip();
            default ->
                SafeText.clipped(function)
                        + (key.isEmpty() ? "" : " " + key)
                        + (argument.isEmpty() ? "" : " " + argument);
        };
    }

    /** {@code at n1}; empty where no node is recorded. */
    public String place(int operation) {
        int node = history.node(operation);
        return node == History.NONE ? "" : "at " + SafeText.clipped(history.nodeName(node));
    }

    /** {@code 1,204 ms to 1,209 ms}; positions where no time is recorded. */
    public String when(int operation) {
        long invoked = history.invokedNanos(operation);
        long ended = history.endedNanos(operation);
        if (invoked == History.ABSENT) {
            return "event " + history.invoked(operation)
                    + (history.ended(operation) == History.NEVER ? "" : " to " + history.ended(operation));
        }
        long from = invoked - originNanos;
        if (ended == History.ABSENT) {
            return "from " + Numbers.millis(from, 0);
        }
        long to = ended - originNanos;
        return Numbers.millis(from, ended - invoked) + " to " + Numbers.millis(to, ended - invoked);
    }

    /** {@code acknowledged}, {@code returned 37}, {@code failed}, {@code outcome unknown}. */
    public String ending(int operation) {
        Outcome outcome = history.outcome(operation);
        if (outcome == Outcome.FAIL) {
            return "failed";
        }
        if (outcome == Outcome.INFO) {
            return "outcome unknown";
        }
        boolean observed = history.readCount(operation) > 0;
        if (observed && history.key(operation) != History.NONE && history.readCount(operation) == 1) {
            return "returned " + value(history.value(history.readValue(operation, 0)));
        }
        return observed ? "returned " + value(history.value(history.result(operation))) : "acknowledged";
    }

    /** The operation in one line: {@code session 3 wrote x=41 at n1, 1,204 ms to 1,209 ms, acknowledged}. */
    public String line(int operation) {
        List<String> parts = new ArrayList<>();
        parts.add((session(operation) + " " + action(operation) + " " + place(operation)).strip());
        parts.add(when(operation));
        parts.add(ending(operation));
        return String.join(", ", parts);
    }

    private String key(int operation) {
        int key = history.key(operation);
        return key == History.NONE ? "" : value(history.keyName(key));
    }

    private String argument(int operation) {
        Value argument = history.value(history.argument(operation));
        return argument.isNil() && history.writeCount(operation) == 0 ? "" : value(argument);
    }

    private static String value(Value value) {
        return SafeText.clipped(value.toString());
    }
}
