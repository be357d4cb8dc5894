package dev.umpire.checkers.model;

import dev.umpire.checkers.model.Model.Effect;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.checkers.verdict.TimeIsOver;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model on numbers: every state that was met has a number, every step from one to the other is taken once.
 *
 * <p>Not thread-safe.
 */
public final class Steps {
    /** The call is not possible in the state. */
    public static final int IMPOSSIBLE = -1;

    /** A state of which it no longer matters what it is: nothing will observe it before it is overwritten. */
    public static final int FORGOTTEN = Integer.MAX_VALUE;

    private static final int NOT_TAKEN = -2;
    private static final byte LEADS = 1;
    private static final byte DOES_NOT_LEAD = 2;
    /** Above this many states, the model is asked again instead of remembered. */
    private static final int REMEMBERED_STATES = 1 << 14;

    private final Deadline deadline;
    private final Table<?> table;
    private final boolean[] observes;
    private final boolean[] overwrites;
    private final boolean looksAhead;
    private final int kinds;
    private final List<int[]> taken = new ArrayList<>();
    /** Of each state and kind whether the one leads to the other; 0: not yet asked. */
    private final List<byte[]> led = new ArrayList<>();

    /** Of one object, without a limit of time. */
    public Steps(Model<?> model, Value initial, List<Call> calls) {
        this(model, initial, calls, Deadline.NONE);
    }

    /**
     * Of one object.
     *
     * @param initial the initial value that the history declares
     * @param calls every call once, as {@link Model#canonical} makes it; a call's place here is its kind
     * @param deadline asked before the model is
     */
    public Steps(Model<?> model, Value initial, List<Call> calls, Deadline deadline) {
        this.deadline = deadline;
        this.table = new Table<>(model, initial, calls);
        this.kinds = calls.size();
        this.observes = new boolean[kinds];
        this.overwrites = new boolean[kinds];
        boolean allPossible = true;
        for (int kind = 0; kind < kinds; kind++) {
            Effect effect = model.effect(calls.get(kind));
            observes[kind] = effect == Effect.OBSERVES;
            overwrites[kind] = model.overwrites(calls.get(kind));
            allPossible &= effect != Effect.ANY;
        }
        looksAhead = allPossible && model.foreseesObservations();
    }

    /** The number of the initial state. */
    public int initial() {
        return 0;
    }

    /** Whether calls of this kind leave every state as it is. */
    public boolean observes(int kind) {
        return observes[kind];
    }

    /** Whether calls of this kind lead to one state from every state. */
    public boolean overwrites(int kind) {
        return overwrites[kind];
    }

    /**
     * Whether {@link #leadsTo} says anything and every call but observations is possible in every state, so that states may be
     * {@link #FORGOTTEN}.
     */
    public boolean looksAhead() {
        return looksAhead;
    }

    /** Whether calls that do not overwrite may lead to a state in which this observation is possible. */
    public boolean leadsTo(int state, int observation) {
        if (state >= REMEMBERED_STATES) {
            return table.leadsTo(state, observation);
        }
        while (led.size() <= state) {
            led.add(new byte[kinds]);
        }
        byte[] row = led.get(state);
        if (row[observation] == 0) {
            row[observation] = table.leadsTo(state, observation) ? LEADS : DOES_NOT_LEAD;
        }
        return row[observation] == LEADS;
    }

    /** About how much memory all states take. */
    public long sizeBytes() {
        return table.sizeBytes + (long) taken.size() * (16 + 4L * kinds) + (long) led.size() * (16 + kinds);
    }

    /** The state as its own {@code toString} tells it. */
    public String text(int state) {
        return state == FORGOTTEN ? "anything" : table.states.get(state).toString();
    }

    /** How much the model was asked for so far: 1 a step of a small state, more where states are large. */
    public long work() {
        return table.work;
    }

    /**
     * Asks whether there is time for more.
     *
     * @throws TimeIsOver if there is not
     */
    public void askForTime() {
        deadline.ask();
    }

    /**
     * The number of the state after a call, or {@link #IMPOSSIBLE}.
     *
     * @throws TimeIsOver if the model would have to be asked and there is no time for it
     */
    public int next(int state, int kind) {
        if (state == FORGOTTEN) {
            return observes[kind] ? IMPOSSIBLE : overwrites[kind] ? next(0, kind) : FORGOTTEN;
        }
        if (state >= REMEMBERED_STATES) {
            return step(state, kind);
        }
        while (taken.size() <= state) {
            int[] row = new int[kinds];
            Arrays.fill(row, NOT_TAKEN);
            taken.add(row);
        }
        int[] row = taken.get(state);
        if (row[kind] == NOT_TAKEN) {
            row[kind] = step(state, kind);
        }
        return row[kind];
    }

    private int step(int state, int kind) {
        askForTime();
        return table.step(state, kind);
    }

    /** A state of this size takes about twice as long to step and to compare as one without content. */
    private static final long BYTES_OF_A_UNIT_OF_WORK = 256;

    private static final class Table<S> {
        private final Model<S> model;
        private final List<Call> calls;
        private final List<S> states = new ArrayList<>();
        private final Map<S, Integer> numbers = new HashMap<>();
        private long sizeBytes;
        private long work;

        Table(Model<S> model, Value initial, List<Call> calls) {
            this.model = model;
            this.calls = calls;
            numberOf(model.initial(initial));
        }

        int step(int state, int kind) {
            S before = states.get(state);
            work += 1 + model.sizeBytes(before) / BYTES_OF_A_UNIT_OF_WORK;
            Optional<S> next = model.step(before, calls.get(kind));
            return next.isEmpty() ? IMPOSSIBLE : numberOf(next.get());
        }

        boolean leadsTo(int state, int kind) {
            return model.leadsTo(states.get(state), calls.get(kind));
        }

        private int numberOf(S state) {
            Integer known = numbers.putIfAbsent(state, states.size());
            if (known != null) {
                return known;
            }
            states.add(state);
            sizeBytes += 48 + model.sizeBytes(state);
            return states.size() - 1;
        }
    }
}
