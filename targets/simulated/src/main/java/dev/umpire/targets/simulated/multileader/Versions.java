package dev.umpire.targets.simulated.multileader;

import dev.umpire.histories.value.Value;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The versions of one register that no other has replaced: one, or what concurrent writes left. */
final class Versions {
    private final Rules rules;
    private final Map<Dot, Version> standing = new LinkedHashMap<>();

    Versions(Rules rules) {
        this.rules = rules;
    }

    /**
     * One value of the register.
     *
     * @param dot of the change that wrote it
     */
    record Version(Dot dot, Timestamp time, Value value) {}

    /** Takes a version that stands beside all others. */
    void add(Version version) {
        standing.put(version.dot(), version);
        if (rules.conflicts() == Rules.Conflicts.LAST_WRITE_WINS) {
            standing.values().retainAll(List.of(first()));
        }
    }

    /** Takes a version that stands alone. */
    void set(Version version) {
        standing.clear();
        standing.put(version.dot(), version);
    }

    /** Takes a version away; tells whether it was there. */
    boolean remove(Dot dot) {
        return standing.remove(dot) != null;
    }

    Set<Dot> dots() {
        return Dot.copy(standing.keySet());
    }

    boolean isEmpty() {
        return standing.isEmpty();
    }

    /** The version that a reader takes who wants one. There must be any. */
    Version first() {
        return sorted().get(0);
    }

    /** What is shown to a reader: the version to take first. */
    List<Version> shown() {
        List<Version> sorted = sorted();
        return rules.conflicts() == Rules.Conflicts.SIBLINGS || sorted.isEmpty() ? sorted : sorted.subList(0, 1);
    }

    private List<Version> sorted() {
        Comparator<Version> order = Comparator.comparing(Version::time).reversed();
        if (rules.conflicts() == Rules.Conflicts.REPLICA_PRIORITY) {
            order = Comparator.comparingInt((Version version) -> version.dot().origin())
                    .thenComparing(order);
        }
        return standing.values().stream().sorted(order).toList();
    }
}
