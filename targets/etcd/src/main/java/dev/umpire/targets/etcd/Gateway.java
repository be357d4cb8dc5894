package dev.umpire.targets.etcd;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Failures;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests to members over HTTP. Answers complete on the loop; who cancels one gives up its connection. */
final class Gateway {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final Environment environment;
    private final HttpClient http;
    private final JsonMapper json = JsonMapper.builder().build();

    /** No connection was made, so that nothing was sent. */
    static final class NotConnected extends IOException {
        private static final long serialVersionUID = 1;

        NotConnected(int port, IOException cause) {
            super("not connected to port " + port + ", nothing was sent: " + cause.getMessage(), cause);
        }
    }

    /** The member answered that it did not do what it was asked, as far as it knows. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        private static final int INVALID_ARGUMENT = 3;
        private static final int RESOURCE_EXHAUSTED = 8;

        private final int code;

        /**
         * Creates it.
         *
         * @param code the status code of gRPC, 0 to 16; -1: none was given
         */
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

    Gateway(Environment environment) {
        this.environment = environment;
        // without an upgrade to HTTP/2, which the gateway does not know
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /** An object to be filled. */
    ObjectNode object() {
        return json.createObjectNode();
    }

    /** Calls a function of etcd's API. */
    CompletableFuture<JsonNode> call(int port, String path, ObjectNode body, Duration bound) {
        HttpRequest request = request(port, path, bound)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return send(port, request, this::parse);
    }

    /** Fetches an object. */
    CompletableFuture<JsonNode> get(int port, String path, Duration bound) {
        return send(port, request(port, path, bound).build(), this::parse);
    }

    /** Fetches a page, whatever its status. */
    CompletableFuture<String> page(int port, String path, Duration bound) {
        return send(port, request(port, path, bound).build(), HttpResponse::body);
    }

    /** The same, off the loop. Blocks. */
    String pageNow(int port, String path, Duration bound) throws IOException, InterruptedException {
        return http.send(request(port, path, bound).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** As {@link #call}, off the loop. Blocks. */
    JsonNode callNow(int port, String path, ObjectNode body, Duration bound) throws IOException, InterruptedException {
        HttpRequest request = request(port, path, bound)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return parse(http.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    private static HttpRequest.Builder request(int port, String path, Duration bound) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(bound);
    }

    private interface Reading<T> {
        T read(HttpResponse<String> answer) throws IOException;
    }

    private <T> CompletableFuture<T> send(int port, HttpRequest request, Reading<T> reading) {
        CompletableFuture<HttpResponse<String>> sent = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<?> unusedCancel = result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                sent.cancel(true);
            }
        });
        CompletableFuture<?> unusedAnswer = sent.whenComplete((answer, failure) -> environment.execute(() -> {
            try {
                if (failure != null) {
                    throw ioException(port, failure);
                }
                result.complete(reading.read(answer));
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        }));
        return result;
    }

    private static IOException ioException(int port, Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new NotConnected(port, (IOException) cause);
        }
        return cause instanceof IOException io ? io : new IOException(String.valueOf(cause.getMessage()), cause);
    }

    private JsonNode parse(HttpResponse<String> answer) throws IOException {
        JsonNode body;
        try {
            body = json.readTree(answer.body());
        } catch (JacksonException notJson) {
            throw new IOException(
                    "HTTP status " + answer.statusCode() + ": found " + answer.body() + ", expected JSON", notJson);
        }
        if (answer.statusCode() != OK) {
            throw new Refused(
                    body.path("code").asInt(-1), body.path("message").asString("HTTP status " + answer.statusCode()));
        }
        return body;
    }
}
