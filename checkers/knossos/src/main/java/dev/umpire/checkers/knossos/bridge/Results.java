package dev.umpire.checkers.knossos.bridge;

import clojure.lang.Keyword;
import clojure.lang.RT;
import dev.umpire.checkers.knossos.analysis.Finding;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the map with which an analysis ends.
 *
 * <p>{@code :valid?} is true, false or the keyword {@code :unknown}. Invalid: {@code :op} found no place, {@code :previous-ok}
 * was the last that did, {@code :final-paths} is a set of paths {@code [{:op :model} ...]} whose last model is inconsistent;
 * linear alone tells its {@code :configs} of {@code :model}, {@code :last-op} and {@code :pending}. Unknown: {@code :cause}.
 */
final class Results {
    private static final int MOST_CONFIGURATIONS = 3;
    private static final int MOST_PATHS = 5;
    private static final int MOST_STEPS = 8;

    private final Words words;

    Results(History history) {
        this.words = Words.of(history);
    }

    Finding finding(int object, @Nullable Object result, long millis) {
        Object valid = get(result, "valid?");
        if (Boolean.TRUE.equals(valid)) {
            return Finding.valid(object, millis);
        }
        if (Boolean.FALSE.equals(valid)) {
            return invalid(object, result, millis);
        }
        if (valid instanceof Keyword) {
            Object cause = get(result, "cause");
            return Finding.unknown(
                    object,
                    "Knossos gave up: "
                            + (cause instanceof Keyword word ? word.getName().replace('-', ' ') : text(cause)),
                    millis);
        }
        return Finding.unknown(object, "Knossos ended with " + text(result) + ", expected a map with :valid?", millis);
    }

    private Finding invalid(int object, @Nullable Object result, long millis) {
        List<Integer> witness = new ArrayList<>();
        addOperation(get(result, "previous-ok"), witness);
        addOperation(get(result, "op"), witness);
        if (get(get(result, "op"), "index") == null) {
            return Finding.unknown(object, "Knossos answered 'not linearizable' without naming an operation", millis);
        }
        List<String> details = new ArrayList<>();
        for (Object configuration : some(get(result, "configs"), MOST_CONFIGURATIONS)) {
            details.add(
                    "a configuration that was left: " + state(get(configuration, "model")) + pending(configuration));
        }
        List<List<Object>> paths = new ArrayList<>();
        for (Object path : some(get(result, "final-paths"), Integer.MAX_VALUE)) {
            paths.add(some(path, Integer.MAX_VALUE));
        }
        paths.sort(Comparator.comparingInt((List<Object> path) -> path.size()).thenComparing(path -> path(path)));
        paths.stream().limit(MOST_PATHS).forEach(path -> details.add("a way that ends: " + path(path)));
        if (paths.size() > MOST_PATHS) {
            details.add(Words.count(paths.size() - MOST_PATHS, "more way", "more ways") + " that end");
        }
        return Finding.invalid(object, witness, details, millis);
    }

    private static void addOperation(@Nullable Object operation, List<Integer> witness) {
        Object index = get(operation, "index");
        if (index != null) {
            witness.add(Operations.operation(index));
        }
    }

    private String pending(Object configuration) {
        List<String> parts = new ArrayList<>();
        for (Object operation : some(get(configuration, "pending"), MOST_STEPS)) {
            parts.add(deed(operation));
        }
        return parts.isEmpty() ? "" : ", pending: " + String.join(", ", parts);
    }

    private String path(List<Object> path) {
        List<String> steps = new ArrayList<>();
        for (Object step : path.subList(Math.max(0, path.size() - MOST_STEPS), path.size())) {
            steps.add(deed(get(step, "op")) + " → " + state(get(step, "model")));
        }
        return (path.size() > MOST_STEPS ? "…, " : "") + String.join(", ", steps);
    }

    private String deed(@Nullable Object operation) {
        Object index = get(operation, "index");
        return index == null
                ? text(operation)
                : words.session(Operations.operation(index)) + " " + words.deed(Operations.operation(index));
    }

    /** What Knossos, or the model, calls a state. */
    private static String state(@Nullable Object model) {
        return text(model).replace(ClojureValues.NIL.toString(), "nil");
    }

    private static String text(@Nullable Object any) {
        if (any == null) {
            return "nil";
        }
        String own = any.toString();
        // a Clojure record without words of its own
        return Visible.text(own.startsWith(any.getClass().getName() + "@") ? RT.printString(any) : own);
    }

    private static @Nullable Object get(@Nullable Object map, String key) {
        return RT.get(map, Keyword.intern(key));
    }

    private static List<Object> some(@Nullable Object all, int most) {
        List<Object> some = new ArrayList<>();
        if (all instanceof Iterable<?> iterable) {
            for (Object one : iterable) {
                if (some.size() == most) {
                    break;
                }
                some.add(one);
            }
        }
        return some;
    }
}
