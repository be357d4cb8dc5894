package dev.umpire.checkers.oracle;

import dev.umpire.checkers.oracle.KeyByDefinition.Read;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the causal family and pram mean of registers, lists and transactions, by looking for the orders of which their
 * definitions speak. A transaction is one step: it reads a state, and then all that it writes is there. A list in a state is
 * what was appended to it so far, in the order.
 */
public enum CausalByDefinition {
    /** What each operation read is the state after some order of its causal past. */
    CAUSAL,
    /** Each session has one order of all that wrote and of its own operations that extends the causal order. */
    CAUSAL_MEMORY,
    /** There is one order of all that wrote, and what an operation read is the state after those of its past. */
    CAUSAL_CONVERGENCE,
    /** As causal memory, extending the orders of the sessions. */
    PRAM;

    /** One history, as the definitions see it; sets of deeds are bits. */
    private static final class Case {
        private final List<KeyByDefinition> keys;
        private final List<Deed> deeds = new ArrayList<>();
        private final int[] sessionPast;
        private final int[] causalPast;
        private int writers;
        private boolean anyRead;

        Case(DeedHistory history) {
            keys = IntStream.range(0, history.lists().size())
                    .mapToObj(key -> new KeyByDefinition(history, key))
                    .toList();
            for (Deed deed : history.deeds()) {
                boolean seen = keys.stream().anyMatch(key -> key.effective.contains(deed));
                boolean reads =
                        keys.stream().anyMatch(key -> !readsOf(key, deed).isEmpty());
                anyRead |= reads;
                if (seen || reads || deed.outcome() == Outcome.OK) {
                    writers |= seen ? 1 << deeds.size() : 0;
                    deeds.add(deed);
                }
            }
            int n = deeds.size();
            sessionPast = new int[n];
            causalPast = new int[n];
            for (int later = 0; later < n; later++) {
                for (int earlier = 0; earlier < n; earlier++) {
                    Deed first = deeds.get(earlier);
                    Deed second = deeds.get(later);
                    boolean read = keys.stream()
                            .anyMatch(key -> first.writes(key.key)
                                    && readsOf(key, second).stream().anyMatch(r -> key.shows(r, first)));
                    sessionPast[later] |= first.sessionBefore(second) ? 1 << earlier : 0;
                    causalPast[later] |= read || first.sessionBefore(second) ? 1 << earlier : 0;
                }
            }
            for (int round = 0; round < n; round++) {
                for (int later = 0; later < n; later++) {
                    for (int earlier = 0; earlier < n; earlier++) {
                        causalPast[later] |= has(causalPast[later], earlier) ? causalPast[earlier] : 0;
                    }
                }
            }
        }

        private static List<Read> readsOf(KeyByDefinition key, Deed deed) {
            return key.reads.stream().filter(read -> read.reader().equals(deed)).toList();
        }

        private boolean isCyclic() {
            return IntStream.range(0, deeds.size()).anyMatch(one -> has(causalPast[one], one));
        }

        /** Whether what the deed read is the state after these, in this order. */
        private boolean saw(int reader, List<Integer> order) {
            for (KeyByDefinition key : keys) {
                List<Integer> state = new ArrayList<>();
                for (int writer : order) {
                    Deed deed = deeds.get(writer);
                    if (has(writers, writer) && deed.writes(key.key)) {
                        if (!key.list) {
                            state.clear();
                        }
                        state.addAll(key.list ? deed.writesOf(key.key) : List.of(deed.last(key.key)));
                    }
                }
                if (readsOf(key, deeds.get(reader)).stream()
                        .anyMatch(read -> !read.value().equals(state))) {
                    return false;
                }
            }
            return true;
        }

        /** Whether some order of all these extends the given one, so that the explained ones read right where they stand. */
        private boolean canBeOrdered(int all, int explained, int[] past) {
            return extend(all, explained, past, new ArrayList<>(), 0, new HashSet<>());
        }

        private boolean extend(
                int all, int explained, int[] past, List<Integer> order, int placed, Set<List<Object>> failed) {
            if (placed == all) {
                return true;
            }
            List<Object> state = List.of(placed, statesOf(order));
            if (failed.contains(state)) {
                return false;
            }
            for (int o = 0; o < deeds.size(); o++) {
                boolean mayCome = has(all, o) && !has(placed, o) && (past[o] & all & ~placed) == 0;
                if (mayCome && (!has(explained, o) || saw(o, order))) {
                    order.add(o);
                    boolean found = extend(all, explained, past, order, placed | 1 << o, failed);
                    order.remove(order.size() - 1);
                    if (found) {
                        return true;
                    }
                }
            }
            failed.add(state);
            return false;
        }

        private List<List<Integer>> statesOf(List<Integer> order) {
            List<List<Integer>> states = new ArrayList<>();
            for (KeyByDefinition key : keys) {
                List<Integer> here = order.stream()
                        .filter(writer ->
                                has(writers, writer) && deeds.get(writer).writes(key.key))
                        .toList();
                states.add(key.list || here.isEmpty() ? here : here.subList(here.size() - 1, here.size()));
            }
            return states;
        }

        /** Whether the order of what wrote can be completed, so that everybody saw those of his past in it. */
        private boolean canBeArbitrated(List<Integer> order, int placed) {
            if (placed == writers) {
                for (int o = 0; o < deeds.size(); o++) {
                    int past = causalPast[o];
                    if (!saw(
                            o,
                            order.stream().filter(writer -> has(past, writer)).toList())) {
                        return false;
                    }
                }
                return true;
            }
            for (int o = 0; o < deeds.size(); o++) {
                if (has(writers, o) && !has(placed, o) && (causalPast[o] & writers & ~placed) == 0) {
                    order.add(o);
                    boolean found = canBeArbitrated(order, placed | 1 << o);
                    order.remove(order.size() - 1);
                    if (found) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static boolean has(int set, int one) {
        return (set >> one & 1) != 0;
    }

    /** The answer that a checker must give. */
    public Answer judge(DeedHistory history) {
        Case one = new Case(history);
        if (!one.anyRead) {
            return Answer.UNKNOWN;
        }
        return holds(one) ? Answer.VALID : Answer.INVALID;
    }

    private boolean holds(Case one) {
        if (this != PRAM && one.isCyclic()) {
            return false;
        }
        int n = one.deeds.size();
        return switch (this) {
            case CAUSAL ->
                IntStream.range(0, n)
                        .allMatch(o -> one.canBeOrdered(one.causalPast[o] | 1 << o, 1 << o, one.causalPast));
            case CAUSAL_CONVERGENCE -> one.canBeArbitrated(new ArrayList<>(), 0);
            case CAUSAL_MEMORY, PRAM ->
                one.deeds.stream().map(Deed::session).distinct().allMatch(session -> {
                    int mine = IntStream.range(0, n)
                            .filter(o -> one.deeds.get(o).session() == session)
                            .map(o -> 1 << o)
                            .sum();
                    return one.canBeOrdered(one.writers | mine, mine, this == PRAM ? one.sessionPast : one.causalPast);
                });
        };
    }
}
