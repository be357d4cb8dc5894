package dev.umpire.harness.junit.recording;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.History;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Records in memory what the sessions of your own test ask and are answered.
 *
 * <pre>
 * try (SessionRecorder recorder = SessionRecorder.inMemory()) {
 *     RecordedSession alice = recorder.session("alice");
 *     alice.write("cart", 3, () -&gt; client.put("cart", 3));
 *     alice.read("cart", () -&gt; replica.get("cart"));
 *     assertThat(recorder.history()).readsItsOwnWrites();
 * }
 * </pre>
 *
 * <p>Thread-safe. Beside a call it costs two readings of the clock and 70 to 130 bytes, of which about 50 are kept.
 */
public final class SessionRecorder implements AutoCloseable {
    private static final Value NEMESIS = Value.of("nemesis");
    private static final Value SIBLINGS = Value.keyword("siblings");
    private static final String FINAL = "final";

    private final LongSupplier nanoClock;
    private final Predicate<Throwable> certain;
    private final Map<String, SessionLog> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger processes = new AtomicInteger();
    private final Queue<Placed> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    SessionRecorder(LongSupplier nanoClock, Predicate<Throwable> certain) {
        this.nanoClock = nanoClock;
        this.certain = certain;
    }

    /** Begins a recording for which no exception is certain: whatever failed may have had its effect. */
    public static SessionRecorder inMemory() {
        return inMemory(failure -> false);
    }

    /**
     * Begins a recording.
     *
     * @param certainFailures whether an exception of the client says for certain that nothing happened and nothing will: a
     *     refused connection, a violated constraint; never a timeout. Must be thread-safe.
     */
    public static SessionRecorder inMemory(Predicate<Throwable> certainFailures) {
        return new SessionRecorder(new RealEnvironment(new KeyedRandom(0))::nowNanos, certainFailures);
    }

    /**
     * Begins a recording whose time is that of something else, such as a cluster in virtual time.
     *
     * @param nanoClock 0 or more, later at each reading than at the one before; must be thread-safe
     * @param certainFailures as above
     */
    public static SessionRecorder inMemory(LongSupplier nanoClock, Predicate<Throwable> certainFailures) {
        return new SessionRecorder(nanoClock, certainFailures);
    }

    /**
     * Records, now, what a nemesis did or saw.
     *
     * @param function and value as {@link dev.umpire.histories.NemesisEvent} names them
     */
    public void nemesis(String function, Value value) {
        long nanos = nanoClock.getAsLong();
        Event event = Event.of(EventType.INFO)
                .time(nanos)
                .process(NEMESIS)
                .function(function)
                .value(value)
                .build();
        faults.add(new Placed(nanos, false, event));
    }

    /** The session of this name; the same one whenever it is asked for. */
    public RecordedSession session(String name) {
        return new RecordedSession(
                this,
                sessions.computeIfAbsent(name, unused -> new SessionLog(Value.of(name), nanoClock, processes)),
                null);
    }

    /**
     * What happened until now, in the order of time. Operations under way have an unknown outcome.
     *
     * <p>Keys begin with nothing; for others see {@link #history(ReadOptions)}.
     */
    public History history() {
        return history(ReadOptions.DEFAULT);
    }

    /** As {@link #history()}, with the initial value of every key. */
    public History history(ReadOptions options) {
        return History.of(events(), options);
    }

    private record Placed(long nanos, boolean completes, Event event) {}

    private List<Event> events() {
        // whatever begins or ends from now on is later than this, and no part of the history
        long endNanos = nanoClock.getAsLong();
        List<Placed> placed = new ArrayList<>();
        faults.stream().filter(one -> one.nanos() <= endNanos).forEach(placed::add);
        for (SessionLog session : sessions.values()) {
            session.forEach(entry -> {
                if (entry.invokedNanos() <= endNanos) {
                    placed.add(new Placed(entry.invokedNanos(), false, invocation(session, entry)));
                    if (entry.ending() != SessionLog.Ending.UNDER_WAY && entry.endedNanos() <= endNanos) {
                        placed.add(new Placed(entry.endedNanos(), true, completion(session, entry)));
                    }
                }
            });
        }
        placed.sort(Comparator.comparingLong(Placed::nanos).thenComparing(Placed::completes));
        List<Event> events = new ArrayList<>(placed.size());
        for (Placed one : placed) {
            events.add(one.event().withIndex(events.size()));
        }
        return events;
    }

    private static Event invocation(SessionLog session, OperationRows.Entry entry) {
        return event(EventType.INVOKE, session, entry, entry.invokedNanos())
                .value(entry.argument())
                .build();
    }

    private static Event completion(SessionLog session, OperationRows.Entry entry) {
        return switch (entry.ending()) {
            case OK ->
                answered(event(EventType.OK, session, entry, entry.endedNanos()), entry)
                        .value(entry.answer())
                        .build();
            case FAIL ->
                event(EventType.FAIL, session, entry, entry.endedNanos())
                        .value(entry.argument())
                        .error(entry.answer())
                        .build();
            case INFO, UNDER_WAY ->
                event(EventType.INFO, session, entry, entry.endedNanos())
                        .value(entry.argument())
                        .error(entry.answer())
                        .build();
        };
    }

    private static Event.Builder answered(Event.Builder event, OperationRows.Entry entry) {
        Response.Ok said = entry.said();
        if (said != null) {
            said.node().ifPresent(node -> event.node(node.name()));
            said.version().ifPresent(event::version);
            said.position().ifPresent(event::position);
            said.asOf().ifPresent(event::asOf);
            if (!said.siblings().isEmpty()) {
                event.extra(SIBLINGS, Value.of(said.siblings()));
            }
        }
        return event;
    }

    private static Event.Builder event(EventType type, SessionLog session, OperationRows.Entry entry, long nanos) {
        Event.Builder event = Event.of(type)
                .time(nanos)
                .process(entry.process())
                .session(session.name())
                .function(entry.function());
        Value key = entry.key();
        if (key != null) {
            event.key(key);
        }
        String node = entry.node();
        if (node != null) {
            event.node(node);
        }
        if (entry.isFinal()) {
            event.phase(FINAL);
        }
        return event;
    }

    /** Whether the exception, or what it wraps, says that nothing happened. */
    boolean isCertain(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wraps =
                cause != null && (failure instanceof CompletionException || failure instanceof ExecutionException);
        return certain.test(failure) || (wraps && certain.test(cause));
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("recorder: found an operation after it was closed, expected none");
        }
    }

    /** Takes no further operation. What was recorded can still be asked for; operations under way may still end. */
    @Override
    public void close() {
        closed = true;
    }
}
