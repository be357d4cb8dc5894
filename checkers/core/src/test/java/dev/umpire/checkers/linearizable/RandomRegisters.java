package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Histories of a register that was linearizable while they were recorded, and the same with one read changed. */
final class RandomRegisters {

    /**
     * What is drawn.
     *
     * @param operations how many operations are invoked
     * @param sessions how many are in flight at most, those of unknown outcome apart
     * @param values values are 1 to this number; 0: every value is written once
     * @param unknownPercent of the operations
     * @param casPercent of the operations
     */
    record Shape(int operations, int sessions, int values, int unknownPercent, int casPercent) {}

    private static final class Pending {
        int session;
        int kind;
        int value;
        int old;
        int invoked;
        int completed = History.NEVER;
        boolean unknown;
        boolean happened;
    }

    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int CAS = 2;

    private RandomRegisters() {}

    static List<SmallOperation> linearizable(long seed, Shape shape) {
        Random random = new Random(seed);
        List<Pending> all = new ArrayList<>();
        List<Pending> open = new ArrayList<>();
        List<Pending> unknown = new ArrayList<>();
        int state = 0;
        int position = 0;
        while (all.size() < shape.operations() || !open.isEmpty()) {
            if (!unknown.isEmpty() && random.nextInt(6) == 0) {
                Pending late = unknown.remove(random.nextInt(unknown.size()));
                state = late.kind == WRITE || late.old == state ? late.value : state;
            }
            boolean canInvoke = all.size() < shape.operations() && open.size() < shape.sessions();
            if (canInvoke && (open.isEmpty() || random.nextBoolean())) {
                Pending next = drawn(random, shape, all.size());
                next.session = all.size();
                next.invoked = position++;
                all.add(next);
                (next.unknown ? unknown : open).add(next);
                continue;
            }
            Pending some = open.get(random.nextInt(open.size()));
            if (some.happened) {
                some.completed = position++;
                open.remove(some);
            } else {
                some.happened = true;
                if (some.kind == READ) {
                    some.value = state;
                } else {
                    some.old = state;
                    state = some.value;
                }
            }
        }
        return all.stream().map(RandomRegisters::operation).toList();
    }

    /** The same with the value of one read replaced by another that occurs. */
    static List<SmallOperation> withOneReadChanged(List<SmallOperation> operations, long seed) {
        Random random = new Random(~seed);
        List<Integer> reads = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i).function().equals("read")) {
                reads.add(i);
            }
        }
        List<SmallOperation> changed = new ArrayList<>(operations);
        if (!reads.isEmpty()) {
            int which = reads.get(random.nextInt(reads.size()));
            SmallOperation read = operations.get(which);
            SmallOperation other = operations.get(random.nextInt(operations.size()));
            int value = other.writes(0) ? other.written() : Math.max(0, other.readOf(0));
            changed.set(which, SmallOperation.read(read.session(), 0, value, read.invoked(), read.completed()));
        }
        return changed;
    }

    static SmallHistory history(List<SmallOperation> operations) {
        return new SmallHistory(operations);
    }

    private static Pending drawn(Random random, Shape shape, int number) {
        Pending next = new Pending();
        int dice = random.nextInt(100);
        next.kind = dice < shape.casPercent() ? CAS : dice < 50 + shape.casPercent() / 2 ? WRITE : READ;
        next.value = shape.values() == 0 ? number + 1 : 1 + random.nextInt(shape.values());
        next.old = shape.values() == 0 ? random.nextInt(number + 1) : random.nextInt(shape.values() + 1);
        next.unknown = next.kind != READ && random.nextInt(100) < shape.unknownPercent();
        return next;
    }

    private static SmallOperation operation(Pending drawn) {
        Outcome outcome = drawn.unknown ? Outcome.INFO : Outcome.OK;
        return switch (drawn.kind) {
            case READ -> SmallOperation.read(drawn.session, 0, drawn.value, drawn.invoked, drawn.completed);
            case WRITE -> SmallOperation.write(drawn.session, 0, drawn.value, outcome, drawn.invoked, drawn.completed);
            default ->
                drawn.unknown
                        ? SmallOperation.write(drawn.session, 0, drawn.value, outcome, drawn.invoked, drawn.completed)
                        : SmallOperation.cas(
                                drawn.session, 0, drawn.old, drawn.value, outcome, drawn.invoked, drawn.completed);
        };
    }
}
