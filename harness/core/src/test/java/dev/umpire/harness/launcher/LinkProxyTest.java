package dev.umpire.harness.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.launcher.LinkProxy.Mode;
import dev.umpire.harness.launcher.LinkProxy.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkProxyTest {

    private static final Way THERE = new Way("n2", "n1");
    private static final Way BACK = new Way("n1", "n2");
    private static final int QUIET_MILLIS = 60;
    /** After which a node that refuses is dialled no more. */
    private static final int REFUSED_MILLIS = 300;

    private static final int ARRIVAL_MILLIS = 5_000;
    private static final int MOST = 3;
    private static final Duration LONGER = Duration.ofMillis(80);
    /** After which what is lost is sent again. */
    private static final Duration AGAIN = Duration.ofMillis(200);

    private ServerSocket node;
    private LinkProxy proxy;
    private int port;

    @BeforeEach
    void open() throws IOException {
        node = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        node.setSoTimeout(ARRIVAL_MILLIS);
        proxy = LinkProxy.open(InetAddress.getLoopbackAddress(), new SocketOwners(List::of), MOST);
        port = proxy.listen(THERE, node.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        node.close();
    }

    @Test
    void bytesPassInBothDirections() throws IOException {
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            send(dialler, "ping");
            assertThat(receive(accepted, 4)).isEqualTo("ping");
            send(accepted, "pong");
            assertThat(receive(dialler, 4)).isEqualTo("pong");
        }
    }

    @Test
    void moreThanABufferPassesUnchanged() throws Exception {
        String text = "0123456789abcdef".repeat(100_000);
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            Thread sender = new Thread(() -> {
                try {
                    send(dialler, text);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            sender.start();
            assertThat(receive(accepted, text.length())).isEqualTo(text);
            sender.join();
        }
    }

    @Test
    void theEndOfAConnectionPassesToo() throws IOException {
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            send(dialler, "last");
            dialler.shutdownOutput();
            assertThat(new String(accepted.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("last");
            send(accepted, "answer");
            assertThat(receive(dialler, 6)).isEqualTo("answer");
        }
    }

    @Test
    void nothingSentAfterAHoleWasAcknowledgedArrivesAndAllOfItArrivesAfterTheMending() throws IOException {
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            for (int round = 0; round < 20; round++) {
                proxy.set(List.of(THERE, BACK), Mode.HOLE);
                send(dialler, "there" + round % 10);
                send(accepted, "back" + round % 10);
                assertSilent(accepted, 5);
                assertSilent(dialler, 5);
                proxy.set(List.of(THERE, BACK), Mode.PASS);
                assertThat(receive(accepted, 6)).isEqualTo("there" + round % 10);
                assertThat(receive(dialler, 5)).isEqualTo("back" + round % 10);
            }
        }
    }

    @Test
    void aHoleOneWayLetsTheOtherWayPass() throws IOException {
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            proxy.set(List.of(BACK), Mode.HOLE);
            send(dialler, "heard");
            assertThat(receive(accepted, 5)).isEqualTo("heard");
            send(accepted, "unheard");
            assertSilent(dialler, QUIET_MILLIS);
            proxy.set(List.of(BACK), Mode.PASS);
            assertThat(receive(dialler, 7)).isEqualTo("unheard");
        }
    }

    @Test
    void whatIsSentOnASlowWayArrivesThatMuchLaterAndTheWayBackIsAsQuickAsEver() throws IOException {
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            proxy.slow(List.of(THERE), LONGER);
            long sentNanos = System.nanoTime();
            send(dialler, "late");
            send(accepted, "early");
            assertThat(receive(dialler, 5)).isEqualTo("early");
            assertThat(receive(accepted, 4)).isEqualTo("late");
            assertThat(System.nanoTime() - sentNanos).isGreaterThanOrEqualTo(LONGER.toNanos());
        }
    }

    @Test
    void whatIsSentAfterASlowWayIsQuickAgainDoesNotOvertake() throws IOException {
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            proxy.slow(List.of(THERE), LONGER);
            send(dialler, "first");
            proxy.slow(List.of(THERE), Duration.ZERO);
            send(dialler, "second");
            dialler.shutdownOutput();
            assertThat(new String(accepted.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("firstsecond");
        }
    }

    @Test
    void aConnectionDialledOnASlowWayTakesThatMuchLongerToOpenToo() throws IOException {
        proxy.slow(List.of(THERE), LONGER);
        long dialledNanos = System.nanoTime();
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            send(dialler, "late");
            assertThat(receive(accepted, 4)).isEqualTo("late");
            assertThat(System.nanoTime() - dialledNanos).isGreaterThanOrEqualTo(2 * LONGER.toNanos());
        }
    }

    @Test
    void whatIsLostComesLaterAndHoldsUpWhatIsSentBehindItAndNotTheWayBack() throws IOException {
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            proxy.lose(Map.of(THERE, losing(true, false, false, false)), 50);
            long sentNanos = System.nanoTime();
            send(dialler, "lost");
            send(accepted, "early");
            assertThat(receive(dialler, 5)).isEqualTo("early");
            assertSilent(accepted, QUIET_MILLIS);
            send(dialler, "behind");
            assertThat(receive(accepted, 10)).isEqualTo("lostbehind");
            assertThat(System.nanoTime() - sentNanos).isGreaterThanOrEqualTo(AGAIN.toNanos());
            sentNanos = System.nanoTime();
            send(dialler, "next");
            assertThat(receive(accepted, 4)).isEqualTo("next");
            assertThat(System.nanoTime() - sentNanos).isLessThan(AGAIN.toNanos());
        }
    }

    @Test
    void whatWasLostArrivesWhenLossIsHealedAndADiallingToo() throws IOException {
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            proxy.lose(Map.of(THERE, losing(true, true, true, true, true, true, true, true)), 50);
            long sentNanos = System.nanoTime();
            send(dialler, "lost");
            try (Socket another = dial()) {
                send(another, "too");
                assertSilent(accepted, QUIET_MILLIS);
                proxy.lose(Map.of(THERE, losing(true)), 0);
                assertThat(receive(accepted, 4)).isEqualTo("lost");
                try (Socket late = node.accept()) {
                    assertThat(receive(late, 3)).isEqualTo("too");
                }
            }
            assertThat(System.nanoTime() - sentNanos).isLessThan(5 * AGAIN.toNanos());
        }
    }

    /** Numbers of which those that are to be lost are below 50, and the others are not. */
    private static KeyedRandom.Stream losing(boolean... lost) {
        for (long root = 0; ; root++) {
            KeyedRandom.Stream stream = new KeyedRandom.Stream(root);
            if (IntStream.range(0, lost.length).allMatch(index -> stream.below(100, index) < 50 == lost[index])) {
                return stream;
            }
        }
    }

    @Test
    void onAThrottledWaySoManyBytesPassInASecondOnAllConnectionsTogether() throws IOException {
        proxy.throttle(List.of(THERE), 20_000);
        try (Socket one = dial();
                Socket oneAccepted = node.accept();
                Socket other = dial();
                Socket otherAccepted = node.accept()) {
            long sentNanos = System.nanoTime();
            send(one, "1".repeat(3_500));
            send(other, "2".repeat(3_500));
            send(oneAccepted, "early");
            assertThat(receive(one, 5)).isEqualTo("early");
            assertThat(System.nanoTime() - sentNanos).isLessThan(AGAIN.toNanos());
            assertThat(receive(oneAccepted, 3_500)).isEqualTo("1".repeat(3_500));
            assertThat(receive(otherAccepted, 3_500)).isEqualTo("2".repeat(3_500));
            // 7,000 bytes but for a burst of 1,000
            assertThat(System.nanoTime() - sentNanos)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
        }
    }

    @Test
    void whatWasHeldUpByAThrottleArrivesWhenItIsHealed() throws IOException {
        proxy.throttle(List.of(THERE), 2_000);
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            long sentNanos = System.nanoTime();
            send(dialler, "x".repeat(40_000) + "end");
            dialler.shutdownOutput();
            assertThat(receive(accepted, 100)).isEqualTo("x".repeat(100));
            proxy.throttle(List.of(THERE), 0);
            assertThat(new String(accepted.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .hasSize(40_003 - 100)
                    .endsWith("xend");
            assertThat(System.nanoTime() - sentNanos)
                    .isLessThan(Duration.ofSeconds(5).toNanos());
        }
    }

    @Test
    void connectionsOfAWayAreResetAgainAndAgainUntilThatIsHealed() throws IOException {
        int elsewhere = proxy.listen(new Way("n2", "n3"), node.getLocalPort());
        try (Socket spared = new Socket(InetAddress.getLoopbackAddress(), elsewhere);
                Socket sparedAccepted = node.accept()) {
            try (Socket before = dial();
                    Socket accepted = node.accept()) {
                proxy.reset(List.of(BACK), LONGER);
                assertThatThrownBy(() -> receive(before, 1)).isInstanceOf(SocketException.class);
                assertThatThrownBy(() -> receive(accepted, 1)).isInstanceOf(SocketException.class);
            }
            for (int round = 0; round < 2; round++) {
                try (Socket again = dial();
                        Socket accepted = node.accept()) {
                    assertThat(accepted.isConnected()).isTrue();
                    assertThatThrownBy(() -> receive(again, 1)).isInstanceOf(SocketException.class);
                }
            }
            proxy.reset(List.of(BACK), Duration.ZERO);
            try (Socket healed = dial();
                    Socket accepted = node.accept()) {
                assertSilent(healed, 2 * (int) LONGER.toMillis());
                send(healed, "stands");
                assertThat(receive(accepted, 6)).isEqualTo("stands");
            }
            send(spared, "spared");
            assertThat(receive(sparedAccepted, 6)).isEqualTo("spared");
        }
    }

    @Test
    void aListenerThatIsClosedRefusesAndItsConnectionsStay() throws IOException {
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            proxy.unlisten(port);
            await("port given back")
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThatThrownBy(this::dial).isInstanceOf(SocketException.class));
            send(dialler, "stands");
            assertThat(receive(accepted, 6)).isEqualTo("stands");
        }
    }

    @Test
    void aConnectionDialledIntoAHoleStaysOpenAndLeadsToTheNodeOnlyAfterTheMending() throws IOException {
        proxy.set(List.of(THERE), Mode.HOLE);
        try (Socket dialler = dial()) {
            send(dialler, "held");
            assertSilent(dialler, QUIET_MILLIS);
            node.setSoTimeout(QUIET_MILLIS);
            assertThatThrownBy(node::accept).isInstanceOf(SocketTimeoutException.class);
            node.setSoTimeout(ARRIVAL_MILLIS);
            proxy.set(List.of(THERE), Mode.PASS);
            try (Socket accepted = node.accept()) {
                assertThat(receive(accepted, 4)).isEqualTo("held");
            }
        }
    }

    @Test
    void whoDialsAHoleWhenItHoldsAllThatItCanIsNotResetAndGetsThroughWhenOthersHaveEnded() throws IOException {
        proxy.set(List.of(THERE), Mode.HOLE);
        List<Socket> diallers = new ArrayList<>();
        Set<String> heard = new TreeSet<>();
        try {
            for (int number = 0; number < 2 * MOST; number++) {
                Socket dialler = dial();
                diallers.add(dialler);
                send(dialler, String.valueOf(number));
            }
            for (Socket dialler : diallers) {
                assertSilent(dialler, 5);
            }
            proxy.set(List.of(THERE), Mode.PASS);
            for (int number = 0; number < 2 * MOST; number++) {
                try (Socket accepted = node.accept()) {
                    heard.add(receive(accepted, 1));
                }
                // the node has closed its end, and now the dialler closes his, so that the next one has room
                diallers.get(number).close();
            }
        } finally {
            for (Socket dialler : diallers) {
                dialler.close();
            }
        }
        assertThat(heard).containsExactly("0", "1", "2", "3", "4", "5");
    }

    @Test
    void whoDialledIntoAHoleAndWentAwayIsForgottenAndTheNodeNeverHearsOfHim() throws IOException {
        proxy.set(List.of(THERE), Mode.HOLE);
        for (int number = 0; number < 4 * MOST; number++) {
            try (Socket gone = dial()) {
                send(gone, "gone");
            }
        }
        try (Socket dialler = dial()) {
            send(dialler, "held");
            assertSilent(dialler, QUIET_MILLIS);
            proxy.set(List.of(THERE), Mode.PASS);
            try (Socket accepted = node.accept()) {
                assertThat(receive(accepted, 4)).isEqualTo("held");
            }
        }
    }

    @Test
    void aConnectionCanBeDialledWhileOnlyTheWayBackIsAHole() throws IOException {
        proxy.set(List.of(BACK), Mode.HOLE);
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            send(dialler, "heard");
            assertThat(receive(accepted, 5)).isEqualTo("heard");
            assertSilent(dialler, QUIET_MILLIS);
        }
    }

    @Test
    void aRefusalIsNotHeardThroughAHole() throws IOException {
        node.close();
        proxy.set(List.of(BACK), Mode.HOLE);
        try (Socket dialler = dial()) {
            assertSilent(dialler, REFUSED_MILLIS);
            proxy.set(List.of(BACK), Mode.PASS);
            assertThatThrownBy(() -> receive(dialler, 1)).isInstanceOf(SocketException.class);
        }
    }

    /** Servers that start together dial one another before they listen, and take a reset for more than a refusal. */
    @Test
    void aNodeThatListensALittleLaterIsReached() throws IOException {
        SocketAddress at = node.getLocalSocketAddress();
        node.close();
        try (Socket dialler = dial()) {
            // who is dialled is known when a change is in force, and a second one leaves time for its refusal
            proxy.set(List.of(THERE), Mode.PASS);
            proxy.set(List.of(THERE), Mode.PASS);
            try (ServerSocket late = new ServerSocket()) {
                late.setReuseAddress(true);
                late.bind(at);
                late.setSoTimeout(ARRIVAL_MILLIS);
                send(dialler, "heard");
                try (Socket accepted = late.accept()) {
                    assertThat(receive(accepted, 5)).isEqualTo("heard");
                }
            }
        }
    }

    @Test
    void theEndOfANodeIsNotSeenThroughAHole() throws IOException {
        try (Socket dialler = dial()) {
            try (Socket accepted = node.accept()) {
                send(dialler, "x");
                assertThat(receive(accepted, 1)).isEqualTo("x");
                proxy.set(List.of(THERE, BACK), Mode.HOLE);
            }
            assertSilent(dialler, QUIET_MILLIS);
            proxy.set(List.of(THERE, BACK), Mode.PASS);
            dialler.setSoTimeout(ARRIVAL_MILLIS);
            assertThat(dialler.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aCutResetsConnectionsThatStandAndNewOnes() throws IOException {
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            proxy.set(List.of(THERE), Mode.CUT);
            assertThatThrownBy(() -> receive(dialler, 1)).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> receive(accepted, 1)).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> {
                        try (Socket again = dial()) {
                            receive(again, 1);
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aNodeThatIsDownResetsItsDialler() throws IOException {
        node.close();
        assertThatThrownBy(() -> {
                    try (Socket dialler = dial()) {
                        receive(dialler, 1);
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    @Test
    void afterTheCloseThePortRefusesAndAChangeOfModeIsRefused() {
        proxy.close();
        await("port given back")
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThatThrownBy(this::dial).isInstanceOf(SocketException.class));
        assertThatThrownBy(() -> proxy.set(List.of(THERE), Mode.PASS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("n2→n1");
    }

    @Test
    void whatIsAnsweredIsRewrittenAndMayWaitUntilItIsWhole() throws IOException {
        StringBuilder asked = new StringBuilder();
        port = proxy.listen(
                Diallers.of(THERE),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), node.getLocalPort()),
                () -> new Shouting(asked));
        try (Socket dialler = dial();
                Socket accepted = node.accept()) {
            send(dialler, "ping");
            assertThat(receive(accepted, 4)).isEqualTo("ping");
            send(accepted, "po");
            assertSilent(dialler, QUIET_MILLIS);
            send(accepted, "ng.ov");
            assertThat(receive(dialler, 6)).isEqualTo("PONG!!");
            proxy.slow(List.of(BACK), LONGER);
            send(accepted, "er.");
            assertThat(receive(dialler, 6)).isEqualTo("OVER!!");
            assertThat(asked).hasToString("ping");
        }
    }

    @Test
    void whatIsNotUnderstoodResetsItsConnectionAndNoOther() throws IOException {
        int shouting = proxy.listen(
                Diallers.of(THERE),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), node.getLocalPort()),
                () -> new Shouting(new StringBuilder()));
        try (Socket dialler = new Socket(InetAddress.getLoopbackAddress(), shouting);
                Socket accepted = node.accept()) {
            send(accepted, "?");
            assertThatThrownBy(() -> receive(dialler, 1)).isInstanceOf(SocketException.class);
        }
        bytesPassInBothDirections();
    }

    /** Gives sentences in capitals, each when its end has come. */
    private static final class Shouting implements Rewriting {
        private final StringBuilder asked;
        private final StringBuilder begun = new StringBuilder();

        Shouting(StringBuilder asked) {
            this.asked = asked;
        }

        @Override
        public void sent(ByteBuffer bytes) {
            asked.append(StandardCharsets.US_ASCII.decode(bytes));
        }

        @Override
        public ByteBuffer answered(ByteBuffer bytes) throws IOException {
            begun.append(StandardCharsets.US_ASCII.decode(bytes));
            if (begun.indexOf("?") >= 0) {
                throw new IOException("found a question");
            }
            int end = begun.indexOf(".") + 1;
            String whole = begun.substring(0, end).toUpperCase(Locale.ROOT).replace(".", "!!");
            begun.delete(0, end);
            return StandardCharsets.US_ASCII.encode(whole);
        }
    }

    private Socket dial() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String receive(Socket socket, int length) throws IOException {
        socket.setSoTimeout(ARRIVAL_MILLIS);
        byte[] bytes = socket.getInputStream().readNBytes(length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static void assertSilent(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }
}
