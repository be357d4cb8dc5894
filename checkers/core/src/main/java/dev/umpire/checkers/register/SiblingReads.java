package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the reads of a register returned, each of several values joined to its write. For keys that nothing touches but reads and
 * writes of that key alone.
 */
public final class SiblingReads {
    private final Register register;
    private final History history;
    /** By value, the first access that wrote it, and the first that tried to and failed. */
    private final Map<Value, Integer> writers = new HashMap<>();

    private final Map<Value, Integer> failed = new HashMap<>();

    public SiblingReads(Register register) {
        this.register = register;
        history = register.history();
        for (int a = 0; a < register.size(); a++) {
            if (register.written(a) != History.NONE) {
                (register.outcome(a) == Outcome.FAIL ? failed : writers)
                        .putIfAbsent(history.value(register.written(a)), a);
            }
        }
    }

    /**
     * One of the values that a read returned.
     *
     * @param source the number of its write, or what is wrong with it, as {@link Register#source} says it
     */
    public record Shown(Value value, int source) {}

    /** What a read returned, the value that its client took first; nothing where it returned the initial value alone. */
    public List<Shown> shown(int access) {
        List<Shown> shown = new ArrayList<>();
        for (Value value : Siblings.shown(history, register.operation(access))) {
            shown.add(new Shown(value, source(value, access)));
        }
        return shown;
    }

    private int source(Value value, int access) {
        Integer writer = writers.get(value);
        if (writer == null) {
            return failed.containsKey(value) ? Register.ABORTED : Register.PHANTOM;
        }
        return register.invoked(writer) < register.completed(access) ? register.writeOf(writer) : Register.FUTURE;
    }

    /** Whether the access is a read, and all that it returned came from writes. */
    public boolean isGood(int access) {
        return register.read(access) != History.NONE
                && register.outcome(access) == Outcome.OK
                && shown(access).stream().allMatch(one -> one.source() >= 0);
    }

    /** The access that wrote a value, or tried to and failed if no other did. */
    public int writer(Value value) {
        Integer writer = writers.getOrDefault(value, failed.get(value));
        if (writer == null) {
            throw new IllegalArgumentException("value: found " + value + ", expected one that was written");
        }
        return writer;
    }
}
