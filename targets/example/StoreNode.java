import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A node of a tiny replicated store: a log of lines {@code key=value}, kept in a file and shipped from one leader to all
 * followers over HTTP.
 *
 * <pre>
 * java StoreNode PORT follow                     a follower
 * java StoreNode PORT later PORT-OF-FOLLOWER...  a leader that answers a write when it has it itself
 * java StoreNode PORT first PORT-OF-FOLLOWER...  a leader that ships a write to all followers before it answers
 *
 * GET /keys?x      200 and its value; 204 if it was never written
 * PUT /keys?x=5    201: written; 403: this is a follower; 504: not every follower has it in time, and all may have it later
 * GET /standing    'leads 12' or 'follows 12': how many lines the log has
 * PUT /log?12      lines of the log from this place on, from the leader; the answer is the new length
 * </pre>
 */
public final class StoreNode {

    private static final Duration LONGEST_SHIPMENT = Duration.ofMillis(300);
    private static final int LATER_MILLIS = 200;
    private static final int AGAIN_MILLIS = 25;
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int NEVER_REACHED = -1;

    private final Path disk;
    private final boolean leads;
    private final boolean shipsFirst;
    private final List<String> log = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<Integer, Integer> shipped = new HashMap<>(); // by the port of the follower: lines that it has
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private StoreNode(Path disk, String role) throws IOException {
        this.disk = disk;
        leads = !role.equals("follow");
        shipsFirst = role.equals("first");
        if (Files.exists(disk)) {
            Files.readAllLines(disk).forEach(this::learn);
        }
    }

    /** Starts a node whose log lies in the working folder. */
    public static void main(String[] arguments) throws IOException {
        // head and body of an answer are two packets; the second would wait until the first is acknowledged
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int port = Integer.parseInt(arguments[0]);
        StoreNode node = new StoreNode(Path.of("log"), arguments[1]);
        ExecutorService threads = Executors.newCachedThreadPool();
        for (int i = 2; i < arguments.length; i++) {
            int follower = Integer.parseInt(arguments[i]);
            node.hasShipped(follower, NEVER_REACHED);
            threads.submit(() -> node.shipForever(follower));
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", node::handle);
        server.setExecutor(threads);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (exchange.getRequestMethod() + " " + asked.getPath()) {
                case "GET /keys" -> read(exchange, asked.getQuery());
                case "PUT /keys" -> write(exchange, asked.getQuery());
                case "GET /standing" -> answer(exchange, 200, (leads ? "leads " : "follows ") + length());
                case "PUT /log" -> answer(exchange, 200, "" + follow(Integer.parseInt(asked.getQuery()), body));
                default -> {
                    System.out.println("refused: " + asked + " is unknown here");
                    answer(exchange, 404, "unknown");
                }
            }
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private synchronized int length() {
        return log.size();
    }

    private void read(HttpExchange exchange, String key) throws IOException {
        String value = valueOf(key);
        answer(exchange, value.isEmpty() ? 204 : 200, value);
    }

    private synchronized String valueOf(String key) {
        return values.getOrDefault(key, "");
    }

    private void write(HttpExchange exchange, String line) throws IOException, InterruptedException {
        if (!leads) {
            answer(exchange, 403, "this node follows");
            return;
        }
        int end = append(List.of(line));
        boolean enough = !shipsFirst || allHave(end);
        answer(exchange, enough ? 201 : 504, enough ? "written" : "not every follower has it yet");
    }

    /** Returns the length of the log with these lines. */
    private synchronized int append(List<String> lines) throws IOException {
        Files.write(disk, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        lines.forEach(this::learn);
        notifyAll();
        return log.size();
    }

    private void learn(String line) {
        log.add(line);
        int equals = line.indexOf('=');
        values.put(line.substring(0, equals), line.substring(equals + 1));
    }

    /** What comes twice is known by its place in the log; what would leave a gap is not taken. */
    private synchronized int follow(int place, String lines) throws IOException {
        return place > log.size()
                ? log.size()
                : append(lines.lines().skip(log.size() - place).toList());
    }

    /** Goes on from where the follower says that it is. */
    private Void shipForever(int follower) throws InterruptedException {
        int place = length();
        boolean reached = false;
        while (true) {
            if (!reached || !shipsFirst) {
                Thread.sleep(reached ? LATER_MILLIS : AGAIN_MILLIS);
            }
            try {
                place = ship(follower, place, from(follower, place));
                hasShipped(follower, place);
                reached = true;
            } catch (IOException noAnswer) {
                System.out.println("port " + follower + " did not take a shipment: " + noAnswer);
                reached = false;
            }
        }
    }

    private int ship(int follower, int place, String lines) throws IOException, InterruptedException {
        HttpRequest shipment = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + follower + "/log?" + place))
                .timeout(LONGEST_SHIPMENT)
                .PUT(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        return Integer.parseInt(
                http.send(shipment, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Awaits lines that a follower has not; one that was never reached is sent none, and asked where it is. */
    private synchronized String from(int follower, int place) throws InterruptedException {
        while (place == log.size() && shipped.get(follower) != NEVER_REACHED) {
            wait();
        }
        return String.join("\n", log.subList(place, log.size()));
    }

    private synchronized void hasShipped(int follower, int length) {
        shipped.put(follower, length);
        notifyAll();
    }

    private synchronized boolean allHave(int length) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (shipped.values().stream().anyMatch(has -> has < length)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
