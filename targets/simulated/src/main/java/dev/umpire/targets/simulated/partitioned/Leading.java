package dev.umpire.targets.simulated.partitioned;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.partitioned.Protocol.Done;
import dev.umpire.targets.simulated.partitioned.Protocol.Held;
import dev.umpire.targets.simulated.partitioned.Protocol.PartAnswer;
import dev.umpire.targets.simulated.partitioned.Protocol.PartRequest;
import dev.umpire.targets.simulated.partitioned.Protocol.Ship;
import dev.umpire.targets.simulated.partitioned.Protocol.WriteRequest;
import dev.umpire.targets.simulated.world.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a node does as the leader of its own partition: commits, answers reads as of a time, and ships its log. */
final class Leading {
    private static final long HEARTBEAT_NANOS = 20_000_000;
    /** After this long without an answer what was shipped is taken for lost. */
    private static final long RESEND_NANOS = 60_000_000;

    private final Host host;
    private final Rules rules;
    private final HybridClock clock;
    private final Copy copy;
    private final Follower[] followers;

    Leading(Host host, Rules rules, HybridClock clock, Copy copy) {
        this.host = host;
        this.rules = rules;
        this.clock = clock;
        this.copy = copy;
        this.followers = new Follower[host.nodeCount()];
        for (int i = 0; i < followers.length; i++) {
            followers[i] = new Follower(i, copy.size());
        }
    }

    void begin() {
        clock.heardOf(copy.lastTime());
        tick();
    }

    void write(int from, WriteRequest write) {
        long time = clock.next(write.after());
        copy.append(copy.size(), List.of(new Commit(time, write.key(), write.value())));
        copy.sync(() -> host.send(from, new Done(write.id(), Value.NIL, time)));
    }

    /** Answers with the values as of the time that is asked for; at once if that is promised and synced already. */
    void read(PartRequest request, Consumer<PartAnswer> answer) {
        if (!rules.answersAsOfOneTime()) {
            answer.accept(newest(request));
            return;
        }
        long time = request.time();
        clock.promise(time);
        if (clock.outlives(time)) {
            copy.sync(() -> answer.accept(asOf(request)));
        } else {
            // this syncs the commits so far as well, and shows them before it comes to the answer
            host.disk().sync(() -> answer.accept(asOf(request)));
        }
    }

    private PartAnswer asOf(PartRequest request) {
        List<Value> values = new ArrayList<>();
        for (Value key : request.keys()) {
            values.add(copy.asOf(key, request.time()).value());
        }
        return new PartAnswer(request.read(), values, request.time());
    }

    private PartAnswer newest(PartRequest request) {
        List<Value> values = new ArrayList<>();
        long time = 0;
        for (Value key : request.keys()) {
            Commit version = copy.newest(key);
            values.add(version.value());
            time = Math.max(time, version.time());
        }
        return new PartAnswer(request.read(), values, time);
    }

    // shipping

    private void tick() {
        for (Follower follower : followers) {
            boolean awaited = follower.underWay && host.clockNanos() - follower.sentNanos <= RESEND_NANOS;
            if (follower.address != host.address() && !awaited) {
                ship(follower);
            }
        }
        host.schedule(HEARTBEAT_NANOS, this::tick);
    }

    private void ship(Follower follower) {
        follower.underWay = true;
        follower.sentNanos = host.clockNanos();
        host.send(follower.address, new Ship(follower.held, copy.batch(follower.held), clock.now(0)));
    }

    void onHeld(int from, Held held) {
        Follower follower = followers[from];
        follower.underWay = false;
        // only the first answer may say less: later ones that do are old, and shipping again for each that arrives
        // twice
        // would multiply the messages
        if (!follower.known || held.count() > follower.held) {
            follower.known = true;
            follower.held = held.count();
            if (follower.held < copy.shown()) {
                ship(follower);
            }
        }
    }

    /** How far one follower is, as the leader knows. */
    private static final class Follower {
        private final int address;
        private int held;
        private boolean known;
        private boolean underWay;
        private long sentNanos;

        Follower(int address, int held) {
            this.address = address;
            this.held = held;
        }
    }
}
