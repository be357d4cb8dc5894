package dev.umpire.targets.simulated.leaderless;

import dev.umpire.targets.simulated.leaderless.Protocol.CatchUp;
import dev.umpire.targets.simulated.leaderless.Protocol.CaughtUp;
import dev.umpire.targets.simulated.leaderless.Protocol.ClientRead;
import dev.umpire.targets.simulated.leaderless.Protocol.ClientWrite;
import dev.umpire.targets.simulated.leaderless.Protocol.Compare;
import dev.umpire.targets.simulated.leaderless.Protocol.Found;
import dev.umpire.targets.simulated.leaderless.Protocol.Held;
import dev.umpire.targets.simulated.leaderless.Protocol.Leaves;
import dev.umpire.targets.simulated.leaderless.Protocol.ReadKey;
import dev.umpire.targets.simulated.leaderless.Protocol.Refused;
import dev.umpire.targets.simulated.leaderless.Protocol.Status;
import dev.umpire.targets.simulated.leaderless.Protocol.Store;
import dev.umpire.targets.simulated.leaderless.Protocol.Stored;
import dev.umpire.targets.simulated.world.Host;
import dev.umpire.targets.simulated.world.Message;
import dev.umpire.targets.simulated.world.Program;
import java.util.List;

/** One node of the store, in one process: a replica of some segments, and a coordinator for the clients that ask it. */
final class Replica implements Program {
    /** How long LL7 keeps a tombstone. */
    private static final long TOMBSTONE_NANOS = 20_000_000;

    private final Host host;
    private final Rules rules;
    private final Ring ring;
    private final Post post;
    private final Records records;
    private final Hints hints;
    private final Coordinator coordinator;
    private final AntiEntropy antiEntropy;
    private final CatchingUp catchingUp;

    Replica(Host host, Rules rules) {
        this.host = host;
        this.rules = rules;
        this.ring = new Ring(host.nodeCount(), rules.n());
        this.post = new Post(host, message -> receive(host.address(), message));
        this.records = new Records(host.disk(), ring);
        this.hints = new Hints(host.disk(), post);
        this.coordinator = new Coordinator(host, post, rules, ring);
        this.antiEntropy = new AntiEntropy(host, post, records, ring);
        this.catchingUp = new CatchingUp(host, post, rules, ring, records);
    }

    @Override
    public void start() {
        catchingUp.begin();
        antiEntropy.begin();
        if (rules.sloppy()) {
            hints.begin();
        }
    }

    @Override
    public void receive(int from, Message message) {
        if (message instanceof ClientRead read) {
            onClientRead(from, read);
        } else if (message instanceof ClientWrite write) {
            coordinator.write(from, write);
        } else if (message instanceof ReadKey read) {
            onReadKey(from, read);
        } else if (message instanceof Held held) {
            coordinator.onHeld(held);
        } else if (message instanceof Store store) {
            onStore(from, store);
        } else if (message instanceof Stored stored) {
            coordinator.onStored(stored);
            hints.onStored(stored);
        } else if (message instanceof Compare compare) {
            antiEntropy.onCompare(from, compare);
        } else if (message instanceof Leaves leaves) {
            antiEntropy.onLeaves(from, leaves);
        } else if (message instanceof CatchUp question) {
            catchingUp.onCatchUp(from, question);
        } else if (message instanceof CaughtUp answer) {
            catchingUp.onCaughtUp(from, answer);
        } else {
            throw new IllegalArgumentException("message: found " + message + ", expected one for a node");
        }
    }

    private void onClientRead(int from, ClientRead read) {
        if (!read.here()) {
            coordinator.read(from, read);
        } else if (!ring.keeps(host.address(), ring.segment(read.key()))) {
            coordinator.readAtOne(from, read);
        } else if (!catchingUp.ready()) {
            host.send(from, new Refused(read.id(), "the node has not caught up"));
        } else {
            List<Entry> entries = records.ofKey(read.key());
            records.whenDurable(() -> host.send(from, new Found(read.id(), entries)));
        }
    }

    private void onReadKey(int from, ReadKey read) {
        List<Entry> entries;
        if (read.owner() != host.address()) {
            entries = hints.of(read.owner(), read.key());
        } else if (catchingUp.ready()) {
            entries = records.ofKey(read.key());
        } else {
            return;
        }
        records.whenDurable(() -> post.send(from, new Held(post.stamp(), read.operation(), read.owner(), entries)));
    }

    private void onStore(int from, Store store) {
        if (store.owner() == host.address()) {
            records.join(store.entry());
            if (!rules.keepsTombstones() && store.entry().content().tombstone()) {
                host.schedule(TOMBSTONE_NANOS, () -> {
                    if (records.drop(store.entry())) {
                        host.trace(() ->
                                "drops the tombstone of " + store.entry().place() + ", whoever has not seen it yet");
                    }
                });
            }
        } else {
            hints.keep(store.owner(), store.entry());
        }
        if (store.operation() != Protocol.NO_OPERATION) {
            records.whenDurable(() -> post.send(from, new Stored(store.operation(), store.owner())));
        }
    }

    @Override
    public Message answer(Message question) {
        return new Status(catchingUp.ready(), antiEntropy.roots(), coordinator.pending(), hints.size());
    }
}
