package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.ReadRouting;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** PostgreSQL servers that run, and who of them leads. */
final class PostgresCluster implements Cluster {

    private final Layout layout;
    private final Holdings holdings;
    private final Leadership leadership;
    private final ReadRouting routing;
    private final PostgresFaults faults;
    private final Set<Node> deposed = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Token> tokens = new ConcurrentHashMap<>();

    PostgresCluster(Layout layout, Holdings holdings, Node leader) {
        this.layout = layout;
        this.holdings = holdings;
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
    public CompletionStage<Optional<String>> version() {
        return layout.ask(
                leadership.now(), connection -> connection.getMetaData().getDatabaseProductVersion());
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
    public CompletionStage<Map<Node, Long>> progress() {
        return Standing.progress(layout);
    }

    @Override
    public CompletionStage<Void> stop() {
        faults.end();
        return holdings.giveBack(layout.environment());
    }
}
