package dev.umpire.checkers.sequential;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Reduces what no order can place to the few operations that are needed.
 *
 * <p><b>Algorithm.</b> Operations are left out, halves first, then single ones (after Zeller and Hildebrandt, <i>Simplifying
 * and isolating failure-inducing input</i>, TSE 28(2), 2002), as long as the rest still has no order. Where reads are joined to
 * writes the write of every read that is kept is kept too. Where they are not, what is left out may take effect whenever it
 * likes, or never. Bounded: when the effort is spent, what is left is told as it is.
 */
final class Witness {
    static final String KIND = "NOT_SEQUENTIAL";
    static final String INCOMPATIBLE = "INCOMPATIBLE_ORDER";
    private static final int MOST_TOLD = 16;
    private static final long CONFIGURATIONS = 2_000;
    private static final long EFFORT = 200_000;
    private static final long SIZE_BYTES = 32L << 20;

    private final History history;
    private final Calls calls;
    private final Model<?> model;
    private final Deadline deadline;
    private final Story story;
    private long effort;

    Witness(History history, Calls calls, Model<?> model, Deadline deadline) {
        this.deadline = deadline;
        this.history = history;
        this.calls = calls;
        this.model = model;
        this.story = new Story(history);
    }

    /** Of a read of what nobody wrote. */
    Anomaly ofUnwritten(int operation) {
        return new Anomaly(KIND, "", story.unwritten(operation), List.of(operation));
    }

    /** Of two lists of which neither begins with the other. */
    Anomaly ofIncompatible(int[] reads) {
        List<Integer> both = List.of(reads[0], reads[1]);
        return new Anomaly(INCOMPATIBLE, keys(both), story.incompatible(reads), both);
    }

    /** Of operations among which joined reads have no order. */
    Anomaly ofJoined(ReadsFrom whole, Set<Integer> operations) {
        Set<Integer> closed = closure(whole, operations);
        Set<Integer> least = reduce(closed, some -> closure(whole, some), some -> hasNoOrder(whole.among(array(some))));
        Constraints constraints = constraints(whole.among(array(least)));
        List<Integer> witness = byCompletion(least);
        String sentence = constraints.saturate()
                ? story.cycle(constraints, Cycle.of(constraints, 1).get(0))
                : story.unordered(witness, effort > 0);
        return new Anomaly(KIND, keys(witness), sentence, witness);
    }

    /** Of operations that a search could not order; what is not among the least may have happened at any time. */
    Anomaly ofSearched(int[] operations) {
        Set<Integer> all = new TreeSet<>();
        Arrays.stream(operations).forEach(all::add);
        Set<Integer> least = reduce(all, some -> some, some -> hasNoOrder(operations, some));
        List<Integer> witness = byCompletion(least);
        boolean whole = effort > 0 && witness.size() <= MOST_TOLD;
        if (witness.size() > MOST_TOLD) {
            witness = witness.subList(witness.size() - MOST_TOLD, witness.size());
        }
        return new Anomaly(KIND, keys(witness), story.unordered(witness, whole), witness);
    }

    private static Constraints constraints(ReadsFrom some) {
        return new Constraints(some, CONFIGURATIONS * 1_000, SIZE_BYTES, Deadline.NONE);
    }

    private boolean hasNoOrder(ReadsFrom some) {
        effort -= 10L * some.lanes.size();
        JoinedReads joined = new JoinedReads(some, calls, model, CONFIGURATIONS, SIZE_BYTES, deadline);
        joined.decide(CONFIGURATIONS, SIZE_BYTES);
        effort -= joined.configurations;
        return joined.answer == Answer.INVALID;
    }

    private boolean hasNoOrder(int[] all, Set<Integer> kept) {
        Lanes lanes = new Lanes(history, all, operation -> !kept.contains(operation));
        OrderSearch.Result result = new OrderSearch(
                        lanes, new Objects(history, calls, model, all, deadline), Guide.NONE)
                .run(CONFIGURATIONS, SIZE_BYTES);
        effort -= all.length + result.configurations();
        return result.answer() == Answer.INVALID;
    }

    /** The operations, and the writes of what they read. */
    private static Set<Integer> closure(ReadsFrom whole, Set<Integer> operations) {
        Set<Integer> closed = new TreeSet<>(operations);
        List<Integer> open = new ArrayList<>(operations);
        while (!open.isEmpty()) {
            int node = Arrays.binarySearch(whole.lanes.operation, open.remove(open.size() - 1));
            for (int r = whole.firstRead[node]; r < whole.firstRead[node + 1]; r++) {
                int source = whole.readSource[r];
                if (source >= 0 && closed.add(whole.lanes.operation[source])) {
                    open.add(whole.lanes.operation[source]);
                }
            }
        }
        return closed;
    }

    private interface Closing {
        Set<Integer> over(Set<Integer> operations);
    }

    private Set<Integer> reduce(Set<Integer> all, Closing closing, Predicate<Set<Integer>> broken) {
        effort = EFFORT;
        Set<Integer> kept = all;
        int chunk = Math.max(1, kept.size() / 2);
        boolean again = true;
        while (again || chunk > 1) {
            chunk = again ? chunk : chunk / 2;
            again = false;
            List<Integer> candidates = new ArrayList<>(kept);
            for (int at = 0; at < candidates.size() && effort > 0; at += chunk) {
                Set<Integer> fewer = new TreeSet<>(kept);
                candidates.subList(at, Math.min(candidates.size(), at + chunk)).forEach(fewer::remove);
                Set<Integer> closed = closing.over(fewer);
                if (closed.size() < kept.size() && broken.test(closed)) {
                    kept = closed;
                    again = true;
                }
            }
            again &= effort > 0;
        }
        return kept;
    }

    private static int[] array(Set<Integer> operations) {
        return operations.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<Integer> byCompletion(Set<Integer> operations) {
        List<Integer> sorted = new ArrayList<>(operations);
        sorted.sort((a, b) -> Integer.compare(history.completed(a), history.completed(b)));
        // what may never have completed is not what violates
        sorted.sort((a, b) ->
                Boolean.compare(history.completed(b) == History.NEVER, history.completed(a) == History.NEVER));
        return sorted;
    }

    private String keys(List<Integer> operations) {
        Set<Integer> keys = new TreeSet<>();
        for (int operation : operations) {
            keys.add(history.key(operation));
        }
        int only = keys.size() == 1 ? keys.iterator().next() : History.NONE;
        return only == History.NONE || history.keyName(only).isNil()
                ? ""
                : history.keyName(only).toString();
    }
}
