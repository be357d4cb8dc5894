package dev.umpire.targets.simulated.partitioned;

import dev.umpire.targets.simulated.partitioned.Protocol.CopyRequest;
import dev.umpire.targets.simulated.partitioned.Protocol.Done;
import dev.umpire.targets.simulated.partitioned.Protocol.Held;
import dev.umpire.targets.simulated.partitioned.Protocol.PartAnswer;
import dev.umpire.targets.simulated.partitioned.Protocol.PartRequest;
import dev.umpire.targets.simulated.partitioned.Protocol.ReadRequest;
import dev.umpire.targets.simulated.partitioned.Protocol.Refused;
import dev.umpire.targets.simulated.partitioned.Protocol.Ship;
import dev.umpire.targets.simulated.partitioned.Protocol.Status;
import dev.umpire.targets.simulated.partitioned.Protocol.WriteRequest;
import dev.umpire.targets.simulated.world.Host;
import dev.umpire.targets.simulated.world.KeyRanges;
import dev.umpire.targets.simulated.world.Message;
import dev.umpire.targets.simulated.world.Program;
import java.util.ArrayList;
import java.util.List;

/** One node of the store, in one process: leader of one partition, follower of all others, coordinator of any read. */
final class Replica implements Program {
    private final Host host;
    private final KeyRanges ranges;
    private final HybridClock clock;
    private final List<Copy> copies = new ArrayList<>();
    private final Leading leading;
    private final Coordinator coordinator;

    Replica(Host host, Rules rules) {
        this.host = host;
        this.ranges = new KeyRanges(host.nodeCount());
        this.clock = new HybridClock(host);
        for (int partition = 0; partition < host.nodeCount(); partition++) {
            copies.add(new Copy(host.disk(), partition));
        }
        this.leading = new Leading(host, rules, clock, copies.get(host.address()));
        this.coordinator = new Coordinator(host, ranges, clock, leading);
    }

    @Override
    public void start() {
        leading.begin();
    }

    @Override
    public void receive(int from, Message message) {
        if (message instanceof ReadRequest read) {
            coordinator.read(from, read);
        } else if (message instanceof WriteRequest write) {
            onWrite(from, write);
        } else if (message instanceof PartRequest request) {
            leading.read(request, answer -> host.send(from, answer));
        } else if (message instanceof PartAnswer answer) {
            coordinator.onAnswer(from, answer);
        } else if (message instanceof Ship ship) {
            onShip(from, ship);
        } else if (message instanceof Held held) {
            clock.heardOf(held.now());
            leading.onHeld(from, held);
        } else if (message instanceof CopyRequest request) {
            Commit version = copies.get(ranges.partition(request.key())).newest(request.key());
            host.send(from, new Done(request.id(), version.value(), version.time()));
        } else {
            throw new IllegalArgumentException("message: found " + message + ", expected one for a node");
        }
    }

    private void onWrite(int from, WriteRequest write) {
        if (ranges.partition(write.key()) == host.address()) {
            leading.write(from, write);
        } else {
            host.send(from, new Refused(write.id(), "not the leader of " + write.key()));
        }
    }

    private void onShip(int leader, Ship ship) {
        clock.heardOf(ship.now());
        Copy copy = copies.get(leader);
        copy.append(ship.before(), ship.commits());
        copy.sync(() -> host.send(leader, new Held(copy.shown(), clock.now(0))));
    }

    @Override
    public Message answer(Message question) {
        return new Status(copies.stream().map(Copy::shown).toList());
    }
}
