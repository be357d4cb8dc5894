package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a link delivers is asked at its end, on a connection straight to the node there, so that the way back plays no
 * part. What travels the link: a first message, dialled as the node at the start dials; the node at the end then lists a
 * connection of that name. And, where the link carries the log to a standby, a record of it that holds a message and touches
 * no key; the standby then says that it has received it.
 */
final class PostgresProbes extends Probes {

    private static final int DELIVERY_MILLIS = 400;
    private static final long DELIVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(DELIVERY_MILLIS);

    private static final String LISTED = "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?";

    private static final String RECEIVED =
            "SELECT coalesce(greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0'::pg_lsn >= ?, false)::int";

    private final Layout layout;
    private final Environment environment;
    private final AtomicLong asked = new AtomicLong();

    PostgresProbes(Layout layout) {
        super(layout.environment());
        this.layout = layout;
        this.environment = layout.environment();
    }

    @Override
    public CompletionStage<Observation> answers(Node node) {
        return environment.blocking("probe-" + node, () -> {
            long sent = environment.nowNanos();
            try (Connection connection = Connections.connect(layout.at(node).port(), "umpire-probe");
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
                return new Observation(true, "SELECT 1 to " + node + " was answered" + after(sent));
            } catch (SQLException e) {
                return new Observation(
                        false, "SELECT 1 to " + node + " was not answered: " + e.getMessage() + after(sent));
            }
        });
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return environment.blocking("probe-" + link, () -> ask(link));
    }

    @Override
    public CompletionStage<LinkSample> sample(Link link) {
        return environment.blocking("probe-" + link, () -> {
            String name = "umpire-probe-" + asked.incrementAndGet() + "-";
            try (Connection ears = Connections.connect(layout.at(link.to()).port(), "umpire-ears");
                    PreparedStatement question = ears.prepareStatement(LISTED);
                    NamedConnection mouth =
                            new NamedConnection(layout.links().dial(link.from(), link.to()), DELIVERY_MILLIS)) {
                return sampled(number -> {
                    if (number == 0) {
                        mouth.send(name + number);
                    } else {
                        mouth.rename(name + number);
                    }
                    question.setString(1, name + number);
                    return arrives(question, environment.nowNanos());
                });
            }
        });
    }

    private Observation ask(Link link) {
        long began = environment.nowNanos();
        Connection ears;
        try {
            ears = Connections.connect(layout.at(link.to()).port(), "umpire-ears");
        } catch (SQLException e) {
            return silent(link, ": " + e.getMessage(), began);
        }
        try (ears) {
            return together(link, dialled(link, ears), streamed(link, ears));
        } catch (SQLException e) {
            return silent(link, ": " + e.getMessage(), began);
        }
    }

    /** What is sent on a new connection, dialled as the node at the start of the link dials. */
    private Observation dialled(Link link, Connection ears) throws SQLException {
        String name = "umpire-probe-" + asked.incrementAndGet();
        String what = "a message dialled " + link;
        long sent = environment.nowNanos();
        try (NamedConnection mouth = new NamedConnection(layout.links().dial(link.from(), link.to()), DELIVERY_MILLIS);
                PreparedStatement question = ears.prepareStatement(LISTED)) {
            mouth.send(name);
            question.setString(1, name);
            return heard(question, what, sent);
        } catch (IOException e) {
            return new Observation(false, what + " was refused: " + e.getMessage() + after(sent));
        }
    }

    /** What is sent in the log; empty where the link carries none. */
    private Optional<Observation> streamed(Link link, Connection ears) throws SQLException {
        boolean carriesLog = layout.answer(
                                link.from(),
                                connection -> Replication.of(connection).leads())
                        .orElse(false)
                && follows(ears, layout.links().dial(link.to(), link.from()));
        if (!carriesLog) {
            return Optional.empty();
        }
        long sent = environment.nowNanos();
        Optional<Long> place = layout.answer(link.from(), Replication::writeMessage);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        try (PreparedStatement question = ears.prepareStatement(RECEIVED)) {
            question.setLong(1, place.get());
            return Optional.of(heard(question, "one in the log", sent));
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

    private Observation heard(PreparedStatement question, String what, long sent) throws SQLException {
        boolean arrived = arrives(question, sent);
        return new Observation(arrived, what + (arrived ? " arrived" : " did not arrive") + after(sent));
    }

    /** Asks until the answer is yes, for at most as long as a delivery may take. */
    private boolean arrives(PreparedStatement question, long sent) throws SQLException {
        while (true) {
            try (ResultSet row = question.executeQuery()) {
                row.next();
                if (row.getLong(1) > 0) {
                    return true;
                }
            }
            if (environment.nowNanos() - sent > DELIVERY_NANOS) {
                return false;
            }
            try (Statement pause = question.getConnection().createStatement()) {
                pause.execute("SELECT pg_sleep(0.002)");
            }
        }
    }
}
