package dev.umpire.targets.postgres;

import dev.umpire.harness.sql.SqlProbes;
import dev.umpire.harness.target.Link;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The log is carried from a primary to a standby that follows it; a message in it touches no key. */
final class PostgresProbes extends SqlProbes {

    private static final String RECEIVED =
            "SELECT coalesce(greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0'::pg_lsn >= ?, false)";

    private final Layout layout;

    PostgresProbes(Layout layout) {
        super(layout.sql(), layout.links());
        this.layout = layout;
    }

    @Override
    protected byte[] firstMessage(String name) {
        return NamingMessages.first(name);
    }

    @Override
    protected byte[] renaming(String name) {
        return NamingMessages.renaming(name);
    }

    @Override
    protected String listed() {
        return "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?";
    }

    @Override
    protected String pause() {
        return "SELECT pg_sleep(0.002)";
    }

    @Override
    protected String timeMicros() {
        return "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
    }

    @Override
    protected Optional<Arrival> written(Link link, Connection ears) throws SQLException {
        boolean carriesLog = layout.answer(
                                link.from(),
                                connection -> Replication.of(connection).leads())
                        .orElse(false)
                && follows(ears, layout.links().dial(link.to(), link.from()));
        if (!carriesLog) {
            return Optional.empty();
        }
        return layout.answer(link.from(), Replication::writeMessage)
                .map(place -> connection -> received(connection, place));
    }

    private static boolean received(Connection ears, long place) throws SQLException {
        try (PreparedStatement question = ears.prepareStatement(RECEIVED)) {
            question.setLong(1, place);
            try (ResultSet row = question.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static boolean follows(Connection ears, int dial) throws SQLException {
        try (Statement statement = ears.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_is_in_recovery() AND current_setting('primary_conninfo') LIKE '% port=" + dial
                                + " %'")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
