package dev.umpire.checkers.oracle;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the causal family and pram mean, by looking for the orders of which their definitions speak. An OK cas stands directly
 * after the write that it read, among the writes of its key, in every order of all writes; causality in itself has none.
 *
 * <p>Bit sets of operations are ints, so that a history has 30 operations at most.
 */
public enum CausalOracle {
    /** Each operation's reads fit some order of its causal past. */
    CAUSAL,
    /** Each session has one order of all writes and of its own reads that extends the causal order. */
    CAUSAL_MEMORY,
    /** There is one order of all writes, and each read returns the last of those in its past. */
    CAUSAL_CONVERGENCE,
    /** Each session has one order of all writes and of its own reads that extends the orders of the sessions. */
    PRAM;

    /** One history, as the definitions see it. */
    private static final class Case {
        final List<SmallOperation> operations = new ArrayList<>();
        final int keys;
        /** By operation and key: -2 if it did not read it, -1 for the initial value, or the operation that it returned. */
        final int[][] source;
        /** By operation: the others that come before it in its session. */
        final int[] sessionPast;
        /** By operation: all that come before it in the causal order. */
        final int[] causalPast;

        int reads;

        Case(SmallHistory history) {
            keys = history.keyCount();
            List<SmallOperation> all = history.operations();
            for (SmallOperation one : all) {
                boolean seen = false;
                for (SmallOperation other : all) {
                    for (int key = 0; key < keys; key++) {
                        seen |= other.isOk() && other.readOf(key) > 0 && writerOf(all, other, key) == all.indexOf(one);
                    }
                }
                if (one.isOk() || (one.outcome() == Outcome.INFO && one.writeKeys.length > 0 && seen)) {
                    operations.add(one);
                }
            }
            int n = operations.size();
            source = new int[n][keys];
            sessionPast = new int[n];
            causalPast = new int[n];
            for (int o = 0; o < n; o++) {
                Arrays.fill(source[o], -2);
                for (int other = 0; other < n; other++) {
                    if (operations.get(other).sessionBefore(operations.get(o))) {
                        sessionPast[o] |= 1 << other;
                    }
                }
                causalPast[o] = sessionPast[o];
                for (int key = 0; key < keys; key++) {
                    int writer = writerOf(all, operations.get(o), key);
                    if (operations.get(o).readOf(key) == 0) {
                        source[o][key] = -1;
                        reads++;
                    } else if (writer >= 0) {
                        source[o][key] = operations.indexOf(all.get(writer));
                        causalPast[o] |= 1 << source[o][key];
                        reads++;
                    }
                }
            }
            for (int round = 0; round < n; round++) {
                for (int o = 0; o < n; o++) {
                    for (int other = 0; other < n; other++) {
                        if (has(causalPast[o], other)) {
                            causalPast[o] |= causalPast[other];
                        }
                    }
                }
            }
        }

        /** The number of the write whose value the read returned; -1 for the initial value and for faults. */
        private static int writerOf(List<SmallOperation> all, SmallOperation reader, int key) {
            for (SmallOperation writer : all) {
                if (reader.readOf(key) > 0
                        && !writer.equals(reader)
                        && writer.writes(key)
                        && writer.written() == reader.readOf(key)
                        && writer.outcome() != Outcome.FAIL
                        && writer.invoked() < reader.completed()) {
                    return all.indexOf(writer);
                }
            }
            return -1;
        }

        boolean isCyclic() {
            for (int o = 0; o < causalPast.length; o++) {
                if (has(causalPast[o], o)) {
                    return true;
                }
            }
            return false;
        }

        int keyWritten(int o) {
            return operations.get(o).writeKeys.length == 0 ? -1 : operations.get(o).writeKeys[0];
        }

        /** Whether the operation may come where these are the latest writes: what a cas replaces is there. */
        boolean mayFollow(int o, int[] latest) {
            return !operations.get(o).function().equals("cas") || readsAre(o, latest);
        }

        boolean readsAre(int o, int[] latest) {
            for (int key = 0; key < keys; key++) {
                if (source[o][key] != -2 && source[o][key] != latest[key]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean has(int set, int one) {
        return (set >> one & 1) != 0;
    }

    /** The answer that a checker must give. */
    public Answer judge(SmallHistory history) {
        Case one = new Case(history);
        if (one.reads == 0) {
            return Answer.UNKNOWN;
        }
        return holds(one) ? Answer.VALID : Answer.INVALID;
    }

    private boolean holds(Case one) {
        if (this != PRAM && one.isCyclic()) {
            return false;
        }
        int n = one.operations.size();
        switch (this) {
            case CAUSAL -> {
                for (int o = 0; o < n; o++) {
                    if (!canBeOrdered(one, one.causalPast[o] | 1 << o, 1 << o, one.causalPast, false)) {
                        return false;
                    }
                }
                return true;
            }
            case CAUSAL_CONVERGENCE -> {
                int[] latest = new int[one.keys];
                Arrays.fill(latest, -1);
                return canBeArbitrated(one, 0, latest, new HashSet<>());
            }
            default -> {
                for (int s = 0; s < 30; s++) {
                    int mine = 0;
                    int all = 0;
                    for (int o = 0; o < n; o++) {
                        boolean own = one.operations.get(o).session() == s;
                        mine |= own ? 1 << o : 0;
                        all |= own || one.keyWritten(o) >= 0 ? 1 << o : 0;
                    }
                    if (!canBeOrdered(one, all, mine, this == PRAM ? one.sessionPast : one.causalPast, true)) {
                        return false;
                    }
                }
                return true;
            }
        }
    }

    /**
     * Whether some order of these operations extends the given one, so that the reads of {@code explained} are right.
     *
     * @param adjacent whether every cas stands directly after what it replaced
     */
    private static boolean canBeOrdered(Case one, int all, int explained, int[] past, boolean adjacent) {
        int[] latest = new int[one.keys];
        Arrays.fill(latest, -1);
        return extend(one, all, explained, past, adjacent, 0, latest, new HashSet<>());
    }

    private static boolean extend(
            Case one,
            int all,
            int explained,
            int[] past,
            boolean adjacent,
            int placed,
            int[] latest,
            Set<List<Integer>> failed) {
        if (placed == all) {
            return true;
        }
        List<Integer> state = new ArrayList<>(List.of(placed));
        for (int key : latest) {
            state.add(key);
        }
        if (failed.contains(state)) {
            return false;
        }
        for (int o = 0; o < one.operations.size(); o++) {
            boolean mayCome = has(all, o) && !has(placed, o) && (past[o] & all & ~placed) == 0;
            if (mayCome && (!has(explained, o) || one.readsAre(o, latest)) && (!adjacent || one.mayFollow(o, latest))) {
                int[] then = latest.clone();
                if (one.keyWritten(o) >= 0) {
                    then[one.keyWritten(o)] = o;
                }
                if (extend(one, all, explained, past, adjacent, placed | 1 << o, then, failed)) {
                    return true;
                }
            }
        }
        failed.add(state);
        return false;
    }

    /** Whether the writes that are not placed yet can follow, so that every read returns the last write in its past. */
    private static boolean canBeArbitrated(Case one, int placed, int[] latest, Set<List<Integer>> failed) {
        int n = one.operations.size();
        boolean all = true;
        for (int u = 0; u < n; u++) {
            all &= one.keyWritten(u) < 0 || has(placed, u);
        }
        if (all) {
            return true;
        }
        List<Integer> state = new ArrayList<>(List.of(placed));
        for (int key : latest) {
            state.add(key);
        }
        if (failed.contains(state)) {
            return false;
        }
        for (int u = 0; u < n; u++) {
            int key = one.keyWritten(u);
            boolean mayCome = key >= 0 && !has(placed, u) && one.mayFollow(u, latest);
            for (int v = 0; v < n && mayCome; v++) {
                mayCome = one.keyWritten(v) < 0 || has(placed, v) || !has(one.causalPast[u], v);
                if (has(one.causalPast[v], u) && one.source[v][key] != -2 && one.source[v][key] != u) {
                    // whatever the read returned must be later than this
                    mayCome &= one.source[v][key] >= 0 && !has(placed, one.source[v][key]);
                }
            }
            if (mayCome) {
                int[] then = latest.clone();
                then[key] = u;
                if (canBeArbitrated(one, placed | 1 << u, then, failed)) {
                    return true;
                }
            }
        }
        failed.add(state);
        return false;
    }
}
