package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.Loopback;
import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a link delivers is asked at its end, so that the way back plays no part: a member counts the bytes that it
 * received by the id of their sender. Twice over: a message of Raft is sent on a new connection, dialled as the node at the
 * start dials, from an id that no member has and of a kind that members ignore when it comes from outside
 * ({@code MsgUnreachable}); and, where one of the two leads, heartbeats or their answers must or must not go on arriving on
 * the connections of the members themselves.
 */
final class EtcdProbes extends Probes {

    private static final int DELIVERY_MILLIS = 400;
    private static final int HTTP_ANSWER_BYTES = 12;
    private static final String COUNTER = "etcd_network_peer_received_bytes_total";
    private static final int MOST_BITS = 7;

    private final Layout layout;
    private final Environment environment;
    private final Map<Node, Standing.Status> ids;
    private final AtomicLong asked = new AtomicLong();

    EtcdProbes(Layout layout, Map<Node, Standing.Status> ids) {
        super(layout.environment());
        this.layout = layout;
        this.environment = layout.environment();
        this.ids = new ConcurrentHashMap<>(ids);
    }

    /** Asked at the port for other members, which is answered before the cluster knows the member again. */
    @Override
    public CompletionStage<Observation> answers(Node node) {
        long sent = environment.nowNanos();
        return layout.gateway()
                .page(layout.at(node).peer(), "/version", EtcdNodes.QUESTION)
                .handle((page, failure) -> failure == null
                        ? new Observation(true, node + " was asked for its version and answered" + after(sent))
                        : new Observation(
                                false,
                                node + " was asked for its version and did not answer: " + failure.getMessage()
                                        + after(sent)));
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        // ids of members are hashes; small ones are nobody's
        long sender = asked.incrementAndGet();
        long began = environment.nowNanos();
        return counted(link.to())
                .thenCompose(before -> before.isEmpty()
                        ? CompletableFuture.completedStage(silent(link, "", began))
                        : environment
                                .blocking("probe-" + link, () -> dial(link, sender))
                                .thenCompose(dialled -> elapsed(began))
                                .thenCompose(now -> counted(link.to()))
                                .thenCombine(
                                        Standing.status(layout.etcd(), link.to()),
                                        (later, status) -> later.isEmpty()
                                                ? silent(link, "", began)
                                                : judge(link, sender, before.get(), later.get(), status, began)));
    }

    @Override
    public CompletionStage<LinkSample> sample(Link link) {
        return environment.blocking("probe-" + link, () -> {
            try (Socket mouth = dialled(link)) {
                return sampled(number -> {
                    long sender = asked.incrementAndGet();
                    mouth.getOutputStream().write(message(link, sender));
                    return arrives(link.to(), sender);
                });
            }
        });
    }

    /** Asks until the member has counted bytes of a sender, for at most as long as a delivery may take. Blocks. */
    private boolean arrives(Node node, long sender) throws Exception {
        long began = environment.nowNanos();
        long bound = TimeUnit.MILLISECONDS.toNanos(DELIVERY_MILLIS);
        while (environment.nowNanos() - began < bound) {
            String page = layout.gateway().pageNow(layout.at(node).metrics(), "/metrics", EtcdNodes.QUESTION);
            if (bytesFrom(page, sender) > 0) {
                return true;
            }
        }
        return false;
    }

    private Observation judge(
            Link link, long sender, String before, String later, Optional<Standing.Status> status, long began) {
        boolean dialled = bytesFrom(later, sender) > 0;
        long from = id(link.from());
        boolean streamed = bytesFrom(later, from) > bytesFrom(before, from);
        boolean streamExpected =
                status.filter(one -> one.leader() == from || one.leads()).isPresent();
        Observation onNew = new Observation(
                dialled, "a message dialled " + link + (dialled ? " arrived" : " did not arrive") + after(began));
        Optional<Observation> onOld = streamed || streamExpected
                ? Optional.of(new Observation(
                        streamed, "heartbeats or their answers " + (streamed ? "arrived" : "did not arrive")))
                : Optional.empty();
        return together(link, onNew, onOld);
    }

    /** From now on a node has what it says of itself now: one that joins again has another id. */
    void renamed(Node node, Standing.Status status) {
        ids.put(node, status);
    }

    private long id(Node node) {
        return Optional.ofNullable(ids.get(node)).orElseThrow().id();
    }

    /** What a member counts, as text for Prometheus; empty if it does not answer. */
    private CompletionStage<Optional<String>> counted(Node node) {
        return layout.gateway()
                .page(layout.at(node).metrics(), "/metrics", EtcdNodes.QUESTION)
                .thenApply(Optional::of)
                .exceptionally(noAnswer -> Optional.empty());
    }

    private static double bytesFrom(String page, long sender) {
        String line = COUNTER + "{From=\"" + Long.toHexString(sender) + "\"} ";
        return page.lines()
                .filter(one -> one.startsWith(line))
                .mapToDouble(one -> Double.parseDouble(one.substring(line.length())))
                .sum();
    }

    /** Sends a message over the link and waits, shortly, for the answer, which need not come. */
    private boolean dial(Link link, long sender) {
        try (Socket socket = dialled(link)) {
            socket.getOutputStream().write(message(link, sender));
            InputStream in = socket.getInputStream();
            return in.readNBytes(HTTP_ANSWER_BYTES).length == HTTP_ANSWER_BYTES;
        } catch (IOException noAnswer) {
            return false;
        }
    }

    private Socket dialled(Link link) throws IOException {
        return Loopback.dial(layout.links().dial(link.from(), link.to()), DELIVERY_MILLIS);
    }

    /** The message as members post it to each other: raftpb.Message, with type, to and from. */
    private byte[] message(Link link, long sender) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(0x08);
        body.write(10); // MsgUnreachable
        body.write(0x10);
        writeVarint(body, id(link.to()));
        body.write(0x18);
        writeVarint(body, sender);
        long cluster = Optional.ofNullable(ids.get(link.to())).orElseThrow().cluster();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST /raft HTTP/1.1\r\nHost: " + link.to() + "\r\nContent-Type: application/protobuf\r\n"
                        + "X-Server-From: " + Long.toHexString(sender) + "\r\nX-Server-Version: 3.4.0\r\n"
                        + "X-Min-Cluster-Version: 3.0.0\r\nX-Etcd-Cluster-ID: " + Long.toHexString(cluster)
                        + "\r\nContent-Length: " + body.size() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body.toByteArray());
        return request.toByteArray();
    }

    private static void writeVarint(ByteArrayOutputStream out, long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= MOST_BITS;
        }
        out.write((int) left);
    }

    /** Completes once a leader's heartbeats have had their time since the probe began. */
    private CompletionStage<Void> elapsed(long began) {
        long due = began + Duration.ofMillis(DELIVERY_MILLIS).toNanos();
        return environment.after(Math.max(0, due - environment.nowNanos()));
    }
}
