package dev.umpire.targets.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A cluster that was started by somebody else, as a user's would be, and what any store can be asked as one who names it. */
public final class RunningCluster {

    private static final int NODES = 3;

    private final String addresses;

    /** Of nodes that listen at ports of the loopback address. */
    public RunningCluster(List<Node> nodes, NodePorts ports) {
        this.addresses =
                nodes.stream().map(node -> "127.0.0.1:" + ports.client(node)).collect(Collectors.joining(","));
    }

    /** The addresses of its nodes. */
    public String addresses() {
        return addresses;
    }

    /** The settings that name it, {@code name=value}, and these. */
    public String[] settings(String... more) {
        List<String> settings = new ArrayList<>(List.of("launcher=external", "addresses=" + addresses));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    /**
     * A cluster that goes to it.
     *
     * @param folder below which it has one of its own
     * @param more settings, {@code name=value}
     */
    public TestCluster named(Target target, Path folder, String name, String... more) throws IOException {
        return new TestCluster(target, Files.createDirectory(folder.resolve(name)), NODES, settings(more));
    }

    /**
     * Asserts that what a run has of its own comes and goes, that a second run beside it is refused, and that what is of others
     * stays.
     *
     * @param theirs this cluster, as those know it who started it
     * @param refusal of the second run, what there is already
     * @param more settings of the runs, {@code name=value}
     */
    public void assertTheRunsOwnComesAndGoes(
            Target target, TestCluster theirs, Path folder, String refusal, String... more) throws IOException {
        List<Node> nodes = theirs.cluster().nodes();
        Node first = nodes.get(0);
        Node last = nodes.get(nodes.size() - 1);
        Session session = new Session(0);
        try (Client user = theirs.connect(session, first)) {
            assertThat(theirs.write(user, 5)).isInstanceOf(Response.Ok.class);
            for (String name : List.of("named", "again")) {
                try (TestCluster named = named(target, folder, name, more);
                        Client client = named.connect(session, first)) {
                    assertThat(value(named.readAt(first))).as("of nobody yet").isEqualTo(Value.NIL);
                    assertThat(named.write(client, 7)).isInstanceOf(Response.Ok.class);
                    named.awaitConvergence();
                    assertThat(value(named.readAt(last))).isEqualTo(Value.of(7));
                    assertThat(named.await(named.cluster().version())).isPresent();
                    assertThatThrownBy(() -> named(target, folder, name + "-beside", more))
                            .hasMessageContaining(refusal)
                            .hasMessageContaining("another run");
                    named.await(named.cluster().stop());
                }
            }
            assertThat(value(theirs.readAt(first))).isEqualTo(Value.of(5));
        }
        TestCluster.assertNothingInForceBeside(folder.resolve("again"), NODES);
    }

    private static Value value(Response response) {
        assertThat(response).isInstanceOf(Response.Ok.class);
        return ((Response.Ok) response).result().orElseThrow();
    }

    /** A plan that names it. */
    public PlanBuilder plan(String target) {
        return PlanBuilder.real(target).set("launcher", "external").set("addresses", addresses);
    }

    /** Asserts that clients can be cut from a node, each way alone too, and met again, as probes see it; and that they can be slowed. */
    public static void assertClientsCutAndSlowed(TestCluster cluster, Node node, Node other) {
        Link there = new Link(Node.CLIENTS, node);
        for (Set<Link> links : List.of(Set.of(there, there.back()), Set.of(there), Set.of(there.back()))) {
            cluster.awaitDelivers(there, true);
            cluster.await(cluster.faults().cut(links));
            Observation seen = cluster.delivers(links.iterator().next());
            assertThat(seen.positive()).as(seen.evidence()).isFalse();
            assertThat(seen.evidence()).contains("as clients dial it was not answered");
            assertThat(cluster.answers(node).positive()).as("the node itself").isTrue();
            assertThat(cluster.delivers(Node.CLIENTS, other).positive())
                    .as("another one")
                    .isTrue();
            cluster.await(cluster.faults().mend(links));
        }
        cluster.awaitDelivers(there, true);
        cluster.awaitDelivers(there.back(), true);
        cluster.assertClientsSlowedAndQuickAgain(there);
    }

    /** Asserts what is refused of addresses before anything is touched, and of nodes that nobody can reach. */
    public static void assertRefusals(Target target, Path folder) throws Exception {
        assertThatThrownBy(() -> Runner.requirePossible(plan(target, "here,there,127.0.0.1:1"), target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "addresses: found here, expected host:port, as in db1:7001 or [::1]:7001, the port 1 to 65535");
        assertThatThrownBy(() -> Runner.requirePossible(plan(target, "127.0.0.1:1"), target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("addresses: found 1, expected 3, one for each node (or --nodes 1)");
        List<String> closed = closedPorts();
        String refusal = String.valueOf(catchThrowable(() -> Runner.run(
                        plan(target, String.join(",", closed)),
                        target,
                        RunListener.SILENT,
                        Files.createTempDirectory(folder, "run")))
                .getMessage());
        assertThat(refusal)
                .contains(
                        "addresses: found at " + closed.get(0) + " (n1) nobody who listens: ",
                        "expected a node that runs");
    }

    private static Plan plan(Target target, String addresses) {
        String workload = target.configurations().get(0).workloads().get(0);
        return PlanBuilder.real(target.name())
                .set("launcher", "external")
                .set("addresses", addresses)
                .workload(workload, Map.of())
                .build();
    }

    /** At which nobody listens any more. */
    private static List<String> closedPorts() throws IOException {
        try (ServerSocket one = loopback();
                ServerSocket two = loopback();
                ServerSocket three = loopback()) {
            return List.of(address(one), address(two), address(three));
        }
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static String address(ServerSocket socket) {
        return "127.0.0.1:" + socket.getLocalPort();
    }
}
