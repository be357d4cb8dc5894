package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.cluster.ReadRouting;
import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.sql.SqlPlaces;
import dev.umpire.harness.sql.SqlStatements;
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
import java.util.function.Consumer;
import java.util.function.Supplier;

/** PostgreSQL servers that run, whoever started them, and who of them leads. */
final class PostgresCluster implements Cluster {

    private final PostgresNodes postgres;
    private final Leadership leadership;
    private final Consumer<Node> toldWhoLeads;
    private final ReadRouting routing;
    private final FaultControl faults;
    private final Set<Node> deposed;
    private final Supplier<CompletionStage<Void>> ending;
    private final SqlStatements statements;
    private final Map<Integer, Token> tokens = new ConcurrentHashMap<>();

    /**
     * A cluster.
     *
     * @param leadership what clients are told
     * @param toldWhoLeads is told whenever the nodes say who leads
     * @param deposed old primaries that live on; may change
     * @param places how standbys tell as of which place they have answered; empty: they are not asked
     * @param ending ends it
     */
    PostgresCluster(
            PostgresNodes postgres,
            Leadership leadership,
            Consumer<Node> toldWhoLeads,
            Set<Node> deposed,
            FaultControl faults,
            Optional<SqlPlaces> places,
            Supplier<CompletionStage<Void>> ending) {
        this.postgres = postgres;
        this.leadership = leadership;
        this.toldWhoLeads = toldWhoLeads;
        this.deposed = deposed;
        this.routing = new ReadRouting(
                postgres.settings().reads(),
                postgres.nodes(),
                leadership,
                postgres.environment().random());
        this.faults = faults;
        this.statements = new SqlStatements(
                new PostgresDialect(places.filter(told -> postgres.settings().reads() != Reads.LEADER)));
        this.ending = ending;
    }

    /** Where its nodes are reached. */
    NodePorts ports() {
        return postgres.ports();
    }

    @Override
    public List<Node> nodes() {
        return postgres.nodes();
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return Standing.ask(postgres).thenApply(standing -> {
            standing.leader().ifPresent(toldWhoLeads);
            return standing.leader();
        });
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return postgres.ask(
                leadership.now(), connection -> connection.getMetaData().getDatabaseProductVersion());
    }

    @Override
    public Client connect(Session session, Node home) {
        return new PostgresClient(
                postgres,
                statements,
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
        return Standing.converged(postgres);
    }

    @Override
    public CompletionStage<Map<Node, Long>> progress() {
        return Standing.progress(postgres);
    }

    @Override
    public CompletionStage<Void> stop() {
        return ending.get();
    }
}
