package dev.umpire.checkers.knossos.bridge;

import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import dev.umpire.checkers.linearizable.ObjectHistories;
import dev.umpire.checkers.model.Call;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One object of a history as Knossos reads it: a vector of persistent maps in the order of the recording.
 *
 * <p>The {@code :index} of an invocation is twice the number of its operation, that of a completion one more; Knossos keeps
 * them and names operations by them.
 */
final class Operations {
    private static final Keyword INVOKE = Keyword.intern("invoke");
    private static final Keyword OK = Keyword.intern("ok");
    private static final Keyword INFO = Keyword.intern("info");

    private record Line(int position, IPersistentMap map) {}

    private final History history;
    private final ObjectHistories objects;
    private final Function<Call, @Nullable Object> value;

    /** The number that Knossos gets for a process whose operation is of unknown outcome and that goes on nevertheless. */
    private int freshProcess;

    private final Map<Integer, Integer> processes = new HashMap<>();

    private Operations(History history, ObjectHistories objects, Function<Call, @Nullable Object> value) {
        this.history = history;
        this.objects = objects;
        this.value = value;
        this.freshProcess = history.processCount();
    }

    /** @param value what Knossos' model is to see of a call */
    static PersistentVector of(
            History history, ObjectHistories objects, int object, Function<Call, @Nullable Object> value) {
        return new Operations(history, objects, value).vector(objects.operations(object));
    }

    private PersistentVector vector(int[] operations) {
        List<Line> lines = new ArrayList<>();
        for (int operation : operations) {
            add(operation, lines);
        }
        lines.sort(Comparator.comparingInt(Line::position));
        return PersistentVector.create(lines.stream().map(Line::map).toList());
    }

    private void add(int operation, List<Line> lines) {
        Call call = objects.call(operation);
        Object told = value.apply(call);
        int process = processes.getOrDefault(history.process(operation), history.process(operation));
        Keyword function = Keyword.intern(call.function());
        boolean ok = history.outcome(operation) == Outcome.OK;
        // of an operation that was answered Knossos takes the value from the completion
        lines.add(
                new Line(history.invoked(operation), line(process, INVOKE, function, ok ? null : told, 2 * operation)));
        if (ok) {
            lines.add(new Line(history.completed(operation), line(process, OK, function, told, 2 * operation + 1)));
            return;
        }
        // the value of the invocation once more: with any other, explaining a violation ends with an exception. And a
        // line
        // where there was none: Knossos would make one itself, with an index that is another operation's
        int ended = history.ended(operation);
        lines.add(new Line(
                ended == History.NEVER ? Integer.MAX_VALUE : ended,
                line(process, INFO, function, told, 2 * operation + 1)));
        // the process of an operation of unknown outcome may not be used again
        processes.put(history.process(operation), freshProcess++);
    }

    private static IPersistentMap line(int process, Keyword type, Keyword function, @Nullable Object value, int index) {
        return ClojureValues.operation(
                KnossosNames.PROCESS,
                (long) process,
                KnossosNames.TYPE,
                type,
                KnossosNames.FUNCTION,
                function,
                KnossosNames.VALUE,
                value,
                KnossosNames.INDEX,
                (long) index);
    }

    /** The operation whose invocation or completion has this {@code :index}. */
    static int operation(Object index) {
        return Math.toIntExact(((Number) index).longValue() / 2);
    }
}
