package dev.umpire.harness.external;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.Lever;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.cluster.StartAttempts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.LinkProxy;
import dev.umpire.harness.launcher.Rewriting;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a run has of a cluster that runs already: ways to its nodes, orders to it, and what is to be taken away in the end. */
public final class External {

    private static final int DIAL_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 1_000;
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final StartContext context;
    private final Environment environment;
    private final Question question;
    private final Holdings holdings;
    private final Map<Node, InetSocketAddress> reached;
    private final ClientWays ways;
    private final Orders orders;

    private External(
            StartContext context,
            Question question,
            Holdings holdings,
            Map<Node, InetSocketAddress> reached,
            ClientWays ways,
            Orders orders) {
        this.context = context;
        this.environment = context.environment();
        this.question = question;
        this.holdings = holdings;
        this.reached = reached;
        this.ways = ways;
        this.orders = orders;
    }

    /**
     * Goes to the nodes that the settings name, each of which must answer, and makes a cluster of them. What it holds is given
     * back if that fails.
     *
     * @param question that every node of such a store answers
     * @param attempt makes the cluster; completes when it is ready
     * @return fails with a {@link LaunchException} if a node cannot be reached, or refuses whoever asks; with a
     *     {@link java.util.concurrent.TimeoutException} if it does not answer
     */
    public static CompletionStage<Cluster> start(
            StartContext context, Question question, Function<External, CompletionStage<Cluster>> attempt) {
        return StartAttempts.once(
                context,
                holdings -> context.environment()
                        .blocking("launcher", () -> open(context, question, holdings))
                        .thenCompose(External::ready)
                        .thenCompose(attempt));
    }

    private static External open(StartContext context, Question question, Holdings holdings) throws IOException {
        Launcher launcher = context.launcher();
        Map<Node, String> addresses = ExternalSettings.addresses(context.settings());
        Map<Node, InetSocketAddress> reached = new LinkedHashMap<>();
        for (Map.Entry<Node, String> one : addresses.entrySet()) {
            InetSocketAddress found = reached(one.getKey(), one.getValue());
            if (reached.containsValue(found)) {
                throw new LaunchException(Addresses.SETTING + ": found at " + one.getValue() + " (" + one.getKey()
                        + ") the address of another node, expected each node once");
            }
            reached.put(one.getKey(), found);
        }
        LinkProxy proxy = launcher.linkProxy(InetAddress.getLoopbackAddress());
        holdings.hold(proxy::close);
        Orders orders = new Orders(
                context.environment(),
                launcher,
                Order.given(context.settings()),
                addresses,
                launcher.program("/bin/sh", "dash"),
                // commands are the user's own: they run where he is
                Path.of("").toAbsolutePath(),
                holdings.folder("orders"));
        return new External(context, question, holdings, reached, new ClientWays(proxy, reached), orders);
    }

    /** @throws LaunchException if nobody listens there */
    private static InetSocketAddress reached(Node node, String text) throws LaunchException {
        Addresses.Address address = Addresses.of(text);
        InetSocketAddress found = new InetSocketAddress(address.host(), address.port());
        String why;
        if (found.isUnresolved()) {
            why = "no address of the name " + address.host();
        } else {
            try (Socket socket = new Socket()) {
                socket.connect(found, DIAL_MILLIS);
                return found;
            } catch (IOException e) {
                why = "nobody who listens: " + e.getMessage();
            }
        }
        throw new LaunchException(
                Addresses.SETTING + ": found at " + text + " (" + node + ") " + why + ", expected a node that runs");
    }

    private CompletionStage<External> ready() {
        CompletionStage<Void> all = CompletableFuture.completedStage(null);
        for (Node node : context.nodes()) {
            all = all.thenCompose(before -> answers(node));
        }
        return all.thenApply(answered -> this);
    }

    private CompletionStage<Void> answers(Node node) {
        String awaited = "the node at " + named(node) + " (" + node + ") to answer " + question.words();
        return Polling.until(
                environment,
                awaited,
                READY_NANOS,
                () -> environment.blocking("launcher", () -> {
                    try (Question.Line line = question.dial(ways.direct(node), ANSWER_MILLIS)) {
                        line.ask();
                        return new Polling.Seen(true, "answered");
                    } catch (LaunchException refused) {
                        throw new LaunchException(
                                "the node at " + named(node) + " (" + node + ") " + refused.getMessage(), refused);
                    } catch (IOException e) {
                        return new Polling.Seen(false, String.valueOf(e.getMessage()));
                    }
                }));
    }

    /**
     * Where a node is, as the user says: {@code db1:7001}.
     *
     * @throws IllegalArgumentException if it is none of the cluster
     */
    public String named(Node node) {
        return node.in(ExternalSettings.addresses(context.settings()));
    }

    /**
     * Where a node is, past all ways of the run: what it may tell its clients of itself.
     *
     * @throws IllegalArgumentException if it is none of the cluster
     */
    public InetSocketAddress address(Node node) {
        return node.in(reached);
    }

    /** Where the nodes are reached. */
    public NodePorts ports() {
        return ways;
    }

    /**
     * Opens other ports of the clients' ways, for a store whose nodes tell clients where to go on: answers are rewritten, so that
     * clients stay on the ways of the run. Blocks.
     *
     * @param rewriting for each connection, made with all of these ports
     * @return these ports, and those at which a node is asked as before
     */
    public NodePorts rewriting(Function<NodePorts, Rewriting> rewriting) throws IOException {
        return ways.rewriting(rewriting);
    }

    /**
     * The levers and questions.
     *
     * @param leader who leads, as the nodes say; for a store in which nobody does: nobody
     */
    public FaultControl faults(Supplier<CompletionStage<Optional<Node>>> leader) {
        return new ExternalFaults(environment, ways, orders, question, leader);
    }

    /**
     * Remembers something of the run's own in the cluster, which is to be taken away in the end, also where the start
     * fails later; but not where this process ends while the cluster is still starting.
     *
     * @param back takes it away, while the ways to the nodes are still open; blocks
     */
    public void hold(Lever back) {
        holdings.hold(back);
    }

    /**
     * Takes away what is the run's own, and closes the ways. Fails if something could not be taken away; the message says what.
     */
    public CompletionStage<Void> giveBack() {
        return holdings.giveBack(environment);
    }
}
