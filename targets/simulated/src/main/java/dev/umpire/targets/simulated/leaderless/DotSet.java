package dev.umpire.targets.simulated.leaderless;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A set of dots, compact where those of a process have no gaps: a version vector, and the dots beyond it.
 *
 * @param processes by process, which of its dots are in the set
 */
record DotSet(SortedMap<ProcessName, Numbers> processes) {
    static final DotSet EMPTY = new DotSet(new TreeMap<>());

    DotSet {
        processes = Collections.unmodifiableSortedMap(new TreeMap<>(processes));
    }

    /**
     * The numbers from 1 to {@code upTo}, and some beyond, of which none is the next.
     *
     * @param beyond above {@code upTo} plus 1
     */
    record Numbers(long upTo, SortedSet<Long> beyond) {
        private static final Numbers NONE = new Numbers(0, new TreeSet<>());

        Numbers {
            TreeSet<Long> rest = new TreeSet<>(beyond);
            while (!rest.isEmpty() && rest.first() <= upTo + 1) {
                upTo = Math.max(upTo, rest.first());
                rest.pollFirst();
            }
            beyond = Collections.unmodifiableSortedSet(rest);
        }

        @Override
        public String toString() {
            String first = upTo == 0 ? "" : upTo == 1 ? "write 1" : "writes 1 to " + upTo;
            return first + (beyond.isEmpty() ? "" : (upTo == 0 ? "writes " : " and ") + beyond);
        }

        boolean contains(long number) {
            return number <= upTo || beyond.contains(number);
        }

        private boolean containsAll(Numbers other) {
            return other.upTo <= upTo
                    && (other.beyond.isEmpty() || other.beyond.stream().allMatch(this::contains));
        }

        Numbers and(Numbers other) {
            if (containsAll(other)) {
                return this;
            }
            TreeSet<Long> both = new TreeSet<>(beyond);
            both.addAll(other.beyond);
            return new Numbers(Math.max(upTo, other.upTo), both);
        }

        private long digest() {
            long digest = upTo;
            for (long number : beyond) {
                digest = Digest.of(digest, number);
            }
            return digest;
        }
    }

    boolean contains(Dot dot) {
        return processes.getOrDefault(dot.process(), Numbers.NONE).contains(dot.number());
    }

    DotSet with(Dot dot) {
        return with(dot.process(), new Numbers(0, new TreeSet<>(Collections.singleton(dot.number()))));
    }

    /** With the dot and, whoever knew of them, all dots of its process before it: what a mere version vector can say. */
    DotSet withAllUpTo(Dot dot) {
        return with(dot.process(), new Numbers(dot.number(), new TreeSet<>()));
    }

    private DotSet with(ProcessName process, Numbers numbers) {
        SortedMap<ProcessName, Numbers> all = new TreeMap<>(processes);
        all.merge(process, numbers, Numbers::and);
        return new DotSet(all);
    }

    private boolean containsAll(DotSet other) {
        for (var entry : other.processes.entrySet()) {
            Numbers own = processes.get(entry.getKey());
            if (own == null || !own.containsAll(entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    DotSet and(DotSet other) {
        if (containsAll(other)) {
            return this;
        }
        SortedMap<ProcessName, Numbers> all = new TreeMap<>(processes);
        other.processes.forEach((process, numbers) -> all.merge(process, numbers, Numbers::and));
        return new DotSet(all);
    }

    long digest() {
        long digest = 0;
        for (var process : processes.entrySet()) {
            digest = Digest.of(
                    digest,
                    Digest.of(process.getKey().digest(), process.getValue().digest()));
        }
        return digest;
    }

    /** In nodes' logs. */
    @Override
    public String toString() {
        return processes.entrySet().stream()
                .map(one -> one.getValue() + " of " + one.getKey())
                .collect(Collectors.joining(" and "));
    }
}
