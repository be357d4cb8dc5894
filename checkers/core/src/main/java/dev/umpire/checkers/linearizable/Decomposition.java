package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Model.Scope;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Takes a history apart into objects that can be judged one by one.
 *
 * <p>A history is linearizable iff each of its objects is (Herlihy and Wing 1990, theorem 1; Horn and Kroening, <i>Faster
 * linearizability checking via P-compositionality</i>, FORTE 2015, for the keys of a map). Keys that one operation reads or
 * writes together belong to one object. Failed operations are dropped, and operations of unknown outcome that could only
 * have observed.
 *
 * @param objects of each object its operations, in the order of their invocation
 * @param operations how many there are in all
 */
record Decomposition(List<int[]> objects, int operations) {

    static Decomposition of(History history, Calls calls, Model<?> model) {
        return without(key -> false, history, calls, model);
    }

    /** Leaves out some keys, each of which is an object by itself. */
    static Decomposition without(IntPredicate leftOut, History history, Calls calls, Model<?> model) {
        Scope scope = model.scope();
        int keys = history.keyCount();
        Groups groups = new Groups(keys + 1);
        int[] group = new int[history.size()];
        int kept = 0;
        for (int operation = 0; operation < history.size(); operation++) {
            group[operation] = History.NONE;
            int key = history.key(operation);
            if ((key == History.NONE || !leftOut.test(key)) && calls.matters(operation, model)) {
                kept++;
                group[operation] = scope == Scope.HISTORY ? keys : join(history, operation, groups, keys);
            }
        }
        int[] sizes = new int[keys + 1];
        for (int operation = 0; operation < group.length; operation++) {
            if (group[operation] != History.NONE) {
                group[operation] = groups.find(group[operation]);
                sizes[group[operation]]++;
            }
        }
        int[][] members = new int[keys + 1][];
        List<int[]> objects = new ArrayList<>();
        for (int operation = 0; operation < group.length; operation++) {
            int of = group[operation];
            if (of != History.NONE) {
                if (members[of] == null) {
                    members[of] = new int[sizes[of]];
                    objects.add(members[of]);
                    sizes[of] = 0;
                }
                members[of][sizes[of]++] = operation;
            }
        }
        return new Decomposition(objects, kept);
    }

    /** Joins the keys of an operation, and returns one of them; operations without a key have one of their own. */
    private static int join(History history, int operation, Groups groups, int none) {
        int first = history.key(operation) == History.NONE ? none : history.key(operation);
        if (history.outcome(operation) == Outcome.OK) {
            for (int i = 0; i < history.readCount(operation); i++) {
                first = groups.join(first, history.readKey(operation, i), none);
            }
        }
        for (int i = 0; i < history.writeCount(operation); i++) {
            first = groups.join(first, history.writeKey(operation, i), none);
        }
        return first;
    }

    /** Disjoint sets of keys. */
    private static final class Groups {
        private final int[] parent;

        Groups(int size) {
            parent = new int[size];
            Arrays.setAll(parent, i -> i);
        }

        int find(int key) {
            int root = key;
            while (parent[root] != root) {
                parent[root] = parent[parent[root]];
                root = parent[root];
            }
            return root;
        }

        int join(int one, int other, int none) {
            if (one == none || one == other) {
                return other;
            }
            parent[find(one)] = find(other);
            return other;
        }
    }
}
