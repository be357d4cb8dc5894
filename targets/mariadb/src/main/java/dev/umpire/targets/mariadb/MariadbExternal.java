package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.external.External;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.sql.SqlAccount;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.sql.SqlQuestion;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** Masters in a circle, or the nodes of a Galera cluster, that run already, of which the run uses a database of its own alone. */
final class MariadbExternal {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int DROP_MILLIS = 10_000;

    private final Environment environment;
    private final SqlAccount account;
    private final String database;
    private final List<Node> nodes;
    private final External external;

    /** Before there is the database, and after. */
    private final SqlNodes server;

    private final MariadbNodes mariadb;

    private MariadbExternal(StartContext context, MariadbSettings settings, SqlAccount account, External external) {
        this.environment = context.environment();
        this.account = account;
        this.database = settings.database();
        this.nodes = context.nodes();
        this.external = external;
        this.server = nodes("", external.ports()::direct);
        this.mariadb = new MariadbNodes(
                environment,
                settings,
                nodes,
                nodes(database, external.ports()::direct),
                nodes(database, external.ports()::client, settings.wsrepSyncWait()),
                external.ports());
    }

    private SqlNodes nodes(String used, ToIntFunction<Node> port) {
        return nodes(used, port, OptionalInt.empty());
    }

    private SqlNodes nodes(String used, ToIntFunction<Node> port, OptionalInt syncWait) {
        return new SqlNodes(
                environment,
                (node, name) -> Connections.connect(account, used, port.applyAsInt(node), syncWait),
                node -> new LaunchException(node + " refuses the user " + account.user()
                        + ", expected --set user=, and --set password-file= where it asks for one"));
    }

    static CompletionStage<Cluster> start(StartContext context, MariadbSettings settings) {
        return context.environment()
                .blocking("launcher", () -> SqlAccount.of(context.settings(), settings.database()))
                .thenCompose(account -> External.start(
                        context,
                        new SqlQuestion(port -> Connections.connect(account, "", port)),
                        external -> new MariadbExternal(context, settings, account, external).run()));
    }

    private CompletionStage<Cluster> run() {
        CompletionStage<Void> asItIsNamed = mariadb.settings().galera()
                ? NodeAnswers.ask(nodes, node -> server.ask(node, Membership::of))
                        .thenAccept(this::requireGalera)
                : NodeAnswers.ask(nodes, node -> server.ask(node, Replication::of))
                        .thenAccept(this::requireCircle);
        return asItIsNamed
                .thenCompose(circle -> environment.blocking("launcher", this::makeDatabase))
                .thenCompose(made -> Polling.until(
                        environment, "every node to have the database of the run", READY_NANOS, this::follow))
                .thenApply(ready -> new MariadbCluster(
                        mariadb,
                        external.faults(() -> CompletableFuture.completedStage(Optional.empty())),
                        external::giveBack));
    }

    private void requireCircle(NodeAnswers<Replication> said) {
        if (!said.all(Replication::runs)) {
            throw new CompletionException(new LaunchException("addresses: found " + said.describe(Replication::describe)
                    + ", expected masters each of which is the replica of another (SHOW SLAVE STATUS)"));
        }
    }

    private void requireGalera(NodeAnswers<Membership> said) {
        if (!said.all(one -> one.readyAmong(nodes.size()))) {
            throw new CompletionException(new LaunchException("addresses: found " + said.describe(Membership::describe)
                    + ", expected all nodes of one Galera cluster, each ready (SHOW STATUS LIKE 'wsrep%')"));
        }
    }

    private CompletionStage<Polling.Seen> follow() {
        return mariadb.convergence().thenApply(seen -> new Polling.Seen(seen.reached(), seen.lastSeen()));
    }

    /** At one node, from where it goes round. What is there already is left alone. */
    private Optional<String> makeDatabase() throws IOException {
        for (Node node : nodes) {
            if (server.answer(node, this::isThere).orElse(false)) {
                throw new LaunchException(
                        "database: found one of the name " + database + " at " + node
                                + ", expected none: of another run, or what a killed one left; drop it, or --set database=other");
            }
        }
        // fails where another run was faster, whose database is not to be dropped
        server.tell(nodes.get(0), "CREATE DATABASE " + database);
        external.hold(this::dropDatabase);
        List<String> statements = new ArrayList<>(List.of("USE " + database));
        statements.addAll(MariadbDialect.SCHEMA);
        nodes.forEach(node -> statements.add("INSERT INTO marks VALUES ('" + node + "', 0)"));
        server.tell(nodes.get(0), statements.toArray(String[]::new));
        return Optional.empty();
    }

    private boolean isThere(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM information_schema.schemata WHERE schema_name = '" + database + "'")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    /** At the node where it was made, from where that goes round. A database with somebody else's tables stays. */
    private void dropDatabase() throws IOException {
        try (Connection connection = server.dialer().connect(nodes.get(0), SqlNodes.USER);
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, DROP_MILLIS);
            for (String table : List.of("kv", "accounts", "ids", "marks")) {
                statement.execute("DROP TABLE IF EXISTS " + database + "." + table);
            }
            if (isEmpty(statement)) {
                statement.execute("DROP DATABASE IF EXISTS " + database);
            }
        } catch (SQLException e) {
            throw new LaunchException("the database " + database + " of this run is still there: " + e.getMessage(), e);
        }
    }

    private boolean isEmpty(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = '" + database + "'")) {
            row.next();
            return row.getInt(1) == 0;
        }
    }
}
