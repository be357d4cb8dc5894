package dev.umpire.harness.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;

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

    /**
     * Fetches a page over HTTP. Blocks.
     *
     * @param path with its slash: {@code /status}
     * @param boundMillis of the connecting, and of each wait for a part of the answer
     * @return its text, as UTF-8
     * @throws IOException also where the status is 400 or more
     */
    public static String get(int port, String path, int boundMillis) throws IOException {
        URLConnection question =
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection(Proxy.NO_PROXY);
        question.setConnectTimeout(boundMillis);
        question.setReadTimeout(boundMillis);
        try (InputStream answer = question.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
