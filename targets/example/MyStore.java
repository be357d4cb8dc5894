import dev.umpire.harness.cluster.*;
import dev.umpire.harness.environment.*;
import dev.umpire.harness.launcher.*;
import dev.umpire.harness.target.*;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.net.*;
import java.net.http.*;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.*;
import java.util.concurrent.*;

/** Processes of {@code StoreNode}: the first leads for good, the others follow. */
public final class MyStore implements Target {
    private static final Set<FaultKind> FAULTS = Set.of(FaultKind.CRASH, FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW);
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(60);

    @Override public String name() { return "my-store"; }
    @Override public String meaning() { return "a tiny store over HTTP: one leader; reads where the session is"; }
    @Override public String describe(Settings settings) { return "one leader · ships " + settings.get("ships"); }
    @Override public Set<FaultKind> faults(Settings settings) { return FAULTS; }
    @Override public Set<String> functions(Settings settings) { return Set.of(Request.READ, Request.WRITE); }
    @Override public boolean tellsOrder(Settings settings) { return false; } // no versions, no positions
    @Override public List<Setting> settings() {
        return List.of(new Setting("ships", List.of("later", "first"), "later", "after or before a write is acknowledged"));
    }
    @Override public List<Configuration> configurations() {
        return List.of(
                new Configuration("shipped-later", Map.of("ships", "later"), List.of("durability", "eventual"),
                        FAULTS, "real-time", "what was acknowledged is at the leader"),
                new Configuration("shipped-first", Map.of("ships", "first"),
                        List.of("read-your-writes", "durability", "eventual"),
                        FAULTS, "real-time", "what was acknowledged is at every node"));
    }
    @Override public CompletionStage<Cluster> start(StartContext context) {
        return StartAttempts.start(context, "Address already in use", holdings -> context.environment()
                .blocking("launcher", () -> new Running(context, holdings))
                .thenCompose(Running::ready));
    }

    private static final class Running implements Cluster {
        private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final Map<Node, NodeProcess> processes = new TreeMap<>();
        private final Environment environment;
        private final Holdings holdings; // what is taken from it is given back, even after a kill -9
        private final List<Node> nodes;
        private final Node leader;
        private final Map<Node, Integer> ports;
        private final ProcessFaults faults;

        Running(StartContext context, Holdings holdings) throws Exception {
            this.environment = context.environment();
            this.holdings = holdings;
            nodes = context.nodes();
            leader = nodes.get(0);
            ports = holdings.ports(nodes);
            NodeLinks links = holdings.links(ports); // nodes dial one another through these; clients do not
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            URI jar = MyStore.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            List<String> leads = new ArrayList<>(List.of(context.settings().get("ships")));
            nodes.stream().skip(1).forEach(follower -> leads.add("" + links.dial(leader, follower)));
            for (Node node : nodes) {
                List<String> line = new ArrayList<>(List.of("-cp", Path.of(jar).toString(), "StoreNode", "" + ports.get(node)));
                line.addAll(node.equals(leader) ? leads : List.of("follow"));
                holdings.release(ports.get(node));
                processes.put(node, holdings.start(new Command(
                        node.name(), java, line, holdings.folder(node.name()), Map.of(), context.logs().file(node))));
            }
            StoreProbes probes = new StoreProbes(links, context.logs());
            faults = new SlowServerFaults(environment, links, probes, processes, READY_NANOS) {};
        }

        CompletionStage<Cluster> ready() {
            return processes.get(leader).explaining(Polling.until(environment, "all nodes to answer", READY_NANOS, () -> {
                processes.values().forEach(NodeProcess::requireAlive);
                return convergence().thenApply(seen -> new Polling.Seen(seen.reached(), seen.lastSeen()));
            })).thenApply(ready -> this);
        }

        String standing(Node node) throws IOException { return Loopback.get(ports.get(node), "/standing", 400); }
        CompletionStage<NodeAnswers<String>> standings() { return NodeAnswers.ask(environment, nodes, this::standing); }

        @Override public List<Node> nodes() { return nodes; }
        @Override public FaultControl faults() { return faults; }
        @Override public Client connect(Session session, Node home) { return new StoreClient(home); }
        @Override public CompletionStage<Optional<Node>> leader() {
            return standings().thenApply(all -> all.only(said -> said.startsWith("leads")));
        }
        @Override public CompletionStage<Convergence> convergence() {
            return standings().thenApply(all -> {
                long lengths = all.given().map(said -> said.split(" ")[1]).distinct().count();
                return new Convergence(lengths == 1 && all.all(any -> true), all.describe(said -> said));
            });
        }
        @Override public CompletionStage<Void> stop() {
            faults.end();
            return holdings.giveBack(environment);
        }

        private final class StoreClient implements Client {
            private final Node home;
            private CompletableFuture<HttpResponse<String>> asked = new CompletableFuture<>();

            StoreClient(Node home) { this.home = home; }

            @Override public Node route(Request asked) { return asked.at().orElse(asked.onlyReads() ? home : leader); }
            @Override public CompletionStage<Response> invoke(Request request, Node node) {
                String what = request.requireKey() + (request.onlyReads() ? "" : "=" + request.argument());
                HttpRequest sent = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(node) + "/keys?" + what))
                        .method(request.onlyReads() ? "GET" : "PUT", HttpRequest.BodyPublishers.noBody()).build();
                asked = http.sendAsync(sent, HttpResponse.BodyHandlers.ofString());
                return asked.handleAsync(StoreClient::response, environment::execute); // back on the loop
            }
            static Response response(HttpResponse<String> answer, Throwable failure) {
                if (failure != null) {
                    return Failures.cause(failure) instanceof ConnectException
                            ? new Response.Fail("no connection was made") // so certainly nothing happened
                            : new Response.Info(String.valueOf(failure.getMessage())); // nobody knows
                }
                return switch (answer.statusCode()) {
                    case 200 -> Response.ok(StoredText.value(answer.body()));
                    case 201 -> Response.done();
                    case 204 -> Response.ok(Value.NIL);
                    case 403 -> new Response.Fail(answer.body());
                    default -> new Response.Info(answer.body());
                };
            }
            @Override public void close() { asked.cancel(true); }
        }

        /** What a link carries is told by the node at its end: the greeting is in its log, or it is not. */
        private final class StoreProbes extends GreetingProbes {
            StoreProbes(NodeLinks links, NodeLogs logs) { super(environment, links, logs); }
            @Override protected String question() { return "how long its log is"; }
            @Override protected void ask(Node node) throws IOException { standing(node); }
            @Override protected String refusal(int number) { return "refused: /greeting-" + number + " "; }
            @Override protected ByteBuffer greeting(int number) {
                return StandardCharsets.US_ASCII.encode("GET /greeting-" + number + " HTTP/1.0\r\n\r\n");
            }
        }
    }
}
