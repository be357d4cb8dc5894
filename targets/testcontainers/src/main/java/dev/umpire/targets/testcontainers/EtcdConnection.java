package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests to one member by etcd's JSON gateway. A key is a key, its value a number as text. */
final class EtcdConnection implements StoreConnection {
    /** Shorter than a session waits, so that it hears what became of its request. */
    private static final Duration REQUEST = Duration.ofMillis(900);

    private static final Duration QUESTION = Duration.ofMillis(500);
    private static final int OK = 200;

    private final String base;
    private final boolean serializable;
    private final HttpClient http;
    private final JsonMapper json = JsonMapper.builder().build();

    EtcdConnection(HttpClient http, String host, int port, boolean serializable) {
        this.http = http;
        this.base = "http://" + host + ":" + port;
        this.serializable = serializable;
    }

    @Override
    public Response ask(Request request) throws IOException {
        try {
            return switch (request.function()) {
                case Request.READ -> read(request.requireKey());
                case Request.WRITE ->
                    written(call("/v3/kv/put", put(request.requireKey(), request.argument()), REQUEST));
                default -> compareAndSet(request);
            };
        } catch (ConnectException | HttpConnectTimeoutException notConnected) {
            return new Response.Fail("not connected, nothing was sent: " + notConnected.getMessage());
        } catch (Refused refused) {
            if (request.onlyReads() || refused.didNothing()) {
                return new Response.Fail(String.valueOf(refused.getMessage()));
            }
            throw refused;
        }
    }

    private Response read(Value key) throws IOException {
        ObjectNode range = json.createObjectNode().put("key", bytes(key)).put("serializable", serializable);
        JsonNode answer = call("/v3/kv/range", range, REQUEST);
        JsonNode pair = answer.path("kvs").path(0);
        if (pair.isMissingNode()) {
            return Response.ok(Value.NIL).asOf(revision(answer));
        }
        String text = new String(Base64.getDecoder().decode(pair.path("value").asString("")), StandardCharsets.UTF_8);
        return Response.ok(Value.of(Long.parseLong(text)))
                .withVersion(number(pair.path("mod_revision")))
                .asOf(revision(answer));
    }

    private Response compareAndSet(Request request) throws IOException {
        Request.Swap swap = request.requireSwap();
        ObjectNode txn = json.createObjectNode();
        ObjectNode compare = txn.putArray("compare").addObject();
        compare.put("key", bytes(request.requireKey())).put("result", "EQUAL");
        if (swap.old().equals(Value.NIL)) {
            compare.put("target", "CREATE").put("create_revision", "0");
        } else {
            compare.put("target", "VALUE").put("value", bytes(swap.old()));
        }
        txn.putArray("success").addObject().set("request_put", put(request.requireKey(), swap.wanted()));
        JsonNode answer = call("/v3/kv/txn", txn, REQUEST);
        return answer.path("succeeded").asBoolean(false) ? written(answer) : new Response.Fail("found another value");
    }

    private ObjectNode put(Value key, Value value) {
        return json.createObjectNode().put("key", bytes(key)).put("value", bytes(value));
    }

    private static String bytes(Value value) {
        return Base64.getEncoder().encodeToString(value.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Response written(JsonNode answer) {
        long revision = revision(answer);
        return Response.done().withVersion(revision).withPosition(revision);
    }

    /** The revision of the store when it answered; of a write its own. */
    private static long revision(JsonNode answer) {
        return number(answer.path("header").path("revision"));
    }

    /** A number, which the gateway gives as a text and leaves out where it is 0. */
    private static long number(JsonNode field) {
        return Long.parseUnsignedLong(field.asString("0"));
    }

    @Override
    public Standing standing() throws IOException {
        JsonNode status = call("/v3/maintenance/status", json.createObjectNode(), QUESTION);
        long own = number(status.path("header").path("member_id"));
        return new Standing(own == number(status.path("leader")), number(status.path("raftAppliedIndex")));
    }

    /** What members answer at both ports and without each other. */
    @Override
    public String probe() throws IOException {
        return "version " + version().orElse("unknown");
    }

    @Override
    public Optional<String> version() throws IOException {
        return parsed(send(request("/version", QUESTION).build()))
                .path("etcdserver")
                .asStringOpt();
    }

    private JsonNode call(String path, ObjectNode body, Duration bound) throws IOException {
        HttpResponse<String> answer = send(request(path, bound)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
        JsonNode said = parsed(answer);
        if (answer.statusCode() != OK) {
            throw new Refused(
                    said.path("code").asInt(-1), said.path("message").asString("HTTP status " + answer.statusCode()));
        }
        return said;
    }

    private HttpRequest.Builder request(String path, Duration bound) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(bound);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private JsonNode parsed(HttpResponse<String> answer) throws IOException {
        try {
            return json.readTree(answer.body());
        } catch (JacksonException notJson) {
            throw new IOException(
                    "HTTP status " + answer.statusCode() + ": found " + answer.body() + ", expected JSON", notJson);
        }
    }

    @Override
    public void close() {
        // the connection is the HTTP client's, which gives up one that is silent
    }

    /** The member answered that it did not do what it was asked, as far as it knows. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private static final int INVALID_ARGUMENT = 3;
        private static final int RESOURCE_EXHAUSTED = 8;

        private final int code;

        Refused(int code, String message) {
            super(message);
            this.code = code;
        }

        /**
         * Whether the member said so before it did anything. One that is over its quota says "database space exceeded" with the code of
         * "too many requests", and may have applied the write first.
         */
        boolean didNothing() {
            return code == INVALID_ARGUMENT
                    || (code == RESOURCE_EXHAUSTED
                            && String.valueOf(getMessage()).endsWith("too many requests"));
        }
    }
}
