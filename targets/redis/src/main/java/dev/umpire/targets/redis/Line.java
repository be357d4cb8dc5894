package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Loopback;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A bare connection for probes: lines there, lines back, in Redis's inline form. A driver would hide what was sent when,
 * and send things of its own.
 */
final class Line implements AutoCloseable {

    private static final int MOST_LINES = 100;

    private final Socket socket;
    private final InputStream in;

    /** Nothing came back, or the connection ended or was refused. */
    static final class NoAnswer extends IOException {
        private static final long serialVersionUID = 1;

        NoAnswer(IOException cause) {
            super(cause.getMessage(), cause);
        }

        NoAnswer(String message) {
            super(message);
        }
    }

    Line(int port, int timeoutMillis) throws NoAnswer {
        try {
            socket = Loopback.dial(port, timeoutMillis);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new NoAnswer(e);
        }
    }

    void send(String line) throws NoAnswer {
        try {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new NoAnswer(e);
        }
    }

    /** One line without its end. */
    String receive() throws NoAnswer {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new NoAnswer("the connection ended");
                }
                if (b != '\r') {
                    line.write(b);
                }
            }
            return line.toString(StandardCharsets.UTF_8);
        } catch (NoAnswer e) {
            throw e;
        } catch (IOException e) {
            throw new NoAnswer(e);
        }
    }

    /** Reads lines up to one that is this; each may take the timeout. */
    void receiveUntil(String wanted) throws NoAnswer {
        for (int i = 0; i < MOST_LINES; i++) {
            if (receive().equals(wanted)) {
                return;
            }
        }
        throw new NoAnswer("found " + MOST_LINES + " other lines, expected " + wanted);
    }

    /** A text whose length stands on the line before it. */
    String receiveBulk() throws NoAnswer {
        String length = receive();
        if (!length.startsWith("$")) {
            throw new NoAnswer("found " + length + ", expected the length of a text");
        }
        try {
            return new String(in.readNBytes(Integer.parseInt(length.substring(1))), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new NoAnswer(e);
        }
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
