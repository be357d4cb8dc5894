package dev.umpire.checkers.convergence;

import dev.umpire.checkers.collection.ElementWords;
import dev.umpire.checkers.collection.Elements;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The elements of sets and lists that final reads show to be lost, resurrected, duplicated, reordered or phantoms.
 *
 * <p>An element has to be there if one add of it was acknowledged and every removal of it that did not fail was acknowledged
 * before that add began; it must not be there if a removal was acknowledged and every add of it was acknowledged before that
 * began. Whatever else may or may not be there.
 */
final class LostElements {
    private final History history;
    private final Elements elements;
    private final FinalReads finalReads;
    private final WriteOrder order;
    private final Words words;
    private final Reasons reasons;
    private final Losses losses;
    private final ElementWords sentences;

    LostElements(
            History history,
            Elements elements,
            FinalReads finalReads,
            WriteOrder order,
            Words words,
            Reasons reasons,
            Losses losses) {
        this.history = history;
        this.elements = elements;
        this.finalReads = finalReads;
        this.order = order;
        this.words = words;
        this.reasons = reasons;
        this.losses = losses;
        sentences = new ElementWords(history, words);
    }

    void judge(int number) {
        Elements.Key key = elements.key(number);
        int settled = -1;
        for (Elements.Changes changes : key.elements().values()) {
            for (List<Integer> operations : List.of(changes.adds(), changes.removals())) {
                for (int operation : operations) {
                    settled = Math.max(settled, isOk(operation) ? history.completed(operation) : -1);
                }
            }
        }
        List<Integer> finals = finalReads.of(key.reads(), settled);
        if (finals.isEmpty()) {
            if (settled >= 0 && !finalReads.markedOf(key.reads()).isEmpty()) {
                reasons.undecided(number, FinalReads.STILL_WRITTEN);
            }
            return;
        }
        if (elements.isMixed(key)) {
            reasons.undecided(number, Elements.MIXED);
            return;
        }
        boolean caughtUp = finalReads.unconverged().isEmpty();
        Map<Value, Integer> due = new LinkedHashMap<>();
        Map<Value, Integer> gone = new LinkedHashMap<>();
        key.elements().forEach((element, changes) -> {
            int add = last(changes.adds(), changes.removals());
            int removal = last(changes.removals(), changes.adds());
            if (add >= 0) {
                due.put(element, add);
            } else if (removal >= 0 && !changes.adds().isEmpty()) {
                gone.put(element, removal);
            }
        });
        losses.oblige(due.size() + gone.size(), finals.size());
        for (int read : finals) {
            judge(number, key, caughtUp ? due : Map.of(), caughtUp ? gone : Map.of(), read);
            if (key.isList() && caughtUp) {
                reordered(number, key, new ArrayList<>(elements.contents(read, number)), read);
            }
        }
        seenLate(number, key, due);
    }

    /** The last acknowledged one of the operations before which all of the others were acknowledged; -1 without any. */
    private int last(List<Integer> operations, List<Integer> others) {
        int settled = -1;
        for (int other : others) {
            settled = Math.max(settled, history.completed(other));
        }
        int last = -1;
        for (int operation : operations) {
            last = isOk(operation) && history.invoked(operation) > settled ? operation : last;
        }
        return last;
    }

    private void judge(int number, Elements.Key key, Map<Value, Integer> due, Map<Value, Integer> gone, int read) {
        Collection<Value> contents = elements.contents(read, number);
        Map<Value, Integer> times = new LinkedHashMap<>();
        contents.forEach(element -> times.merge(element, 1, Integer::sum));
        due.forEach((element, add) -> {
            if (!times.containsKey(element)) {
                add(
                        "lost",
                        "LOST_ELEMENT",
                        number,
                        element,
                        () -> sentences.did(add, number, element) + ", but " + reading(read, number) + " without it",
                        add,
                        read);
            }
        });
        times.forEach((element, found) -> {
            Elements.Changes changes = key.elements().getOrDefault(element, new Elements.Changes());
            List<Integer> adds = changes.adds().stream()
                    .filter(add -> history.invoked(add) < history.completed(read))
                    .toList();
            if (adds.isEmpty()) {
                add(
                        "phantom",
                        "PHANTOM_ELEMENT",
                        number,
                        element,
                        () -> reading(read, number) + " with " + words.value(element) + ", which nobody can have added",
                        read);
                return;
            }
            Integer removal = gone.get(element);
            if (removal != null) {
                int add = adds.get(adds.size() - 1);
                add(
                        "resurrected",
                        "RESURRECTED_ELEMENT",
                        number,
                        element,
                        () -> sentences.did(removal, number, element) + ", but " + reading(read, number) + " with it; "
                                + sentences.did(add, number, element) + ", before that",
                        add,
                        removal,
                        read);
            }
            if (found > (key.isList() ? adds.size() : 1)) {
                add(
                        "duplicated",
                        "DUPLICATED_ELEMENT",
                        number,
                        element,
                        () -> reading(read, number) + " with "
                                + words.value(element) + " " + Words.count(found, "time", "times")
                                + ", though it was added "
                                + Words.count(adds.size(), "time", "times")
                                + (found > adds.size() ? "" : " and a set holds each element once"),
                        read);
            }
        });
    }

    /** From the end: whatever began after the end of one that stands behind it is in the wrong place. */
    private void reordered(int number, Elements.Key key, List<Value> contents, int read) {
        Map<Integer, Integer> earliest = new HashMap<>();
        Map<Integer, Value> elementOf = new HashMap<>();
        for (int i = contents.size() - 1; i >= 0 && order != WriteOrder.NONE; i--) {
            Value element = contents.get(i);
            List<Integer> adds =
                    key.elements().getOrDefault(element, new Elements.Changes()).adds();
            if (adds.size() != 1) {
                continue;
            }
            int append = adds.get(0);
            int lane = order == WriteOrder.SESSION ? history.session(append) : 0;
            Integer behind = earliest.get(lane);
            if (behind != null && history.completed(behind) < history.invoked(append)) {
                Value first = elementOf.getOrDefault(lane, Value.NIL);
                add(
                        "reordered",
                        "REORDERED_ELEMENTS",
                        number,
                        element,
                        () -> sentences.did(behind, number, first) + ", "
                                + words.gapBefore(behind, append) + " " + sentences.did(append, number, element)
                                + ", but "
                                + reading(read, number) + " with " + words.value(element) + " before "
                                + words.value(first),
                        behind,
                        append,
                        read);
            }
            if (behind == null || history.completed(append) < history.completed(behind)) {
                earliest.put(lane, append);
                elementOf.put(lane, element);
            }
        }
    }

    /** Elements that are there in the end, but were missing in a read after they had to be there, or had been seen. */
    private void seenLate(int number, Elements.Key key, Map<Value, Integer> due) {
        Map<Value, List<Integer>> seen = new HashMap<>();
        List<Integer> reads = key.reads();
        for (int i = 0; i < reads.size(); i++) {
            for (Value element : new HashSet<>(elements.contents(reads.get(i), number))) {
                if (due.containsKey(element)) {
                    seen.computeIfAbsent(element, e -> new ArrayList<>()).add(i);
                }
            }
        }
        due.forEach((element, add) -> {
            List<Integer> in = seen.getOrDefault(element, List.of());
            if (in.isEmpty() || losses.isTold("LOST_ELEMENT", words.key(number), element)) {
                return;
            }
            int firstSeen = in.stream()
                    .mapToInt(i -> history.completed(reads.get(i)))
                    .min()
                    .orElseThrow();
            if (isMissingAfter(reads, in, firstSeen)) {
                losses.count("recovered");
            } else if (isMissingAfter(reads, in, history.completed(add))) {
                losses.count("stale");
            }
        });
    }

    /** Whether a read that began after the position lacks what a read after it has; {@code in} are those that have it. */
    private boolean isMissingAfter(List<Integer> reads, List<Integer> in, int position) {
        int lastSeen = history.invoked(reads.get(in.get(in.size() - 1)));
        int low = 0;
        int high = reads.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.invoked(reads.get(middle)) > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        int next = 0;
        for (int i = low; i < reads.size() && history.invoked(reads.get(i)) < lastSeen; i++) {
            while (next < in.size() && in.get(next) < i) {
                next++;
            }
            boolean has = next < in.size() && in.get(next) == i;
            if (!has && history.completed(reads.get(i)) < lastSeen) {
                return true;
            }
        }
        return false;
    }

    private boolean isOk(int operation) {
        return history.outcome(operation) == Outcome.OK;
    }

    /** {@code the final read of session 1 at n1 (90 ms to 91 ms) returned x}. */
    private String reading(int read, int number) {
        return "the final read of " + words.who(read) + " returned " + words.key(number);
    }

    private void add(
            String figure, String kind, int number, Value element, Supplier<String> sentence, int... operations) {
        losses.add(
                figure,
                kind,
                words.key(number),
                element,
                sentence,
                Arrays.stream(operations).boxed().toList());
    }
}
