package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A session's requests. Used on the loop. */
final class EtcdClient implements Client {

    /** Longer than any operation timeout: the run gives up first and closes the client. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final int MOST_ATTEMPTS = 20;

    private static final String RANGE = "/v3/kv/range";
    private static final String PUT = "/v3/kv/put";
    private static final String DELETE = "/v3/kv/deleterange";
    private static final String TXN = "/v3/kv/txn";

    private final EtcdNodes etcd;
    private final Keyspace keyspace;
    private final Gateway gateway;
    private final int session;
    private final AskedNode.Route route;
    private CompletableFuture<JsonNode> lastAsked = new CompletableFuture<>();

    EtcdClient(EtcdNodes etcd, KeyedRandom.Stream random, int session, Node home) {
        this.etcd = etcd;
        this.keyspace = new Keyspace(etcd.settings().prefix());
        this.gateway = etcd.gateway();
        this.session = session;
        this.route = etcd.settings().at().route(etcd.nodes(), session, home, random);
    }

    @Override
    public Node route(Request request) {
        return route.of(request);
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        CompletionStage<Response> answer = switch (request.function()) {
            case Request.READ -> read(request.requireKey(), node);
            case Request.SNAPSHOT -> snapshot(request, node);
            case Request.WRITE ->
                put(keyspace.register(request.requireKey()), request.argument().toString(), node)
                        .thenApply(EtcdClient::written);
            case Request.CAS -> compareAndSet(request, node);
            case Request.APPEND ->
                put(keyspace.listElement(request.requireKey(), request.argument()), "", node)
                        .thenApply(EtcdClient::written);
            case Request.ADD ->
                put(keyspace.setElement(request.requireKey(), request.argument()), "", node)
                        .thenApply(answered -> Response.done().withPosition(revision(answered)));
            case Request.REMOVE ->
                call(node, DELETE, withKey(keyspace.setElement(request.requireKey(), request.argument())))
                        .thenApply(EtcdClient::removed);
            case Request.INCREMENT -> increment(request, node);
            case Request.CLAIM -> claim(request, node);
            case Request.GENERATE ->
                put(keyspace.register(request.requireKey()), "" + session, node)
                        .thenApply(answered -> Response.ok(Value.of(revision(answered))));
            default ->
                CompletableFuture.completedStage(
                        new Response.Fail("function: found " + request.function() + ", which etcd has not"));
        };
        return answer.exceptionally(failure -> failed(request, failure));
    }

    /** A read that has no answer has done nothing; a write has done nothing only where that is certain. */
    private static Response failed(Request request, Throwable failure) {
        Throwable cause = Failures.cause(failure);
        String reason = String.valueOf(cause.getMessage());
        boolean nothingSent = cause instanceof Gateway.NotConnected;
        boolean refused = cause instanceof Gateway.Refused answer && (request.onlyReads() || answer.didNothing());
        return nothingSent || refused ? new Response.Fail(reason) : new Response.Info(reason);
    }

    private CompletionStage<Response> read(Value key, Node node) {
        ObjectNode range = gateway.object();
        keyspace.range(range, key, etcd.settings().serializable());
        return call(node, RANGE, range).thenApply(answer -> {
            Keyspace.Found found = keyspace.found(answer, key);
            Response.Ok ok = Response.ok(found.value()).asOf(revision(answer));
            return found.version().isPresent() ? ok.withVersion(found.version().getAsLong()) : ok;
        });
    }

    private CompletionStage<Response> snapshot(Request request, Node node) {
        if (!(request.argument() instanceof Value.Sequence keys)) {
            throw new IllegalArgumentException(
                    "argument: found " + request.argument() + ", expected a sequence of keys");
        }
        ObjectNode txn = gateway.object();
        ArrayNode ranges = txn.putArray("success");
        for (Value key : keys.elements()) {
            keyspace.range(
                    ranges.addObject().putObject("request_range"),
                    key,
                    etcd.settings().serializable());
        }
        return call(node, TXN, txn).thenApply(answer -> {
            Map<Value, Value> seen = new LinkedHashMap<>();
            int next = 0;
            for (JsonNode one : answer.path("responses")) {
                Value key = keys.elements().get(next++);
                seen.put(key, keyspace.found(one.path("response_range"), key).value());
            }
            return Response.ok(new Value.MapOf(seen)).asOf(revision(answer));
        });
    }

    private CompletionStage<Response> compareAndSet(Request request, Node node) {
        Request.Swap swap = request.requireSwap();
        String key = keyspace.register(request.requireKey());
        ObjectNode txn = gateway.object();
        ObjectNode compare = txn.putArray("compare").addObject();
        compare.put("key", Keyspace.bytes(key)).put("result", "EQUAL");
        if (swap.old().equals(Value.NIL)) {
            compare.put("target", "CREATE").put("create_revision", "0");
        } else {
            compare.put("target", "VALUE")
                    .put("value", Keyspace.bytes(swap.old().toString()));
        }
        putIn(txn, key, swap.wanted().toString());
        return call(node, TXN, txn)
                .thenApply(answer -> succeeded(answer) ? written(answer) : new Response.Fail("found another value"));
    }

    private CompletionStage<Response> claim(Request request, Node node) {
        String key = keyspace.register(request.requireKey());
        ObjectNode txn = gateway.object();
        txn.putArray("compare")
                .addObject()
                .put("key", Keyspace.bytes(key))
                .put("result", "EQUAL")
                .put("target", "CREATE")
                .put("create_revision", "0");
        putIn(txn, key, "" + session);
        return call(node, TXN, txn)
                .thenApply(answer -> succeeded(answer) ? written(answer) : new Response.Fail("somebody has it"));
    }

    /** Reads, and puts the sum on the condition that nobody put anything meanwhile; again where somebody did. */
    private CompletionStage<Response> increment(Request request, Node node) {
        Value key = request.requireKey();
        if (!(request.argument() instanceof Value.Int amount)) {
            throw new IllegalArgumentException("argument: found " + request.argument() + ", expected a number");
        }
        ObjectNode range = gateway.object();
        keyspace.range(range, key, etcd.settings().serializable());
        return call(node, RANGE, range)
                .thenCompose(found -> increment(keyspace.found(found, key), key, amount.value(), node, 1));
    }

    private CompletionStage<Response> increment(Keyspace.Found found, Value key, long amount, Node node, int attempt) {
        long before = found.value() instanceof Value.Int number ? number.value() : 0;
        String name = keyspace.register(key);
        ObjectNode txn = gateway.object();
        txn.putArray("compare")
                .addObject()
                .put("key", Keyspace.bytes(name))
                .put("result", "EQUAL")
                .put("target", "MOD")
                .put("mod_revision", "" + found.version().orElse(0));
        putIn(txn, name, "" + (before + amount));
        keyspace.range(
                txn.putArray("failure").addObject().putObject("request_range"),
                key,
                etcd.settings().serializable());
        return call(node, TXN, txn).thenCompose(answer -> {
            if (succeeded(answer)) {
                return CompletableFuture.completedStage(written(answer));
            }
            if (attempt == MOST_ATTEMPTS) {
                return CompletableFuture.<Response>completedStage(
                        new Response.Fail("somebody else was faster " + attempt + " times"));
            }
            JsonNode now = answer.path("responses").path(0).path("response_range");
            return increment(keyspace.found(now, key), key, amount, node, attempt + 1);
        });
    }

    private static void putIn(ObjectNode txn, String key, String value) {
        txn.putArray("success")
                .addObject()
                .putObject("request_put")
                .put("key", Keyspace.bytes(key))
                .put("value", Keyspace.bytes(value));
    }

    private CompletionStage<JsonNode> put(String key, String value, Node node) {
        return call(node, PUT, withKey(key).put("value", Keyspace.bytes(value)));
    }

    private ObjectNode withKey(String key) {
        return gateway.object().put("key", Keyspace.bytes(key));
    }

    private CompletionStage<JsonNode> call(Node node, String path, ObjectNode body) {
        lastAsked = gateway.call(etcd.ports().client(node), path, body, BOUND);
        return lastAsked;
    }

    private static boolean succeeded(JsonNode txn) {
        return txn.path("succeeded").asBoolean(false);
    }

    /** The revision of the store when it answered; of a write its own. */
    private static long revision(JsonNode answer) {
        return Keyspace.number(answer.path("header").path("revision"));
    }

    private static Response written(JsonNode answer) {
        long revision = revision(answer);
        return Response.done().withVersion(revision).withPosition(revision);
    }

    /** Where nothing was there to be removed the header has the revision of somebody else's write. */
    private static Response removed(JsonNode answer) {
        return Keyspace.number(answer.path("deleted")) > 0
                ? Response.done().withPosition(revision(answer))
                : Response.done();
    }

    /** Gives up what is under way, and its connection. */
    @Override
    public void close() {
        lastAsked.cancel(false);
    }
}
