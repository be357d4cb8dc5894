package dev.umpire.targets.mariadb;

import dev.umpire.harness.sql.SqlProbes;
import dev.umpire.harness.target.Link;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** In a circle the log is carried from each node to the next in the circle; the row that a node alone changes is no key. */
final class MariadbProbes extends SqlProbes {

    private final Layout layout;

    MariadbProbes(Layout layout) {
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

    /** {@inheritDoc} A node of Galera does not where it is no member that is ready. */
    @Override
    protected boolean renamesAlways() {
        return !layout.settings().galera();
    }

    @Override
    protected String listed() {
        return "SELECT count(*) FROM information_schema.processlist WHERE user = ?";
    }

    @Override
    protected String pause() {
        // of Galera's statements without a table those alone are taken that select, where there is no quorum
        return "SELECT SLEEP(0.002)";
    }

    @Override
    protected String timeMicros() {
        return "SELECT CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS SIGNED)";
    }

    @Override
    protected Optional<Arrival> written(Link link, Connection ears) {
        if (layout.settings().galera() || !layout.master(link.to()).equals(link.from())) {
            return Optional.empty();
        }
        return layout.sql()
                .answer(
                        link.from(),
                        connection -> Replication.mark(connection, link.from().name()))
                .map(place -> connection -> received(connection, place));
    }

    private static boolean received(Connection ears, Position place) throws SQLException {
        return Replication.of(ears).received().includes(place);
    }
}
