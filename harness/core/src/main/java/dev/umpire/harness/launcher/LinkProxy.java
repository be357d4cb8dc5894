package dev.umpire.harness.launcher;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.Uninterruptibly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A TCP proxy in user space through which nodes dial each other, so that each way between two nodes can be closed without
 * root.
 *
 * <p>There is one listener for each ordered pair of a dialling node and a listening one; or, for stores that tell all nodes
 * the same port of each, one for each listening node, and then {@link Diallers} says who dials. What the dialler sends travels
 * on the way from it, what comes back on the way to it; each way has a {@link Mode} and may be slow, lossy or narrow, and its
 * connections may be reset again and again.
 *
 * <p>Decision: the unit is the byte, not the packet. A one-way hole stops the bytes of one way and not TCP's own
 * acknowledgements; opening a connection is a message of the dialler and travels on the way from it. What is sent into a
 * hole stays in the sender's socket and arrives after the mending, as after a real partition, where TCP repeats it. Who dials
 * into a hole and has gone away when it is mended has never connected to the node, which hears nothing of him.
 *
 * <p>Who dials a proxy is connected before the node is, and a node that refuses can only be told of by a reset. To servers that
 * dial one another while they start, that is another thing: a follower of ZooKeeper dials a leader that does not listen yet again
 * after 100 ms, but begins an election anew where a connection that stood is reset. So a node that refuses is dialled again
 * for 200 ms before whoever dialled it is reset.
 *
 * <p>One thread carries everything. Thread-safe.
 */
public final class LinkProxy implements AutoCloseable {

    private static final int ACKNOWLEDGE_SECONDS = 5;
    private static final int READ_BYTES = 64 * 1024;

    /** Sessions whose connections lead nowhere dial again and again while a way back is a hole. */
    private static final int MOST_CONNECTIONS_OF_A_LISTENER = 8192;

    /** Nodes by their names; messages travel from the first to the second. */
    public record Way(String from, String to) {
        @Override
        public String toString() {
            return from + "→" + to;
        }
    }

    /** What a way does. */
    public enum Mode {
        /** Carries bytes. */
        PASS,
        /** Carries nothing; connections stay open, new ones are accepted and lead nowhere until the way passes again. */
        HOLE,
        /** Resets connections that use this way, and new ones. */
        CUT
    }

    private final InetAddress address;
    private final Selector selector;
    private final SocketOwners owners;
    private final int mostOfAListener;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    // of the selector thread alone
    private final Map<Way, Mode> modes = new HashMap<>();
    private final Map<Way, Weather> weather = new HashMap<>();
    /** Those of them that are not fair. */
    private final Map<Way, Weather> badWeather = new HashMap<>();

    private final Map<Way, Resetting> resetting = new HashMap<>();
    private final Wakes wakes = new Wakes();
    private final Set<ProxiedConnection> connections = new HashSet<>();
    private final ByteBuffer inbox = ByteBuffer.allocate(READ_BYTES);

    private LinkProxy(InetAddress address, Selector selector, SocketOwners owners, int mostOfAListener) {
        this.address = address;
        this.selector = selector;
        this.owners = owners;
        this.mostOfAListener = mostOfAListener;
        this.thread = new Thread(this::carry, "umpire-link-proxy");
        thread.setDaemon(true);
    }

    /**
     * Opens one.
     *
     * @param address of this machine at which it is dialled
     * @param owners who may dial without a listener of their own
     */
    static LinkProxy open(InetAddress address, SocketOwners owners) throws IOException {
        return open(address, owners, MOST_CONNECTIONS_OF_A_LISTENER);
    }

    /**
     * Opens one.
     *
     * @param mostOfAListener how many connections of one listener it carries at a time, 1 or more; who dials then waits, as for a
     *     node that is too busy to accept, and is never reset
     */
    static LinkProxy open(InetAddress address, SocketOwners owners, int mostOfAListener) throws IOException {
        LinkProxy proxy = new LinkProxy(address, Selector.open(), owners, mostOfAListener);
        proxy.thread.start();
        return proxy;
    }

    /** At which it is dialled, but where a listener has another one. */
    public InetAddress address() {
        return address;
    }

    /**
     * Opens a listener for connections that one node dials to another.
     *
     * @param dial from the dialling node to the listening one
     * @param port of the loopback address at which the listening node is
     * @return the port to dial instead
     */
    public int listen(Way dial, int port) throws IOException {
        return listen(Diallers.of(dial), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Opens a listener at any port of {@link #address} that is free.
     *
     * @param who dials it
     * @param listening where its connections lead, which may be anywhere
     * @return the port to dial instead
     */
    public int listen(Diallers who, InetSocketAddress listening) throws IOException {
        return listen(who, listening, anyPort(), () -> Rewriting.NONE);
    }

    /**
     * Opens a listener at an address of its own, for stores whose nodes cannot be told another port, or another address.
     *
     * @param at where to dial instead: an address of this machine at which nobody else listens; with port 0: any that is free
     * @return its port
     * @throws IOException if that is taken
     */
    public int listen(Diallers who, InetSocketAddress listening, InetSocketAddress at) throws IOException {
        return listen(who, listening, at, () -> Rewriting.NONE);
    }

    /**
     * Opens a listener as {@link #listen(Diallers, InetSocketAddress)} does, for connections whose answers are rewritten.
     *
     * @param rewriting gives one for each connection; asked by the thread that carries everything
     * @return the port to dial instead
     */
    public int listen(Diallers who, InetSocketAddress listening, Supplier<Rewriting> rewriting) throws IOException {
        return listen(who, listening, anyPort(), rewriting);
    }

    private InetSocketAddress anyPort() {
        return new InetSocketAddress(address, 0);
    }

    private int listen(Diallers who, InetSocketAddress listening, InetSocketAddress at, Supplier<Rewriting> rewriting)
            throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(at);
            server.configureBlocking(false);
            Listener listener = new Listener(server, who, listening, rewriting, mostOfAListener);
            onThread("open a listener at " + at + " for " + who, () -> listener.register(selector));
            return listener.port();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Changes what ways do. When this returns, the change is in force: nothing that is sent afterwards slips through.
     *
     * @throws IllegalStateException if the proxy is closed
     */
    public void set(Collection<Way> ways, Mode mode) {
        List<Way> all = List.copyOf(ways);
        onThread("set " + all + " to " + mode, () -> {
            all.forEach(way -> modes.put(way, mode));
            // a copy, because a connection that is reset leaves the set
            List.copyOf(connections).forEach(ProxiedConnection::proceed);
        });
    }

    /**
     * Lets what is sent on ways from now on take longer; what is under way already takes as long as it was to. Opening a
     * connection is a message of the dialler, but who dials is told at once that it succeeded.
     *
     * @param longer 0 or more; 0: as quick as ever
     * @throws IllegalStateException if the proxy is closed
     */
    public void slow(Collection<Way> ways, Duration longer) {
        if (longer.isNegative()) {
            throw new IllegalArgumentException("longer: found " + longer + ", expected 0 or more");
        }
        List<Way> all = List.copyOf(ways);
        onThread("slow " + all + " by " + longer, () -> change(all, (way, one) -> one.slow(longer.toNanos())));
    }

    /**
     * Lets some of what is sent on ways from now on be lost, as far as who dials and who listens can see it through TCP, which
     * sends what is lost again until it arrives. What is read of a connection at once is one chunk, at most 64 KiB, as a packet of
     * the loopback device is. A chunk that is lost arrives 200 ms later; lost again, after twice as long, up to four times; what
     * is sent behind it on the same way of the same connection waits for it. Dialling is lost likewise, and comes 1 s later, then
     * twice as long, up to three times; who dials is told at once that it succeeded.
     *
     * <p>Not modelled: acknowledgements and answers to a dialling that are lost, repetition at once after three of them that are the same (fast retransmit),
     * a window that shrinks, a smaller time until a repetition on links whose round trip was measured, and connections that are
     * given up.
     *
     * @param ways with the numbers that decide what is lost on each, drawn one after another
     * @param percent how many of a hundred chunks; 0 to 99; 0: none, and what is held back arrives now
     * @throws IllegalStateException if the proxy is closed
     */
    public void lose(Map<Way, KeyedRandom.Stream> ways, int percent) {
        if (percent < 0 || percent > 99) {
            throw new IllegalArgumentException("percent: found " + percent + ", expected 0 to 99");
        }
        Map<Way, KeyedRandom.Stream> all = Map.copyOf(ways);
        onThread("lose " + percent + " % on " + all.keySet(), () -> {
            change(all.keySet(), (way, one) -> one.lose(percent, stream(all, way)));
            releaseIf(percent == 0, all.keySet());
        });
    }

    private static KeyedRandom.Stream stream(Map<Way, KeyedRandom.Stream> streams, Way way) {
        return Optional.ofNullable(streams.get(way)).orElseThrow();
    }

    /**
     * Lets so many bytes a second pass on each of some ways from now on, together on all connections of the way, each connection a
     * chunk in turn; what did not pass in the last 50 ms may pass at once. More is left in the sender's socket, which then waits.
     *
     * @param bytesPerSecond 0 or more; 0: as many as ever, and what is held back arrives now
     * @throws IllegalStateException if the proxy is closed
     */
    public void throttle(Collection<Way> ways, long bytesPerSecond) {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("bytesPerSecond: found " + bytesPerSecond + ", expected 0 or more");
        }
        List<Way> all = List.copyOf(ways);
        onThread("throttle " + all + " to " + bytesPerSecond + " bytes a second", () -> {
            change(all, (way, one) -> one.throttle(bytesPerSecond));
            releaseIf(bytesPerSecond == 0, all);
        });
    }

    private void change(Collection<Way> ways, BiConsumer<Way, Weather> change) {
        for (Way way : ways) {
            Weather one = weather.computeIfAbsent(way, first -> new Weather());
            change.accept(way, one);
            if (one.isFair()) {
                badWeather.remove(way);
            } else {
                badWeather.put(way, one);
            }
        }
    }

    /** Lets what is held back arrive now. */
    private void releaseIf(boolean over, Collection<Way> ways) {
        if (over) {
            List.copyOf(connections).forEach(connection -> connection.release(ways));
        }
    }

    /**
     * Resets all connections that use some ways now and then again and again. Dialling anew works, until the next time.
     *
     * @param every 0 or more; 0: none any more
     * @throws IllegalStateException if the proxy is closed
     */
    public void reset(Collection<Way> ways, Duration every) {
        if (every.isNegative()) {
            throw new IllegalArgumentException("every: found " + every + ", expected 0 or more");
        }
        List<Way> all = List.copyOf(ways);
        onThread("reset connections of " + all + " every " + every, () -> {
            resetting.keySet().removeAll(all);
            if (!every.isZero()) {
                Resetting one = new Resetting(every.toNanos());
                all.forEach(way -> resetting.put(way, one));
                resetAgain(one);
            }
        });
    }

    private void resetAgain(Resetting one) {
        if (resetting.containsValue(one)) {
            // a copy, because a connection that is reset leaves the set
            List.copyOf(connections).stream()
                    .filter(connection -> connection.uses(way -> resetting.get(way) == one))
                    .forEach(ProxiedConnection::reset);
            wakes.at(System.nanoTime() + one.everyNanos, () -> resetAgain(one));
        }
    }

    /**
     * Closes a listener; its connections stay.
     *
     * @param port as {@link #listen} told it
     * @throws IllegalStateException if the proxy is closed
     */
    public void unlisten(int port) {
        onThread("close the listener at port " + port, () -> {
            for (SelectionKey key : selector.keys()) {
                if (key.attachment() instanceof Listener listener && listener.port() == port) {
                    listener.close();
                }
            }
        });
    }

    /** Resets all connections, gives the ports back and ends the thread. Closing again does nothing. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        Uninterruptibly.await(Duration.ofSeconds(ACKNOWLEDGE_SECONDS), millis -> {
            thread.join(millis);
            return !thread.isAlive();
        });
    }

    private void onThread(String what, Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        selector.wakeup();
        if (closed) {
            throw new IllegalStateException("link proxy: found it closed when asked to " + what);
        }
        try {
            done.orTimeout(ACKNOWLEDGE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new IllegalStateException(
                        "link proxy: not done within " + ACKNOWLEDGE_SECONDS + " s: " + what, e);
            }
            throw e;
        }
    }

    private void carry() {
        try (selector) {
            while (!closed) {
                selector.select(this::ready, wakes.millisToNext());
                wakes.proceed();
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
            List.copyOf(connections).forEach(ProxiedConnection::reset);
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the link proxy's selector failed", e);
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof Listener listener) {
            accept(listener);
        } else if (key.attachment() instanceof ProxiedConnection connection) {
            connection.proceed();
        }
    }

    private void accept(Listener listener) {
        try {
            listener.accept(this, owners).ifPresent(connection -> {
                connections.add(connection);
                listener.carries(1, selector);
                connection.proceed();
            });
        } catch (IOException diallerGaveUp) {
            return; // nothing to carry
        }
    }

    Mode mode(Way way) {
        return modes.getOrDefault(way, Mode.PASS);
    }

    /** What makes a way worse now; empty where nothing does. */
    Optional<Weather> weather(Way way) {
        return badWeather.isEmpty() ? Optional.empty() : Optional.ofNullable(badWeather.get(way));
    }

    Wakes wakes() {
        return wakes;
    }

    Selector selector() {
        return selector;
    }

    /**
     * What is read goes through this, so that a connection that carries nothing now takes no memory for it.
     *
     * @param mostBytes that it is to take; it takes 64 KiB at most
     */
    ByteBuffer inbox(int mostBytes) {
        return inbox.clear().limit(Math.min(READ_BYTES, mostBytes));
    }

    void forget(ProxiedConnection connection) {
        if (connections.remove(connection)) {
            connection.listener().carries(-1, selector);
        }
    }

    /** Connections that are reset again and again, of ways that have this very one. */
    private static final class Resetting {
        private final long everyNanos;

        Resetting(long everyNanos) {
            this.everyNanos = everyNanos;
        }
    }
}
