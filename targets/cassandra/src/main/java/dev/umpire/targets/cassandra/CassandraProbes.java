package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.LogTail;
import dev.umpire.harness.cluster.Loopback;
import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a link delivers is asked at its end, so that the way back plays no part: a greeting is dialled over the link to the
 * port for other nodes, with a number in the place of the four bytes that begin every such conversation, and one that no other
 * probe has used. The node at the end refuses it and names the number in its log.
 */
final class CassandraProbes extends Probes {

    private static final int DELIVERY_MILLIS = 400;
    private static final long DELIVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(DELIVERY_MILLIS);

    /** Far from the number by which nodes greet each other. */
    private static final int FIRST_GREETING = 1_000_000;

    /** How much a node reads before it looks at the number that comes first. */
    private static final int GREETING_BYTES = 8;

    // of the protocol for clients, version 4: a question which options there are, and the kind of its answer
    private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};
    private static final int HEADER_BYTES = OPTIONS.length;
    private static final int KIND = 4;
    private static final byte SUPPORTED = 6;

    private final Layout layout;
    private final Environment environment;
    private final AtomicInteger greetings = new AtomicInteger(FIRST_GREETING);

    CassandraProbes(Layout layout) {
        super(layout.environment());
        this.layout = layout;
        this.environment = layout.environment();
    }

    /** Asked which options it has, which no other node is needed for. */
    @Override
    public CompletionStage<Observation> answers(Node node) {
        return environment.blocking("probe-" + node, () -> {
            long sent = environment.nowNanos();
            String what = node + " was asked for its options and ";
            try {
                options(node);
                return new Observation(true, what + "answered" + after(sent));
            } catch (IOException e) {
                return new Observation(false, what + "did not answer: " + e.getMessage() + after(sent));
            }
        });
    }

    private void options(Node node) throws IOException {
        try (Socket socket = Loopback.dial(layout.clientPort(node), Layout.QUESTION_MILLIS)) {
            socket.getOutputStream().write(OPTIONS);
            byte[] header = new byte[HEADER_BYTES];
            new DataInputStream(socket.getInputStream()).readFully(header);
            if (header[KIND] != SUPPORTED) {
                throw new IOException("found an answer of kind " + header[KIND] + ", expected " + SUPPORTED);
            }
        }
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return environment.blocking("probe-" + link, () -> {
            long began = environment.nowNanos();
            try {
                options(link.to());
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

    private LogTail log(Node node) throws IOException {
        return new LogTail(environment, layout.logs().file(node));
    }

    private boolean greets(Link link, LogTail log) throws IOException, InterruptedException {
        int greeting = greetings.incrementAndGet();
        try (Socket mouth = Loopback.dial(layout.links().dial(link.from(), link.to()), DELIVERY_MILLIS)) {
            mouth.getOutputStream()
                    .write(ByteBuffer.allocate(GREETING_BYTES).putInt(greeting).array());
            return log.says("Read " + greeting, DELIVERY_NANOS);
        }
    }
}
