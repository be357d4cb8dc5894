package dev.umpire.harness.launcher;

import dev.umpire.harness.launcher.LinkProxy.Mode;
import dev.umpire.harness.launcher.LinkProxy.Way;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection through the proxy: the dialler's socket, the socket to the listening node, and a flow each way. Lives on
 * the proxy's thread alone.
 */
final class ProxiedConnection {

    /** Servers that tell one another that they lead listen for followers some 20 ms later; slow machines take longer. */
    private static final int MOST_DIALS_AGAIN = 8;

    private static final long BETWEEN_DIALS_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final LinkProxy proxy;
    private final Way dial;
    private final Listener dialled;
    private final SocketChannel dialler;
    private final Rewriting rewriting;
    private final Flow there;
    private final Flow back;
    private final Runnable proceeding = this::proceed;
    private long dialledNanos;
    private @Nullable SocketChannel listener;
    private int dialsLeft = MOST_DIALS_AGAIN;
    private boolean refused;
    private boolean closed;

    ProxiedConnection(LinkProxy proxy, Way dial, Listener dialled, SocketChannel dialler, Rewriting rewriting)
            throws IOException {
        this.proxy = proxy;
        this.dial = dial;
        this.dialled = dialled;
        this.dialler = dialler;
        this.rewriting = rewriting;
        this.there = new Flow(dial);
        this.back = new Flow(new Way(dial.to(), dial.from()));
        this.dialledNanos =
                System.nanoTime() + proxy.weather(dial).map(Weather::dialNanos).orElse(0L);
        prepare(dialler);
    }

    private void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(proxy.selector(), 0, this);
    }

    /** The port that was dialled. */
    Listener listener() {
        return dialled;
    }

    /** Whether one of its ways is such a one. */
    boolean uses(Predicate<Way> such) {
        return such.test(there.way) || such.test(back.way);
    }

    /** Lets what is held back on ways that are better now arrive no later than what is sent now. */
    void release(Collection<Way> better) {
        long nowNanos = System.nanoTime();
        if (better.contains(dial)) {
            long inTimeNanos = nowNanos + there.delayNanos();
            dialledNanos = dialledNanos - inTimeNanos > 0 ? inTimeNanos : dialledNanos;
        }
        for (Flow flow : List.of(there, back)) {
            if (better.contains(flow.way)) {
                flow.release(nowNanos);
            }
        }
        proceed();
    }

    /** Carries what can be carried now, by the modes that are now in force. */
    void proceed() {
        if (closed) {
            return;
        }
        if (there.mode() == Mode.CUT || back.mode() == Mode.CUT) {
            reset();
            return;
        }
        try {
            SocketChannel connected = connect();
            if (connected != null) {
                there.carry(dialler, connected);
                back.carry(connected, dialler);
            } else if (leadsNowhere() && there.hasEndedUnheard()) {
                close();
                return;
            }
            if (there.finished && back.finished) {
                close();
                return;
            }
            awaitMore();
        } catch (IOException oneEndIsGone) {
            reset();
        }
    }

    /** The connected socket to the listening node; null as long as there is none. */
    private @Nullable SocketChannel connect() throws IOException {
        SocketChannel channel = listener;
        if (channel == null) {
            if (there.mode() == Mode.HOLE) {
                return null;
            }
            if (dialledNanos - System.nanoTime() > 0) {
                proxy.wakes().at(dialledNanos, proceeding);
                return null;
            }
            channel = SocketChannel.open();
            listener = channel;
            dialledNanos = System.nanoTime();
            prepare(channel);
        }
        if (channel.isConnected()) {
            return channel;
        }
        try {
            if (!refused) {
                boolean connected =
                        channel.isConnectionPending() ? channel.finishConnect() : channel.connect(dialled.listening());
                return connected ? channel : null;
            }
        } catch (IOException notListening) {
            // a host that says nothing is dialled for minutes already
            boolean refusedAtOnce = System.nanoTime() - dialledNanos < MOST_DIALS_AGAIN * BETWEEN_DIALS_NANOS;
            if (dialsLeft > 0 && refusedAtOnce) {
                dialAgain(channel);
                return null;
            }
            refused = true;
        }
        if (back.mode() == Mode.HOLE) {
            return null; // the refusal travels on the way back, and waits there like anything else
        }
        throw new ConnectException(dial + ": refused");
    }

    private void dialAgain(SocketChannel refusing) {
        dialsLeft--;
        closeQuietly(refusing);
        listener = null;
        dialledNanos = System.nanoTime() + BETWEEN_DIALS_NANOS;
        proxy.wakes().at(dialledNanos, proceeding);
    }

    /** Whether it was dialled into a hole, so that the node does not know of it yet. */
    private boolean leadsNowhere() {
        return listener == null && there.mode() == Mode.HOLE;
    }

    private void awaitMore() throws ClosedChannelException {
        SocketChannel channel = listener;
        boolean connected = channel != null && channel.isConnected();
        boolean reads = connected ? there.wantsToRead() : leadsNowhere() && there.hasRoom();
        int ofDialler = (reads ? SelectionKey.OP_READ : 0) | (back.wantsToWrite() ? SelectionKey.OP_WRITE : 0);
        dialler.register(proxy.selector(), ofDialler, this);
        if (channel != null && !refused) {
            int ofListener = connected
                    ? (back.wantsToRead() ? SelectionKey.OP_READ : 0)
                            | (there.wantsToWrite() ? SelectionKey.OP_WRITE : 0)
                    : SelectionKey.OP_CONNECT;
            channel.register(proxy.selector(), ofListener, this);
        }
    }

    /** Ends it so that both ends see a reset. */
    void reset() {
        try {
            dialler.setOption(StandardSocketOptions.SO_LINGER, 0);
            SocketChannel channel = listener;
            if (channel != null) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException alreadyClosed) {
            closed = true;
        }
        close();
    }

    private void close() {
        closed = true;
        proxy.forget(this);
        closeQuietly(dialler);
        SocketChannel channel = listener;
        if (channel != null) {
            closeQuietly(channel);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            return; // a socket that cannot be closed is closed
        }
    }

    /** The bytes of one way. */
    private final class Flow {
        private final Way way;
        private ByteBuffer buffer = ByteBuffer.allocate(0);
        private final LateBytes late = new LateBytes();
        private long wakeNanos;
        /** Nothing is read before this, as only so much passes in a second. */
        private long readableNanos;

        private boolean rests;
        private boolean sourceEnded;
        private boolean sinkGone;
        private boolean finished;

        Flow(Way way) {
            this.way = way;
        }

        Mode mode() {
            return proxy.mode(way);
        }

        boolean wantsToRead() {
            return mode() == Mode.PASS && hasRoom() && !rests;
        }

        private boolean hasRoom() {
            return !sourceEnded && !buffer.hasRemaining() && !late.isFull();
        }

        boolean wantsToWrite() {
            return mode() == Mode.PASS && buffer.hasRemaining();
        }

        void carry(SocketChannel source, SocketChannel sink) throws IOException {
            if (mode() != Mode.PASS || finished) {
                return;
            }
            write(sink);
            Optional<Weather> weather = proxy.weather(way);
            if (weather.isPresent() || !late.isEmpty()) {
                carryLate(source, sink, weather);
            } else if (hasRoom()) {
                read(source, Integer.MAX_VALUE);
                write(sink);
                keep();
            }
            if (sourceEnded && !buffer.hasRemaining() && late.isEmpty()) {
                finished = true;
                if (!sinkGone) {
                    sink.shutdownOutput();
                }
            }
        }

        /** Holds back what comes now, behind what is held back already. The end of the bytes comes late too. */
        private void carryLate(SocketChannel source, SocketChannel sink, Optional<Weather> weather) throws IOException {
            long nowNanos = System.nanoTime();
            deliver(sink, nowNanos);
            rests = rests && readableNanos - nowNanos > 0;
            if (hasRoom() && !rests) {
                read(source, weather.map(Weather::mostBytes).orElse(Integer.MAX_VALUE));
                if (buffer.hasRemaining() || sourceEnded) {
                    int bytes = buffer.remaining();
                    readableNanos =
                            weather.map(bad -> bad.leavesNanos(nowNanos, bytes)).orElse(nowNanos);
                    rests = readableNanos - nowNanos > 0;
                    late.add(readableNanos + weather.map(Weather::chunkNanos).orElse(0L), buffer);
                    deliver(sink, nowNanos);
                }
            }
            wake();
        }

        private void deliver(SocketChannel sink, long nowNanos) throws IOException {
            while (!buffer.hasRemaining() && late.isDue(nowNanos)) {
                buffer = late.take();
                write(sink);
            }
        }

        private void wake() {
            if (late.isEmpty() && !rests) {
                return;
            }
            boolean readsFirst = rests && (late.isEmpty() || readableNanos - late.dueNanos() < 0);
            long nextNanos = readsFirst ? readableNanos : late.dueNanos();
            if (nextNanos != wakeNanos) {
                wakeNanos = nextNanos;
                proxy.wakes().at(wakeNanos, proceeding);
            }
        }

        long delayNanos() {
            return proxy.weather(way).map(Weather::delayNanos).orElse(0L);
        }

        /** Lets everything that is held back arrive no later than what is sent now. */
        void release(long nowNanos) {
            late.dueBy(nowNanos + delayNanos());
            rests = false;
        }

        /**
         * Takes in what the dialler of a hole has sent, for its end is not seen otherwise. It is carried first when the way
         * passes.
         *
         * @return whether the dialler has gone away
         */
        boolean hasEndedUnheard() throws IOException {
            while (hasRoom()) {
                read(dialler, Integer.MAX_VALUE);
                if (!buffer.hasRemaining()) {
                    return sourceEnded;
                }
                late.add(
                        System.nanoTime()
                                + proxy.weather(way).map(Weather::chunkNanos).orElse(0L),
                        buffer);
            }
            return sourceEnded;
        }

        private void read(SocketChannel source, int mostBytes) throws IOException {
            ByteBuffer inbox = proxy.inbox(mostBytes);
            sourceEnded = source.read(inbox) < 0;
            // a slice, whose bounds stay as they are when others read
            buffer = carried(inbox.flip().slice());
        }

        /** What the sink does not take now is in the buffer that others read into next. */
        private void keep() {
            if (buffer.hasRemaining()) {
                buffer = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
            }
        }

        private ByteBuffer carried(ByteBuffer bytes) throws IOException {
            try {
                if (this == back) {
                    return rewriting.answered(bytes);
                }
                rewriting.sent(bytes.duplicate());
                return bytes;
            } catch (RuntimeException e) {
                throw new IOException("what came cannot be rewritten: " + e, e);
            }
        }

        private void write(SocketChannel sink) throws IOException {
            if (sinkGone) {
                buffer.clear().flip();
                return;
            }
            try {
                sink.write(buffer);
            } catch (IOException gone) {
                Flow other = this == there ? back : there;
                if (other.mode() == Mode.PASS) {
                    throw gone;
                }
                // the source may not learn of it: that is a message on the way that carries nothing
                sinkGone = true;
                buffer.clear().flip();
            }
        }
    }
}
