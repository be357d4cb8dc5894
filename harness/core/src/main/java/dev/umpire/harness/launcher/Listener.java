package dev.umpire.harness.launcher;

import dev.umpire.harness.launcher.LinkProxy.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Supplier;

/** A port of the proxy that is dialled. Lives on the proxy's thread alone once it is registered there. */
final class Listener {

    private final ServerSocketChannel server;
    private final Diallers diallers;
    private final InetSocketAddress listening;
    private final Supplier<Rewriting> rewriting;
    private final int most;
    private int carried;

    /**
     * @param listening where connections of it lead
     * @param most how many connections it has at a time; who dials then waits
     */
    Listener(
            ServerSocketChannel server,
            Diallers diallers,
            InetSocketAddress listening,
            Supplier<Rewriting> rewriting,
            int most) {
        this.server = server;
        this.diallers = diallers;
        this.listening = listening;
        this.rewriting = rewriting;
        this.most = most;
    }

    void register(Selector selector) {
        try {
            server.register(selector, SelectionKey.OP_ACCEPT, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where connections of it lead. */
    InetSocketAddress listening() {
        return listening;
    }

    /** The port to dial. */
    int port() {
        return server.socket().getLocalPort();
    }

    /**
     * The connection of whoever waits to be heard; empty where nobody does, and where nobody knows who dialled, which is reset. Where
     * there is none, whoever dialled is not left waiting.
     */
    Optional<ProxiedConnection> accept(LinkProxy proxy, SocketOwners owners) throws IOException {
        Optional<SocketChannel> heard = Optional.ofNullable(server.accept());
        return heard.isEmpty() ? Optional.empty() : connection(heard.get(), proxy, owners);
    }

    private Optional<ProxiedConnection> connection(SocketChannel dialler, LinkProxy proxy, SocketOwners owners)
            throws IOException {
        Optional<ProxiedConnection> carried = Optional.empty();
        try {
            Optional<Way> dial = way(dialler, owners);
            if (dial.isPresent()) {
                carried = Optional.of(new ProxiedConnection(proxy, dial.get(), this, dialler, rewriting()));
            }
            return carried;
        } finally {
            if (carried.isEmpty()) {
                dialler.close();
            }
        }
    }

    /** What a recognition cannot do ends one connection, and not the thread that carries all. */
    private Optional<Way> way(SocketChannel dialler, SocketOwners owners) throws IOException {
        Optional<Way> dial = Optional.empty();
        try {
            dial = diallers.way(dialler, owners);
            return dial;
        } catch (RuntimeException e) {
            throw new IOException("who dialled is not known: " + e, e);
        } finally {
            if (dial.isEmpty()) {
                dialler.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        }
    }

    /** What a rewriting cannot do ends one connection, and not the thread that carries all. */
    private Rewriting rewriting() throws IOException {
        try {
            return rewriting.get();
        } catch (RuntimeException e) {
            throw new IOException("a connection cannot be rewritten: " + e, e);
        }
    }

    /** One connection more is carried, or one less. */
    void carries(int more, Selector selector) {
        carried += more;
        SelectionKey key = server.keyFor(selector);
        if (key != null && key.isValid()) {
            key.interestOps(carried < most ? SelectionKey.OP_ACCEPT : 0);
        }
    }

    void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
