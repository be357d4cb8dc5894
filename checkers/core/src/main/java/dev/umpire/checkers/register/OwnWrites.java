package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reads that transactions made of keys behind their own writes of these. They say what an order within the transaction
 * should be, and nothing of the state that others left: the columns of a history do not have them. O(micro-operations).
 */
public final class OwnWrites {
    private static final Set<String> READING = Set.of("r", "read");
    private static final Set<String> WRITING = Set.of("w", "write", "append");

    private OwnWrites() {}

    /**
     * One of them.
     *
     * @param own what the transaction had written to the key before, in its order; not empty
     * @param appended whether the last of these was appended
     */
    public record Read(int operation, Value key, Value value, List<Value> own, boolean appended) {
        public Read {
            own = List.copyOf(own);
        }

        /** Whether it returned what the transaction itself had left. */
        public boolean returnsOwn() {
            if (!appended) {
                return value.equals(own.get(own.size() - 1));
            }
            if (!(value instanceof Value.Sequence list)) {
                return false;
            }
            int others = list.elements().size() - own.size();
            return others >= 0
                    && list.elements().subList(others, list.elements().size()).equals(own);
        }
    }

    /** Those of acknowledged transactions, in the order of the operations. */
    public static List<Read> reads(History history) {
        List<Read> reads = new ArrayList<>();
        for (int o = 0; o < history.size(); o++) {
            if (history.writeCount(o) > 0
                    && history.argument(o)
                            != history.writeValue(o, 0) // most writes are of one value, and need no look at it
                    && history.outcome(o) == Outcome.OK
                    && history.value(history.result(o)) instanceof Value.Sequence steps
                    && steps.elements().size() > history.readCount(o) + history.writeCount(o)) {
                note(o, steps.elements(), reads);
            }
        }
        return reads;
    }

    private static void note(int operation, List<Value> steps, List<Read> reads) {
        Map<Value, List<Value>> own = new HashMap<>();
        Map<Value, Boolean> appended = new HashMap<>();
        for (Value step : steps) {
            if (!(step instanceof Value.Sequence parts) || parts.elements().size() != 3) {
                continue;
            }
            String kind = Appends.name(parts.elements().get(0));
            Value key = parts.elements().get(1);
            Value value = parts.elements().get(2);
            List<Value> written = own.getOrDefault(key, List.of());
            if (WRITING.contains(kind)) {
                own.computeIfAbsent(key, unused -> new ArrayList<>()).add(value);
                appended.put(key, kind.equals("append"));
            } else if (READING.contains(kind) && !written.isEmpty()) {
                reads.add(new Read(operation, key, value, written, appended.getOrDefault(key, false)));
            }
        }
    }
}
