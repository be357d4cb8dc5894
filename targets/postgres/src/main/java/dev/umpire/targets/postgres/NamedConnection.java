package dev.umpire.targets.postgres;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A connection on which is only spoken and no answer is awaited, in PostgreSQL's protocol: a server that gets the first
 * message knows the connection by its name from then on, whether or not anything comes back, and by another one after each
 * statement that renames it.
 *
 * <pre>
 *  0        4             8
 * +--------+-------------+----------------------------------------------+---+
 * | length | 196608 (3.0)| name \0 value \0 ... of each parameter       | 0 |   big-endian; the length counts itself
 * +--------+-------------+----------------------------------------------+---+
 * </pre>
 *
 * <pre>
 *  0    1        5
 * +---+--------+---------------+---+
 * | Q | length | statement     | 0 |   the length does not count the Q
 * +---+--------+---------------+---+
 * </pre>
 *
 * Source: PostgreSQL documentation, <i>Message Formats</i>, StartupMessage and Query.
 */
final class NamedConnection implements AutoCloseable {

    private static final int PROTOCOL_3_0 = 196_608;

    private final Socket socket;

    /**
     * Connects to a port of the loopback address.
     *
     * @throws IOException if the connection is refused
     */
    NamedConnection(int port, int timeoutMillis) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMillis);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Sends the message, which names the connection. */
    void send(String name) throws IOException {
        socket.getOutputStream().write(message(name));
    }

    /** Sends a statement that gives the connection another name. */
    void rename(String name) throws IOException {
        byte[] statement = ("SET application_name = '" + name + "'").getBytes(StandardCharsets.UTF_8);
        int length = Integer.BYTES + statement.length + 1;
        socket.getOutputStream()
                .write(ByteBuffer.allocate(1 + length)
                        .put((byte) 'Q')
                        .putInt(length)
                        .put(statement)
                        .array());
    }

    private static byte[] message(String name) {
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        for (String text : List.of("user", Connections.USER, "database", "postgres", "application_name", name)) {
            parameters.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            parameters.write(0);
        }
        parameters.write(0);
        int length = 2 * Integer.BYTES + parameters.size();
        return ByteBuffer.allocate(length)
                .putInt(length)
                .putInt(PROTOCOL_3_0)
                .put(parameters.toByteArray())
                .array();
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
