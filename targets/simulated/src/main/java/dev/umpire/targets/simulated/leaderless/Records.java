package dev.umpire.targets.simulated.leaderless;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.world.Disk;
import dev.umpire.targets.simulated.world.LogFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one node holds: a log of entries on its disk, and in memory what follows from it, with a hash tree for each segment.
 *
 * <p>Tombstones are in no hash tree: they matter only where another replica still has what was removed, and then the trees
 * differ anyway.
 */
final class Records {
    private final Disk disk;
    private final Ring ring;
    private final LogFile<Line> log;
    private final List<Map<Value, Map<Place, Kept>>> segments = new ArrayList<>();
    private final List<HashTree> trees = new ArrayList<>();

    /**
     * A line of the log.
     *
     * @param content what is at the place from now on; null: nothing
     */
    private record Line(Place place, @Nullable Content content) {
        Line withValue(UnaryOperator<Value> change) {
            return content == null ? this : new Line(place, content.withValue(change));
        }
    }

    private record Kept(long digest, Content content) {
        long share() {
            return content.tombstone() ? 0 : HashTree.share(digest, content.digest());
        }
    }

    Records(Disk disk, Ring ring) {
        this.disk = disk;
        this.ring = ring;
        this.log = disk.log("records", Line::withValue);
        for (int segment = 0; segment < ring.nodeCount(); segment++) {
            segments.add(new LinkedHashMap<>());
            trees.add(new HashTree());
        }
        for (int line = 0; line < log.size(); line++) {
            show(log.get(line));
        }
    }

    private void show(Line line) {
        int segment = ring.segment(line.place.key());
        Map<Place, Kept> places =
                segments.get(segment).computeIfAbsent(line.place.key(), absent -> new LinkedHashMap<>());
        Kept before = places.get(line.place);
        long digest = before == null ? line.place.digest() : before.digest;
        Kept after = line.content == null ? null : new Kept(digest, line.content);
        if (after == null) {
            places.remove(line.place);
        } else {
            places.put(line.place, after);
        }
        trees.get(segment)
                .add(
                        HashTree.leaf(digest),
                        (after == null ? 0 : after.share()) - (before == null ? 0 : before.share()));
    }

    /** What is at a place; empty: nothing, not even a tombstone. */
    Optional<Content> at(Place place) {
        return Optional.ofNullable(places(place.key()).get(place)).map(Kept::content);
    }

    /** Everything at the places of a key, tombstones too. */
    List<Entry> ofKey(Value key) {
        List<Entry> entries = new ArrayList<>();
        places(key).forEach((place, kept) -> entries.add(new Entry(place, kept.content)));
        return entries;
    }

    private Map<Place, Kept> places(Value key) {
        return segments.get(ring.segment(key)).getOrDefault(key, Map.of());
    }

    /** Everything in these leaves of a segment's tree, tombstones too. */
    List<Entry> inLeaves(int segment, List<Integer> leaves) {
        List<Entry> entries = new ArrayList<>();
        segments.get(segment)
                .values()
                .forEach(places -> places.forEach((place, kept) -> {
                    if (leaves.contains(HashTree.leaf(kept.digest))) {
                        entries.add(new Entry(place, kept.content));
                    }
                }));
        return entries;
    }

    HashTree tree(int segment) {
        return trees.get(segment);
    }

    /** Joins an entry with what is there; it survives a crash once {@link #whenDurable} says so. */
    void join(Entry entry) {
        Optional<Content> before = at(entry.place());
        Content after = before.map(content -> content.join(entry.content())).orElse(entry.content());
        if (!before.equals(Optional.of(after))) {
            write(new Line(entry.place(), after));
        }
    }

    /** Forgets a tombstone, if it is what is there, and says whether it was. */
    boolean drop(Entry tombstone) {
        boolean there =
                at(tombstone.place()).filter(tombstone.content()::equals).isPresent();
        if (there) {
            write(new Line(tombstone.place(), null));
        }
        return there;
    }

    private void write(Line line) {
        log.append(line);
        show(line);
    }

    /** Does something once everything that is held now would survive a crash. */
    void whenDurable(Runnable action) {
        if (disk.clean()) {
            action.run();
        } else {
            disk.sync(action);
        }
    }
}
