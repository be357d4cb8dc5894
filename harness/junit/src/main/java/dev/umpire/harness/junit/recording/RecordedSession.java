package dev.umpire.harness.junit.recording;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A logical client of your own test, whose order of operations matters: a user, a browser tab, a service.
 *
 * <p>Every method makes the call that it is given, on the calling thread, and records it. What the call throws is recorded
 * and thrown on; the outcome is unknown then, unless the {@linkplain SessionRecorder#inMemory(java.util.function.Predicate)
 * recorder} knows that exception to be a certain failure. Keys, values and answers may be text, numbers, booleans, enums,
 * UUIDs, times, and lists, sets, maps and Optionals of these; null and an empty Optional are nothing.
 *
 * <p>Thread-safe; operations of one session may overlap, and those that do have no order.
 */
public final class RecordedSession {
    private final SessionRecorder recorder;
    private final SessionLog log;
    private final @Nullable String node;

    RecordedSession(SessionRecorder recorder, SessionLog log, @Nullable String node) {
        this.recorder = recorder;
        this.log = log;
        this.node = node;
    }

    /** The same session while it talks to this node; for the reader of a witness. */
    public RecordedSession at(String nodeName) {
        return new RecordedSession(recorder, log, nodeName);
    }

    /** Reads a key; the answer is its value. Of a key that is a list: all its elements. */
    public <T extends @Nullable Object, X extends Exception> T read(Object key, Call<T, X> call) throws X {
        return operation(Request.READ, key, null, call);
    }

    /** Writes a key. A value should be written to a key only once, so that a read tells which write it saw. */
    public <X extends Exception> void write(Object key, @Nullable Object value, Deed<X> call) throws X {
        done(Request.WRITE, key, value, call);
    }

    /** Appends an element to the list of a key. */
    public <X extends Exception> void append(Object key, @Nullable Object element, Deed<X> call) throws X {
        done(Request.APPEND, key, element, call);
    }

    /**
     * Replaces a value on the condition that it is another. The answer is whether it was replaced: if not, the operation
     * certainly had no effect. A client that tries again by itself cannot say that; let such a call throw.
     */
    public <X extends Exception> boolean cas(
            Object key, @Nullable Object expected, @Nullable Object replacement, Call<Boolean, X> call) throws X {
        OperationRows.Entry entry = begin(Request.CAS, key, casArgument(expected, replacement));
        boolean replaced;
        try {
            replaced = call.ask();
        } catch (Throwable failure) {
            failed(entry, failure);
            throw failure;
        }
        endCas(entry, replaced);
        return replaced;
    }

    /** Reads several keys in one request; the answer is a map from key to value. */
    public <K, V extends @Nullable Object, X extends Exception> Map<K, V> snapshot(
            List<? extends K> keys, Call<Map<K, V>, X> call) throws X {
        OperationRows.Entry entry = begin(Request.SNAPSHOT, null, AsValue.of(keys));
        Map<K, V> answer;
        try {
            answer = call.ask();
        } catch (Throwable failure) {
            failed(entry, failure);
            throw failure;
        }
        ok(entry, answer);
        return answer;
    }

    /**
     * Any other function on one key, whose answer is recorded as it is.
     *
     * @param function as checkers know it: {@code increment}, {@code add}, {@code enqueue}, {@code acquire}, ...
     */
    public <T extends @Nullable Object, X extends Exception> T operation(
            String function, Object key, @Nullable Object argument, Call<T, X> call) throws X {
        OperationRows.Entry entry = begin(function, key, AsValue.of(argument));
        T answer;
        try {
            answer = call.ask();
        } catch (Throwable failure) {
            failed(entry, failure);
            throw failure;
        }
        ok(entry, answer);
        return answer;
    }

    /**
     * Asks as the client of a target does, and records all that it says: the node that answered, versions, what is certain.
     * What the call throws is recorded and thrown on.
     */
    public <X extends Exception> Response request(Request request, Call<Response, X> call) throws X {
        recorder.requireOpen();
        OperationRows.Entry entry = log.begin(request.function(), request.key().orElse(null), request.argument(), node);
        if (request.finalPhase()) {
            log.markFinal(entry);
        }
        Response response;
        try {
            response = call.ask();
        } catch (Throwable failure) {
            failed(entry, failure);
            throw failure;
        }
        if (response instanceof Response.Ok ok) {
            log.end(entry, ok);
        } else if (response instanceof Response.Fail fail) {
            log.end(entry, SessionLog.Ending.FAIL, Value.of(fail.reason()));
        } else if (response instanceof Response.Info info) {
            log.end(entry, SessionLog.Ending.INFO, Value.of(info.reason()));
        }
        return response;
    }

    /** As {@link #read}, of a client that answers later; the operation ends when its stage does. */
    public <T extends @Nullable Object> CompletionStage<T> readAsync(
            Object key, Supplier<? extends CompletionStage<T>> call) {
        return operationAsync(Request.READ, key, null, call);
    }

    /** As {@link #write}, of a client that answers later; the answer is not kept. */
    public <T extends @Nullable Object> CompletionStage<T> writeAsync(
            Object key, @Nullable Object value, Supplier<? extends CompletionStage<T>> call) {
        return later(begin(Request.WRITE, key, AsValue.of(value)), call, answer -> value);
    }

    /** As {@link #append}, of a client that answers later; the answer is not kept. */
    public <T extends @Nullable Object> CompletionStage<T> appendAsync(
            Object key, @Nullable Object element, Supplier<? extends CompletionStage<T>> call) {
        return later(begin(Request.APPEND, key, AsValue.of(element)), call, answer -> element);
    }

    /** As {@link #cas}, of a client that answers later. */
    public CompletionStage<Boolean> casAsync(
            Object key,
            @Nullable Object expected,
            @Nullable Object replacement,
            Supplier<? extends CompletionStage<Boolean>> call) {
        OperationRows.Entry entry = begin(Request.CAS, key, casArgument(expected, replacement));
        return asked(entry, call).whenComplete((replaced, failure) -> {
            if (failure != null) {
                failed(entry, failure);
            } else {
                endCas(entry, replaced);
            }
        });
    }

    /** As {@link #operation}, of a client that answers later. */
    public <T extends @Nullable Object> CompletionStage<T> operationAsync(
            String function, Object key, @Nullable Object argument, Supplier<? extends CompletionStage<T>> call) {
        return later(begin(function, key, AsValue.of(argument)), call, answer -> answer);
    }

    private <X extends Exception> void done(String function, Object key, @Nullable Object value, Deed<X> call)
            throws X {
        OperationRows.Entry entry = begin(function, key, AsValue.of(value));
        try {
            call.doIt();
        } catch (Throwable failure) {
            failed(entry, failure);
            throw failure;
        }
        log.end(entry, SessionLog.Ending.OK, (Value) null);
    }

    private <T extends @Nullable Object> CompletionStage<T> later(
            OperationRows.Entry entry,
            Supplier<? extends CompletionStage<T>> call,
            Function<T, ? extends @Nullable Object> kept) {
        return asked(entry, call).whenComplete((answer, failure) -> {
            if (failure != null) {
                failed(entry, failure);
            } else {
                ok(entry, kept.apply(answer));
            }
        });
    }

    private <T extends @Nullable Object> CompletionStage<T> asked(
            OperationRows.Entry entry, Supplier<? extends CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (Throwable failure) {
            failed(entry, failure);
            throw failure;
        }
    }

    private OperationRows.Entry begin(String function, @Nullable Object key, Value argument) {
        recorder.requireOpen();
        return log.begin(function, key == null ? null : AsValue.of(key), argument, node);
    }

    private void ok(OperationRows.Entry entry, @Nullable Object answer) {
        Value value;
        try {
            value = AsValue.of(answer);
        } catch (IllegalArgumentException unknown) {
            log.end(entry, SessionLog.Ending.INFO, Value.of("an answer that cannot be recorded"));
            throw unknown;
        }
        log.end(entry, SessionLog.Ending.OK, value);
    }

    private void failed(OperationRows.Entry entry, Throwable failure) {
        log.end(
                entry,
                recorder.isCertain(failure) ? SessionLog.Ending.FAIL : SessionLog.Ending.INFO,
                Value.of(failure.toString()));
    }

    private void endCas(OperationRows.Entry entry, boolean replaced) {
        log.end(
                entry,
                replaced ? SessionLog.Ending.OK : SessionLog.Ending.FAIL,
                replaced ? null : Value.of("the value was another"));
    }

    private static Value casArgument(@Nullable Object expected, @Nullable Object replacement) {
        return Value.of(List.of(AsValue.of(expected), AsValue.of(replacement)));
    }
}
