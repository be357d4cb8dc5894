package dev.umpire.harness.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port of the loopback address that nobody else can take until it is released. */
public final class ReservedPort implements AutoCloseable {

    /** Below this ports belong to well-known services. */
    private static final int LEAST = 10_000;

    private final ServerSocket holder;
    private final int number;

    private ReservedPort(ServerSocket holder) {
        this.holder = holder;
        this.number = holder.getLocalPort();
    }

    public int number() {
        return number;
    }

    /** The place right after it. */
    int nextPlace() {
        return number - LEAST + 1;
    }

    /** Lets go of the port, right before its node takes it. Releasing again does nothing. */
    public void release() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        release();
    }

    /** The first free port at or after a place, any number, in a circle of those that no outgoing connection takes. */
    static ReservedPort take(int place) throws IOException {
        int end = leastOutgoingPort();
        int span = end - LEAST;
        if (span > 0) {
            int start = Math.floorMod(place, span);
            for (int i = 0; i < span; i++) {
                ServerSocket socket = new ServerSocket();
                try {
                    socket.setReuseAddress(true);
                    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), LEAST + (start + i) % span), 1);
                    return new ReservedPort(socket);
                } catch (IOException taken) {
                    socket.close();
                }
            }
        }
        return new ReservedPort(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }

    private static int leastOutgoingPort() {
        try {
            String range = ProcessIdentity.readAtOnce("/proc/sys/net/ipv4/ip_local_port_range");
            return Integer.parseInt(range.split("\\s+", -1)[0]);
        } catch (IOException | NumberFormatException unreadable) {
            return 32_768; // what Linux starts with
        }
    }
}
