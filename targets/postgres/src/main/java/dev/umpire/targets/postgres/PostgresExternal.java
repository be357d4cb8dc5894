package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.Leadership;
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
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** A primary and its standbys that run already, of which the run uses a schema of its own alone. */
final class PostgresExternal {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int DROP_MILLIS = 10_000;

    private final Environment environment;
    private final SqlAccount account;
    private final String schema;
    private final PostgresNodes postgres;
    private final External external;

    private PostgresExternal(StartContext context, PostgresSettings settings, SqlAccount account, External external) {
        this.environment = context.environment();
        this.account = account;
        this.schema = settings.schema();
        this.external = external;
        this.postgres = new PostgresNodes(
                environment,
                settings,
                context.nodes(),
                nodes(external.ports()::direct),
                nodes(external.ports()::client),
                external.ports());
    }

    private SqlNodes nodes(ToIntFunction<Node> port) {
        return new SqlNodes(
                environment,
                (node, name) -> Connections.connect(account, schema, port.applyAsInt(node), name),
                node -> new LaunchException(
                        node + " refuses the user " + account.user() + " of the database " + account.database()
                                + ", expected --set user=, and --set password-file= where it asks for one"));
    }

    static CompletionStage<Cluster> start(StartContext context, PostgresSettings settings) {
        return context.environment()
                .blocking("launcher", () -> SqlAccount.of(context.settings(), settings.database()))
                .thenCompose(account -> External.start(
                        context,
                        new SqlQuestion(port -> Connections.connect(account, settings.schema(), port, SqlNodes.USER)),
                        external -> new PostgresExternal(context, settings, account, external).run()));
    }

    private CompletionStage<Cluster> run() {
        return Standing.ask(postgres).thenApply(PostgresExternal::primary).thenCompose(primary -> {
            Leadership leadership = new Leadership(primary);
            return environment
                    .blocking("launcher", () -> makeSchema(leadership))
                    .thenCompose(made -> Polling.until(
                            environment, "the standbys to have the schema of the run", READY_NANOS, this::follow))
                    .thenApply(ready -> cluster(leadership));
        });
    }

    private static Node primary(Standing standing) {
        return standing.leader()
                .orElseThrow(() -> new CompletionException(new LaunchException(
                        "addresses: found " + standing.describe() + ", expected one primary among them")));
    }

    private CompletionStage<Polling.Seen> follow() {
        return Standing.converged(postgres).thenApply(seen -> new Polling.Seen(seen.reached(), seen.lastSeen()));
    }

    private Cluster cluster(Leadership leadership) {
        return new PostgresCluster(
                postgres,
                leadership,
                leadership::pass,
                Set.of(),
                external.faults(() -> Standing.ask(postgres).thenApply(standing -> {
                    standing.leader().ifPresent(leadership::pass);
                    return standing.leader();
                })),
                Optional.empty(), // somebody else may promote a standby, and nobody would tell
                external::giveBack);
    }

    /** All of it or nothing; what is there already is left alone. */
    private Optional<String> makeSchema(Leadership leadership) throws IOException {
        Node primary = leadership.now();
        boolean there = postgres.questions().answer(primary, this::isThere).orElse(false);
        if (there) {
            throw new LaunchException("schema: found one of the name " + schema + " in the database "
                    + account.database() + ", expected none: of another run, or what a killed one left; drop it, or"
                    + " --set schema=other");
        }
        List<String> statements = new ArrayList<>(List.of("BEGIN", "CREATE SCHEMA " + schema));
        statements.addAll(List.of(PostgresDialect.SCHEMA));
        statements.add("COMMIT");
        postgres.questions().tell(primary, statements.toArray(String[]::new));
        external.hold(() -> dropSchema(leadership.now()));
        return Optional.empty();
    }

    private boolean isThere(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*) FROM pg_namespace WHERE nspname = '" + schema + "'")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    /** What the run has made, by its names: a schema in which somebody else has put something stays. */
    private void dropSchema(Node primary) throws IOException {
        try (Connection connection = postgres.questions().dialer().connect(primary, SqlNodes.USER);
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, DROP_MILLIS);
            for (String sql : List.of(
                    "BEGIN",
                    "DROP TABLE " + schema + ".kv",
                    "DROP TABLE " + schema + ".accounts",
                    "DROP SEQUENCE " + schema + ".ids",
                    "DROP SCHEMA " + schema,
                    "COMMIT")) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new LaunchException(
                    "the schema " + schema + " of this run is still in the database " + account.database() + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
