package dev.umpire.harness.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.launcher.LinkProxy.Mode;
import dev.umpire.harness.launcher.LinkProxy.Way;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One listener for all who dial a node: who dials is told by the address from which it does. */
@EnabledOnOs(OS.LINUX) // where all of 127.0.0.0/8 is this machine's
class AddressListenerTest {
    private static final int ARRIVAL_MILLIS = 5_000;
    private static final int QUIET_MILLIS = 60;
    private static final Map<String, String> NODES = Map.of("127.0.0.2", "n1", "127.0.0.3", "n2");
    private static final Diallers DIALLERS = Diallers.addresses("n3", AddressListenerTest::node);

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
        port = proxy.listen(DIALLERS, (InetSocketAddress) n3.getLocalSocketAddress());
    }

    private static Optional<String> node(InetAddress address) {
        return Optional.ofNullable(NODES.get(address.getHostAddress()));
    }

    @AfterEach
    void close() throws IOException {
        launcher.close();
        n3.close();
    }

    @Test
    void aHoleForOneAddressIsNoneForAnother() throws IOException {
        proxy.set(List.of(new Way("n1", "n3")), Mode.HOLE);
        try (Socket held = dialled("127.0.0.2")) {
            held.getOutputStream().write(1);
            assertNobodyArrives();
            try (Socket passing = dialled("127.0.0.3")) {
                passing.getOutputStream().write(2);
                assertThat(firstByte()).isEqualTo(2);
            }
            proxy.set(List.of(new Way("n1", "n3")), Mode.PASS);
            assertThat(firstByte()).isEqualTo(1);
        }
    }

    @Test
    void anAddressThatIsNobodysIsReset() throws IOException {
        // as early as while it is dialled
        assertThatThrownBy(() -> {
                    try (Socket stranger = dialled("127.0.0.4")) {
                        stranger.setSoTimeout(ARRIVAL_MILLIS);
                        stranger.getInputStream().read();
                    }
                })
                .isInstanceOf(SocketException.class);
        assertNobodyArrives();
    }

    @Test
    void whoDialledIsNotLeftWaitingWhereNoConnectionCanBeCarried() throws IOException {
        proxy.close();
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Diallers all = Diallers.of(new Way("n1", "n3"));
            Listener listener =
                    new Listener(server, all, (InetSocketAddress) n3.getLocalSocketAddress(), () -> Rewriting.NONE, 1);
            try (Socket dialler = new Socket()) {
                dialler.connect(server.getLocalAddress(), ARRIVAL_MILLIS);
                dialler.setSoTimeout(ARRIVAL_MILLIS);

                assertThatThrownBy(() -> listener.accept(proxy, new SocketOwners(List::of)))
                        .as("at a proxy that is closed")
                        .isInstanceOf(ClosedSelectorException.class);
                assertThat(dialler.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void thePortThatIsAskedForIsTheOneToDial() throws IOException {
        LinkProxy elsewhere = launcher.linkProxy(InetAddress.getByName("127.0.0.9"));
        InetSocketAddress where = (InetSocketAddress) n3.getLocalSocketAddress();
        int own = n3.getLocalPort();

        assertThat(elsewhere.listen(DIALLERS, where, new InetSocketAddress(elsewhere.address(), own)))
                .isEqualTo(own);
        assertThatThrownBy(() -> proxy.listen(DIALLERS, where, new InetSocketAddress(proxy.address(), own)))
                .as("taken by the node itself")
                .isInstanceOf(BindException.class);
    }

    private Socket dialled(String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ARRIVAL_MILLIS);
        return socket;
    }

    private int firstByte() throws IOException {
        n3.setSoTimeout(ARRIVAL_MILLIS);
        try (Socket accepted = n3.accept()) {
            accepted.setSoTimeout(ARRIVAL_MILLIS);
            return accepted.getInputStream().read();
        }
    }

    private void assertNobodyArrives() throws IOException {
        n3.setSoTimeout(QUIET_MILLIS);
        assertThatThrownBy(n3::accept).isInstanceOf(SocketTimeoutException.class);
    }
}
