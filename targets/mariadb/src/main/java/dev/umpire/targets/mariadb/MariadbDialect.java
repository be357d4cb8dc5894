package dev.umpire.targets.mariadb;

import dev.umpire.harness.sql.SqlDialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * MariaDB's own words: elements are text, each with a line end behind it, so that a list or set is one row, which two masters
 * can change at once. A snapshot is a transaction at REPEATABLE READ.
 */
final class MariadbDialect implements SqlDialect {

    static final List<String> SCHEMA = List.of(
            "CREATE TABLE kv (k varchar(255) PRIMARY KEY, kind char(1) NOT NULL, v longtext, elements longtext)"
                    + " ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
            "CREATE TABLE accounts (bank varchar(255), account varchar(255), balance bigint NOT NULL,"
                    + " PRIMARY KEY (bank, account)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
            "CREATE TABLE ids (id bigint AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB",
            "CREATE TABLE marks (node varchar(20) PRIMARY KEY, n bigint NOT NULL) ENGINE=InnoDB");

    @Override
    public String upsert() {
        return "INSERT INTO kv (k, kind, v) VALUES (?, 'r', ?) ON DUPLICATE KEY UPDATE v = VALUES(v)";
    }

    @Override
    public String append() {
        return "INSERT INTO kv (k, kind, elements) VALUES (?, 'l', CONCAT(?, '\\n'))"
                + " ON DUPLICATE KEY UPDATE elements = CONCAT(elements, VALUES(elements))";
    }

    @Override
    public String add() {
        return "INSERT INTO kv (k, kind, elements) VALUES (?, 's', CONCAT(?, '\\n'))"
                + " ON DUPLICATE KEY UPDATE elements = IF("
                + "LOCATE(CONCAT('\\n', VALUES(elements)), CONCAT('\\n', elements)) > 0, elements,"
                + " CONCAT(elements, VALUES(elements)))";
    }

    @Override
    public String remove() {
        return "UPDATE kv SET elements = SUBSTRING("
                + "REPLACE(CONCAT('\\n', elements), CONCAT('\\n', ?, '\\n'), '\\n'), 2) WHERE k = ?";
    }

    @Override
    public String increment() {
        return "INSERT INTO kv (k, kind, v) VALUES (?, 'r', ?)"
                + " ON DUPLICATE KEY UPDATE v = CAST(v AS SIGNED) + CAST(VALUES(v) AS SIGNED)";
    }

    @Override
    public String insert() {
        return "INSERT INTO kv (k, kind, v) VALUES (?, 'r', ?)";
    }

    @Override
    public String deposit() {
        return "INSERT INTO accounts (bank, account, balance) VALUES (?, ?, ?)"
                + " ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance)";
    }

    /**
     * Each node has numbers of its own, by {@code auto_increment_increment} and {@code auto_increment_offset}, unless all count
     * alike.
     */
    @Override
    public String generate() {
        return "INSERT INTO ids () VALUES () RETURNING id";
    }

    @Override
    public String beginSnapshot() {
        return "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
    }

    @Override
    public List<String> elements(ResultSet row, int column) throws SQLException {
        return row.getString(column).lines().toList();
    }
}
