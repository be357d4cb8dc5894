package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a link delivers is asked at its end, so that the way back plays no part: a connection straight to the node at
 * the end subscribes to a channel, and what is published travels the link in question, twice over. Once on a new
 * connection that is dialled as the node at the start dials. And, where the link carries a replication stream, once on
 * that stream: what a primary publishes reaches the subscribers of its replicas through it. Publishing touches no key.
 */
final class RedisProbes extends Probes {

    private static final int ANSWER_MILLIS = 500;
    private static final int DELIVERY_MILLIS = 400;

    private final Layout layout;
    private final Environment environment;
    private final AtomicLong asked = new AtomicLong();

    RedisProbes(Layout layout) {
        super(layout.environment());
        this.layout = layout;
        this.environment = layout.environment();
    }

    @Override
    public CompletionStage<Observation> answers(Node node) {
        return environment.blocking("probe-" + node, () -> {
            long sent = environment.nowNanos();
            try (Line line = new Line(layout.at(node).port(), ANSWER_MILLIS)) {
                line.send("PING");
                String answer = line.receive();
                return new Observation(true, "PING to " + node + " was answered " + answer + after(sent));
            } catch (IOException e) {
                return new Observation(false, "PING to " + node + " was not answered: " + e.getMessage() + after(sent));
            }
        });
    }

    @Override
    public Instant time(Node node) throws IOException {
        try (Line line = new Line(layout.at(node).port(), ANSWER_MILLIS)) {
            line.send("TIME");
            line.receiveUntil("*2");
            long seconds = Long.parseLong(line.receiveBulk());
            line.receiveUntil("");
            return Instant.ofEpochSecond(seconds).plus(Long.parseLong(line.receiveBulk()), ChronoUnit.MICROS);
        }
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return environment.blocking("probe-" + link, () -> ask(link));
    }

    @Override
    public CompletionStage<LinkSample> sample(Link link) {
        return environment.blocking("probe-" + link, () -> {
            String channel = "umpire-probe-" + asked.incrementAndGet();
            try (Line ears = ears(link.to(), channel);
                    Line mouth = new Line(layout.dial(link.from(), link.to()), DELIVERY_MILLIS)) {
                return sampled(number -> {
                    mouth.send("PUBLISH " + channel + " message-" + number);
                    return arrives(ears, "message-" + number);
                });
            }
        });
    }

    private Line ears(Node node, String channel) throws Line.NoAnswer {
        Line ears = new Line(layout.at(node).port(), DELIVERY_MILLIS);
        ears.send("SUBSCRIBE " + channel);
        ears.receiveUntil(":1");
        return ears;
    }

    private static boolean arrives(Line ears, String word) {
        try {
            ears.receiveUntil(word);
            return true;
        } catch (Line.NoAnswer silence) {
            return false;
        }
    }

    private Observation ask(Link link) throws IOException {
        String channel = "umpire-probe-" + asked.incrementAndGet();
        long began = environment.nowNanos();
        try (Line ears = ears(link.to(), channel)) {
            return together(link, dialled(link, channel, ears), streamed(link, channel, ears));
        } catch (Line.NoAnswer e) {
            return silent(link, ": " + e.getMessage(), began);
        }
    }

    /** What is sent on a new connection, dialled as the node at the start of the link dials. */
    private Observation dialled(Link link, String channel, Line ears) throws IOException {
        long sent = environment.nowNanos();
        String what = "a message dialled " + link;
        try (Line mouth = new Line(layout.dial(link.from(), link.to()), DELIVERY_MILLIS)) {
            mouth.send("PUBLISH " + channel + " dialled");
            return heard(ears, "dialled", what, sent);
        } catch (Line.NoAnswer e) {
            return new Observation(false, what + " was refused: " + e.getMessage() + after(sent));
        }
    }

    /** What is sent on the replication stream; empty where the link carries none. */
    private Optional<Observation> streamed(Link link, String channel, Line ears) throws IOException {
        Optional<Replication> start = replication(link.from());
        Optional<Replication> end = replication(link.to());
        int follows = layout.follows(link.to(), link.from());
        boolean carriesStream = start.filter(Replication::leads).isPresent()
                && end.filter(node -> node.followsPort() == follows).isPresent();
        if (!carriesStream) {
            return Optional.empty();
        }
        long sent = environment.nowNanos();
        try (Line mouth = new Line(layout.at(link.from()).port(), DELIVERY_MILLIS)) {
            mouth.send("PUBLISH " + channel + " streamed");
            return Optional.of(heard(ears, "streamed", "one in the replication stream", sent));
        } catch (Line.NoAnswer e) {
            return Optional.empty();
        }
    }

    private Observation heard(Line ears, String word, String what, long sent) {
        boolean arrived = arrives(ears, word);
        return new Observation(arrived, what + (arrived ? " arrived" : " did not arrive") + after(sent));
    }

    private Optional<Replication> replication(Node node) {
        try (Line line = new Line(layout.at(node).port(), DELIVERY_MILLIS)) {
            line.send("INFO replication");
            return Optional.of(Replication.parse(line.receiveBulk()));
        } catch (IOException noAnswer) {
            return Optional.empty();
        }
    }
}
