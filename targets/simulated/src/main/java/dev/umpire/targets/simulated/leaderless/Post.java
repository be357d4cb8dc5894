package dev.umpire.targets.simulated.leaderless;

import dev.umpire.harness.environment.Environment;
import dev.umpire.targets.simulated.leaderless.Protocol.Stamp;
import dev.umpire.targets.simulated.world.Host;
import dev.umpire.targets.simulated.world.Message;
import java.util.function.Consumer;

/** How one process sends, and the numbers that it gives to what it sends. What is for itself needs no network. */
final class Post {
    private static final int BITS_FOR_NUMBERS = 40;

    private final Host host;
    private final Consumer<Message> self;
    private final ProcessName name;
    private long operations;
    private long stamps;

    /** @param self takes what this process sends to itself, at once */
    Post(Host host, Consumer<Message> self) {
        this.host = host;
        this.self = self;
        this.name = new ProcessName(host.address(), host.starts());
        // an answer to an earlier process of this machine must not be taken for one to this process
        this.operations = (long) host.starts() << BITS_FOR_NUMBERS;
    }

    ProcessName name() {
        return name;
    }

    long nextOperation() {
        return ++operations;
    }

    Stamp stamp() {
        return new Stamp(name, ++stamps);
    }

    void send(int to, Message message) {
        if (to == host.address()) {
            self.accept(message);
        } else {
            host.send(to, message);
        }
    }

    Environment.Timer schedule(long delayNanos, Runnable action) {
        return host.schedule(delayNanos, action);
    }
}
