package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Diallers;
import dev.umpire.harness.launcher.LinkProxy;
import dev.umpire.harness.launcher.LinkProxy.Way;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Observation;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a link does to bytes, measured by bytes that go over it to the gauge itself, so that the node at its end plays no part:
 * how many messages are lost, how much passes in a second, and whether a connection stands. Beside them the same goes over a way
 * of the same proxy that nothing strikes. Where that is slow too, the machine is busy, and nothing is known of the link. Used by
 * one thread, which it blocks.
 */
final class LinkGauge implements AutoCloseable {

    /** Of a node that no cluster has. */
    private static final Way ORDINARY = new Way("gauge", "gauge");

    private static final int MESSAGES = 16;
    /** As many messages as go over the way that nothing strikes: the first, the last, and some between the others. */
    private static final int ORDINARY_MESSAGES = 5;

    private static final int ONE_IN = MESSAGES / (ORDINARY_MESSAGES - 1) + 1;

    /** All messages of which losses are counted. */
    static final int SENT = MESSAGES + ORDINARY_MESSAGES;

    /** In the place of a time: it did not arrive. */
    static final long NEVER = Long.MAX_VALUE;

    /** Less than the time after which what is lost comes again, and more than anything else takes. */
    private static final long FIRST_SENDING_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    /** Far more than passes in the time on a link that is throttled as a fault does it. */
    private static final int OFFERED_BYTES = 256 * 1024;

    private static final long FLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** Longer than connections of a link stand that are reset as a fault does it. */
    private static final long STANDING_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private final Environment environment;
    private final LinkProxy proxy;
    private final Link link;
    private final Opened opened;
    private final ServerSocketChannel ears;
    private final Selector selector;
    private final int struck;
    private final int ordinary;
    private final ByteBuffer inbox = ByteBuffer.allocate(OFFERED_BYTES);

    private LinkGauge(
            Environment environment,
            LinkProxy proxy,
            Link link,
            Opened opened,
            ServerSocketChannel ears,
            Selector selector,
            int struck,
            int ordinary) {
        this.environment = environment;
        this.proxy = proxy;
        this.link = link;
        this.opened = opened;
        this.ears = ears;
        this.selector = selector;
        this.struck = struck;
        this.ordinary = ordinary;
    }

    /**
     * Opens one.
     *
     * @param way of the link in the proxy
     */
    static LinkGauge open(Environment environment, LinkProxy proxy, Link link, Way way) throws IOException {
        Opened opened = new Opened();
        try {
            Selector selector = opened.add(Selector.open());
            ServerSocketChannel ears = opened.add(ServerSocketChannel.open());
            ears.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2 * MESSAGES);
            ears.configureBlocking(false);
            ears.register(selector, SelectionKey.OP_ACCEPT);
            InetSocketAddress end = (InetSocketAddress) ears.getLocalAddress();
            int struck = proxy.listen(Diallers.of(way), end);
            opened.add(() -> proxy.unlisten(struck));
            int ordinary = proxy.listen(Diallers.of(ORDINARY), end);
            opened.add(() -> proxy.unlisten(ordinary));
            return new LinkGauge(environment, proxy, link, opened, ears, selector, struck, ordinary);
        } catch (IOException | RuntimeException e) {
            try (opened) {
                throw e;
            }
        }
    }

    /** What is to be given back, the last first, and each of it whatever becomes of the others. */
    static final class Opened implements Closeable {
        private final Deque<Closeable> all = new ArrayDeque<>();

        <T extends Closeable> T add(T one) {
            all.push(one);
            return one;
        }

        @Override
        public void close() throws IOException {
            Closeable last = all.poll();
            if (last != null) {
                try {
                    last.close();
                } finally {
                    close();
                }
            }
        }
    }

    /** What came over one connection. */
    private static final class Arrival {
        private int number = -1;
        private long bytes;
        private long lastNanos;
    }

    /**
     * How many of some messages, each on a connection of its own, arrive without being sent again, dialling included.
     *
     * @throws IllegalStateException if nothing can be told, as the machine is too busy
     */
    LinkSample losses() throws IOException {
        long[] sentNanos = new long[SENT];
        for (int number = 0; number < SENT; number++) {
            sentNanos[number] = environment.nowNanos();
            SocketChannel mouth = dial(isOrdinary(number) ? ordinary : struck);
            mouth.write(ByteBuffer.wrap(new byte[] {(byte) number}));
        }
        List<Arrival> arrivals = new ArrayList<>();
        long deadline = environment.nowNanos() + FIRST_SENDING_NANOS;
        while (arrivals.size() < SENT && environment.nowNanos() < deadline) {
            hear(deadline, arrivals);
        }
        long[] tookNanos = new long[SENT];
        Arrays.fill(tookNanos, NEVER);
        arrivals.forEach(one -> tookNanos[one.number] = one.lastNanos - sentNanos[one.number]);
        return losses(tookNanos);
    }

    /**
     * What is told by how long each message took. One that nothing strikes is the last: else a machine that stands still before the
     * last few arrive would look like a link that loses them.
     *
     * @param tookNanos in the order of sending, {@link #SENT} of them; {@link #NEVER}: it did not arrive
     * @throws IllegalStateException if nothing can be told, as the machine is too busy
     */
    LinkSample losses(long[] tookNanos) {
        List<Long> inTime = new ArrayList<>();
        int ordinaryInTime = 0;
        for (int number = 0; number < SENT; number++) {
            if (tookNanos[number] < FIRST_SENDING_NANOS && isOrdinary(number)) {
                ordinaryInTime++;
            } else if (tookNanos[number] < FIRST_SENDING_NANOS) {
                inTime.add(tookNanos[number]);
            }
        }
        if (ordinaryInTime < ORDINARY_MESSAGES) {
            throw busy(ordinaryInTime + " of " + ORDINARY_MESSAGES + " messages", FIRST_SENDING_NANOS);
        }
        Collections.sort(inTime);
        long median = inTime.isEmpty() ? 0 : inTime.get(inTime.size() / 2);
        return new LinkSample(MESSAGES, inTime.size(), 0, Duration.ofNanos(median));
    }

    private static boolean isOrdinary(int number) {
        return number % ONE_IN == 0;
    }

    /**
     * How many bytes a second pass on a connection for a while in which as many are sent as can be.
     *
     * @throws IllegalStateException if nothing can be told, as the machine is too busy
     */
    long bytesPerSecond() throws IOException {
        long began = environment.nowNanos();
        long deadline = began + FLOW_NANOS;
        List<Arrival> arrivals = new ArrayList<>();
        flowing(dial(struck), 0);
        flowing(dial(ordinary), 1);
        while (!arrived(arrivals, 0, OFFERED_BYTES) && environment.nowNanos() < deadline) {
            hear(deadline, arrivals);
        }
        long tookNanos = Math.max(1, environment.nowNanos() - began);
        while (!arrived(arrivals, 1, OFFERED_BYTES) && environment.nowNanos() < deadline) {
            hear(deadline, arrivals);
        }
        if (!arrived(arrivals, 1, OFFERED_BYTES)) {
            throw busy(bytes(arrivals, 1) + " of " + OFFERED_BYTES + " bytes", FLOW_NANOS);
        }
        return bytes(arrivals, 0) * TimeUnit.SECONDS.toNanos(1) / tookNanos;
    }

    private void flowing(SocketChannel mouth, int number) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(OFFERED_BYTES).put(0, (byte) number);
        mouth.configureBlocking(false);
        mouth.register(selector, SelectionKey.OP_WRITE, bytes);
    }

    private static boolean arrived(List<Arrival> arrivals, int number, int bytes) {
        return bytes(arrivals, number) == bytes;
    }

    private static long bytes(List<Arrival> arrivals, int number) {
        return arrivals.stream()
                .filter(one -> one.number == number)
                .mapToLong(one -> one.bytes)
                .sum();
    }

    private IllegalStateException busy(String what, long withinNanos) {
        return new IllegalStateException(
                "nothing is known of " + link + ": of what went beside it over a way that nothing strikes " + what
                        + " arrived within " + TimeUnit.NANOSECONDS.toMillis(withinNanos) + " ms");
    }

    /** Whether a connection stands for a while in which nothing is sent. */
    Observation stands() throws IOException {
        long began = environment.nowNanos();
        SocketChannel mouth = dial(struck);
        mouth.configureBlocking(false);
        SelectionKey key = mouth.register(selector, SelectionKey.OP_READ);
        List<Arrival> arrivals = new ArrayList<>();
        String what = "a connection over " + link;
        while (environment.nowNanos() - began < STANDING_NANOS) {
            hear(began + STANDING_NANOS, arrivals);
            try {
                if (key.isReadable() && mouth.read(inbox.clear()) < 0) {
                    return Observation.unknown(what + " was ended and not reset" + after(began));
                }
            } catch (IOException reset) {
                return new Observation(false, what + " was reset" + after(began));
            }
        }
        return new Observation(true, what + " stood for " + TimeUnit.NANOSECONDS.toMillis(STANDING_NANOS) + " ms");
    }

    private String after(long began) {
        return " after " + TimeUnit.NANOSECONDS.toMillis(environment.nowNanos() - began) + " ms";
    }

    private SocketChannel dial(int port) throws IOException {
        SocketChannel mouth = opened.add(SocketChannel.open());
        mouth.connect(new InetSocketAddress(proxy.address(), port));
        return mouth;
    }

    /** Sends and hears what can be, once; waits for something until the deadline. */
    private void hear(long deadline, List<Arrival> arrivals) throws IOException {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - environment.nowNanos());
        selector.select(Math.max(1, leftMillis));
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof Arrival arrival) {
                hear(key, arrival, arrivals);
            } else if (key.attachment() instanceof ByteBuffer left && key.channel() instanceof SocketChannel mouth) {
                mouth.write(left);
                key.interestOps(left.hasRemaining() ? SelectionKey.OP_WRITE : 0);
            } else if (key.channel() == ears) {
                accept();
            }
        }
        selector.selectedKeys().clear();
    }

    private void accept() throws IOException {
        for (SocketChannel ear = ears.accept(); ear != null; ear = ears.accept()) {
            opened.add(ear);
            ear.configureBlocking(false);
            ear.register(selector, SelectionKey.OP_READ, new Arrival());
        }
    }

    private void hear(SelectionKey key, Arrival arrival, List<Arrival> arrivals) {
        try {
            int heard = ((SocketChannel) key.channel()).read(inbox.clear());
            if (heard < 0) {
                key.cancel();
            } else if (heard > 0) {
                if (arrival.number < 0) {
                    arrival.number = inbox.get(0);
                    arrivals.add(arrival);
                }
                arrival.bytes += heard;
                arrival.lastNanos = environment.nowNanos();
            }
        } catch (IOException reset) {
            key.cancel();
        }
    }

    /** Resets its connections and gives its ports back. */
    @Override
    public void close() throws IOException {
        opened.close();
    }
}
