package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages between addresses: the nodes have 0 to {@code nodeCount - 1}, every connection of a client the next
 * free one.
 *
 * <p>A cut is one-way and loses what is under way too. Lost messages are gone: who needs them sends again.
 */
final class Network {

    /** Connections of clients: shorter ways than between nodes, and nothing is lost on them. */
    private static final NetworkConditions CLIENT_CONDITIONS =
            new NetworkConditions(100_000, 900_000, 6_000_000, true, 0, 0);

    private final Environment environment;
    private final NetworkConditions conditions;
    private final int nodeCount;
    private final Line[] lines;
    private final int[] machines;
    private final List<@Nullable Endpoint> endpoints = new ArrayList<>();

    Network(Environment environment, NetworkConditions conditions, int nodeCount) {
        this.environment = environment;
        this.conditions = conditions;
        this.nodeCount = nodeCount;
        this.lines = new Line[nodeCount * nodeCount];
        this.machines = new int[nodeCount];
        KeyedRandom.Stream root = environment.random().stream("world/network");
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Line(root.split(i));
        }
    }

    /** Gives an endpoint the next address. */
    int join(Endpoint endpoint) {
        endpoints.add(endpoint);
        return endpoints.size() - 1;
    }

    /** Takes an endpoint away; what is still sent to it is lost. */
    void leave(int address) {
        endpoints.set(address, null);
    }

    /** Puts another machine in the place of a node's: what is under way between the old one and other nodes never arrives. */
    void exchange(int node) {
        machines[node]++;
    }

    boolean isNode(int address) {
        return address < nodeCount;
    }

    Line line(int from, int to) {
        return lines[from * nodeCount + to];
    }

    void send(int from, int to, Message message) {
        if (isNode(from) && isNode(to)) {
            sendBetweenNodes(from, to, message);
            return;
        }
        if (endpoints.get(Math.max(from, to)) instanceof ClientPort port) {
            long bits = from == port.address() ? port.nextBitsOut() : port.nextBitsIn();
            environment.schedule(CLIENT_CONDITIONS.delayNanos(bits), new Delivery(from, to, message, null));
        }
    }

    private void sendBetweenNodes(int from, int to, Message message) {
        Line line = line(from, to);
        // probes draw numbers of their own: whether one is sent changes nothing for the messages of processes
        long number = message instanceof Host.Probe ? -1 - line.probes++ : line.sent++;
        int lossPercent = Math.max(conditions.lossPercent(), line.lossPercent);
        if (line.cut || (lossPercent > 0 && line.loss.below(100, number) < lossPercent)) {
            return;
        }
        sendOnce(from, to, message, line, line.delay.bits(number));
        int duplicationPercent = Math.max(conditions.duplicationPercent(), line.duplicationPercent);
        if (duplicationPercent > 0 && line.duplication.below(100, number) < duplicationPercent) {
            sendOnce(from, to, message, line, line.duplicateDelay.bits(number));
        }
    }

    private void sendOnce(int from, int to, Message message, Line line, long bits) {
        long delayNanos = conditions.delayNanos(bits) + line.moreNanos;
        if (conditions.inOrder()) {
            long now = environment.nowNanos();
            line.lastArrivalNanos = Math.max(line.lastArrivalNanos, now + delayNanos);
            delayNanos = line.lastArrivalNanos - now;
        }
        environment.schedule(delayNanos, new Delivery(from, to, message, line));
    }

    /** Tells every client that its connection to the node broke, as the machine of a dead process does. */
    void resetConnections(int node) {
        ConnectionReset reset = new ConnectionReset(node);
        for (int address = nodeCount; address < endpoints.size(); address++) {
            if (endpoints.get(address) != null) {
                send(node, address, reset);
            }
        }
    }

    /** The machine had no process to give the message to: it certainly had no effect. */
    record ConnectionRefused(Message undelivered) implements Message {}

    /** The process at the other end of the connection is gone, and with it perhaps what it was asked. */
    record ConnectionReset(int node) implements Message {}

    /** One direction between two nodes. */
    static final class Line {
        private final KeyedRandom.Stream delay;
        private final KeyedRandom.Stream loss;
        private final KeyedRandom.Stream duplication;
        private final KeyedRandom.Stream duplicateDelay;
        private long sent;
        private long probes;
        private long lastArrivalNanos;
        private boolean cut;
        private long moreNanos;
        private int lossPercent;
        private int duplicationPercent;

        Line(KeyedRandom.Stream root) {
            this.delay = root.split(0);
            this.loss = root.split(1);
            this.duplication = root.split(2);
            this.duplicateDelay = root.split(3);
        }

        void cut() {
            cut = true;
        }

        void mend() {
            cut = false;
        }

        void slow(long longerNanos) {
            moreNanos = longerNanos;
        }

        void lose(int percent) {
            lossPercent = percent;
        }

        void duplicate(int percent) {
            duplicationPercent = percent;
        }
    }

    /** A message under way. */
    private final class Delivery implements Runnable {
        private final int from;
        private final int to;
        private final Message message;
        private final @Nullable Line line;
        private final int machines;

        Delivery(int from, int to, Message message, @Nullable Line line) {
            this.from = from;
            this.to = to;
            this.message = message;
            this.line = line;
            this.machines = line == null ? 0 : exchanges();
        }

        private int exchanges() {
            return Network.this.machines[from] + Network.this.machines[to];
        }

        @Override
        public void run() {
            if (line != null && (line.cut || machines != exchanges())) {
                return;
            }
            Endpoint endpoint = endpoints.get(to);
            if (endpoint != null) {
                endpoint.arrive(from, message);
            }
        }
    }
}
