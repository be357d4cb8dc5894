package dev.umpire.targets.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** The sockets under Redis clients, which can be closed from another thread while a call waits on them. */
final class Sockets {

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Connects to a port of the loopback address.
     *
     * @param timeoutMillis bound of the connecting and of each answer
     * @throws JedisConnectionException if it cannot; then no request was sent
     */
    Jedis connect(int port, int timeoutMillis) {
        JedisSocketFactory factory = () -> socket(port, timeoutMillis);
        // CLIENT SETINFO is of Redis 7.2: older servers answer it with an error
        Jedis jedis = new Jedis(
                factory,
                DefaultJedisClientConfig.builder()
                        .timeoutMillis(timeoutMillis)
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .build());
        jedis.connect();
        return jedis;
    }

    private Socket socket(int port, int timeoutMillis) {
        Socket socket = new Socket();
        open.add(socket);
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(timeoutMillis);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMillis);
            if (closed) {
                throw new IOException("closed by the session");
            }
            return socket;
        } catch (IOException e) {
            closeQuietly(socket);
            open.remove(socket);
            throw new JedisConnectionException("port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Closes them all; calls that wait on them end with an exception. */
    void close() {
        closed = true;
        open.forEach(Sockets::closeQuietly);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            return; // a socket that cannot be closed is closed
        }
    }
}
