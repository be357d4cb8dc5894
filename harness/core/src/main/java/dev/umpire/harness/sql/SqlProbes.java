package dev.umpire.harness.sql;

import dev.umpire.harness.cluster.NodeLinks;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a link delivers is asked at its end, on a connection straight to the node there, so that the way back plays no
 * part. What travels the link: a first message, dialled as the node at the start dials; the node at the end then lists a
 * connection of that name. And, where the link carries the log, a record of it that touches no key; the node at the end then
 * says that it has received it.
 */
public abstract class SqlProbes extends Probes {

    private static final int DELIVERY_MILLIS = 400;
    private static final long DELIVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(DELIVERY_MILLIS);
    private static final String EARS = "umpire-ears";

    private final SqlNodes nodes;
    private final NodeLinks links;
    private final Environment environment;
    private final AtomicLong asked = new AtomicLong();

    /** Whether something has arrived, as the node at the end of a link says. */
    protected interface Arrival {
        boolean seen(Connection ears) throws SQLException;
    }

    protected SqlProbes(SqlNodes nodes, NodeLinks links) {
        super(nodes.environment());
        this.nodes = nodes;
        this.links = links;
        this.environment = nodes.environment();
    }

    /** The first message of a client, by which a server knows its connection. */
    protected abstract byte[] firstMessage(String name);

    /** A message by which a server that has had the first one knows the connection by another name. */
    protected abstract byte[] renaming(String name);

    /**
     * Whether a server takes that other name whatever it takes else, as by default; else each message of a sample is the first one of
     * a connection of its own.
     */
    protected boolean renamesAlways() {
        return true;
    }

    /** A query with one parameter: how many connections of this name the server has. */
    protected abstract String listed();

    /** A statement that lasts a few milliseconds. */
    protected abstract String pause();

    /** A query without a parameter: the microseconds since 1970, by the server's wall clock. */
    protected abstract String timeMicros();

    /** Writes a record into the log of the node at the start; empty if the link carries none, or that node is silent. */
    protected abstract Optional<Arrival> written(Link link, Connection ears) throws SQLException;

    @Override
    public final CompletionStage<Observation> answers(Node node) {
        return environment.blocking("probe-" + node, () -> {
            long sent = environment.nowNanos();
            try (Connection connection = nodes.dialer().connect(node, "umpire-probe");
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
    public final Instant time(Node node) throws SQLException {
        try (Connection connection = nodes.dialer().connect(node, "umpire-probe");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(timeMicros())) {
            row.next();
            return Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS);
        }
    }

    @Override
    public final CompletionStage<Observation> delivers(Link link) {
        return environment.blocking("probe-" + link, () -> ask(link));
    }

    @Override
    public final CompletionStage<LinkSample> sample(Link link) {
        return environment.blocking("probe-" + link, () -> {
            String name = nextName() + "-";
            try (Connection ears = nodes.dialer().connect(link.to(), EARS);
                    PreparedStatement question = ears.prepareStatement(listed());
                    OneWayConnection mouth = dial(link)) {
                return sampled(number -> {
                    question.setString(1, name + number);
                    if (number > 0 && !renamesAlways()) {
                        return arrivesAlone(link, name + number, ears, question);
                    }
                    mouth.send(number == 0 ? firstMessage(name + number) : renaming(name + number));
                    return arrives(ears, connection -> some(question), environment.nowNanos());
                });
            }
        });
    }

    private boolean arrivesAlone(Link link, String name, Connection ears, PreparedStatement question)
            throws IOException, SQLException {
        long sent = environment.nowNanos();
        try (OneWayConnection mouth = dial(link)) {
            mouth.send(firstMessage(name));
            return arrives(ears, connection -> some(question), sent);
        }
    }

    private Observation ask(Link link) {
        long began = environment.nowNanos();
        Connection ears;
        try {
            ears = nodes.dialer().connect(link.to(), EARS);
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
        String name = nextName();
        String what = "a message dialled " + link;
        long sent = environment.nowNanos();
        try (OneWayConnection mouth = dial(link);
                PreparedStatement question = ears.prepareStatement(listed())) {
            mouth.send(firstMessage(name));
            question.setString(1, name);
            return heard(ears, connection -> some(question), what, sent);
        } catch (IOException e) {
            return new Observation(false, what + " was refused: " + e.getMessage() + after(sent));
        }
    }

    private String nextName() {
        return "umpire-probe-" + asked.incrementAndGet();
    }

    private OneWayConnection dial(Link link) throws IOException {
        return new OneWayConnection(links.dial(link.from(), link.to()), DELIVERY_MILLIS);
    }

    private static boolean some(PreparedStatement count) throws SQLException {
        try (ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1) > 0;
        }
    }

    /** What is sent in the log; empty where the link carries none. */
    private Optional<Observation> streamed(Link link, Connection ears) throws SQLException {
        Optional<Arrival> arrival = written(link, ears);
        long sent = environment.nowNanos();
        return arrival.isEmpty() ? Optional.empty() : Optional.of(heard(ears, arrival.get(), "one in the log", sent));
    }

    private Observation heard(Connection ears, Arrival arrival, String what, long sent) throws SQLException {
        boolean arrived = arrives(ears, arrival, sent);
        return new Observation(arrived, what + (arrived ? " arrived" : " did not arrive") + after(sent));
    }

    /** Asks until the answer is yes, for at most as long as a delivery may take. */
    private boolean arrives(Connection ears, Arrival arrival, long sent) throws SQLException {
        while (!arrival.seen(ears)) {
            if (environment.nowNanos() - sent > DELIVERY_NANOS) {
                return false;
            }
            try (Statement rest = ears.createStatement()) {
                rest.execute(pause());
            }
        }
        return true;
    }
}
