package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a link delivers is asked at its end, so that the way back plays no part: a greeting is dialled over the link, as the
 * node at its start dials, with a number that no other probe has used. The node at the end refuses it and names the number in
 * its log.
 */
public abstract class GreetingProbes extends Probes {

    private static final int DELIVERY_MILLIS = 400;
    private static final long DELIVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(DELIVERY_MILLIS);

    private final Environment environment;
    private final NodeLinks links;
    private final NodeLogs logs;
    private final AtomicInteger greetings = new AtomicInteger();

    protected GreetingProbes(Environment environment, NodeLinks links, NodeLogs logs) {
        super(environment);
        this.environment = environment;
        this.links = links;
        this.logs = logs;
    }

    /** What {@link #ask} asks, as a part of a sentence. */
    protected abstract String question();

    /**
     * Asks a node something for which it needs no other one. Blocks.
     *
     * @throws IOException if it does not answer within the bound
     */
    protected abstract void ask(Node node) throws IOException;

    /**
     * What is dialled.
     *
     * @param number 1 or more, different each time
     */
    protected abstract ByteBuffer greeting(int number);

    /** What a line of the log contains when the node has refused the greeting of this number. */
    protected abstract String refusal(int number);

    @Override
    public CompletionStage<Observation> answers(Node node) {
        return environment.blocking("probe-" + node, () -> {
            long sent = environment.nowNanos();
            String what = node + " was asked " + question() + " and ";
            try {
                ask(node);
                return new Observation(true, what + "answered" + after(sent));
            } catch (IOException e) {
                return new Observation(false, what + "did not answer: " + e.getMessage() + after(sent));
            }
        });
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return environment.blocking("probe-" + link, () -> {
            long began = environment.nowNanos();
            try {
                ask(link.to());
            } catch (IOException e) {
                return silent(link, ": " + e.getMessage(), began);
            }
            try (LogTail log = log(link.to())) {
                boolean arrived = greets(link, log);
                String what = "a greeting dialled " + link;
                return new Observation(arrived, what + (arrived ? " arrived" : " did not arrive") + after(began));
            }
        });
    }

    @Override
    public CompletionStage<LinkSample> sample(Link link) {
        return environment.blocking("probe-" + link, () -> {
            try (LogTail log = log(link.to())) {
                return sampled(number -> greets(link, log));
            }
        });
    }

    /**
     * {@inheritDoc}
     *
     * <p>A greeting straight to the node is refused in a line of its log, which begins with the time.
     */
    @Override
    public Instant time(Node node) throws Exception {
        int number = greetings.incrementAndGet();
        try (LogTail log = log(node);
                Socket mouth = Loopback.dial(links.listening(node), DELIVERY_MILLIS)) {
            mouth.getOutputStream().write(greeting(number).array());
            return log.timeOf(refusal(number), DELIVERY_NANOS)
                    .orElseThrow(() -> new IOException("no line of the log of " + node + " with a time and '"
                            + refusal(number) + "' within " + DELIVERY_MILLIS + " ms"));
        }
    }

    private LogTail log(Node node) throws IOException {
        return new LogTail(environment, logs.file(node));
    }

    private boolean greets(Link link, LogTail log) throws IOException, InterruptedException {
        int number = greetings.incrementAndGet();
        try (Socket mouth = Loopback.dial(links.dial(link.from(), link.to()), DELIVERY_MILLIS)) {
            mouth.getOutputStream().write(greeting(number).array());
            return log.says(refusal(number), DELIVERY_NANOS);
        }
    }
}
