package dev.umpire.harness.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.launcher.LinkProxy.Mode;
import dev.umpire.harness.launcher.LinkProxy.Way;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One listener for all who dial a node: who dials is told by the process that holds the socket. */
@EnabledOnOs(OS.LINUX)
class SharedListenerTest {

    private static final int ARRIVAL_MILLIS = 5_000;
    private static final int QUIET_MILLIS = 60;
    private static final String DIAL = "exec 3<>/dev/tcp/127.0.0.1/%d; echo $0 >&3; cat <&3";

    @TempDir
    Path folder;

    private Launcher launcher;
    private LinkProxy proxy;
    private ServerSocket n3;
    private int port;

    @BeforeEach
    void open() throws IOException {
        launcher = Launcher.open(folder.resolve("state"));
        proxy = launcher.linkProxy(InetAddress.getLoopbackAddress());
        n3 = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        n3.setSoTimeout(ARRIVAL_MILLIS);
        port = proxy.listen(Diallers.processes("n3"), (InetSocketAddress) n3.getLocalSocketAddress());
    }

    @AfterEach
    void close() throws IOException {
        launcher.close();
        n3.close();
    }

    @Test
    void aHoleForOneDiallerIsNoneForAnother() throws IOException {
        proxy.set(List.of(new Way("n1", "n3")), Mode.HOLE);
        dialling("n1", DIAL);
        assertNobodyArrives();
        dialling("n2", DIAL);
        try (Socket second = n3.accept()) {
            assertThat(line(second)).isEqualTo("n2");
            assertNobodyArrives();
            proxy.set(List.of(new Way("n1", "n3")), Mode.PASS);
            n3.setSoTimeout(ARRIVAL_MILLIS);
            try (Socket first = n3.accept()) {
                assertThat(line(first)).isEqualTo("n1");
            }
        }
    }

    @Test
    void theWayBackIsToldTooAndAConnectionThatStandsIsHeld() throws IOException {
        dialling("n1", DIAL);
        try (Socket first = n3.accept()) {
            assertThat(line(first)).isEqualTo("n1");
            proxy.set(List.of(new Way("n3", "n1")), Mode.HOLE);
            dialling("n2", DIAL);
            try (Socket second = n3.accept()) {
                assertThat(line(second)).isEqualTo("n2");
                answer(first, "to n1");
                answer(second, "to n2");
                awaitLog("n2", "to n2");
                assertThat(log("n1")).content().doesNotContain("to n1");
                proxy.set(List.of(new Way("n3", "n1")), Mode.PASS);
                awaitLog("n1", "to n1");
            }
        }
    }

    @Test
    void aProcessThatANodeStartedDialsForTheNode() throws IOException {
        proxy.set(List.of(new Way("n1", "n3")), Mode.HOLE);
        dialling("n1", "bash -c '" + DIAL + "' child; true");
        assertNobodyArrives();
        proxy.set(List.of(new Way("n1", "n3")), Mode.PASS);
        n3.setSoTimeout(ARRIVAL_MILLIS);
        try (Socket accepted = n3.accept()) {
            assertThat(line(accepted)).isEqualTo("child");
        }
    }

    @Test
    void whoDialsTheNodesOwnPortAtAnotherAddressIsToldToo() throws IOException {
        InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
        InetSocketAddress where = (InetSocketAddress) n3.getLocalSocketAddress();
        InetSocketAddress instead = new InetSocketAddress(elsewhere, n3.getLocalPort());
        proxy.listen(Diallers.processes("n3"), where, instead);
        proxy.set(List.of(new Way("n1", "n3")), Mode.HOLE);
        String dial = DIAL.replace("127.0.0.1/%d", elsewhere.getHostAddress() + "/" + n3.getLocalPort());
        dialling("n1", dial);
        assertNobodyArrives();
        dialling("n2", dial);
        try (Socket second = n3.accept()) {
            assertThat(line(second)).isEqualTo("n2");
        }
        assertThatThrownBy(() -> proxy.listen(Diallers.processes("n3"), where, instead))
                .as("taken")
                .isInstanceOf(BindException.class);
    }

    @Test
    void whoIsNoNodeIsReset() throws IOException {
        dialling("n1", "sleep 60");
        try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
            stranger.setSoTimeout(ARRIVAL_MILLIS);
            assertThatThrownBy(() -> stranger.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertNobodyArrives();
    }

    @Test
    void aNodeThatWasStartedAgainIsToldByItsNewProcess() throws IOException {
        NodeProcess node = dialling("n1", DIAL);
        try (Socket first = n3.accept()) {
            assertThat(line(first)).isEqualTo("n1");
        }
        proxy.set(List.of(new Way("n1", "n3")), Mode.HOLE);
        Files.delete(folder.resolve("n1.go"));
        node.restart();
        Files.createFile(folder.resolve("n1.go"));
        assertNobodyArrives();
    }

    /** Starts a node that runs a script once its process is known. */
    private NodeProcess dialling(String name, String script) throws IOException {
        Path go = folder.resolve(name + ".go");
        String awaiting = "while [ ! -e '" + go + "' ]; do sleep 0.01; done; ";
        NodeProcess node = launcher.start(new Command(
                name,
                launcher.program("bash", "bash"),
                List.of("-c", awaiting + script.formatted(port), name),
                launcher.newFolder(name),
                Map.of(),
                log(name)));
        Files.createFile(go);
        return node;
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private void awaitLog(String name, String text) {
        await(name)
                .atMost(Duration.ofMillis(ARRIVAL_MILLIS))
                .untilAsserted(() -> assertThat(log(name)).content().contains(text));
    }

    private void assertNobodyArrives() throws IOException {
        n3.setSoTimeout(QUIET_MILLIS);
        assertThatThrownBy(n3::accept).isInstanceOf(SocketTimeoutException.class);
        n3.setSoTimeout(ARRIVAL_MILLIS);
    }

    private static String line(Socket socket) throws IOException {
        socket.setSoTimeout(ARRIVAL_MILLIS);
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    private static void answer(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
