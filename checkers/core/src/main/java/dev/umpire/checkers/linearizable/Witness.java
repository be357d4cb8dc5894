package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Steps;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Chooses the operations that are told of an object that is not linearizable.
 *
 * <p>At most six: those whose times matter, and for each of their reads the write that it read from; where more matter, the
 * violating one, the one that was placed last, and the latest of the others.
 */
final class Witness {
    static final String KIND = "NOT_LINEARIZABLE";
    private static final int MOST = 6;
    /** How many characters of a state are told. */
    private static final int LONGEST = 80;

    private final History history;
    private final boolean isRegister;
    private final CheckOptions options;
    private final Sentences sentences;

    /**
     * For the objects of a history.
     *
     * @param isRegister whether what is read is what was written, as in a register
     */
    Witness(History history, Calls calls, boolean isRegister, CheckOptions options) {
        this.history = history;
        this.isRegister = isRegister;
        this.options = options;
        this.sentences = new Sentences(history, calls);
    }

    /**
     * Of an object that is not linearizable, with what the search was left with.
     *
     * @param upTo an operation until whose completion it is not, as its place in the subhistory
     */
    Anomaly withDetails(Subhistory object, Steps steps, int upTo) {
        Anomaly anomaly = of(object, steps, upTo);
        int violating = anomaly.operations().get(anomaly.operations().size() - 1);
        List<String> details = details(object, steps, object.placeOf(violating));
        return new Anomaly(anomaly.kind(), anomaly.key(), anomaly.sentence(), anomaly.operations(), details);
    }

    /** The longest prefix that has an order, and the states in which every such order leaves the object. */
    private List<String> details(Subhistory object, Steps steps, int blocked) {
        int before = 0;
        int last = -1;
        for (int i = 0; i < object.size(); i++) {
            if (object.completed(i) < object.completed(blocked)) {
                before++;
                last = last < 0 || object.completed(i) > object.completed(last) ? i : last;
            }
        }
        if (last >= 0
                && Explanation.search(object.upToCompletionOf(last), steps, options)
                                .answer()
                        != Answer.VALID) {
            return List.of();
        }
        List<String> details = new ArrayList<>();
        details.add(
                before == 0
                        ? "no operation completed before it"
                        : Words.count(before, "operation that", "operations that")
                                + " completed before it can be put in order, without it");
        ConfigurationSearch.Result result = Explanation.search(object.upToCompletionOf(blocked), steps, options);
        if (result.blocked() == blocked) {
            for (ConfigurationSearch.Left left : result.left()) {
                String text = steps.text(left.state());
                details.add("left: " + Visible.text(text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text)
                        + (left.lastPlaced() < 0
                                ? ", as in the beginning"
                                : ", after " + sentences.deed(object.operation(left.lastPlaced()))));
            }
        }
        return details;
    }

    /**
     * Of an object that is not linearizable.
     *
     * @param upTo an operation until whose completion it is not, as its place in the subhistory
     */
    Anomaly of(Subhistory object, Steps steps, int upTo) {
        int blocked = firstBlocked(object, steps, upTo);
        int unwritten = isRegister ? unwritten(object.operation(blocked)) : History.NONE;
        return unwritten == History.NONE
                ? unordered(object.upToCompletionOf(blocked), steps, blocked)
                : ofUnwritten(object.operation(blocked), unwritten);
    }

    /** The operation that ends the shortest prefix that is not linearizable, by bisection, as far as the bound allows. */
    private int firstBlocked(Subhistory object, Steps steps, int upTo) {
        int[] candidates = IntStream.range(0, object.size())
                .filter(i -> object.completed(i) <= object.completed(upTo))
                .boxed()
                .sorted(Comparator.comparing(i -> object.completed(i)))
                .mapToInt(Integer::intValue)
                .toArray();
        int low = 0;
        int high = candidates.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            Subhistory prefix = object.upToCompletionOf(candidates[middle]);
            if (Explanation.search(prefix, steps, options).answer() == Answer.INVALID) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return candidates[low];
    }

    private Anomaly unordered(Subhistory operations, Steps steps, int blocked) {
        Explanation.Tight tight = Explanation.of(operations, steps, blocked, options);
        int violating = operations.operation(blocked);
        TreeSet<Integer> chosen = new TreeSet<>();
        tight.places().forEach(place -> chosen.add(operations.operation(place)));
        boolean whole = tight.minimal() && chosen.size() <= MOST;
        if (chosen.size() > MOST) {
            List<Integer> latestFirst = new ArrayList<>(chosen);
            Collections.reverse(latestFirst);
            chosen.clear();
            int lastPlaced = Explanation.search(operations, steps, options).lastPlaced();
            if (lastPlaced >= 0) {
                chosen.add(operations.operation(lastPlaced));
            }
            chosen.add(violating);
            sourcesOf(violating, operations).stream().limit(2).forEach(chosen::add);
            for (int next = 0; chosen.size() < MOST; next++) {
                chosen.add(latestFirst.get(next));
            }
        } else {
            for (int operation : List.copyOf(chosen)) {
                for (int source : sourcesOf(operation, operations)) {
                    if (chosen.size() < MOST) {
                        chosen.add(source);
                    }
                }
            }
        }
        chosen.remove(violating);
        List<Integer> witness = new ArrayList<>(chosen);
        witness.add(violating);
        return new Anomaly(KIND, keys(violating), sentences.of(witness, whole), witness);
    }

    /** Which of its values was not written before the operation completed; NONE if all were. */
    private int unwritten(int reader) {
        for (int i = 0; i < history.readCount(reader); i++) {
            int key = history.readKey(reader, i);
            int value = history.readValue(reader, i);
            boolean written = value == history.initialValue();
            for (int operation = 0; operation < history.size() && !written; operation++) {
                written = history.outcome(operation) != Outcome.FAIL
                        && history.invoked(operation) < history.completed(reader)
                        && writes(operation, key, value);
            }
            if (!written) {
                return i;
            }
        }
        return History.NONE;
    }

    private Anomaly ofUnwritten(int reader, int read) {
        int other = History.NONE;
        for (int operation = 0; operation < history.size() && other == History.NONE; operation++) {
            if (writes(operation, history.readKey(reader, read), history.readValue(reader, read))) {
                other = operation;
            }
        }
        List<Integer> witness = other == History.NONE || other == reader ? List.of(reader) : List.of(other, reader);
        int told = other == reader ? History.NONE : other;
        return new Anomaly(KIND, keys(reader), sentences.ofUnwritten(reader, read, told), witness);
    }

    /** For each value that the operation read the last write of it before the read completed, or the first after. */
    private List<Integer> sourcesOf(int reader, Subhistory among) {
        List<Integer> sources = new ArrayList<>();
        for (int read = 0; read < history.readCount(reader); read++) {
            int source = History.NONE;
            for (int i = 0; i < among.size(); i++) {
                int operation = among.operation(i);
                boolean beforeEnd = history.invoked(operation) < history.completed(reader);
                if (operation != reader
                        && writes(operation, history.readKey(reader, read), history.readValue(reader, read))
                        && (beforeEnd || source == History.NONE)) {
                    source = operation;
                }
            }
            if (source != History.NONE) {
                sources.add(source);
            }
        }
        return sources;
    }

    private boolean writes(int operation, int key, int value) {
        for (int i = 0; i < history.writeCount(operation); i++) {
            if (history.writeKey(operation, i) == key && history.writeValue(operation, i) == value) {
                return true;
            }
        }
        return false;
    }

    private String keys(int operation) {
        int key = history.key(operation);
        return key == History.NONE || history.keyName(key).isNil()
                ? ""
                : history.keyName(key).toString();
    }
}
