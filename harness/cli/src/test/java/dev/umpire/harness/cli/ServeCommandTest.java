package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    private final Command command;

    ServeCommandTest(@TempDir Path folder) {
        command = Command.in(folder).folder("runs");
    }

    @Test
    void aPortInUseIsTwoWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Command.Answered answered = command.run("serve", "--port", "" + taken.getLocalPort());

            assertThat(answered.code()).isEqualTo(2);
            assertThat(answered.out()).isEmpty();
            assertThat(answered.err())
                    .contains("umpire serve: --port: found " + taken.getLocalPort()
                            + " in use at 127.0.0.1, expected one that is free, or 0 for any");
        }
    }

    @Test
    void aFolderThatIsNotThereIsTwo() {
        Command.Answered answered = command.run("serve", "--out", "elsewhere");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("--out: found no folder elsewhere, expected one in which runs are kept");
    }

    @Test
    void aPortThatIsNoneIsTwo() {
        assertThat(command.run("serve", "--port", "65536").err()).contains("--port: found 65536, expected 0 to 65535");
    }

    @Test
    void anAddressOfAnotherMachineIsTwo() {
        Command.Answered answered = command.run("serve", "--host", "192.0.2.7");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("--host: found 192.0.2.7, expected an address of this machine");
    }

    @Test
    void itAnswersUntilItIsToldToEnd() throws Exception {
        Command.Answered answered = servedWhile("127.0.0.1");

        assertThat(answered.code()).isZero();
        assertThat(answered.out()).startsWith("serving    runs at http://127.0.0.1:");
        assertThat(answered.err()).isEmpty();
    }

    @Test
    void itSaysSoWhenOtherMachinesCanAsk() throws Exception {
        Command.Answered answered = servedWhile("0.0.0.0");

        assertThat(answered.code()).isZero();
        assertThat(answered.err()).contains("0.0.0.0 is not of this machine alone", "without a password");
    }

    /** What the command has said once it answered, and was interrupted then. */
    private Command.Answered servedWhile(String host) throws Exception {
        int port = free();
        CompletableFuture<Command.Answered> answered = new CompletableFuture<>();
        Thread serving = new Thread(
                () -> answered.complete(command.run("serve", "--host", host, "--port", "" + port)), "serving");
        serving.start();
        await("the server to listen").until(() -> listens(port));

        serving.interrupt();
        Command.Answered end = answered.get(20, TimeUnit.SECONDS);
        await("the port to be free again").until(() -> !listens(port));
        return end;
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }
}
