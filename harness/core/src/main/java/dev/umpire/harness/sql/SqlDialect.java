package dev.umpire.harness.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * How one store says what all of them can do with a table {@code kv} of {@code k}, the key; {@code kind}, {@code r} of a
 * register or counter, {@code l} of a list, {@code s} of a set; {@code v}, the value as text; and {@code elements}; and with a
 * table {@code accounts} of {@code bank}, {@code account} and {@code balance}. Parameters are texts.
 */
public interface SqlDialect {

    /** Gives a key a value, whether it has one or not: key, value. */
    String upsert();

    /** Appends to the list of a key: key, element. */
    String append();

    /** Adds to the set of a key: key, element. */
    String add();

    /** Removes from the set of a key: element, key. */
    String remove();

    /** Adds to the counter of a key: key, number. */
    String increment();

    /** Gives a key a value, where it has none; changes no row, or breaks a constraint, where it has one: key, value. */
    String insert();

    /** Adds to the balance of an account, which is opened where it is not: bank, account, number. */
    String deposit();

    /** Asks for a number that nobody else is given. */
    String generate();

    /** Begins a transaction that only reads, and all of it at one point. */
    String beginSnapshot();

    /** How a node tells as of which place in its log it has answered a read; empty, as by default: it does not. */
    default Optional<SqlPlaces> places() {
        return Optional.empty();
    }

    /** The elements in a column of a row that has them. */
    List<String> elements(ResultSet row, int column) throws SQLException;
}
