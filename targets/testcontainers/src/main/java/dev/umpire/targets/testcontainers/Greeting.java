package dev.umpire.targets.testcontainers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * A greeting that is not of the store, at the port for other nodes: the node there ends the conversation. While the link carries
 * nothing, either the greeting or that end does not arrive.
 *
 * @param first what the node reads before it ends the conversation, neither less nor more
 */
record Greeting(String host, int port, long first) implements ProbeConnection {
    private static final int BOUND_MILLIS = 500;

    @Override
    public String probe() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), BOUND_MILLIS);
            socket.setSoTimeout(BOUND_MILLIS);
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(Long.BYTES).putLong(first).array());
            int answer = socket.getInputStream().read();
            if (answer >= 0) {
                throw new IOException("found a byte " + answer + ", expected the end of the conversation");
            }
            return "it ended a conversation that was none";
        }
    }

    /** Each greeting has a connection of its own. */
    @Override
    public void close() {
        // it is closed after the answer
    }
}
