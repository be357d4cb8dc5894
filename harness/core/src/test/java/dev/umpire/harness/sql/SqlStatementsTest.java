package dev.umpire.harness.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked of the server for each request, and what its answers to the statements mean. */
class SqlStatementsTest {

    private static final Value X = Value.of("x");
    private static final String REGISTER = "SELECT kind, v, elements FROM kv WHERE k = ?";
    private static final String ACCOUNTS = "SELECT account, balance FROM accounts WHERE bank = ?";
    private static final Request TRANSFER = Request.of(
            Request.TRANSFER,
            Value.of("b1"),
            new Value.MapOf(Map.of(
                    Value.of(Request.FROM), Value.of(4),
                    Value.of(Request.TO), Value.of(2),
                    Value.of(Request.AMOUNT), Value.of(3))));

    private final SQLException conflict = new SQLException("could not serialize", "40001");
    private final SQLException lost = new SQLException("connection reset", "08006");
    private final SQLException notReady = new SQLException("not yet prepared", "08S01");
    private final List<String> told = new ArrayList<>();
    private final Map<String, SQLException> errors = new HashMap<>();
    private final Map<String, SQLWarning> warnings = new HashMap<>();
    /** What queries find; nothing, where none is named, and null for a column that a row lacks. */
    private final Map<String, List<List<Object>>> rows = new HashMap<>();

    private final Map<String, Deed> meanwhile = new HashMap<>();
    private SqlStatements statements = new SqlStatements(new Words(Optional.empty()));

    @Test
    void bothAccountsAreChangedInOneTransactionAlwaysInTheSameOrder() throws SQLException {
        assertThat(transferred()).isEqualTo(Response.done());
        assertThat(told).containsExactly("BEGIN", "deposit [b1, 2, 3]", "deposit [b1, 4, -3]", "COMMIT");
    }

    @Test
    void aTransferThatIsEndedBeforeItsCommitHasFailed() throws SQLException {
        errors.put("deposit", conflict);

        assertThat(transferred()).isEqualTo(new Response.Fail("could not serialize (40001)"));
        assertThat(told).containsExactly("BEGIN", "deposit [b1, 2, 3]", "ROLLBACK");
    }

    @Test
    void aConnectionOnWhichATransactionMayBeOpenIsGivenUp() throws SQLException {
        errors.put("deposit", lost);
        errors.put("ROLLBACK", lost);

        assertThat(transferred()).isInstanceOf(Response.Info.class);
    }

    @Test
    void whatAnErrorOfTheCommitMeansIsLeftToItsClass() {
        errors.put("COMMIT", lost);

        assertThatThrownBy(this::transferred).isSameAs(lost);
        assertThat(told).endsWith("COMMIT", "ROLLBACK");
    }

    /** A node of Galera that loses its quorum meanwhile refuses both, keeps the transaction, and would commit it with the next BEGIN. */
    @Test
    void aConnectionOnWhichARefusedCommitMayBeOpenIsGivenUp() throws SQLException {
        errors.put("COMMIT", notReady);
        errors.put("ROLLBACK", notReady);

        assertThat(transferred())
                .isEqualTo(new Response.Info("not yet prepared (08S01), and then not yet prepared (08S01)"));
    }

    /** What is asked there next would be told what was there when the snapshot began. */
    @Test
    void aConnectionOnWhichASnapshotMayBeOpenIsGivenUp() throws SQLException {
        Request snapshot = Request.snapshot(List.of(X));
        errors.put("ROLLBACK", notReady);

        assertThat(executed(snapshot)).isEqualTo(new Response.Info("all was read, and then not yet prepared (08S01)"));

        errors.put(REGISTER, notReady);
        assertThat(executed(snapshot))
                .isEqualTo(new Response.Info("not yet prepared (08S01), and then not yet prepared (08S01)"));
    }

    @Test
    void whatEndsASnapshotThatIsOverIsLeftToItsClass() {
        errors.put(REGISTER, conflict);

        assertThatThrownBy(() -> executed(Request.snapshot(List.of(X)))).isSameAs(conflict);
        assertThat(told).containsExactly("begin", REGISTER + " [x]", "ROLLBACK");
    }

    @Test
    void aCommitThatEndsWithAWarningMayStandAtOneNodeAlone() throws SQLException {
        warnings.put("COMMIT", new SQLWarning("may not have been replicated"));

        assertThat(transferred()).isEqualTo(new Response.Info("may not have been replicated"));
    }

    @Test
    void aTransferWithoutAnAmountIsRefused() {
        Request none = Request.of(Request.TRANSFER, Value.of("b1"), Value.NIL);

        assertThatThrownBy(() -> executed(none))
                .hasMessageContaining("argument: found nil, expected {from account, to account, amount number}");
    }

    @Test
    void aRegisterThatNobodyHasWrittenIsAskedForOnce() throws SQLException {
        assertThat(executed(Request.read(X))).isEqualTo(Response.ok(Value.NIL));

        assertThat(told).containsExactly(REGISTER + " [x]");
    }

    @Test
    void aKeyIsABankForAllSessionsOnceATransferOfItWasAsked() throws SQLException {
        errors.put("deposit", conflict);
        executed(TRANSFER);
        told.clear();
        rows.put(ACCOUNTS, List.of(List.of("4", 2L)));

        assertThat(executed(Request.read(Value.of("b1"))))
                .isEqualTo(Response.ok(new Value.MapOf(Map.of(Value.of(4), Value.of(2)))));
        assertThat(executed(Request.snapshot(List.of(X, Value.of("b1")))))
                .isEqualTo(Response.ok(new Value.MapOf(
                        Map.of(X, Value.NIL, Value.of("b1"), new Value.MapOf(Map.of(Value.of(4), Value.of(2)))))));
        assertThat(told)
                .containsExactly(ACCOUNTS + " [b1]", "begin", REGISTER + " [x]", ACCOUNTS + " [b1]", "ROLLBACK");
    }

    @Test
    void aBankOfWhichATransferIsAskedDuringAReadIsReadAfterIt() throws SQLException {
        rows.put(ACCOUNTS, List.of(List.of("4", 2L)));
        meanwhile.put(REGISTER, () -> executed(TRANSFER));

        assertThat(executed(Request.read(Value.of("b1"))))
                .isEqualTo(Response.ok(new Value.MapOf(Map.of(Value.of(4), Value.of(2)))));
    }

    @Test
    void aReadBetweenTwoPlacesThatAreOneWasAnsweredAsOfIt() throws SQLException {
        statements = withPlaces(true);
        rows.put(REGISTER, List.of(List.of("r", "7")));
        rows.put("replayed", List.of(List.of(40L)));
        rows.put("received", List.of(List.of(40L)));

        assertThat(executed(Request.read(X))).isEqualTo(Response.ok(Value.of(7)).asOf(40));
        assertThat(told).containsExactly("replayed; " + REGISTER + "; received [x]");
        told.clear();
        assertThat(executed(Request.snapshot(List.of(X))))
                .isEqualTo(Response.ok(new Value.MapOf(Map.of(X, Value.of(7)))).asOf(40));
        assertThat(told).containsExactly("replayed", "begin", "received", REGISTER + " [x]", "ROLLBACK");
    }

    @Test
    void aReadOfWhichThePlaceIsNotProvenTellsNone() throws SQLException {
        Response.Ok without = Response.ok(Value.NIL);
        statements = withPlaces(true);
        rows.put("replayed", List.of(List.of(40L)));

        rows.put("received", List.of(List.of(41L)));
        assertThat(executed(Request.read(X))).as("one was received meanwhile").isEqualTo(without);
        rows.put("received", List.of(List.of()));
        assertThat(executed(Request.read(X))).as("nothing is received").isEqualTo(without);
        rows.put("replayed", List.of(List.of()));
        assertThat(executed(Request.read(X))).as("at the leader").isEqualTo(without);

        statements = withPlaces(false);
        rows.put("replayed", List.of(List.of(40L)));
        rows.put("received", List.of(List.of(40L)));
        assertThat(executed(Request.read(X))).as("there are two logs now").isEqualTo(without);
    }

    private Response executed(Request request) throws SQLException {
        return statements.execute(connection(), request);
    }

    private Response transferred() throws SQLException {
        return executed(TRANSFER);
    }

    private static SqlStatements withPlaces(boolean ofOneLog) {
        return new SqlStatements(new Words(Optional.of(new SqlPlaces("replayed", "received", () -> ofOneLog))));
    }

    private void tell(String statement, String parameters) throws SQLException {
        told.add(statement + parameters);
        Deed deed = meanwhile.get(statement);
        if (deed != null) {
            deed.happens();
        }
        SQLException error = errors.get(statement);
        if (error != null) {
            throw error;
        }
    }

    private Connection connection() {
        return pretend(Connection.class, (method, arguments) -> switch (method) {
            case "createStatement" -> statement();
            case "prepareStatement" -> prepared((String) arguments[0]);
            default -> throw new AssertionError(method);
        });
    }

    private Statement statement() {
        List<String> last = new ArrayList<>();
        return pretend(Statement.class, (method, arguments) -> switch (method) {
            case "execute" -> {
                last.add((String) arguments[0]);
                tell((String) arguments[0], "");
                yield false;
            }
            case "executeQuery" -> {
                tell((String) arguments[0], "");
                yield found((String) arguments[0]);
            }
            case "getWarnings" -> warnings.get(last.get(last.size() - 1));
            case "close" -> null;
            default -> throw new AssertionError(method);
        });
    }

    private PreparedStatement prepared(String sql) {
        List<String> parameters = new ArrayList<>();
        List<String> results = new ArrayList<>(List.of(sql.split("; ")));
        return pretend(PreparedStatement.class, (method, arguments) -> switch (method) {
            case "setString" -> parameters.add((String) arguments[1]);
            case "executeUpdate" -> {
                tell(sql, " " + parameters);
                yield 1;
            }
            case "executeQuery" -> {
                tell(sql, " " + parameters);
                yield found(sql);
            }
            case "execute" -> {
                tell(sql, " " + parameters);
                yield true;
            }
            case "getResultSet" -> found(results.get(0));
            case "getMoreResults" -> {
                results.remove(0);
                yield true;
            }
            case "getWarnings", "close" -> null;
            default -> throw new AssertionError(method);
        });
    }

    private ResultSet found(String query) {
        List<List<Object>> found = rows.getOrDefault(query, List.of());
        List<List<Object>> passed = new ArrayList<>();
        List<Object> missing = new ArrayList<>();
        return pretend(ResultSet.class, (method, arguments) -> switch (method) {
            case "next" -> passed.size() < found.size() && passed.add(found.get(passed.size()));
            case "getString", "getLong" -> {
                List<Object> row = passed.get(passed.size() - 1);
                int column = (int) arguments[0];
                if (column > row.size()) {
                    missing.add(column);
                    yield 0L;
                }
                yield row.get(column - 1);
            }
            case "wasNull" -> !missing.isEmpty();
            case "close" -> null;
            default -> throw new AssertionError(method);
        });
    }

    private interface Deed {
        void happens() throws SQLException;
    }

    private interface Answer {
        @Nullable
        Object to(String method, Object[] arguments) throws SQLException;
    }

    private static <T> T pretend(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    private record Words(Optional<SqlPlaces> places) implements SqlDialect {
        @Override
        public String upsert() {
            return "upsert";
        }

        @Override
        public String append() {
            return "append";
        }

        @Override
        public String add() {
            return "add";
        }

        @Override
        public String remove() {
            return "remove";
        }

        @Override
        public String increment() {
            return "increment";
        }

        @Override
        public String insert() {
            return "insert";
        }

        @Override
        public String deposit() {
            return "deposit";
        }

        @Override
        public String generate() {
            return "generate";
        }

        @Override
        public String beginSnapshot() {
            return "begin";
        }

        @Override
        public List<String> elements(ResultSet row, int column) {
            return List.of();
        }
    }
}
