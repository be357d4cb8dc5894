package dev.umpire.checkers.sequential;

import dev.umpire.checkers.joined.Lanes;
import dev.umpire.checkers.model.Call;
import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Model.Effect;
import dev.umpire.checkers.model.Model.Scope;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.collections.Long2LongHashMap;

/**
 * The objects that some operations are about, each with the states of a model as numbers; 0 is the initial state.
 *
 * <p>Operations with equal calls on one object are of one kind. Every step from state to state is taken once. Not thread-safe.
 */
final class Objects {
    /** The call is not possible in the state. */
    static final int IMPOSSIBLE = -1;

    private static final long NOT_TAKEN = -2;
    /** A state of this size takes about twice as long to step and to compare as one without content. */
    private static final long BYTES_OF_A_UNIT_OF_WORK = 256;

    private final int[] objectOf;
    private final int[] kindOf;
    private final List<Table<?>> tables = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final Long2LongHashMap taken = new Long2LongHashMap(NOT_TAKEN);
    private long work;
    private long sizeBytes;

    private record Kind(int object, Call call, Effect effect) {}

    private record KindKey(int object, Call call) {}

    private final Deadline deadline;

    /** The objects of these operations, numbered as they are met. */
    Objects(History history, Calls calls, Model<?> model, int[] operations) {
        this(history, calls, model, operations, Deadline.NONE);
    }

    /** As above; a step of the model that comes too late throws {@link dev.umpire.checkers.verdict.TimeIsOver}. */
    Objects(History history, Calls calls, Model<?> model, int[] operations, Deadline deadline) {
        this.deadline = deadline;
        int[] group = groups(history, model, operations);
        int[] numberOfGroup = new int[history.keyCount() + 1];
        Arrays.fill(numberOfGroup, Lanes.NONE);
        objectOf = new int[operations.length];
        kindOf = new int[operations.length];
        Value initial = history.value(history.initialValue());
        Map<KindKey, Integer> numbers = new HashMap<>();
        for (int i = 0; i < operations.length; i++) {
            if (numberOfGroup[group[i]] == Lanes.NONE) {
                numberOfGroup[group[i]] = tables.size();
                tables.add(new Table<>(model, initial));
            }
            objectOf[i] = numberOfGroup[group[i]];
            Call call = model.canonical(calls.of(operations[i]));
            KindKey key = new KindKey(objectOf[i], call);
            Integer known = numbers.putIfAbsent(key, kinds.size());
            if (known == null) {
                kinds.add(new Kind(objectOf[i], call, model.effect(call)));
                kindOf[i] = kinds.size() - 1;
            } else {
                kindOf[i] = known;
            }
        }
    }

    /** Of each operation a key that stands for all keys that are joined with its own. */
    private static int[] groups(History history, Model<?> model, int[] operations) {
        int keyless = history.keyCount();
        int[] parent = new int[keyless + 1];
        Arrays.setAll(parent, key -> key);
        int[] group = new int[operations.length];
        for (int i = 0; i < operations.length; i++) {
            int operation = operations[i];
            int first = history.key(operation) == History.NONE ? keyless : history.key(operation);
            if (model.scope() == Scope.HISTORY) {
                group[i] = keyless;
                continue;
            }
            if (history.outcome(operation) == Outcome.OK) {
                for (int r = 0; r < history.readCount(operation); r++) {
                    first = join(parent, first, history.readKey(operation, r), keyless);
                }
            }
            for (int w = 0; w < history.writeCount(operation); w++) {
                first = join(parent, first, history.writeKey(operation, w), keyless);
            }
            group[i] = first;
        }
        for (int i = 0; i < group.length; i++) {
            group[i] = root(parent, group[i]);
        }
        return group;
    }

    private static int join(int[] parent, int one, int other, int keyless) {
        if (one != keyless && one != other) {
            parent[root(parent, one)] = root(parent, other);
        }
        return other;
    }

    private static int root(int[] parent, int key) {
        int root = key;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    int count() {
        return tables.size();
    }

    int kindCount() {
        return kinds.size();
    }

    /** The object of the i-th operation. */
    int object(int i) {
        return objectOf[i];
    }

    /** The kind of the i-th operation. */
    int kind(int i) {
        return kindOf[i];
    }

    int objectOfKind(int kind) {
        return kinds.get(kind).object();
    }

    boolean observes(int kind) {
        return kinds.get(kind).effect() == Effect.OBSERVES;
    }

    /** Whether calls of this kind could be wrong. */
    boolean obliges(int kind) {
        return kinds.get(kind).effect() != Effect.ALWAYS_POSSIBLE;
    }

    /** The number of the state of the kind's object after a call, or {@link #IMPOSSIBLE}. */
    int next(int state, int kind) {
        long key = ((long) kind << 32) | state;
        long known = taken.get(key);
        if (known != NOT_TAKEN) {
            return (int) known;
        }
        int next =
                tables.get(kinds.get(kind).object()).step(state, kinds.get(kind).call());
        taken.put(key, next);
        return next;
    }

    /** How much the model was asked for so far: 1 a step of a small state, more where states are large. */
    long work() {
        return work;
    }

    /** Leaves the search if the time is over. */
    void askForTime() {
        deadline.ask();
    }

    /** About how much memory all states take. */
    long sizeBytes() {
        return sizeBytes + 40L * taken.size();
    }

    private final class Table<S> {
        private final Model<S> model;
        private final List<S> states = new ArrayList<>();
        private final Map<S, Integer> numbers = new HashMap<>();

        Table(Model<S> model, Value initial) {
            this.model = model;
            numberOf(model.initial(initial));
        }

        int step(int state, Call call) {
            S before = states.get(state);
            work += 1 + model.sizeBytes(before) / BYTES_OF_A_UNIT_OF_WORK;
            deadline.ask();
            Optional<S> next = model.step(before, call);
            return next.isEmpty() ? IMPOSSIBLE : numberOf(next.get());
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
