package dev.umpire.harness.launcher;

import dev.umpire.harness.launcher.LinkProxy.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Function;

/** Who dials a listener of a {@link LinkProxy}: each connection travels on the ways of the one who does. */
public final class Diallers {

    private final String told;
    private final Recognition recognition;

    /** Tells the way of a connection. */
    private interface Recognition {
        Optional<Way> way(SocketChannel dialler, SocketOwners owners) throws IOException;
    }

    private Diallers(String told, Recognition recognition) {
        this.told = told;
        this.recognition = recognition;
    }

    /**
     * Always the same one.
     *
     * @param dial from whoever dials to the listening one
     */
    public static Diallers of(Way dial) {
        return new Diallers(dial.toString(), (dialler, owners) -> Optional.of(dial));
    }

    /**
     * Any node whose process, or one that it started, holds the dialling socket; the name of the process is the name of the node.
     * A connection of anybody else is reset, as is one that was closed before its holder was found.
     *
     * @param listening the node that they dial
     */
    public static Diallers processes(String listening) {
        return new Diallers(
                "all who dial " + listening,
                (dialler, owners) -> owners.dialler(port(dialler.getRemoteAddress()), port(dialler.getLocalAddress()))
                        .map(from -> new Way(from, listening)));
    }

    /**
     * Any node with an address of its own, such as a container. A connection from an address that is nobody's is reset.
     *
     * @param listening the node that they dial
     * @param nodes the name of the node that dials from an address; asked by the thread that carries everything
     */
    public static Diallers addresses(String listening, Function<InetAddress, Optional<String>> nodes) {
        return new Diallers(
                "all who dial " + listening,
                (dialler, owners) -> nodes.apply(((InetSocketAddress) dialler.getRemoteAddress()).getAddress())
                        .map(from -> new Way(from, listening)));
    }

    private static int port(SocketAddress address) {
        return ((InetSocketAddress) address).getPort();
    }

    /** The way of a connection; empty where nobody knows who dialled. */
    Optional<Way> way(SocketChannel dialler, SocketOwners owners) throws IOException {
        return recognition.way(dialler, owners);
    }

    @Override
    public String toString() {
        return told;
    }
}
