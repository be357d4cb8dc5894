package dev.umpire.harness.cli.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.umpire.harness.report.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers browsers over HTTP, by GET and HEAD alone. Every answer says that nothing of it may be kept, framed, guessed at or
 * loaded from elsewhere.
 */
public final class StoreServer implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int MOST_WAITING = 128;
    private static final long MOST_REQUEST_SECONDS = 10;
    private static final long MOST_ANSWER_SECONDS = 600;
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final HostNames hosts;
    private final Pages pages;

    private StoreServer(HttpServer server, ThreadPoolExecutor threads, HostNames hosts, Pages pages) {
        this.server = server;
        this.threads = threads;
        this.hosts = hosts;
        this.pages = pages;
    }

    /**
     * Listens from now on.
     *
     * @param address where; port 0 is any that is free
     * @param host the address as the user named it
     * @throws java.net.BindException if the address cannot be listened on
     * @throws IOException if the server cannot be started, or the folder of runs cannot be read
     */
    public static StoreServer open(InetSocketAddress address, String host, ServedStore store) throws IOException {
        Pages pages = Pages.of(store);
        boundExchanges();
        HttpServer server = HttpServer.create(address, MOST_WAITING);
        // whoever hands in more than can wait answers it himself: then nobody is accepted meanwhile
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                new ThreadPoolExecutor.CallerRunsPolicy());
        StoreServer opened = new StoreServer(server, threads, HostNames.of(server.getAddress(), host), pages);
        server.setExecutor(threads);
        server.createContext("/", opened::handle);
        server.start();
        return opened;
    }

    /** The JDK's server takes this from here alone; without it a client that says nothing keeps a thread for ever. */
    private static void boundExchanges() {
        System.setProperty("sun.net.httpserver.maxReqTime", Long.toString(MOST_REQUEST_SECONDS));
        System.setProperty("sun.net.httpserver.maxRspTime", Long.toString(MOST_ANSWER_SECONDS));
    }

    /** The address of the first page. */
    public String address() {
        InetSocketAddress bound = server.getAddress();
        return "http://" + HostNames.literal(bound.getAddress()) + ":" + bound.getPort() + "/";
    }

    /** Stops at once; answers that are under way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, reply(exchange));
        }
    }

    private Reply reply(HttpExchange exchange) {
        List<String> host = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        if (!hosts.allow(host)) {
            return refused(421, "found Host " + host + ", expected the address at which this server listens");
        }
        if (!METHODS.contains(exchange.getRequestMethod())) {
            return refused(
                    405, "found " + exchange.getRequestMethod() + ", expected GET or HEAD: nothing here is changed");
        }
        try {
            return pages.answer(Request.of(exchange.getRequestURI()));
        } catch (IllegalArgumentException e) {
            return refused(400, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return refused(500, "cannot be read: " + e.getMessage());
        }
    }

    private static Reply refused(int status, String why) {
        return new Reply.Made(status, PLAIN, SafeText.clipped(why, 500) + "\n", Policy.NOTHING);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", reply.policy());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        if (reply instanceof Reply.Stored stored) {
            headers.set("Content-Type", stored.type());
            stored.name()
                    .ifPresent(name -> headers.set(
                            "Content-Disposition", "attachment; filename*=UTF-8''" + Request.encoded(name)));
            begin(exchange, 200, Files.size(stored.file()), body -> Files.copy(stored.file(), body));
        } else if (reply instanceof Reply.Made made) {
            headers.set("Content-Type", made.type());
            if (made.status() == 405) {
                headers.set("Allow", "GET, HEAD");
            }
            byte[] text = made.text().getBytes(StandardCharsets.UTF_8);
            begin(exchange, made.status(), text.length, body -> body.write(text));
        }
    }

    /** Writes the body of an answer. */
    @FunctionalInterface
    private interface Body {
        void writeTo(OutputStream body) throws IOException;
    }

    private static void begin(HttpExchange exchange, int status, long length, Body body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        // a length of 0 would mean one that is not known yet
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        if (length > 0) {
            body.writeTo(exchange.getResponseBody());
        }
    }
}
