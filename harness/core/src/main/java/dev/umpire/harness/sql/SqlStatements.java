package dev.umpire.harness.sql;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.StoredText;
import dev.umpire.histories.value.Value;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What requests are in SQL: one table of keys and values, each change one statement and one transaction, a snapshot one
 * transaction that reads key after key. A bank has no row there but one for each account in a table of its own: a transfer is a
 * transaction that changes two of them, and to read the bank is one statement.
 *
 * <p>One for all sessions of a cluster, since which keys are banks is known by their transfers. Thread-safe.
 */
public final class SqlStatements {

    /** What can be asked. */
    public static final Set<String> FUNCTIONS = Set.of(
            Request.READ,
            Request.WRITE,
            Request.SNAPSHOT,
            Request.CAS,
            Request.APPEND,
            Request.ADD,
            Request.REMOVE,
            Request.INCREMENT,
            Request.TRANSFER,
            Request.CLAIM,
            Request.GENERATE);

    private static final String LIST = "l";
    private static final String SET = "s";

    private static final String SELECT = "SELECT kind, v, elements FROM kv WHERE k = ?";
    private static final String BALANCES = "SELECT account, balance FROM accounts WHERE bank = ?";
    private static final String SWAP = "UPDATE kv SET v = ? WHERE k = ? AND v = ?";
    private static final Response NO_ROW = Response.ok(Value.NIL);

    private final SqlDialect dialect;

    /** The keys of which a transfer was asked; before that, a bank has no account. */
    private final Set<String> banks = ConcurrentHashMap.newKeySet();

    /** The requests as this dialect says them. */
    public SqlStatements(SqlDialect dialect) {
        this.dialect = dialect;
    }

    /** Does what is asked. */
    public Response execute(Connection connection, Request request) throws SQLException {
        return switch (request.function()) {
            case Request.READ -> read(connection, text(request.requireKey()));
            case Request.SNAPSHOT -> snapshot(connection, request);
            case Request.WRITE ->
                changed(connection, dialect.upsert(), text(request.requireKey()), text(request.argument()));
            case Request.APPEND ->
                changed(connection, dialect.append(), text(request.requireKey()), text(request.argument()));
            case Request.ADD ->
                changed(connection, dialect.add(), text(request.requireKey()), text(request.argument()));
            case Request.REMOVE ->
                done(changed(connection, dialect.remove(), text(request.argument()), text(request.requireKey())));
            case Request.INCREMENT ->
                changed(connection, dialect.increment(), text(request.requireKey()), text(request.argument()));
            case Request.CAS -> swapped(connection, request);
            case Request.TRANSFER -> transferred(connection, request);
            case Request.CLAIM ->
                found(changed(connection, dialect.insert(), text(request.requireKey()), "true"), "the name is taken");
            case Request.GENERATE -> generated(connection);
            default -> new Response.Fail("function: found " + request.function() + ", expected one of " + FUNCTIONS);
        };
    }

    private Response read(Connection connection, String key) throws SQLException {
        Optional<SqlPlaces> places = dialect.places();
        if (places.isPresent()) {
            return placed(connection, places.get(), key);
        }
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            return Response.ok(read(connection, select, key));
        }
    }

    /** In one request, so that little happens at the node between the statements. */
    private Response placed(Connection connection, SqlPlaces places, String key) throws SQLException {
        boolean bank = banks.contains(key);
        String select = bank ? BALANCES : SELECT;
        try (PreparedStatement all =
                connection.prepareStatement(places.before() + "; " + select + "; " + places.after())) {
            all.setString(1, key);
            all.execute();
            OptionalLong before = number(all.getResultSet());
            all.getMoreResults();
            Value seen = bank ? balances(all.getResultSet()) : value(all.getResultSet());
            all.getMoreResults();
            OptionalLong after = number(all.getResultSet());
            if (!bank && seen.equals(Value.NIL) && banks.contains(key)) {
                return Response.ok(balances(connection, key));
            }
            return at(places, before, after, Response.ok(seen));
        }
    }

    private static Response at(SqlPlaces places, OptionalLong before, OptionalLong after, Response.Ok response) {
        boolean known =
                before.isPresent() && before.equals(after) && places.ofOneLog().getAsBoolean();
        return known ? response.asOf(before.getAsLong()) : response;
    }

    /** Whether a key without a row is a bank is asked after the statement: what it may have missed is no bank before that. */
    private Value read(Connection connection, PreparedStatement select, String key) throws SQLException {
        if (!banks.contains(key)) {
            select.setString(1, key);
            try (ResultSet row = select.executeQuery()) {
                Value seen = value(row);
                if (!seen.equals(Value.NIL) || !banks.contains(key)) {
                    return seen;
                }
            }
        }
        return balances(connection, key);
    }

    private static Value balances(Connection connection, String bank) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BALANCES)) {
            statement.setString(1, bank);
            try (ResultSet rows = statement.executeQuery()) {
                return balances(rows);
            }
        }
    }

    /** Nil where there is no account. */
    private static Value balances(ResultSet rows) throws SQLException {
        Map<Value, Value> accounts = new LinkedHashMap<>();
        while (rows.next()) {
            accounts.put(StoredText.value(rows.getString(1)), Value.of(rows.getLong(2)));
        }
        return accounts.isEmpty() ? Value.NIL : new Value.MapOf(accounts);
    }

    private static OptionalLong number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return number(row);
        }
    }

    private static OptionalLong number(ResultSet row) throws SQLException {
        row.next();
        long number = row.getLong(1);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** Nil where there is no row. */
    private Value value(ResultSet row) throws SQLException {
        if (!row.next()) {
            return Value.NIL;
        }
        String kind = row.getString(1);
        if (!kind.equals(LIST) && !kind.equals(SET)) {
            return StoredText.value(row.getString(2));
        }
        List<Value> elements = new ArrayList<>();
        for (String element : dialect.elements(row, 3)) {
            elements.add(StoredText.value(element));
        }
        return kind.equals(LIST) ? Value.of(elements) : new Value.SetOf(new LinkedHashSet<>(elements));
    }

    private Response snapshot(Connection connection, Request request) throws SQLException {
        if (!(request.argument() instanceof Value.Sequence keys)) {
            throw new IllegalArgumentException(
                    "argument: found " + request.argument() + ", expected a sequence of keys");
        }
        Map<Value, Value> seen = new LinkedHashMap<>();
        Optional<SqlPlaces> places = dialect.places();
        OptionalLong before = OptionalLong.empty();
        OptionalLong after = OptionalLong.empty();
        if (places.isPresent()) {
            before = number(connection, places.get().before());
        }
        try (Statement transaction = connection.createStatement();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            transaction.execute(dialect.beginSnapshot());
            try {
                if (before.isPresent()) {
                    // the first statement, so that all of the transaction sees what could be read then
                    after = number(connection, places.orElseThrow().after());
                }
                for (Value key : keys.elements()) {
                    seen.put(key, read(connection, select, text(key)));
                }
            } catch (SQLException error) {
                Optional<Response> open = leftOpen(transaction, reason(error));
                if (open.isPresent()) {
                    return open.get();
                }
                throw error;
            }
            Optional<Response> open = leftOpen(transaction, "all was read");
            if (open.isPresent()) {
                return open.get();
            }
        }
        Response.Ok response = Response.ok(new Value.MapOf(seen));
        return places.isPresent() ? at(places.get(), before, after, response) : response;
    }

    private Response swapped(Connection connection, Request request) throws SQLException {
        List<Value> swap = ((Value.Sequence) request.argument()).elements();
        String key = text(request.requireKey());
        Response response = swap.get(0).equals(Value.NIL)
                ? changed(connection, dialect.insert(), key, text(swap.get(1)))
                : changed(connection, SWAP, text(swap.get(1)), key, text(swap.get(0)));
        return found(response, "the value is not " + swap.get(0));
    }

    /**
     * Before it is told to commit, a transaction has certainly not: whatever ends it then, it failed. What an error of the commit
     * itself means, its class says.
     */
    private Response transferred(Connection connection, Request request) throws SQLException {
        Transfer transfer = Transfer.of(request);
        banks.add(transfer.bank());
        try (Statement transaction = connection.createStatement()) {
            transaction.execute("BEGIN");
            try {
                // always in this order, so that no two transfers wait for each other
                for (Map.Entry<String, Long> change : transfer.changes().entrySet()) {
                    changed(connection, dialect.deposit(), transfer.bank(), change.getKey(), "" + change.getValue());
                }
            } catch (SQLException error) {
                return rolledBack(transaction, error);
            }
            try {
                transaction.execute("COMMIT");
            } catch (SQLException error) {
                // of a commit that was refused and is open still
                Optional<Response> open = leftOpen(transaction, reason(error));
                if (open.isPresent()) {
                    return open.get();
                }
                throw error;
            }
            return unlessWarned(transaction, Response.done());
        }
    }

    private static Response rolledBack(Statement transaction, SQLException error) {
        return leftOpen(transaction, reason(error)).orElseGet(() -> new Response.Fail(reason(error)));
    }

    /**
     * Ends a transaction that is not to be committed.
     *
     * @param before what came of it so far, for people
     * @return empty: it is over; else that it may be open still. Nothing may be asked on its connection then, which this answer gives
     *     up: reads would see what was there when it began, and the next transaction would commit its changes
     */
    private static Optional<Response> leftOpen(Statement transaction, String before) {
        try {
            transaction.execute("ROLLBACK");
            return Optional.empty();
        } catch (SQLException stillOpen) {
            return Optional.of(new Response.Info(before + ", and then " + reason(stillOpen)));
        }
    }

    private static String reason(SQLException error) {
        return error.getMessage() + " (" + error.getSQLState() + ")";
    }

    private Response generated(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(dialect.generate())) {
            row.next();
            return unlessWarned(statement, Response.ok(Value.of(row.getLong(1))));
        }
    }

    /** Runs a statement that changes one row; its result says whether there was one. */
    private static Response changed(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            int rows = statement.executeUpdate();
            return unlessWarned(statement, rows == 0 ? NO_ROW : Response.done());
        }
    }

    /** Without a row there was nothing to change, which is well. */
    private static Response done(Response response) {
        return response.equals(NO_ROW) ? Response.done() : response;
    }

    private static Response found(Response response, String otherwise) {
        return response.equals(NO_ROW) ? new Response.Fail(otherwise) : response;
    }

    /** A commit that ends with a warning may stand at the primary alone, and is acknowledged all the same. */
    private static Response unlessWarned(Statement statement, Response response) throws SQLException {
        SQLWarning warning = statement.getWarnings();
        return warning == null ? response : new Response.Info(String.valueOf(warning.getMessage()));
    }

    /** As it stands in a table. */
    static String text(Value value) {
        return value instanceof Value.Text text ? text.value() : value.toString();
    }
}
