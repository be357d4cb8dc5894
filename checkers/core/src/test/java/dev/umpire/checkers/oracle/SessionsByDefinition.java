package dev.umpire.checkers.oracle;

import dev.umpire.checkers.oracle.KeyByDefinition.Read;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The four session guarantees and their combinations, over registers and lists, by trying every order of the writes of
 * each key.
 */
public final class SessionsByDefinition {

    /** What a combination is made of. */
    public enum Part {
        READ_YOUR_WRITES,
        MONOTONIC_READS,
        MONOTONIC_WRITES,
        WRITES_FOLLOW_READS
    }

    /** The first stands at or before the second; for two writes, before. */
    private record Bound(Optional<Deed> first, Optional<Deed> second) {}

    private final Set<Part> parts;
    private final List<KeyByDefinition> keys;

    private SessionsByDefinition(DeedHistory history, Set<Part> parts) {
        this.parts = parts;
        keys = IntStream.range(0, history.lists().size())
                .mapToObj(key -> new KeyByDefinition(history, key))
                .toList();
    }

    public static Answer judge(DeedHistory history, Set<Part> parts, WriteOrder assumption) {
        return new SessionsByDefinition(history, parts).judge(assumption);
    }

    private Answer judge(WriteOrder assumption) {
        boolean obliged = false;
        Answer answer = Answer.VALID;
        for (KeyByDefinition key : keys) {
            List<Bound> bounds = new ArrayList<>();
            boolean here = readsOwn(key, bounds);
            boolean possibly = writesOwn(key, bounds);
            here |= possibly && key.recorded() && bounds.stream().anyMatch(bound -> isFixed(key, bound));
            here |= acrossKeys(key, bounds);
            if (key.incompatible() || key.contradictory()) {
                answer = here || possibly ? answer.and(Answer.UNKNOWN) : answer;
                continue;
            }
            if (here) {
                obliged = true;
                boolean holds = key.exists(
                        assumption,
                        order -> bounds.stream().allMatch(b -> order.indexOf(b.first()) <= order.indexOf(b.second())));
                answer = answer.and(holds ? Answer.VALID : Answer.INVALID);
            }
        }
        return answer == Answer.INVALID || obliged ? answer : Answer.UNKNOWN;
    }

    /** Read-your-writes and monotonic-reads. */
    private boolean readsOwn(KeyByDefinition key, List<Bound> bounds) {
        int before = bounds.size();
        for (Read later : key.reads) {
            for (Deed own : key.effective) {
                if (parts.contains(Part.READ_YOUR_WRITES) && own.sessionBefore(later.reader())) {
                    bounds.add(new Bound(Optional.of(own), later.source()));
                }
            }
            for (Read earlier : key.reads) {
                if (parts.contains(Part.MONOTONIC_READS) && earlier.reader().sessionBefore(later.reader())) {
                    bounds.add(new Bound(earlier.source(), later.source()));
                }
            }
        }
        return bounds.size() > before;
    }

    /** Monotonic-writes and writes-follow-reads within the key. */
    private boolean writesOwn(KeyByDefinition key, List<Bound> bounds) {
        int before = bounds.size();
        for (Deed later : key.effective.stream().filter(Deed::isOk).toList()) {
            for (Deed earlier : key.effective) {
                if (parts.contains(Part.MONOTONIC_WRITES) && earlier.sessionBefore(later)) {
                    bounds.add(new Bound(Optional.of(earlier), Optional.of(later)));
                }
            }
            for (Read read : key.reads) {
                if (parts.contains(Part.WRITES_FOLLOW_READS)
                        && read.source().isPresent()
                        && read.reader().sessionBefore(later)) {
                    bounds.add(new Bound(read.source(), Optional.of(later)));
                }
            }
        }
        return bounds.size() > before;
    }

    /** Whether two writes are bound and the recorded order says which is older. */
    private static boolean isFixed(KeyByDefinition key, Bound bound) {
        return bound.first().isPresent()
                && bound.second().isPresent()
                && (key.recordedBefore(bound.first().get(), bound.second().get())
                        || key.recordedBefore(
                                bound.second().get(), bound.first().get()));
    }

    /**
     * An observation with w2 of another key is one of every w1 of this key that precedes w2 in the writer's session, or that
     * the writer had read.
     */
    private boolean acrossKeys(KeyByDefinition key, List<Bound> bounds) {
        int before = bounds.size();
        for (Read here : key.reads) {
            for (KeyByDefinition other : keys) {
                for (Read there : other.reads) {
                    boolean together = there.reader().equals(here.reader())
                            || (parts.contains(Part.MONOTONIC_READS)
                                    && there.reader().sessionBefore(here.reader()));
                    if (other == key || !together) {
                        continue;
                    }
                    for (Deed w2 : other.effective) {
                        if (other.shows(there, w2)) {
                            including(key, here, w2, bounds);
                        }
                    }
                }
            }
        }
        return bounds.size() > before;
    }

    private void including(KeyByDefinition key, Read here, Deed w2, List<Bound> bounds) {
        for (Deed w1 : key.effective) {
            if (parts.contains(Part.MONOTONIC_WRITES) && w1.sessionBefore(w2)) {
                bounds.add(new Bound(Optional.of(w1), here.source()));
            }
        }
        for (Read read : key.reads) {
            if (parts.contains(Part.WRITES_FOLLOW_READS)
                    && read.reader().sessionBefore(w2)
                    && read.source().isPresent()) {
                bounds.add(new Bound(read.source(), here.source()));
            }
        }
    }
}
