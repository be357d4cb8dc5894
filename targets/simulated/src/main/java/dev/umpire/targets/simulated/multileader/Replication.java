package dev.umpire.targets.simulated.multileader;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.targets.simulated.multileader.Protocol.Changes;
import dev.umpire.targets.simulated.multileader.Protocol.Held;
import dev.umpire.targets.simulated.world.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a leader sends what it has to those that the topology names, one batch at a time, again until each holds it. */
final class Replication {
    /** How often a leader that has nothing new says that it is there. */
    private static final long SIGN_OF_LIFE_NANOS = 20_000_000;
    /** After this long without an answer a batch is taken for lost. */
    private static final long RESEND_NANOS = 60_000_000;
    /** After this long without an answer a leader is taken for failed, where changes can go round it. */
    private static final long SILENCE_NANOS = 120_000_000;

    private static final long LEAST_GAP_NANOS = 500_000;
    private static final long MOST_GAP_NANOS = 20_000_000;
    /** The most changes of one message. */
    private static final int BATCH = 256;

    private final Host host;
    private final Rules rules;
    private final Ledger ledger;
    private final List<Peer> peers = new ArrayList<>();

    Replication(Host host, Rules rules, Ledger ledger) {
        this.host = host;
        this.rules = rules;
        this.ledger = ledger;
        KeyedRandom.Stream gaps = host.random("replication");
        for (int address = 0; address < host.nodeCount(); address++) {
            peers.add(new Peer(address, gaps.split(address), host.clockNanos()));
        }
    }

    /** What this leader knows of another. */
    private static final class Peer {
        private final int address;
        private final KeyedRandom.Stream gaps;
        private Optional<VersionVector> holds = Optional.empty();
        /** No record of the log before this one needs to be sent. */
        private int next;

        private long heardNanos;
        private long sentNanos;
        private boolean underWay;
        private boolean planned;
        private long batches;

        private Peer(int address, KeyedRandom.Stream gaps, long nowNanos) {
            this.address = address;
            this.gaps = gaps;
            this.heardNanos = nowNanos;
            this.sentNanos = nowNanos;
        }
    }

    void start() {
        for (Peer target : targets()) {
            send(target);
        }
        host.schedule(SIGN_OF_LIFE_NANOS, this::tick);
    }

    private void tick() {
        long now = host.clockNanos();
        for (Peer target : targets()) {
            if (target.underWay && now - target.sentNanos > RESEND_NANOS) {
                target.underWay = false;
            }
            if (!target.underWay) {
                send(target);
            }
        }
        host.schedule(SIGN_OF_LIFE_NANOS, this::tick);
    }

    private List<Peer> targets() {
        return rules.topology().targets(host.address(), peers.size(), this::isSilent).stream()
                .map(peers::get)
                .toList();
    }

    private boolean isSilent(int other) {
        return host.clockNanos() - peers.get(other).heardNanos > SILENCE_NANOS;
    }

    /** More of the log is durable than before: sends it after a while, as changes go in batches. */
    void moreToSend() {
        for (Peer target : targets()) {
            if (target.underWay || target.planned) {
                continue;
            }
            target.planned = true;
            host.schedule(target.gaps.between(LEAST_GAP_NANOS, MOST_GAP_NANOS, target.batches++), () -> {
                target.planned = false;
                if (!target.underWay && lacksAny(target)) {
                    send(target);
                }
            });
        }
    }

    private boolean lacksAny(Peer target) {
        return !missing(target, 1).isEmpty();
    }

    private void send(Peer target) {
        target.underWay = true;
        target.sentNanos = host.clockNanos();
        host.send(target.address, new Changes(missing(target, BATCH), target.sentNanos));
    }

    /** The first changes that another leader lacks, as far as is known; none before it has said what it holds. */
    private List<Change> missing(Peer target, int most) {
        List<Change> missing = new ArrayList<>();
        if (target.holds.isEmpty()) {
            return missing;
        }
        VersionVector holds = target.holds.get();
        if (!rules.fillsGaps()) {
            holds = takenForPassedOn(holds);
        }
        for (int record = target.next; record < ledger.durable() && missing.size() < most; record++) {
            Change change = ledger.get(record);
            if (isToBeSent(change) && !holds.has(change.dot())) {
                missing.add(change);
            } else if (missing.isEmpty()) {
                target.next = record + 1;
            }
        }
        return missing;
    }

    /** What a leader would hold if those round which changes go now had passed on what they held. */
    private VersionVector takenForPassedOn(VersionVector holds) {
        VersionVector taken = holds;
        for (Peer target : targets()) {
            if (isSilent(target.address) && target.holds.isPresent()) {
                taken = taken.and(target.holds.get());
            }
        }
        return taken;
    }

    private boolean isToBeSent(Change change) {
        return change.dot().origin() == host.address() || rules.topology().passesOn(host.address());
    }

    void onHeld(int from, Held held) {
        Peer peer = peers.get(from);
        boolean more = peer.holds.isEmpty() || !peer.holds.get().covers(held.held());
        peer.heardNanos = host.clockNanos();
        peer.holds = Optional.of(peer.holds.map(held.held()::and).orElse(held.held()));
        if (held.sentNanos() == peer.sentNanos) {
            peer.underWay = false;
        }
        // what it did not take is sent again by the clock: it may wait for another leader's changes
        if (more && !peer.underWay && lacksAny(peer)) {
            send(peer);
        }
    }
}
