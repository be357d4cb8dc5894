package dev.umpire.checkers.convergence;

import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Visible;
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
import java.util.Set;
import java.util.function.Supplier;

/**
 * The elements of sets and lists that final reads show to be lost, resurrected, duplicated, reordered or phantoms.
 *
 * <p>An element has to be there if one add of it was acknowledged and every removal of it that did not fail was acknowledged
 * before that add began; it must not be there if a removal was acknowledged and every add of it was acknowledged before that
 * began. Whatever else may or may not be there.
 */
final class LostElements {
    private record Told(String kind, int key, Value element) {}

    private final History history;
    private final Elements elements;
    private final FinalReads finalReads;
    private final WriteOrder order;
    private final Words words;
    private final Reasons reasons;
    private final Anomalies anomalies;
    /** One anomaly for each kind and element of a key. */
    private final Set<Told> told = new HashSet<>();

    private final Map<String, Long> count = new HashMap<>();
    private long obliged;
    private long examined;

    LostElements(
            History history,
            Elements elements,
            FinalReads finalReads,
            WriteOrder order,
            Words words,
            Reasons reasons,
            Anomalies anomalies) {
        this.history = history;
        this.elements = elements;
        this.finalReads = finalReads;
        this.order = order;
        this.words = words;
        this.reasons = reasons;
        this.anomalies = anomalies;
    }

    /** How many elements had to be, or had not to be, in a final read. */
    long obliged() {
        return obliged;
    }

    /** How many final reads were looked at. */
    long examined() {
        return examined;
    }

    List<Figure> figures() {
        return List.of("lost", "stale", "recovered", "resurrected", "duplicated", "reordered", "phantom").stream()
                .map(name -> Figure.count(name, count.getOrDefault(name, 0L)))
                .toList();
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
        if (isMixed(key)) {
            reasons.undecided(
                    number,
                    "holds pairs [key element] as they were added and plain elements as they were read, so that they"
                            + " cannot be compared");
            return;
        }
        examined += finals.size();
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
        obliged += due.size() + gone.size();
        for (int read : finals) {
            judge(number, key, due, gone, read);
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
        Collection<Value> contents = elements.contents(read);
        Map<Value, Integer> times = new LinkedHashMap<>();
        contents.forEach(element -> times.merge(element, 1, Integer::sum));
        due.forEach((element, add) -> {
            if (!times.containsKey(element)) {
                add(
                        "lost",
                        "LOST_ELEMENT",
                        number,
                        element,
                        () -> did(add, number, element) + ", but " + reading(read, number) + " without it",
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
                        () -> reading(read, number) + " with " + text(element) + ", which nobody can have added",
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
                        () -> did(removal, number, element) + ", but " + reading(read, number) + " with it; "
                                + did(add, number, element) + ", before that",
                        add,
                        removal,
                        read);
            }
            if (found > adds.size()) {
                add(
                        "duplicated",
                        "DUPLICATED_ELEMENT",
                        number,
                        element,
                        () -> reading(read, number) + " with "
                                + text(element) + " " + Words.count(found, "time", "times") + ", though it was added "
                                + Words.count(adds.size(), "time", "times"),
                        read);
            }
        });
        if (key.isList()) {
            reordered(number, key, new ArrayList<>(contents), read);
        }
    }

    /** From the end: whatever began after the end of one that stands behind it is in the wrong place. */
    private void reordered(int number, Elements.Key key, List<Value> contents, int read) {
        Map<Integer, Integer> earliest = new HashMap<>();
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
                Value first = history.value(history.argument(behind));
                add(
                        "reordered",
                        "REORDERED_ELEMENTS",
                        number,
                        element,
                        () -> did(behind, number, first) + ", "
                                + words.gapBefore(behind, append) + " " + did(append, number, element) + ", but "
                                + reading(read, number) + " with " + text(element) + " before " + text(first),
                        behind,
                        append,
                        read);
            }
            if (behind == null || history.completed(append) < history.completed(behind)) {
                earliest.put(lane, append);
            }
        }
    }

    /** Elements that are there in the end, but were missing in a read after they had to be there, or had been seen. */
    private void seenLate(int number, Elements.Key key, Map<Value, Integer> due) {
        Map<Value, List<Integer>> seen = new HashMap<>();
        List<Integer> reads = key.reads();
        for (int i = 0; i < reads.size(); i++) {
            for (Value element : new HashSet<>(elements.contents(reads.get(i)))) {
                if (due.containsKey(element)) {
                    seen.computeIfAbsent(element, e -> new ArrayList<>()).add(i);
                }
            }
        }
        due.forEach((element, add) -> {
            List<Integer> in = seen.getOrDefault(element, List.of());
            if (in.isEmpty() || told.contains(new Told("LOST_ELEMENT", number, element))) {
                return;
            }
            int firstSeen = in.stream()
                    .mapToInt(i -> history.completed(reads.get(i)))
                    .min()
                    .orElseThrow();
            if (isMissingAfter(reads, in, firstSeen)) {
                count.merge("recovered", 1L, Long::sum);
            } else if (isMissingAfter(reads, in, history.completed(add))) {
                count.merge("stale", 1L, Long::sum);
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

    /** Whether the reader took keys apart and the writers did not: then nothing that was read was ever added. */
    private boolean isMixed(Elements.Key key) {
        boolean anyRead = false;
        for (int read : key.reads()) {
            for (Value element : elements.contents(read)) {
                anyRead = true;
                if (isPair(element)) {
                    return false;
                }
            }
        }
        return anyRead && key.elements().keySet().stream().allMatch(LostElements::isPair);
    }

    private static boolean isPair(Value element) {
        return element instanceof Value.Sequence pair && pair.elements().size() == 2;
    }

    private boolean isOk(int operation) {
        return history.outcome(operation) == Outcome.OK;
    }

    private String text(Value element) {
        String text = Visible.text(element.toString());
        return element instanceof Value.Text ? '"' + text + '"' : text;
    }

    private String name(int number) {
        return history.keyName(number).isNil() ? "the collection" : words.key(number);
    }

    /** {@code session 1 added 5 to x at n1 (10 ms to 11 ms, acknowledged)}. */
    private String did(int operation, int number, Value element) {
        String verb = switch (history.functionName(history.function(operation))) {
            case "add" -> " added ";
            case "append" -> " appended ";
            default -> " removed ";
        };
        return words.session(operation) + verb + text(element) + (verb.equals(" removed ") ? " from " : " to ")
                + name(number) + words.atNode(operation) + " (" + words.span(operation) + ", "
                + words.outcome(operation) + ")";
    }

    /** {@code the final read of session 1 at n1 (90 ms to 91 ms) returned x}. */
    private String reading(int read, int number) {
        return "the final read of " + words.session(read) + words.atNode(read) + " (" + words.span(read) + ") returned "
                + name(number);
    }

    private void add(
            String figure, String kind, int number, Value element, Supplier<String> sentence, int... operations) {
        if (!told.add(new Told(kind, number, element))) {
            return;
        }
        count.merge(figure, 1L, Long::sum);
        long distance = (long) history.invoked(operations[operations.length - 1]) - history.invoked(operations[0]);
        anomalies.add(
                operations.length,
                distance,
                () -> new Anomaly(
                        kind,
                        words.key(number),
                        sentence.get(),
                        Arrays.stream(operations).boxed().toList()));
    }
}
