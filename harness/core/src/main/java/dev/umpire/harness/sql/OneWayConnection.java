package dev.umpire.harness.sql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A connection on which is only spoken and no answer is awaited: a server that gets a message acts on it, whether or not
 * anything comes back.
 */
final class OneWayConnection implements AutoCloseable {

    private final Socket socket;

    /**
     * Connects to a port of the loopback address.
     *
     * @throws IOException if the connection is refused
     */
    OneWayConnection(int port, int timeoutMillis) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMillis);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Sends a message. */
    void send(byte[] message) throws IOException {
        socket.getOutputStream().write(message);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            return; // a socket that cannot be closed is closed
        }
    }
}
