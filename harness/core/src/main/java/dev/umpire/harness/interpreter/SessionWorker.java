package dev.umpire.harness.interpreter;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.generator.Action;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One session: where it is, its connection, its process, and the operation that is under way. */
final class SessionWorker {

    private static final Value SIBLINGS = Value.keyword("siblings");
    private static final Optional<String> FINAL = Optional.of("final");
    private static final Response.Ok NOTHING = Response.done();

    /** How long a session rests after it was refused or does not know. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final int number;
    private final Environment environment;
    private final Cluster cluster;
    private final SessionLimits limits;
    private final Journey journey;
    private final Recording recording;
    private final Listener listener;

    private final Optional<Value> session;
    private long process;
    private Optional<Value> processNow;
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
        private final Action.Ask ask;
        private final Request request;
        private final Node node;
        // of both events: a long recording is made of little else
        private final Optional<String> nodeName;
        private final Optional<String> function;
        private Environment.@Nullable Timer timeout;

        private Operation(Action.Ask ask, Node node) {
            this.ask = ask;
            this.request = ask.request();
            this.node = node;
            this.nodeName = Optional.of(node.name());
            this.function = Optional.of(request.function());
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
        this.session = Optional.of(Value.of(number));
        this.process = number;
        this.processNow = session;
        this.home = journey.first(number);
    }

    int number() {
        return number;
    }

    /** The number of the node at which it is. */
    int home() {
        return home;
    }

    void ask(Action.Ask ask) {
        if (ask.home().isPresent()) {
            moveTo(ask.home().getAsInt());
        } else {
            moveIfItIsTime();
        }
        asked++;
        Client connected;
        Node node;
        try {
            connected = client == null ? cluster.connect(new Session(number), homeNode()) : client;
            client = connected;
            node = connected.route(ask.request());
        } catch (RuntimeException e) {
            // nothing was sent: it certainly did not happen
            Operation refused = begin(ask, homeNode());
            answer(refused, new Response.Fail("no connection: " + text(e)));
            return;
        }
        Operation operation = begin(ask, node);
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

    private Operation begin(Action.Ask ask, Node node) {
        Operation operation = new Operation(ask, node);
        underWay = operation;
        recording.now(event(EventType.INVOKE, operation, NOTHING, Optional.empty()));
        return operation;
    }

    /** What the fields that every event has do not say. */
    private static Map<Value, Value> extras(EventType type, Operation operation, long nowNanos, Response.Ok ok) {
        if (type == EventType.INVOKE) {
            OptionalLong intended = operation.ask.intendedBeside(nowNanos);
            return intended.isEmpty() ? Map.of() : Map.of(Event.INTENDED, Value.of(intended.getAsLong()));
        }
        return ok.siblings().isEmpty() ? Map.of() : Map.of(SIBLINGS, Value.of(ok.siblings()));
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
            processNow = Optional.of(Value.of(process));
        }
        long restNanos = response instanceof Response.Ok ? 0 : REST_NANOS;
        recording.atTheEndOfTheInstant(
                event, () -> listener.answered(this, operation.request, operation.node, response, restNanos));
    }

    private Event completion(Operation operation, Response response) {
        if (response instanceof Response.Ok ok) {
            return event(EventType.OK, operation, ok, Optional.empty());
        }
        String reason = response instanceof Response.Fail fail ? fail.reason() : ((Response.Info) response).reason();
        return event(
                response instanceof Response.Fail ? EventType.FAIL : EventType.INFO,
                operation,
                NOTHING,
                Optional.of(Value.of(reason)));
    }

    private Event event(EventType type, Operation operation, Response.Ok ok, Optional<Value> error) {
        Request request = operation.request;
        long nowNanos = environment.nowNanos();
        return new Event(
                OptionalLong.empty(),
                OptionalLong.of(nowNanos),
                type,
                processNow,
                session,
                ok.node().isPresent() ? ok.node().map(Node::name) : operation.nodeName,
                operation.function,
                request.key(),
                ok.result().isPresent() ? ok.result() : Optional.of(request.argument()),
                ok.version(),
                ok.position(),
                ok.asOf(),
                request.finalPhase() ? FINAL : Optional.empty(),
                error,
                extras(type, operation, nowNanos, ok));
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
        Throwable cause = Failures.cause(failure);
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null || message.isBlank() ? "" : ": " + message);
    }
}
