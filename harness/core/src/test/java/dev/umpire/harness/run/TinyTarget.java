package dev.umpire.harness.run;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A store with one log in memory, of which every node applies a prefix; the smallest that can be run, struck and be wrong.
 * The log is the leader's word made eternal: a failover loses nothing.
 */
final class TinyTarget implements Target {

    private static final long LAG_NANOS = 2_000_000;
    private static final long SERVICE_NANOS = 500_000;

    private final boolean simulated;
    private final Set<FaultKind> possible;
    final List<String> levers = new ArrayList<>();
    boolean stopped;
    /** How many sessions it was told of when it was started last. */
    int announced = -1;

    TinyTarget(boolean simulated) {
        this(simulated, EnumSet.range(FaultKind.CRASH, FaultKind.FAILOVER));
    }

    TinyTarget(boolean simulated, Set<FaultKind> possible) {
        this.simulated = simulated;
        this.possible = possible;
    }

    @Override
    public String name() {
        return "tiny";
    }

    @Override
    public String meaning() {
        return "a log in memory";
    }

    @Override
    public boolean simulated() {
        return simulated;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("reads", List.of("leader", "home"), "leader", "where reads go"),
                new Setting(
                        "bug",
                        List.of("none", "mute", "throws", "fatal", "no-cut", "stale", "stopped", "no-start"),
                        "none",
                        "what is wrong"));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                new Configuration(
                        "at-leader",
                        Map.of("reads", "leader"),
                        List.of(),
                        Set.of(),
                        "real-time",
                        "reads at the leader"),
                new Configuration(
                        "at-home",
                        Map.of("reads", "home"),
                        List.of(),
                        Set.of(FaultKind.PAUSE),
                        "real-time",
                        "reads anywhere"));
    }

    @Override
    public List<Defect> defects() {
        return List.of(new Defect("T1", "at-home", "a bug", "", List.of(), List.of(), Defect.Trial.USUAL));
    }

    @Override
    public String describe(Settings settings) {
        return "tiny";
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        return possible;
    }

    @Override
    public Set<String> functions(Settings settings) {
        return Set.of(Request.READ, Request.WRITE, Request.SNAPSHOT);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        announced = context.sessions();
        return context.settings().get("bug").equals("no-start")
                ? CompletableFuture.failedFuture(new IllegalStateException("tiny is not installed"))
                : CompletableFuture.completedFuture(new TinyCluster(context));
    }

    private record Entry(Value key, Value value) {}

    private static final class Replica {
        private int applied;
        private boolean up = true;
        private final Map<Value, Value> state = new LinkedHashMap<>();
    }

    private final class TinyCluster implements Cluster, FaultControl {
        private final Environment environment;
        private final String bug;
        private final boolean readsAtHome;
        private final Map<Node, Replica> replicas = new TreeMap<>();
        private final Set<Link> cut = new TreeSet<>();
        private final List<Entry> log = new ArrayList<>();
        private Node leader;

        private TinyCluster(StartContext context) {
            environment = context.environment();
            bug = context.settings().get("bug");
            readsAtHome = context.settings().get("reads").equals("home");
            for (Node node : context.nodes()) {
                replicas.put(node, new Replica());
                context.logs().append(node, "started");
            }
            leader = nodes().get(0);
        }

        @Override
        public List<Node> nodes() {
            return List.copyOf(replicas.keySet());
        }

        @Override
        public CompletionStage<Optional<Node>> leader() {
            return CompletableFuture.completedFuture(Optional.of(leader));
        }

        @Override
        public FaultControl faults() {
            return this;
        }

        private Replica replica(Node node) {
            return Optional.ofNullable(replicas.get(node)).orElseThrow();
        }

        private void catchUp() {
            environment.schedule(
                    LAG_NANOS,
                    () -> replicas.forEach((node, replica) -> {
                        boolean reached =
                                node.equals(leader) || (replica(leader).up && !cut.contains(new Link(leader, node)));
                        if (replica.up && reached && !(isBehind() && node.name().equals("n3"))) {
                            apply(replica);
                        }
                    }));
        }

        private boolean isBehind() {
            return bug.equals("stale") || bug.equals("stopped");
        }

        private void apply(Replica replica) {
            for (; replica.applied < log.size(); replica.applied++) {
                Entry entry = log.get(replica.applied);
                replica.state.put(entry.key(), entry.value());
            }
        }

        @Override
        public CompletionStage<Convergence> convergence() {
            boolean reached = replicas.values().stream().allMatch(replica -> replica.applied == log.size());
            if (!reached && bug.equals("stopped")) {
                return CompletableFuture.completedFuture(Convergence.never("n3 applies nothing"));
            }
            return CompletableFuture.completedFuture(new Convergence(
                    reached,
                    "applied "
                            + replicas.values().stream()
                                    .map(replica -> replica.applied)
                                    .toList()));
        }

        @Override
        public CompletionStage<Void> stop() {
            stopped = true;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Client connect(Session session, Node home) {
            return new Client() {
                @Override
                public Node route(Request request) {
                    boolean atHome = readsAtHome && !request.function().equals(Request.WRITE);
                    return request.at().orElse(atHome ? home : leader);
                }

                @Override
                public CompletionStage<Response> invoke(Request request, Node node) {
                    return serve(session, request, node);
                }

                @Override
                public void close() {}
            };
        }

        private CompletionStage<Response> serve(Session session, Request request, Node node) {
            CompletableFuture<Response> response = new CompletableFuture<>();
            if (session.number() == 1 && !request.finalPhase()) {
                switch (bug) {
                    case "mute" -> {
                        return response;
                    }
                    case "throws" -> throw new IllegalStateException("connection reset");
                    case "fatal" ->
                        environment.execute(() -> {
                            throw new IllegalStateException("the loop itself is broken");
                        });
                    default -> {}
                }
            }
            environment.schedule(SERVICE_NANOS, () -> {
                if (replica(node).up) {
                    response.complete(execute(request, node));
                }
            });
            return response;
        }

        private Response execute(Request request, Node node) {
            Replica replica = replica(node);
            if (request.function().equals(Request.WRITE)) {
                if (!node.equals(leader)) {
                    return new Response.Fail(node + " is not the leader");
                }
                log.add(new Entry(request.key().orElseThrow(), request.argument()));
                apply(replica);
                catchUp();
                return Response.done();
            }
            if (request.function().equals(Request.READ)) {
                return Response.ok(replica.state.getOrDefault(request.key().orElseThrow(), Value.NIL));
            }
            Map<Value, Value> seen = new LinkedHashMap<>();
            ((Value.Sequence) request.argument())
                    .elements()
                    .forEach(key -> seen.put(key, replica.state.getOrDefault(key, Value.NIL)));
            return Response.ok(new Value.MapOf(seen));
        }

        private CompletionStage<Void> lever(String name, Runnable effect) {
            levers.add(name);
            effect.run();
            catchUp();
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> crash(Node node) {
            return lever("crash " + node, () -> replica(node).up = false);
        }

        @Override
        public CompletionStage<Void> restart(Node node) {
            return lever("restart " + node, () -> replica(node).up = true);
        }

        @Override
        public CompletionStage<Void> stop(Node node) {
            return lever("stop " + node, () -> replica(node).up = false);
        }

        @Override
        public CompletionStage<Void> pause(Node node) {
            return lever("pause " + node, () -> replica(node).up = false);
        }

        @Override
        public CompletionStage<Void> resume(Node node) {
            return lever("resume " + node, () -> replica(node).up = true);
        }

        @Override
        public CompletionStage<Void> cut(Set<Link> links) {
            return lever("cut", () -> {
                if (!bug.equals("no-cut")) {
                    cut.addAll(links);
                }
            });
        }

        @Override
        public CompletionStage<Void> mend(Set<Link> links) {
            return lever("mend", () -> cut.removeAll(links));
        }

        @Override
        public CompletionStage<Node> failOver(Node old) {
            Node next = nodes().stream()
                    .filter(node -> !node.equals(old))
                    .findFirst()
                    .orElseThrow();
            return lever("failover " + old, () -> {
                        replica(old).up = false;
                        leader = next;
                        apply(replica(next));
                    })
                    .thenApply(nothing -> next);
        }

        @Override
        public CompletionStage<Observation> answers(Node node) {
            boolean up = replica(node).up;
            return observation(up, node + (up ? " answered" : " did not answer within 10 ms"));
        }

        @Override
        public CompletionStage<Observation> delivers(Link link) {
            boolean delivers = !cut.contains(link) && replica(link.to()).up;
            return observation(delivers, link + (delivers ? " delivered" : " delivered nothing within 10 ms"));
        }

        private CompletionStage<Observation> observation(boolean positive, String evidence) {
            return environment.after(10_000_000).thenApply(passed -> new Observation(positive, evidence));
        }
    }
}
