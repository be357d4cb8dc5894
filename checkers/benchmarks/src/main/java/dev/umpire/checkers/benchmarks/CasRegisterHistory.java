package dev.umpire.checkers.benchmarks;

import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A history of one cas-register that was right all the time, and the same with one read changed.
 *
 * <p>The operation of a process takes effect and is answered at random moments, and the process invokes the next one as soon
 * as it looks up again; two thirds of the processes have one open at any time. A third are reads, a third writes, a third cas, of which most fail. Of those of unknown
 * outcome half take effect, at any later time.
 */
final class CasRegisterHistory {
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int CAS = 2;

    private final SplittableRandom random;
    private final int processes;
    private final int values;
    private final int unknownPercent;
    private final int pause;
    private final List<Event> events = new ArrayList<>();
    private final List<Open> late = new ArrayList<>();
    private final List<Integer> readsAt = new ArrayList<>();
    private final List<Integer> readers = new ArrayList<>();
    private int state;

    private static final class Open {
        int process;
        int function;
        int from;
        int to;
        boolean happened;
        boolean failed;
    }

    private CasRegisterHistory(long seed, int processes, int values, int unknownPercent, int pause) {
        this.random = new SplittableRandom(seed);
        this.processes = processes;
        this.values = values;
        this.unknownPercent = unknownPercent;
        this.pause = pause;
    }

    /**
     * One that is linearizable.
     *
     * @param operations how many are invoked
     * @param processes how many are at work at a time
     * @param values of which values are drawn: 0 to this number, exclusive; the register begins with nil
     * @param unknownPercent of the operations
     * @param pause how many times a process looks up, on average, before it invokes again
     */
    static History linearizable(long seed, int operations, int processes, int values, int unknownPercent, int pause) {
        CasRegisterHistory made = new CasRegisterHistory(seed, processes, values, unknownPercent, pause);
        made.record(operations);
        return History.of(made.events);
    }

    /** The same, where one read returned another of the values. */
    static History withOneReadChanged(
            long seed, int operations, int processes, int values, int unknownPercent, int pause) {
        CasRegisterHistory made = new CasRegisterHistory(seed, processes, values, unknownPercent, pause);
        made.record(operations);
        int which = made.random.nextInt(made.readsAt.size());
        int at = made.readsAt.get(which);
        Event read = made.events.get(at);
        Value other = Value.of(made.random.nextInt(values));
        while (other.equals(read.value())) {
            other = Value.of(made.random.nextInt(values));
        }
        made.events.set(at, event(EventType.OK, made.readers.get(which), READ, other));
        return History.of(made.events);
    }

    private void record(int operations) {
        state = -1;
        Open[] open = new Open[processes];
        int[] process = new int[processes];
        Arrays.setAll(process, i -> i);
        int nextProcess = processes;
        int invoked = 0;
        int answered = 0;
        while (answered < operations) {
            if (!late.isEmpty() && random.nextInt(processes) == 0) {
                takeEffect(late.remove(random.nextInt(late.size())));
            }
            int which = random.nextInt(processes);
            if (open[which] == null && invoked < operations && random.nextInt(1 + pause) == 0) {
                invoked++;
                open[which] = invoke(process[which]);
            }
            Open mine = open[which];
            if (mine == null) {
                continue;
            }
            if (mine.happened) {
                answered++;
                answer(mine.failed ? EventType.FAIL : EventType.OK, mine);
                open[which] = null;
            } else if (random.nextInt(100) < unknownPercent) {
                answered++;
                answer(EventType.INFO, mine);
                if (random.nextBoolean()) {
                    late.add(mine);
                }
                open[which] = null;
                process[which] = nextProcess++;
            } else {
                takeEffect(mine);
            }
        }
    }

    private Open invoke(int process) {
        Open open = new Open();
        open.process = process;
        open.function = random.nextInt(3);
        open.from = random.nextInt(values);
        open.to = random.nextInt(values);
        events.add(event(EventType.INVOKE, open.process, open.function, argument(open)));
        return open;
    }

    private void takeEffect(Open open) {
        open.happened = true;
        switch (open.function) {
            case READ -> open.from = state;
            case WRITE -> state = open.to;
            default -> {
                open.failed = state != open.from;
                state = open.failed ? state : open.to;
            }
        }
    }

    private void answer(EventType type, Open open) {
        if (open.function == READ && type == EventType.OK) {
            if (open.from >= 0) {
                readsAt.add(events.size());
                readers.add(open.process);
            }
            events.add(event(type, open.process, READ, open.from < 0 ? Value.NIL : Value.of(open.from)));
        } else {
            events.add(event(type, open.process, open.function, argument(open)));
        }
    }

    private static Value argument(Open open) {
        return switch (open.function) {
            case READ -> Value.NIL;
            case WRITE -> Value.of(open.to);
            default -> Value.of(List.of(Value.of(open.from), Value.of(open.to)));
        };
    }

    private static Event event(EventType type, int process, int function, Value value) {
        return Event.of(type)
                .process(process)
                .session(process)
                .function(function == READ ? "read" : function == WRITE ? "write" : "cas")
                .value(value)
                .build();
    }
}
