package dev.umpire.checkers.oracle;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * One operation of a {@link DeedHistory}: the reads and writes that it did, in their order.
 *
 * @param completed {@link History#NEVER} if the outcome is unknown
 * @param version reported, or {@link History#ABSENT}
 */
public record Deed(int session, int invoked, int completed, Outcome outcome, List<Step> steps, long version) {

    /** A read, a write of a whole value, or an append to a list. */
    public enum Kind {
        READ,
        WRITE,
        APPEND
    }

    /**
     * One read or write of one key.
     *
     * @param value what was read: nothing is the initial value, a register has one element, a list any number; or the one
     *     value that was written or appended
     */
    public record Step(Kind kind, int key, List<Integer> value) {
        boolean reads(int ofKey) {
            return kind == Kind.READ && key == ofKey;
        }

        boolean writes(int ofKey) {
            return kind != Kind.READ && key == ofKey;
        }
    }

    boolean isOk() {
        return outcome == Outcome.OK;
    }

    boolean realTimeBefore(Deed other) {
        return isOk() && completed < other.invoked;
    }

    boolean sessionBefore(Deed other) {
        return session == other.session && realTimeBefore(other);
    }

    /** What it read of the key before it wrote it, each value once; nothing unless it is OK. */
    public List<List<Integer>> readsOf(int key) {
        List<List<Integer>> reads = new ArrayList<>();
        for (Step step : steps) {
            if (!isOk() || step.writes(key)) {
                break;
            }
            if (step.reads(key)) {
                reads.add(step.value());
            }
        }
        return reads;
    }

    /** What it wrote, or appended, to the key, in its order. */
    public List<Integer> writesOf(int key) {
        return steps.stream()
                .filter(step -> step.writes(key))
                .map(step -> step.value().get(0))
                .toList();
    }

    boolean writes(int key) {
        return !writesOf(key).isEmpty();
    }

    /** What it left of the key: the last value that it wrote or appended. */
    int last(int key) {
        List<Integer> writes = writesOf(key);
        return writes.get(writes.size() - 1);
    }

    boolean writesOneKey() {
        return steps.stream()
                        .filter(step -> step.kind() != Kind.READ)
                        .map(Step::key)
                        .distinct()
                        .count()
                == 1;
    }
}
