package dev.umpire.targets.simulated.leaderless;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.leaderless.Protocol.Store;
import dev.umpire.targets.simulated.leaderless.Protocol.Stored;
import dev.umpire.targets.simulated.world.Disk;
import dev.umpire.targets.simulated.world.LogFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a node keeps on its disk for replicas that did not answer, until they do (hinted handoff; DeCandia et al., Dynamo,
 * SOSP 2007).
 */
final class Hints {
    private static final long HANDOFF_NANOS = 60_000_000;

    private final Post post;
    private final LogFile<Line> log;
    private final Map<Hint, Content> kept = new LinkedHashMap<>();
    private final Map<Long, Handoff> underWay = new TreeMap<>();

    /** What is kept for whom. */
    private record Hint(int owner, Place place) {}

    /**
     * A line of the log.
     *
     * @param handedOver whether the owner has it; otherwise it is kept from now on
     */
    private record Line(Hint hint, Content content, boolean handedOver) {
        Line withValue(UnaryOperator<Value> change) {
            return new Line(hint, content.withValue(change), handedOver);
        }
    }

    /** A hint that was sent to its owner. */
    private record Handoff(Hint hint, Content content) {}

    Hints(Disk disk, Post post) {
        this.post = post;
        this.log = disk.log("hints", Line::withValue);
        for (int line = 0; line < log.size(); line++) {
            show(log.get(line));
        }
    }

    private void show(Line line) {
        if (!line.handedOver) {
            kept.merge(line.hint, line.content, Content::join);
        } else if (line.content.equals(kept.get(line.hint))) {
            kept.remove(line.hint);
        }
    }

    private void write(Line line) {
        log.append(line);
        show(line);
    }

    /** Hands over again and again what is kept. */
    void begin() {
        post.schedule(HANDOFF_NANOS, () -> {
            underWay.clear();
            kept.forEach((hint, content) -> {
                long operation = post.nextOperation();
                underWay.put(operation, new Handoff(hint, content));
                post.send(hint.owner, new Store(post.stamp(), operation, hint.owner, new Entry(hint.place, content)));
            });
            begin();
        });
    }

    /** Keeps an entry for its owner. */
    void keep(int owner, Entry entry) {
        Hint hint = new Hint(owner, entry.place());
        if (!entry.content().equals(kept.get(hint))) {
            write(new Line(hint, entry.content(), false));
        }
    }

    /** The owner has something on its disk; perhaps a hint. */
    void onStored(Stored stored) {
        Handoff handoff = underWay.remove(stored.operation());
        if (handoff != null) {
            write(new Line(handoff.hint, handoff.content, true));
        }
    }

    /** What is kept for an owner at a key. */
    List<Entry> of(int owner, Value key) {
        List<Entry> entries = new ArrayList<>();
        kept.forEach((hint, content) -> {
            if (hint.owner == owner && hint.place.key().equals(key)) {
                entries.add(new Entry(hint.place, content));
            }
        });
        return entries;
    }

    int size() {
        return kept.size();
    }
}
