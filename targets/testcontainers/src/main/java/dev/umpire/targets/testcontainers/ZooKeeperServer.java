package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Questions to one server of ZooKeeper what it is, by {@code srvr}, which it answers also while it is in no quorum. */
record ZooKeeperServer(String host, int port) implements StoreConnection {
    private static final int BOUND_MILLIS = 500;

    /** @throws IOException if there is no answer within the bound */
    ZooKeeperStatus status() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), BOUND_MILLIS);
            socket.setSoTimeout(BOUND_MILLIS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            String page = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (page.isBlank()) {
                throw new IOException("srvr: found an empty answer, expected lines");
            }
            return ZooKeeperStatus.of(page);
        }
    }

    @Override
    public Response ask(Request request) {
        throw new UnsupportedOperationException("found " + request + " of nobody, expected it of a session");
    }

    /**
     * {@inheritDoc}
     *
     * <p>Some servers count in a new leader's way at once, others with its first transaction: so a leader that has none is given
     * one, the begin of a session, and all are equally far in the end.
     */
    @Override
    public Standing standing() throws IOException {
        ZooKeeperStatus status = status();
        if (status.leads() && status.begins()) {
            ZooKeeperSession first = new ZooKeeperSession(host, port);
            boolean unused = first.connected();
            first.close();
        }
        return new Standing(status.leads(), status.zxid());
    }

    @Override
    public String probe() throws IOException {
        return "it " + status().describe();
    }

    @Override
    public Optional<String> version() throws IOException {
        return Optional.of(status().version());
    }

    /** Each question has a connection of its own. */
    @Override
    public void close() {
        // it is closed after the answer
    }
}
