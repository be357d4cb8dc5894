package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.Loopback;
import dev.umpire.harness.external.Question;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;

/** The question of a client which options there are, which a node answers without another one. */
final class Options implements Question {

    // of the protocol for clients, version 4: the question, and the kind of its answer
    private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};
    private static final int HEADER_BYTES = OPTIONS.length;
    private static final int KIND = 4;
    private static final byte SUPPORTED = 6;

    @Override
    public String words() {
        return "a question for its options";
    }

    @Override
    public Line dial(int port, int boundMillis) {
        return new Line() {
            @Override
            public void ask() throws IOException {
                Options.ask(port, boundMillis);
            }

            @Override
            public void close() {
                // nothing is open between two questions
            }
        };
    }

    /** Asks at a port of the loopback address, on a connection of its own. Blocks. */
    static void ask(int port, int boundMillis) throws IOException {
        try (Socket socket = Loopback.dial(port, boundMillis)) {
            socket.getOutputStream().write(OPTIONS);
            byte[] header = new byte[HEADER_BYTES];
            new DataInputStream(socket.getInputStream()).readFully(header);
            if (header[KIND] != SUPPORTED) {
                throw new IOException("found an answer of kind " + header[KIND] + ", expected " + SUPPORTED);
            }
        }
    }
}
