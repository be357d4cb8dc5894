package dev.umpire.targets.testcontainers;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A question to a node of Cassandra which options it has, at its port for clients; no other node is needed for that. */
record CassandraQuestion(String host, int port) implements ProbeConnection {
    private static final int BOUND_MILLIS = 500;

    // of the protocol for clients, version 4: a question which options there are, and the kind of its answer
    private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};
    private static final int KIND = 4;
    private static final byte SUPPORTED = 6;

    @Override
    public String probe() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), BOUND_MILLIS);
            socket.setSoTimeout(BOUND_MILLIS);
            socket.getOutputStream().write(OPTIONS);
            byte[] header = new byte[OPTIONS.length];
            new DataInputStream(socket.getInputStream()).readFully(header);
            if (header[KIND] != SUPPORTED) {
                throw new IOException("found an answer of kind " + header[KIND] + ", expected " + SUPPORTED);
            }
            return "it has options";
        }
    }

    /** Each question has a connection of its own. */
    @Override
    public void close() {
        // it is closed after the answer
    }
}
