package dev.umpire.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.LinkProxy;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured of a link while it is poor and when it is healed; at its ends nobody listens. */
class LinkGaugeTest {

    private static final Link LINK = new Link(new Node("n1"), new Node("n2"));
    private static final Set<Link> LINKS = Set.of(LINK);

    private final Environment environment = new RealEnvironment(new KeyedRandom(1));

    @TempDir
    Path state;

    private Launcher launcher;
    private NodeLinks links;

    @BeforeEach
    void open() throws IOException {
        launcher = Launcher.open(state);
        links = NodeLinks.open(launcher, Map.of(LINK.from(), 7001, LINK.to(), 7002));
    }

    @AfterEach
    void close() {
        launcher.close();
        environment.close();
    }

    private interface Measure<T> {
        T of(LinkGauge gauge) throws IOException;
    }

    private <T> T measured(Link link, Measure<T> measure) throws IOException {
        try (LinkGauge gauge = links.gauge(environment, link)) {
            return measure.of(gauge);
        }
    }

    @Test
    void someMessagesAreLostOnALossyLinkAndNoneOnTheWayBackOrAfterwards() throws IOException {
        environment.await("loss", links.lose(environment, LINKS, 30));
        LinkSample lossy = measured(LINK, LinkGauge::losses);
        assertThat(lossy.arrived()).isBetween(1, lossy.sent() - 2);
        assertThat(measured(LINK.back(), LinkGauge::losses).arrived()).isEqualTo(lossy.sent());

        environment.await("heal", links.lose(environment, LINKS, 0));
        assertThat(measured(LINK, LinkGauge::losses).arrived()).isEqualTo(lossy.sent());
    }

    @Test
    void littleMoreThanTheRatePassesOnAThrottledLinkAndFarMoreOnTheWayBackAndAfterwards() throws IOException {
        environment.await("throttle", links.throttle(environment, LINKS, 20_000));
        assertThat(measured(LINK, LinkGauge::bytesPerSecond)).isBetween(2_000L, 30_000L);
        assertThat(measured(LINK.back(), LinkGauge::bytesPerSecond)).isGreaterThan(500_000);

        environment.await("heal", links.throttle(environment, LINKS, 0));
        assertThat(measured(LINK, LinkGauge::bytesPerSecond)).isGreaterThan(500_000);
    }

    @Test
    void aConnectionStandsUnlessItIsResetAgainAndAgain() throws IOException {
        environment.await("reset", links.reset(environment, LINKS, Duration.ofMillis(100)));
        Observation reset = measured(LINK, LinkGauge::stands);
        assertThat(reset.positive()).isFalse();
        assertThat(reset.known()).isTrue();
        assertThat(reset.evidence()).matches("a connection over n1→n2 was reset after \\d+ ms");

        environment.await("heal", links.reset(environment, LINKS, Duration.ZERO));
        Observation stood = measured(LINK, LinkGauge::stands);
        assertThat(stood.positive()).isTrue();
        assertThat(stood.evidence()).isEqualTo("a connection over n1→n2 stood for 700 ms");
    }

    @Test
    void aMachineThatStandsStillFromAnyMessageOnIsNoLinkThatLosesThem() throws IOException {
        try (LinkGauge gauge = links.gauge(environment, LINK)) {
            long[] tookNanos = new long[LinkGauge.SENT];
            assertThat(gauge.losses(tookNanos).arrived()).isEqualTo(16);
            for (int number = LinkGauge.SENT - 1; number >= 0; number--) {
                tookNanos[number] = LinkGauge.NEVER;
                assertThatThrownBy(() -> gauge.losses(tookNanos))
                        .as("from message %d on", number)
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void whatItHasOpenedIsGivenBackWhateverBecomesOfTheOthers() {
        List<String> closed = new ArrayList<>();
        LinkGauge.Opened opened = new LinkGauge.Opened();
        opened.add(() -> closed.add("first"));
        opened.add(() -> {
            throw new IOException("second");
        });
        opened.add(() -> closed.add("third"));

        assertThatThrownBy(opened::close).isInstanceOf(IOException.class).hasMessage("second");
        assertThat(closed).containsExactly("third", "first");
    }

    @Test
    void aLinkIsMeasuredWhereItsProxyListens() throws IOException {
        Map<Node, Integer> ports = Map.of(LINK.from(), 7001, LINK.to(), 7002);
        NodeLinks elsewhere = NodeLinks.open(launcher, ports, InetAddress.getByName("127.0.0.2"));
        try (LinkGauge gauge = elsewhere.gauge(environment, LINK)) {
            assertThat(gauge.stands().positive()).isTrue();
        }
    }

    @Test
    void nothingIsKnownOfALinkWhereEvenAWayThatNothingStrikesIsSlow() throws IOException {
        LinkProxy proxy = launcher.linkProxy(InetAddress.getLoopbackAddress());
        proxy.set(List.of(new LinkProxy.Way("gauge", "gauge")), LinkProxy.Mode.HOLE);
        try (LinkGauge gauge = LinkGauge.open(environment, proxy, LINK, new LinkProxy.Way("n1", "n2"))) {
            assertThatThrownBy(gauge::losses)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("nothing is known of n1→n2: of what went beside it over a way that nothing strikes"
                            + " 0 of 5 messages arrived within 150 ms");
        }
        try (LinkGauge gauge = LinkGauge.open(environment, proxy, LINK, new LinkProxy.Way("n1", "n2"))) {
            assertThatThrownBy(gauge::bytesPerSecond)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith(" 0 of 262144 bytes arrived within 300 ms");
        }
    }
}
