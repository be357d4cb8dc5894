package dev.umpire.targets.postgres;

import dev.umpire.harness.sql.SqlDialect;
import dev.umpire.harness.sql.SqlPlaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL's own words: elements are an array, a snapshot is a transaction at REPEATABLE READ.
 *
 * @param told how a node tells as of which place it has answered a read; empty: it is not asked
 */
record PostgresDialect(Optional<SqlPlaces> told) implements SqlDialect {

    static final String[] SCHEMA = {
        "CREATE TABLE kv (k text PRIMARY KEY, kind text NOT NULL, v text, elements text[])",
        "CREATE TABLE accounts (bank text, account text, balance bigint NOT NULL, PRIMARY KEY (bank, account))",
        "CREATE SEQUENCE ids"
    };

    @Override
    public String upsert() {
        return "INSERT INTO kv (k, kind, v) VALUES (?, 'r', ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v";
    }

    @Override
    public String append() {
        return "INSERT INTO kv (k, kind, elements) VALUES (?, 'l', ARRAY[?])"
                + " ON CONFLICT (k) DO UPDATE SET elements = kv.elements || excluded.elements";
    }

    @Override
    public String add() {
        return "INSERT INTO kv (k, kind, elements) VALUES (?, 's', ARRAY[?])"
                + " ON CONFLICT (k) DO UPDATE SET elements = array_remove(kv.elements, excluded.elements[1])"
                + " || excluded.elements";
    }

    @Override
    public String remove() {
        return "UPDATE kv SET elements = array_remove(elements, ?) WHERE k = ?";
    }

    @Override
    public String increment() {
        return "INSERT INTO kv (k, kind, v) VALUES (?, 'r', ?)"
                + " ON CONFLICT (k) DO UPDATE SET v = (kv.v::bigint + excluded.v::bigint)::text";
    }

    @Override
    public String insert() {
        return "INSERT INTO kv (k, kind, v) VALUES (?, 'r', ?) ON CONFLICT (k) DO NOTHING";
    }

    @Override
    public String deposit() {
        return "INSERT INTO accounts (bank, account, balance) VALUES (?, ?, ?::bigint)"
                + " ON CONFLICT (bank, account) DO UPDATE SET balance = accounts.balance + excluded.balance";
    }

    @Override
    public String generate() {
        return "SELECT nextval('ids')";
    }

    @Override
    public String beginSnapshot() {
        return "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    }

    /** Where there are two logs, nothing is left to be asked. */
    @Override
    public Optional<SqlPlaces> places() {
        return told.filter(places -> places.ofOneLog().getAsBoolean());
    }

    @Override
    public List<String> elements(ResultSet row, int column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }
}
