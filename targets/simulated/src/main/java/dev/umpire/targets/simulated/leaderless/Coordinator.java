package dev.umpire.targets.simulated.leaderless;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.leaderless.Protocol.ClientRead;
import dev.umpire.targets.simulated.leaderless.Protocol.ClientWrite;
import dev.umpire.targets.simulated.leaderless.Protocol.Found;
import dev.umpire.targets.simulated.leaderless.Protocol.Held;
import dev.umpire.targets.simulated.leaderless.Protocol.Refused;
import dev.umpire.targets.simulated.leaderless.Protocol.Stored;
import dev.umpire.targets.simulated.leaderless.Protocol.Unknown;
import dev.umpire.targets.simulated.leaderless.Protocol.Written;
import dev.umpire.targets.simulated.world.Host;
import dev.umpire.targets.simulated.world.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a node does for the clients that are connected to it: asks the replicas of a key, and waits for quorums. */
final class Coordinator {
    /** How long after its round a write may still be under way to a replica. */
    private static final long LINGER_NANOS = 300_000_000;

    private static final String NO_QUORUM = "too few replicas answered";

    private final Host host;
    private final Post post;
    private final Rules rules;
    private final Ring ring;
    private final Map<Long, Gathering> gatherings = new TreeMap<>();
    private final Map<Long, Spreading> spreadings = new TreeMap<>();
    private final Map<Place, Long> numbers = new HashMap<>();
    private int lingering;

    Coordinator(Host host, Post post, Rules rules, Ring ring) {
        this.host = host;
        this.post = post;
        this.rules = rules;
        this.ring = ring;
    }

    // reads

    void read(int client, ClientRead read) {
        gather(read.key(), rules.r(), gathered -> {
            if (gathered.reached()) {
                answer(client, read, gathered);
            } else {
                post.send(client, new Refused(read.id(), NO_QUORUM));
            }
        });
    }

    /** Reads at one replica for a node that keeps no copy of the key. */
    void readAtOne(int client, ClientRead read) {
        List<Integer> replicas = ring.replicas(ring.segment(read.key()));
        int one = replicas.get(host.address() % replicas.size());
        Gathering gathering = new Gathering(post, read.key(), List.of(one), List.of(), 1, false, gathered -> {
            post.send(
                    client,
                    gathered.reached() ? new Found(read.id(), gathered.entries()) : new Refused(read.id(), NO_QUORUM));
        });
        begin(gathering);
    }

    private void answer(int client, ClientRead read, Gathering gathered) {
        List<Entry> entries = gathered.entries();
        if (!rules.writesBack() || entries.isEmpty()) {
            post.send(client, new Found(read.id(), entries));
            return;
        }
        // no key of this kind of store has more than one place
        Entry entry = entries.get(0);
        spread(
                entry,
                gathered.ownersWith(entry),
                enough ->
                        post.send(client, enough ? new Found(read.id(), entries) : new Refused(read.id(), NO_QUORUM)));
    }

    private void gather(Value key, int needed, Gathering.Listener listener) {
        int segment = ring.segment(key);
        begin(new Gathering(
                post,
                key,
                ring.replicas(segment),
                rules.sloppy() ? ring.standIns(segment) : List.of(),
                needed,
                rules.repairs(),
                listener));
    }

    private void begin(Gathering gathering) {
        gatherings.put(gathering.operation(), gathering);
        gathering.begin(() -> gatherings.remove(gathering.operation()));
    }

    void onHeld(Held held) {
        Gathering gathering = gatherings.get(held.operation());
        if (gathering != null) {
            gathering.take(held);
        }
    }

    // writes

    void write(int client, ClientWrite write) {
        if (write.value().isEmpty()) {
            gather(write.place().key(), rules.r(), gathered -> remove(client, write, gathered));
        } else if (rules.versions() == Rules.Versions.LOGICAL) {
            gather(write.place().key(), rules.r(), gathered -> writeAfter(client, write, gathered));
        } else {
            store(
                    client,
                    write,
                    rules.versions() == Rules.Versions.CLOCK
                            ? new Latest(
                                    new Timestamp(host.wallClockNanos(), nextDot(write.place())),
                                    write.value().get())
                            : sibling(write));
        }
    }

    private Content sibling(ClientWrite write) {
        Dot dot = rules.dotted() ? write.name() : nextDot(write.place());
        DotSet known =
                rules.dotted() ? write.context().with(dot) : write.context().withAllUpTo(dot);
        return new Siblings(known, new TreeMap<>(Map.of(dot, write.value().orElseThrow())));
    }

    private Dot nextDot(Place place) {
        return new Dot(post.name(), numbers.merge(place, 1L, Long::sum));
    }

    /** Writes with a timestamp above all that a quorum has. */
    private void writeAfter(int client, ClientWrite write, Gathering gathered) {
        if (!gathered.reached()) {
            post.send(client, new Refused(write.id(), NO_QUORUM));
            return;
        }
        long newest = gathered.entries().stream()
                .map(Entry::content)
                .mapToLong(content ->
                        content instanceof Latest latest ? latest.timestamp().number() : 0)
                .max()
                .orElse(0);
        store(
                client,
                write,
                new Latest(
                        new Timestamp(newest + 1, nextDot(write.place())),
                        write.value().orElseThrow()));
    }

    /** Writes that what a quorum has of the place, and what the client has seen there, is gone. */
    private void remove(int client, ClientWrite write, Gathering gathered) {
        if (!gathered.reached()) {
            post.send(client, new Refused(write.id(), NO_QUORUM));
            return;
        }
        DotSet known = gathered.at(write.place())
                .map(content -> write.context().and(content.context()))
                .orElse(write.context());
        if (known.equals(DotSet.EMPTY)) {
            // an answer that it is gone would be wrong, should it only have been out of sight
            post.send(client, new Refused(write.id(), "there is nothing to remove"));
        } else {
            store(client, write, new Siblings(known, new TreeMap<>()));
        }
    }

    private void store(int client, ClientWrite write, Content content) {
        spread(
                new Entry(write.place(), content),
                List.of(),
                enough -> post.send(client, stored(write, content, enough)));
    }

    private Message stored(ClientWrite write, Content content, boolean enough) {
        if (enough) {
            return new Written(write.id(), content.context());
        }
        return rules.reportsUnknown() ? new Unknown(write.id(), NO_QUORUM) : new Refused(write.id(), NO_QUORUM);
    }

    private void spread(Entry entry, List<Integer> present, Spreading.Listener listener) {
        int segment = ring.segment(entry.place().key());
        Spreading spreading = new Spreading(
                post,
                entry,
                ring.replicas(segment),
                rules.sloppy() ? ring.standIns(segment) : List.of(),
                rules.w(),
                listener);
        spreadings.put(spreading.operation(), spreading);
        spreading.begin(present, () -> {
            spreadings.remove(spreading.operation());
            lingering++;
            post.schedule(LINGER_NANOS, () -> lingering--);
        });
    }

    void onStored(Stored stored) {
        Spreading spreading = spreadings.get(stored.operation());
        if (spreading != null) {
            spreading.take(stored);
        }
    }

    /** How many writes may still be under way to a replica. */
    int pending() {
        return spreadings.size() + lingering;
    }
}
