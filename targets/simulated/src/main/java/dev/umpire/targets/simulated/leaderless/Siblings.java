package dev.umpire.targets.simulated.leaderless;

import dev.umpire.histories.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Values that were written without knowledge of one another, by dotted version vectors (Preguiça, Baquero, Almeida, Fonte,
 * Gonçalves, Brief Announcement: Efficient Causality Tracking in Distributed Storage Systems with Dotted Version Vectors, PODC
 * 2012).
 *
 * @param known every write of which this knows; what it knows of and does not hold was replaced or removed
 * @param held the writes that nobody replaced, each with its value
 */
record Siblings(DotSet known, SortedMap<Dot, Value> held) implements Content {

    Siblings {
        held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
    }

    @Override
    public Content join(Content other) {
        if (!(other instanceof Siblings siblings) || equals(other)) {
            return this;
        }
        SortedMap<Dot, Value> both = new TreeMap<>();
        held.forEach((dot, value) -> {
            if (siblings.held.containsKey(dot) || !siblings.known.contains(dot)) {
                both.put(dot, value);
            }
        });
        siblings.held.forEach((dot, value) -> {
            if (!known.contains(dot)) {
                both.put(dot, value);
            }
        });
        DotSet all = known.and(siblings.known);
        return all.equals(known) && both.equals(held) ? this : new Siblings(all, both);
    }

    @Override
    public List<Value> values() {
        return List.copyOf(held.values());
    }

    @Override
    public Siblings withValue(UnaryOperator<Value> change) {
        SortedMap<Dot, Value> changed = new TreeMap<>(held);
        if (!changed.isEmpty()) {
            changed.compute(changed.lastKey(), (dot, value) -> change.apply(value));
        }
        return new Siblings(known, changed);
    }

    @Override
    public DotSet context() {
        return known;
    }

    @Override
    public long digest() {
        long digest = known.digest();
        for (Dot dot : held.keySet()) {
            digest = Digest.of(digest, dot.digest());
        }
        return digest;
    }

    /** In nodes' logs. */
    @Override
    public String toString() {
        String values = held.entrySet().stream()
                .map(one -> one.getValue() + " by " + one.getKey())
                .collect(Collectors.joining(" and "));
        return (values.isEmpty() ? "removed" : values) + "; knows " + known;
    }
}
