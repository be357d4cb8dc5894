package dev.umpire.targets.simulated.singleleader;

import dev.umpire.histories.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The nodes that vote and count, by their addresses. */
record Members(SortedSet<Integer> addresses) {
    /** Of a machine that came in the place of another and does not know yet who the members are. */
    static final Members NONE = new Members(new TreeSet<>());

    Members {
        addresses = Collections.unmodifiableSortedSet(new TreeSet<>(addresses));
    }

    /** All of so many nodes. */
    static Members all(int nodeCount) {
        return new Members(IntStream.range(0, nodeCount).boxed().collect(Collectors.toCollection(TreeSet::new)));
    }

    /** As {@link #toValue} gave it. */
    static Members of(Value value) {
        SortedSet<Integer> addresses = new TreeSet<>();
        for (Value address : ((Value.Sequence) value).elements()) {
            addresses.add((int) ((Value.Int) address).value());
        }
        return new Members(addresses);
    }

    Value toValue() {
        List<Value> values = addresses.stream().map(Value::of).toList();
        return Value.of(values);
    }

    boolean has(int address) {
        return addresses.contains(address);
    }

    int count() {
        return addresses.size();
    }

    /** The same with this node, or without it. */
    Members changed(int address, boolean member) {
        SortedSet<Integer> changed = new TreeSet<>(addresses);
        if (member) {
            changed.add(address);
        } else {
            changed.remove(address);
        }
        return new Members(changed);
    }
}
