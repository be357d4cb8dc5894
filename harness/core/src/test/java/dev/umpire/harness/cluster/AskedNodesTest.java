package dev.umpire.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that are asked over HTTP, by calls that block. */
class AskedNodesTest {
    private static final int BOUND_MILLIS = 5_000;
    private static final int SHORT_MILLIS = 50;

    private final RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/standing", exchange -> answer(exchange, 200, "leads · 12"));
        server.createContext("/broken", exchange -> answer(exchange, 503, "not now"));
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @AfterEach
    void close() {
        server.stop(0);
        environment.close();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    @Test
    void aPageIsItsText() throws IOException {
        assertThat(Loopback.get(port(), "/standing", BOUND_MILLIS)).isEqualTo("leads · 12");
    }

    @Test
    void aPageThatIsRefusedIsNone() {
        assertThatThrownBy(() -> Loopback.get(port(), "/broken", BOUND_MILLIS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503");
    }

    @Test
    void aNodeThatStandsStillIsNotAwaitedBeyondTheBound() throws IOException {
        // connections are taken by the kernel and answered by nobody
        try (ServerSocket paused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Loopback.get(paused.getLocalPort(), "/standing", SHORT_MILLIS))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void whoCannotBeAskedDoesNotAnswerAndTheOthersDo() {
        NodeAnswers<String> answers = environment.await(
                "answers",
                NodeAnswers.ask(
                        environment,
                        Node.firstOf(2),
                        node -> Loopback.get(
                                port(), node.name().equals("n1") ? "/standing" : "/broken", BOUND_MILLIS)));

        assertThat(answers.describe(said -> said)).isEqualTo("n1 leads · 12; n2 does not answer");
        assertThat(answers.only(said -> said.startsWith("leads"))).contains(new Node("n1"));
        assertThat(answers.given()).containsExactly("leads · 12");
    }
}
