package dev.umpire.targets.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.targets.testing.InstalledStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the example's client, which others copy, says of a write to a server that takes it and does not say that it is done. */
@Timeout(60)
class ExampleClientTest {
    private static final Answer CLOSE = socket -> {};
    private static final Answer RESET = socket -> socket.setSoLinger(true, 0);

    private final ServerSocket server = listening();

    @BeforeAll
    static void required() {
        InstalledStore.required("python", launcher -> launcher.program("python3", "python3"));
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aWriteWhoseConnectionIsClosedWithoutAnAnswerIsOfUnknownOutcome() throws Exception {
        CompletableFuture<Void> taken = CompletableFuture.runAsync(() -> takeAWrite(CLOSE));

        assertThat(answerToAWrite()).startsWith("{\"id\": 1, \"type\": \"info\", \"error\": \"RemoteDisconnected");
        taken.join();
    }

    @Test
    void aWriteWhoseConnectionIsResetIsOfUnknownOutcome() throws Exception {
        CompletableFuture<Void> taken = CompletableFuture.runAsync(() -> takeAWrite(RESET));

        assertThat(answerToAWrite()).startsWith("{\"id\": 1, \"type\": \"info\", \"error\": \"ConnectionResetError");
        taken.join();
    }

    @Test
    void aWriteForWhichNoConnectionIsMadeFailed() throws Exception {
        server.close();

        assertThat(answerToAWrite()).startsWith("{\"id\": 1, \"type\": \"fail\", \"error\": \"127.0.0.1:");
    }

    @Test
    void aWriteThatIsAnsweredWithAnErrorIsOfUnknownOutcome() throws Exception {
        CompletableFuture<Void> taken = CompletableFuture.runAsync(() -> takeAWrite(socket -> socket.getOutputStream()
                .write("HTTP/1.1 500 out of disk\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))));

        assertThat(answerToAWrite())
                .startsWith("{\"id\": 1, \"type\": \"info\", \"error\": \"HTTPException: 127.0.0.1:")
                .contains(": 500 out of disk\"");
        taken.join();
    }

    /** What a server does with a connection on which it has read a write. */
    private interface Answer {
        void give(Socket socket) throws IOException;
    }

    private void takeAWrite(Answer answer) {
        try (Socket socket = server.accept()) {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(request.readLine()).startsWith("PUT /x ");
            while (!String.valueOf(request.readLine()).isEmpty()) {
                // headers
            }
            assertThat(request.read()).isEqualTo('7');
            answer.give(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answerToAWrite() throws IOException {
        String address = "127.0.0.1:" + server.getLocalPort();
        Process client = new ProcessBuilder(
                        "python3", CommandRunTest.example("client.py").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Writer to = client.outputWriter(StandardCharsets.UTF_8);
                BufferedReader from = client.inputReader(StandardCharsets.UTF_8)) {
            to.write(
                    "{\"umpire\":\"client\",\"version\":1,\"session\":\"0\",\"nodes\":{\"n1\":\"" + address + "\"}}\n");
            to.write("{\"id\":1,\"f\":\"write\",\"node\":\"n1\",\"address\":\"" + address
                    + "\",\"key\":\"x\",\"value\":7}\n");
            to.flush();
            assertThat(from.readLine()).startsWith("{\"hello\": 1");
            return from.readLine();
        } finally {
            client.destroyForcibly();
        }
    }
}
