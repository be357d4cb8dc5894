package dev.umpire.harness.interpreter;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One session: where it is, its connection, its process, and the operation that is under way. */
final class SessionWorker {

    /** How long a session rests after it was refused or does not know. */
    private static final Value SIBLINGS = Value.keyword("siblings");

    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final int number;
    private final Environment environment;
    private final Cluster cluster;
    private final SessionLimits limits;
    private final Journey journey;
    private final Recording recording;
    private final Listener listener;

    private long process;
    private long asked;
    private int home;
    private @Nullable Client client;
    private @Nullable Operation underWay;

    /** Is told when an answer stands in the recording, and how long the session is to rest. */
    @FunctionalInterface
    interface Listener {
        void answered(SessionWorker session, Request request, Node node, Response response, long restNanos);
    }

    /** What is under way; its identity tells a late answer from the one that is awaited. */
    private static final class Operation {
        private final Request request;
        private final Node node;
        private Environment.@Nullable Timer timeout;

        private Operation(Request request, Node node) {
            this.request = request;
            this.node = node;
        }
    }

    SessionWorker(
            int number,
            Environment environment,
            Cluster cluster,
            SessionLimits limits,
            Journey journey,
            Recording recording,
            Listener listener) {
        this.number = number;
        this.environment = environment;
        this.cluster = cluster;
        this.limits = limits;
        this.journey = journey;
        this.recording = recording;
        this.listener = listener;
        this.process = number;
        this.home = journey.first(number);
    }

    int number() {
        return number;
    }

    /** The number of the node at which it is. */
    int home() {
        return home;
    }

    /** @param place the number of the node to which it goes before; empty: it moves when it is time */
    void ask(Request request, OptionalInt place) {
        if (place.isPresent()) {
            moveTo(place.getAsInt());
        } else {
            moveIfItIsTime();
        }
        asked++;
        Client connected;
        Node node;
        try {
            connected = client == null ? cluster.connect(new Session(number), homeNode()) : client;
            client = connected;
            node = connected.route(request);
        } catch (RuntimeException e) {
            // nothing was sent: it certainly did not happen
            Operation refused = begin(request, homeNode());
            answer(refused, new Response.Fail("no connection: " + text(e)));
            return;
        }
        Operation operation = begin(request, node);
        operation.timeout = environment.schedule(
                limits.timeoutNanos(),
                () -> answer(
                        operation,
                        new Response.Info(
                                "timeout after " + TimeUnit.NANOSECONDS.toMillis(limits.timeoutNanos()) + " ms")));
        send(connected, operation);
    }

    private void moveIfItIsTime() {
        if (limits.moveEvery() > 0 && asked > 0 && asked % limits.moveEvery() == 0) {
            moveTo(journey.next(number, asked / limits.moveEvery(), home));
        }
    }

    private void moveTo(int next) {
        if (next != home) {
            home = next;
            closeQuietly();
        }
    }

    private Node homeNode() {
        return cluster.nodes().get(home);
    }

    private Operation begin(Request request, Node node) {
        Operation operation = new Operation(request, node);
        underWay = operation;
        recording.now(event(EventType.INVOKE, operation).build());
        return operation;
    }

    private void send(Client connected, Operation operation) {
        CompletionStage<Response> stage;
        try {
            stage = connected.invoke(operation.request, operation.node);
        } catch (RuntimeException e) {
            answer(operation, new Response.Info(text(e)));
            return;
        }
        stage.whenComplete((response, failure) ->
                answer(operation, failure == null ? response : new Response.Info(text(failure))));
    }

    private void answer(Operation operation, Response response) {
        if (underWay != operation) {
            return; // late: it was given up and its outcome recorded as unknown
        }
        underWay = null;
        if (operation.timeout != null) {
            operation.timeout.cancel();
        }
        Event event = completion(operation, response);
        if (response instanceof Response.Info) {
            closeQuietly();
            process += limits.sessions();
        }
        long restNanos = response instanceof Response.Ok ? 0 : REST_NANOS;
        recording.atTheEndOfTheInstant(
                event, () -> listener.answered(this, operation.request, operation.node, response, restNanos));
    }

    private Event completion(Operation operation, Response response) {
        if (response instanceof Response.Ok ok) {
            Event.Builder event = event(EventType.OK, operation);
            ok.result().ifPresent(event::value);
            ok.node().ifPresent(node -> event.node(node.name()));
            ok.version().ifPresent(event::version);
            ok.position().ifPresent(event::position);
            ok.asOf().ifPresent(event::asOf);
            if (!ok.siblings().isEmpty()) {
                event.extra(SIBLINGS, Value.of(ok.siblings()));
            }
            return event.build();
        }
        if (response instanceof Response.Fail fail) {
            return event(EventType.FAIL, operation).error(fail.reason()).build();
        }
        return event(EventType.INFO, operation)
                .error(((Response.Info) response).reason())
                .build();
    }

    private Event.Builder event(EventType type, Operation operation) {
        Event.Builder event = Event.of(type)
                .time(environment.nowNanos())
                .process(process)
                .session(number)
                .node(operation.node.name())
                .function(operation.request.function())
                .value(operation.request.argument());
        operation.request.key().ifPresent(event::key);
        if (operation.request.finalPhase()) {
            event.phase("final");
        }
        return event;
    }

    /** Whatever is under way is given up; its answer will be ignored. */
    void abandon() {
        Operation operation = underWay;
        if (operation != null) {
            underWay = null;
            if (operation.timeout != null) {
                operation.timeout.cancel();
            }
        }
    }

    private void closeQuietly() {
        disconnect();
    }

    /** Gives the connection back; what went wrong, if anything. */
    Optional<String> disconnect() {
        Client connected = client;
        client = null;
        if (connected != null) {
            try {
                connected.close();
            } catch (RuntimeException e) {
                return Optional.of("session " + number + ": its connection could not be closed: " + text(e));
            }
        }
        return Optional.empty();
    }

    private static String text(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null || message.isBlank() ? "" : ": " + message);
    }
}
