package dev.umpire.checkers.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Every order of a few things. */
final class Permutations {
    private Permutations() {}

    /** Whether some order of the elements satisfies the condition. */
    static <T> boolean anyOrder(List<T> elements, Predicate<List<T>> condition) {
        return anyOrder(new ArrayList<>(), new ArrayList<>(elements), condition);
    }

    private static <T> boolean anyOrder(List<T> placed, List<T> left, Predicate<List<T>> condition) {
        if (left.isEmpty()) {
            return condition.test(placed);
        }
        for (int i = 0; i < left.size(); i++) {
            T next = left.remove(i);
            placed.add(next);
            boolean found = anyOrder(placed, left, condition);
            placed.remove(placed.size() - 1);
            left.add(i, next);
            if (found) {
                return true;
            }
        }
        return false;
    }
}
