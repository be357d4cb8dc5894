package dev.umpire.harness.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.Rewriting;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import dev.umpire.harness.target.Observation;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that send back every byte that they get. */
@Timeout(300)
class ExternalTest {

    private static final Node N1 = new Node("n1");
    private static final Node N2 = new Node("n2");
    private static final Link TO_N1 = new Link(Node.CLIENTS, N1);

    @TempDir
    Path folder;

    private final List<ServerSocket> servers = new ArrayList<>();
    private final RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
    private Launcher launcher;

    @BeforeEach
    void startNodes() throws IOException {
        launcher = Launcher.open(folder.resolve("state"));
        for (int i = 0; i < 2; i++) {
            ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            servers.add(server);
            Thread thread = new Thread(() -> serve(server), "echo");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> echo(socket), "echo-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            for (int got = socket.getInputStream().read();
                    got >= 0;
                    got = socket.getInputStream().read()) {
                socket.getOutputStream().write(got);
            }
        } catch (IOException closed) {
            return;
        }
    }

    @AfterEach
    void stopAll() throws IOException {
        launcher.close();
        environment.close();
        for (ServerSocket server : servers) {
            server.close();
        }
    }

    /** Sends a byte and awaits it back. */
    private static final class Echo implements Question {
        @Override
        public String words() {
            return "a byte";
        }

        @Override
        public Line dial(int port, int boundMillis) throws IOException {
            Socket socket = new Socket();
            socket.setSoTimeout(boundMillis);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), boundMillis);
            return new Line() {
                @Override
                public void ask() throws IOException {
                    socket.getOutputStream().write(7);
                    if (socket.getInputStream().read() != 7) {
                        throw new IOException("found another byte, expected the same");
                    }
                }

                @Override
                public void close() {
                    try {
                        socket.close();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
            };
        }
    }

    private String addresses() {
        return servers.stream()
                .map(server -> "localhost:" + server.getLocalPort())
                .collect(Collectors.joining(","));
    }

    private StartContext context(String addresses, String... orders) {
        Map<String, String> values = new TreeMap<>(Map.of("launcher", "external", "addresses", addresses));
        for (String order : orders) {
            String[] parts = order.split("=", 2);
            values.put(parts[0], parts[1]);
        }
        NodeLogs none = new NodeLogs() {
            @Override
            public void append(Node node, String line) {
                throw new AssertionError("found a line of " + node + ", expected none");
            }

            @Override
            public Path file(Node node) {
                throw new AssertionError("found a log of " + node + ", expected none");
            }
        };
        return new StartContext(environment, new Settings(values), 2, none, launcher);
    }

    /** What is given to a store's class; the cluster that it would make plays no part. */
    private External opened(String... orders) {
        CompletableFuture<Cluster> never = new CompletableFuture<>();
        CompletableFuture<External> begun = new CompletableFuture<>();
        External.start(context(addresses(), orders), new Echo(), external -> {
                    begun.complete(external);
                    return never;
                })
                .whenComplete((cluster, failure) -> {
                    if (failure != null) {
                        begun.completeExceptionally(failure);
                    }
                });
        return environment.await("opened", begun);
    }

    private FaultControl faults(External external) {
        return external.faults(() -> CompletableFuture.completedStage(Optional.of(N2)));
    }

    private Observation delivers(FaultControl faults, Link link) {
        return environment.await("probe", faults.delivers(link));
    }

    @Test
    void clientsAreCutFromOneNodeWhichStillAnswersQuestions() {
        FaultControl faults = faults(opened());
        for (Set<Link> links : List.of(Set.of(TO_N1, TO_N1.back()), Set.of(TO_N1), Set.of(TO_N1.back()))) {
            environment.await("cut", faults.cut(links));

            assertThat(delivers(faults, links.iterator().next()).evidence())
                    .startsWith("a byte to n1 as clients dial it was not answered: ");
            assertThat(environment.await("probe", faults.answers(N1)).evidence())
                    .startsWith("a byte to n1 was answered after ");
            assertThat(delivers(faults, new Link(Node.CLIENTS, N2)).positive()).isTrue();

            environment.await("mend", faults.mend(links));
            assertThat(delivers(faults, TO_N1).positive()).isTrue();
        }
    }

    @Test
    void aCutOneWayLetsTheRequestArriveAndNoAnswerComeBack() throws IOException {
        External external = opened();
        FaultControl faults = faults(external);
        environment.await("cut", faults.cut(Set.of(TO_N1.back())));
        try (Question.Line line = new Echo().dial(external.ports().client(N1), 300)) {
            assertThatThrownBy(line::ask).isInstanceOf(IOException.class);
            environment.await("mend", faults.mend(Set.of(TO_N1.back())));
            line.ask();
        }
    }

    @Test
    void answersAreRewrittenOnOtherPortsOfTheSameWays() throws IOException {
        External external = opened();
        List<Integer> told = new CopyOnWriteArrayList<>();
        NodePorts ports = external.rewriting(all -> {
            told.add(all.client(N2));
            return Rewriting.NONE;
        });
        assertThat(ports.direct(N1)).isEqualTo(external.ports().direct(N1));
        assertThat(ports.client(N1)).isNotEqualTo(external.ports().client(N1));
        try (Question.Line line = new Echo().dial(ports.client(N1), 300)) {
            line.ask();
            assertThat(told).as("once for each connection").containsExactly(ports.client(N2));
            environment.await("cut", faults(external).cut(Set.of(TO_N1)));
            assertThatThrownBy(line::ask).isInstanceOf(IOException.class);
        }
    }

    @Test
    void clientsAreSlowedAndQuickAgain() {
        FaultControl faults = faults(opened());
        environment.await("slow", faults.slow(Set.of(TO_N1, TO_N1.back()), Duration.ofMillis(60)));
        LinkSample slow = environment.await("sample", faults.sample(TO_N1));
        assertThat(slow.arrived()).isEqualTo(slow.sent());
        assertThat(slow.median()).isGreaterThanOrEqualTo(Duration.ofMillis(60));

        environment.await("quick", faults.slow(Set.of(TO_N1, TO_N1.back()), Duration.ZERO));
        LinkSample quick = environment.await("sample", faults.sample(TO_N1));
        assertThat(quick.arrived()).isEqualTo(quick.sent());
        assertThat(quick.median()).isLessThan(Duration.ofMillis(60));
    }

    @Test
    void ordersAreGivenForNodesAndForLinksBetweenThem() throws IOException {
        String log = folder.resolve("told").toString();
        FaultControl faults = faults(opened(
                "order.crash=echo crash $UMPIRE_NODE at $UMPIRE_ADDRESS >> " + log,
                "order.restart=echo restart $UMPIRE_NODE >> " + log,
                "order.cut=echo cut $UMPIRE_FROM $UMPIRE_TO >> " + log,
                "order.mend=echo mend $UMPIRE_FROM $UMPIRE_TO >> " + log,
                "order.delivers=echo no",
                "order.failover=echo failover $UMPIRE_NODE >> " + log));
        Link link = new Link(N1, N2);

        environment.await("crash", faults.crash(N1));
        environment.await("restart", faults.restart(N1));
        environment.await("cut", faults.cut(Set.of(link)));
        assertThat(delivers(faults, link)).isEqualTo(new Observation(false, "something sent on n1→n2 did not arrive"));
        environment.await("mend", faults.mend(Set.of(link)));
        assertThat(environment.await("failover", faults.failOver(N1))).isEqualTo(N2);

        assertThat(Files.readAllLines(Path.of(log)))
                .containsExactly(
                        "crash n1 at localhost:" + servers.get(0).getLocalPort(),
                        "restart n1",
                        "cut n1 n2",
                        "mend n1 n2",
                        "failover n1");
        launcher.close();
        assertThat(Files.readAllLines(Path.of(log)))
                .as("what was still in force")
                .endsWith("restart n1")
                .hasSize(6);
    }

    @Test
    void aNodeThatNobodyReachesIsRefused() throws IOException {
        servers.get(1).close();
        String first = "localhost:" + servers.get(0).getLocalPort();
        assertThat(refusal(addresses()))
                .hasMessageContaining(
                        "addresses: found at localhost:" + servers.get(1).getLocalPort() + " (n2) nobody who listens: ")
                .hasMessageEndingWith(", expected a node that runs");
        assertThat(refusal(first + ",no-such-host.invalid:7"))
                .hasMessage("addresses: found at no-such-host.invalid:7 (n2) no address of the name"
                        + " no-such-host.invalid, expected a node that runs");
    }

    @Test
    @Timeout(5)
    void aNodeThatRefusesWhoeverAsksIsNotAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        Question refusing = new Question() {
            @Override
            public String words() {
                return "a byte";
            }

            @Override
            public Line dial(int port, int boundMillis) throws IOException {
                asked.incrementAndGet();
                throw new LaunchException("refuses everybody");
            }
        };

        assertThat(refusal(addresses(), refusing))
                .hasMessage("the node at localhost:" + servers.get(0).getLocalPort() + " (n1) refuses everybody");
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatWasHeldIsGivenBackWhereTheStartFails() throws IOException {
        List<String> given = new ArrayList<>();
        assertThatThrownBy(() ->
                        environment.await("cluster", External.start(context(addresses()), new Echo(), external -> {
                            external.hold(() -> given.add("back"));
                            return CompletableFuture.failedStage(new IOException("no"));
                        })))
                .hasMessageContaining("no");
        assertThat(given).containsExactly("back");
    }

    private Throwable refusal(String addresses) {
        return refusal(addresses, new Echo());
    }

    private Throwable refusal(String addresses, Question question) {
        return Failures.cause(catchThrowable(() ->
                environment.await("cluster", External.start(context(addresses), question, external -> {
                    throw new AssertionError("found a start, expected none");
                }))));
    }
}
