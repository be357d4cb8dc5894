package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.LogTail;
import dev.umpire.harness.cluster.Loopback;
import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a link delivers is asked at its end, so that the way back plays no part: a greeting is dialled over the link to the
 * port for elections, as the server at its start dials, in a version of the protocol that there is not and that no other probe
 * has used. The server at the end refuses it and names the version in its log.
 */
final class ZooKeeperProbes extends Probes {

    private static final int DELIVERY_MILLIS = 400;
    private static final long DELIVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(DELIVERY_MILLIS);

    /** Negative, or it would be the id of a server, and far below the versions that there are. */
    private static final long FIRST_VERSION = -1_000_000_000L;

    private final Layout layout;
    private final Environment environment;
    private final AtomicLong greetings = new AtomicLong();

    ZooKeeperProbes(Layout layout) {
        super(layout.environment());
        this.layout = layout;
        this.environment = layout.environment();
    }

    /** Asked by {@code srvr}, which is answered before the server is in a quorum. */
    @Override
    public CompletionStage<Observation> answers(Node node) {
        return environment.blocking("probe-" + node, () -> {
            long sent = environment.nowNanos();
            String what = node + " was asked how it is and ";
            try {
                Standing.page(layout, node);
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
                Standing.page(layout, link.to());
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
        long version = FIRST_VERSION - greetings.incrementAndGet();
        try (Socket mouth = Loopback.dial(layout.links().dial(link.from(), link.to()), DELIVERY_MILLIS)) {
            mouth.getOutputStream()
                    .write(ByteBuffer.allocate(Long.BYTES).putLong(version).array());
            return log.says("version " + version, DELIVERY_NANOS);
        }
    }
}
