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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a transfer ends, by what the server says to each of its statements. */
class SqlStatementsTest {

    private static final Request TRANSFER = Request.of(
            Request.TRANSFER,
            Value.of("b1"),
            new Value.MapOf(Map.of(
                    Value.of(Request.FROM), Value.of(4),
                    Value.of(Request.TO), Value.of(2),
                    Value.of(Request.AMOUNT), Value.of(3))));

    private final SQLException conflict = new SQLException("could not serialize", "40001");
    private final SQLException lost = new SQLException("connection reset", "08006");
    private final List<String> told = new ArrayList<>();
    private final Map<String, SQLException> errors = new HashMap<>();
    private final Map<String, SQLWarning> warnings = new HashMap<>();

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

    @Test
    void aCommitThatEndsWithAWarningMayStandAtOneNodeAlone() throws SQLException {
        warnings.put("COMMIT", new SQLWarning("may not have been replicated"));

        assertThat(transferred()).isEqualTo(new Response.Info("may not have been replicated"));
    }

    @Test
    void aTransferWithoutAnAmountIsRefused() {
        Request none = Request.of(Request.TRANSFER, Value.of("b1"), Value.NIL);

        assertThatThrownBy(() -> new SqlStatements(new Words()).execute(connection(), none))
                .hasMessageContaining("argument: found nil, expected {from account, to account, amount number}");
    }

    private Response transferred() throws SQLException {
        return new SqlStatements(new Words()).execute(connection(), TRANSFER);
    }

    private void tell(String statement, String parameters) throws SQLException {
        told.add(statement + parameters);
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
            case "getWarnings" -> warnings.get(last.get(last.size() - 1));
            case "close" -> null;
            default -> throw new AssertionError(method);
        });
    }

    private PreparedStatement prepared(String sql) {
        List<String> parameters = new ArrayList<>();
        return pretend(PreparedStatement.class, (method, arguments) -> switch (method) {
            case "setString" -> parameters.add((String) arguments[1]);
            case "executeUpdate" -> {
                tell(sql, " " + parameters);
                yield 1;
            }
            case "getWarnings", "close" -> null;
            default -> throw new AssertionError(method);
        });
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

    private static final class Words implements SqlDialect {
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
