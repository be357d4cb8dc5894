package dev.umpire.harness.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Bare connections to ports of the loopback address, for questions that a driver would answer by itself. */
public final class Loopback {

    private Loopback() {}

    /**
     * Connects. Blocks.
     *
     * @param boundMillis of the connecting, and of each wait for an answer
     */
    public static Socket dial(int port, int boundMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(boundMillis);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), boundMillis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
