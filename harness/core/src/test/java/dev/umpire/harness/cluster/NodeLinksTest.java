package dev.umpire.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLinksTest {

    private static final Node N1 = new Node("n1");
    private static final Node N2 = new Node("n2");
    private static final int QUIET_MILLIS = 50;
    private static final int ARRIVAL_MILLIS = 5_000;

    @TempDir
    Path state;

    @Test
    void sessionsDialNodesStraightUnlessSomethingMayStrikeWhatLiesBetween() throws IOException {
        try (Launcher launcher = Launcher.open(state)) {
            NodeLinks links = NodeLinks.open(launcher, Map.of(N1, 7001, N2, 7002));

            NodePorts straight = links.toClients(EnumSet.of(FaultKind.CRASH, FaultKind.PARTITION, FaultKind.SLOW));
            assertThat(straight.client(N1)).isEqualTo(7001);
            assertThat(straight.direct(N1)).isEqualTo(7001);

            NodePorts struck = links.toClients(EnumSet.of(FaultKind.CLIENT_SLOW), Map.of(N1, 8001, N2, 8002));
            assertThat(struck.client(N2)).isNotIn(7002, 8002);
            assertThat(struck.direct(N2)).isEqualTo(8002);
        }
    }

    @Test
    void whatSessionsSendIsHeldWhileTheyAreCutFromANodeAndQuestionsAreNot() throws Exception {
        try (Environment environment = new RealEnvironment(new KeyedRandom(1));
                Launcher launcher = Launcher.open(state);
                ServerSocket node = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            NodeLinks links = NodeLinks.open(launcher, Map.of(N1, node.getLocalPort(), N2, 7002));
            NodePorts ports = links.toClients(EnumSet.of(FaultKind.CLIENT_CUT));
            Set<Link> there = Set.of(new Link(Node.CLIENTS, N1));
            try (Socket session = Loopback.dial(ports.client(N1), ARRIVAL_MILLIS);
                    Socket served = node.accept()) {
                environment.await("the cut", links.cut(environment, there));
                session.getOutputStream().write(7);
                served.setSoTimeout(QUIET_MILLIS);
                assertThatThrownBy(() -> served.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                try (Socket question = Loopback.dial(ports.direct(N1), ARRIVAL_MILLIS);
                        Socket answered = node.accept()) {
                    question.getOutputStream().write(8);
                    assertThat(answered.getInputStream().read()).isEqualTo(8);
                }

                environment.await("the mending", links.mend(environment, there));
                served.setSoTimeout(ARRIVAL_MILLIS);
                assertThat(served.getInputStream().read()).isEqualTo(7);
            }
        }
    }

    @Test
    void whoDialsAtTheAddressOfALinkIsCutByThatLinkAlone() throws Exception {
        try (Environment environment = new RealEnvironment(new KeyedRandom(1));
                Launcher launcher = Launcher.open(state);
                ServerSocket node = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            NodeLinks links = NodeLinks.open(launcher, Map.of(N1, node.getLocalPort(), N2, 7002));
            InetAddress fromN2 = InetAddress.getByName("127.1.2.1");
            InetAddress fromN1 = InetAddress.getByName("127.1.1.2");
            links.dialAt(
                    Map.of(N1, node.getLocalPort(), N2, 7003), link -> link.to().equals(N1) ? fromN2 : fromN1);
            try (Socket mouth = new Socket(fromN2, node.getLocalPort());
                    Socket ears = node.accept()) {
                assertThat(links.whole()).isTrue();
                environment.await("the cut", links.cut(environment, Set.of(new Link(N2, N1))));
                assertThat(links.whole()).isFalse();
                mouth.getOutputStream().write(7);
                ears.setSoTimeout(QUIET_MILLIS);
                assertThatThrownBy(() -> ears.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

                ears.getOutputStream().write(8);
                mouth.setSoTimeout(ARRIVAL_MILLIS);
                assertThat(mouth.getInputStream().read()).isEqualTo(8);

                environment.await("the mending", links.mend(environment, Set.of(new Link(N2, N1))));
                assertThat(links.whole()).isTrue();
                ears.setSoTimeout(ARRIVAL_MILLIS);
                assertThat(ears.getInputStream().read()).isEqualTo(7);
            }
        }
    }
}
