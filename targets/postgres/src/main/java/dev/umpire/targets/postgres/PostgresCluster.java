package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.ReadRouting;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** PostgreSQL servers that run, and who of them leads. */
final class PostgresCluster implements Cluster {

    private static final Duration TO_END = Duration.ofSeconds(5);

    private final Layout layout;
    private final Leadership leadership;
    private final ReadRouting routing;
    private final PostgresFaults faults;
    private final Set<Node> deposed = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Token> tokens = new ConcurrentHashMap<>();

    PostgresCluster(Layout layout, Node leader) {
        this.layout = layout;
        this.leadership = new Leadership(leader);
        this.routing = new ReadRouting(
                layout.settings().reads(),
                layout.nodes(),
                leadership,
                layout.environment().random());
        this.faults = new PostgresFaults(layout, leadership, deposed);
    }

    @Override
    public List<Node> nodes() {
        return layout.nodes();
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return Standing.ask(layout).thenApply(Standing::leader);
    }

    @Override
    public Client connect(Session session, Node home) {
        return new PostgresClient(
                layout,
                request -> route(request, session, home),
                session.number(),
                tokens.computeIfAbsent(session.number(), number -> new Token()));
    }

    /** A session at home at an old primary that was not ended has not heard of the new one. */
    private Node route(Request request, Session session, Node home) {
        Node node = routing.route(request, session.number(), home);
        return request.at().isEmpty() && node.equals(leadership.now()) && deposed.contains(home) ? home : node;
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return Standing.converged(layout);
    }

    @Override
    public CompletionStage<Void> stop() {
        faults.end();
        return layout.environment().<Void>blocking("launcher", () -> {
            stopBlocking();
            return null;
        });
    }

    private void stopBlocking() throws IOException {
        List<String> troubles = new ArrayList<>();
        for (Node node : layout.nodes()) {
            PostgresNode started = layout.at(node);
            try {
                // an immediate shutdown, which gives the server's shared memory back
                started.process().end("QUIT", TO_END);
                layout.launcher().deleteFolder(started.data());
                layout.launcher().deleteFolder(started.settings());
            } catch (IOException e) {
                troubles.add(String.valueOf(e.getMessage()));
            }
        }
        layout.links().close();
        if (!troubles.isEmpty()) {
            throw new IOException("could not stop everything: " + String.join("; ", troubles));
        }
    }
}
