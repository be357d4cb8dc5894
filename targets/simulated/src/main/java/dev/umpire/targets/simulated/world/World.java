package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * All machines of a cluster, the network between them, and an operator who can ask every process a question over a
 * connection of his own.
 */
public final class World {
    private static final long ANSWER_TIMEOUT_NANOS = 500_000_000;

    private final Environment environment;
    private final Network network;
    private final List<Host> hosts = new ArrayList<>();
    private final List<Node> nodes;
    private final KeyedRandom.Stream clientDelays;
    private final ClientPort operator;
    private final Map<Long, CompletableFuture<Optional<Message>>> asked = new HashMap<>();
    private final Map<Long, LinkCount> counted = new HashMap<>();
    private long questions;

    /**
     * Builds the machines and starts a process on each.
     *
     * @param programs makes what a machine runs, anew at each start
     */
    public World(StartContext context, WorldConditions conditions, Function<Host, Program> programs) {
        this.environment = context.environment();
        this.network = new Network(environment, conditions.network(), context.nodeCount());
        this.clientDelays = environment.random().stream("world/clients");
        this.nodes = context.nodes();
        for (Node node : nodes) {
            hosts.add(new Host(
                    environment, network, context.logs(), node, context.nodeCount(), conditions.checksums(), programs));
        }
        this.operator = new ClientPort(network, new Operator(), environment.random().stream("world/operator"));
        hosts.forEach(Host::start);
    }

    public Environment environment() {
        return environment;
    }

    /** The nodes in the order of their addresses. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The address of a node. */
    public int address(Node node) {
        int address = nodes.indexOf(node);
        if (address < 0) {
            throw new IllegalArgumentException("node: found " + node + ", expected one of " + nodes);
        }
        return address;
    }

    Host host(Node node) {
        return hosts.get(address(node));
    }

    /** Puts a new machine, with an empty disk and no process, in the place of a node's, which has none. */
    public void exchange(Node node) {
        host(node).exchange();
    }

    Network network() {
        return network;
    }

    /**
     * Connects a client.
     *
     * @param client the number of the client
     * @param connection how many connections this client has had before
     */
    public ClientPort connect(int client, long connection, ClientPort.Receiver receiver) {
        return new ClientPort(network, receiver, clientDelays.split(client).split(connection));
    }

    /** Asks a node's process; empty if there is no answer in time or no process. */
    public CompletionStage<Optional<Message>> ask(Node node, Message question, long timeoutNanos) {
        long id = questions++;
        CompletionStage<Optional<Message>> answer = awaitAnswer(id, timeoutNanos);
        operator.send(address(node), new Host.Question(id, question));
        return answer;
    }

    /**
     * Asks every node's process how it is; those that answer in time are in the map, in the order of their names.
     *
     * @param kind what every process answers
     */
    public <S extends Message> CompletionStage<Map<Node, S>> askAll(Class<S> kind) {
        Map<Node, S> seen = new TreeMap<>();
        CompletableFuture<?>[] asking = nodes.stream()
                .map(node -> ask(node, new StatusQuestion(), ANSWER_TIMEOUT_NANOS)
                        .thenAccept(answer -> answer.ifPresent(message -> seen.put(node, kind.cast(message))))
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(asking).thenApply(done -> seen);
    }

    /** The only question that stores are asked; each has its own answer. */
    private record StatusQuestion() implements Message {}

    /** Lets the machine of one node send something to another's; the answer is there if it arrived in time. */
    CompletionStage<Optional<Message>> probe(Node from, Node to, long timeoutNanos) {
        long id = questions++;
        CompletionStage<Optional<Message>> answer = awaitAnswer(id, timeoutNanos);
        operator.send(address(from), new Host.Probe(id, operator.address(), address(to)));
        return answer;
    }

    /** Asks a node's machine for its time of day; empty if there is no answer in time. */
    CompletionStage<Optional<Message>> askTime(Node node, long timeoutNanos) {
        long id = questions++;
        CompletionStage<Optional<Message>> answer = awaitAnswer(id, timeoutNanos);
        operator.send(address(node), new Host.TimeQuestion(id));
        return answer;
    }

    /** Lets the machine of one node send messages to another's, and counts after this time what arrived. */
    CompletionStage<LinkSample> sample(Node from, Node to, int messages, long withinNanos) {
        LinkCount count = new LinkCount(environment.nowNanos());
        long first = questions;
        for (int i = 0; i < messages; i++) {
            counted.put(questions, count);
            operator.send(address(from), new Host.Probe(questions++, operator.address(), address(to)));
        }
        CompletableFuture<LinkSample> sample = new CompletableFuture<>();
        environment.schedule(withinNanos, () -> {
            for (long id = first; id < first + messages; id++) {
                counted.remove(id);
            }
            sample.complete(count.of(messages));
        });
        return sample;
    }

    private CompletionStage<Optional<Message>> awaitAnswer(long id, long timeoutNanos) {
        CompletableFuture<Optional<Message>> answer = new CompletableFuture<>();
        asked.put(id, answer);
        Environment.Timer timeout = environment.schedule(timeoutNanos, () -> answered(id, Optional.empty()));
        return answer.whenComplete((content, failure) -> timeout.cancel());
    }

    private void answered(long id, Optional<Message> content) {
        CompletableFuture<Optional<Message>> answer = asked.remove(id);
        if (answer != null) {
            answer.complete(content);
        }
    }

    /** Ends every process. */
    public void stop() {
        operator.close();
        for (Host host : hosts) {
            if (host.running()) {
                host.crash();
            }
        }
    }

    private final class Operator implements ClientPort.Receiver {
        @Override
        public void receive(int node, Message message) {
            if (!(message instanceof Host.Answer answer)) {
                return;
            }
            LinkCount count = counted.get(answer.id());
            if (count != null) {
                count.arrived(answer.id(), environment.nowNanos());
            } else {
                answered(answer.id(), Optional.of(answer.content()));
            }
        }

        @Override
        public void refused(int node, Message undelivered) {
            if (undelivered instanceof Host.Question question) {
                answered(question.id(), Optional.empty());
            }
        }

        @Override
        public void reset(int node) {
            // questions under way end by their timeout
        }
    }

    /** What of a sample arrived. */
    private static final class LinkCount {
        private final long sentNanos;
        private final Map<Long, Integer> times = new TreeMap<>();
        private final List<Long> tookNanos = new ArrayList<>();

        LinkCount(long sentNanos) {
            this.sentNanos = sentNanos;
        }

        void arrived(long id, long nowNanos) {
            if (times.merge(id, 1, Integer::sum) == 1) {
                tookNanos.add(nowNanos - sentNanos);
            }
        }

        LinkSample of(int messages) {
            int twice = (int) times.values().stream().filter(count -> count > 1).count();
            // they are told in the order of their arrival
            long medianNanos = tookNanos.isEmpty() ? 0 : tookNanos.get(tookNanos.size() / 2);
            return new LinkSample(messages, times.size(), twice, Duration.ofNanos(medianNanos));
        }
    }
}
