package dev.umpire.checkers.oracle;

import dev.umpire.checkers.oracle.Deed.Kind;
import dev.umpire.checkers.oracle.Deed.Step;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;

/** Whether transactions have one order in which every answer is right, from the definition: every order is tried. */
public final class TransactionOrders {
    private final BiPredicate<Deed, Deed> isBefore;

    private TransactionOrders(BiPredicate<Deed, Deed> isBefore) {
        this.isBefore = isBefore;
    }

    public static boolean isLinearizable(DeedHistory history) {
        return new TransactionOrders(Deed::realTimeBefore).isPossible(history);
    }

    public static boolean isSequential(DeedHistory history) {
        return new TransactionOrders(Deed::sessionBefore).isPossible(history);
    }

    private boolean isPossible(DeedHistory history) {
        List<Deed> left = new ArrayList<>(history.deeds());
        left.removeIf(deed -> deed.outcome() == Outcome.FAIL);
        // a good order is found sooner where few had to wait
        left.sort(Comparator.comparingInt(Deed::completed));
        List<List<Integer>> state = new ArrayList<>();
        history.lists().forEach(list -> state.add(List.of()));
        return someOrder(left, state);
    }

    private boolean someOrder(List<Deed> left, List<List<Integer>> state) {
        if (left.stream().noneMatch(Deed::isOk)) {
            return true;
        }
        for (int i = 0; i < left.size(); i++) {
            Deed next = left.get(i);
            List<List<Integer>> after = new ArrayList<>(state);
            if (left.stream().noneMatch(other -> isBefore.test(other, next)) && takes(next, after)) {
                List<Deed> rest = new ArrayList<>(left);
                rest.remove(i);
                if (someOrder(rest, after)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether all steps answer rightly, one after the other, in this state, which they change. */
    private static boolean takes(Deed deed, List<List<Integer>> state) {
        for (Step step : deed.steps()) {
            List<Integer> present = state.get(step.key());
            if (step.kind() == Kind.READ) {
                if (deed.isOk() && !present.equals(step.value())) {
                    return false;
                }
            } else if (step.kind() == Kind.APPEND) {
                List<Integer> longer = new ArrayList<>(present);
                longer.addAll(step.value());
                state.set(step.key(), longer);
            } else {
                state.set(step.key(), step.value());
            }
        }
        return true;
    }
}
