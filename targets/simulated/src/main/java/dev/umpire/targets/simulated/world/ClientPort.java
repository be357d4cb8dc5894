package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.KeyedRandom;

/** A client's end of its connections to the nodes, from connecting to closing. */
public final class ClientPort implements Endpoint {
    private final Network network;
    private final Receiver receiver;
    private final KeyedRandom.Stream delays;
    private final int address;
    private long sent;
    private long received;
    private boolean closed;

    ClientPort(Network network, Receiver receiver, KeyedRandom.Stream delays) {
        this.network = network;
        this.receiver = receiver;
        this.delays = delays;
        this.address = network.join(this);
    }

    int address() {
        return address;
    }

    long nextBitsOut() {
        return delays.bits(2 * sent++);
    }

    long nextBitsIn() {
        return delays.bits(2 * received++ + 1);
    }

    /** Sends a message to a node. */
    public void send(int node, Message message) {
        if (!closed) {
            network.send(address, node, message);
        }
    }

    @Override
    public void arrive(int from, Message message) {
        if (message instanceof Network.ConnectionRefused refused) {
            receiver.refused(from, refused.undelivered());
        } else if (message instanceof Network.ConnectionReset reset) {
            receiver.reset(reset.node());
        } else {
            receiver.receive(from, message);
        }
    }

    /** Hangs up: nothing that is still sent here arrives. Closing again does nothing. */
    public void close() {
        if (!closed) {
            closed = true;
            network.leave(address);
        }
    }

    /** What a client is told. */
    public interface Receiver {

        /** A node sent a message. */
        void receive(int node, Message message);

        /** The node had no process to take the message: it certainly had no effect. */
        void refused(int node, Message undelivered);

        /** The node's process is gone, and with it perhaps what it was asked. */
        void reset(int node);
    }
}
