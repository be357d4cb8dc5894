package dev.umpire.checkers.oracle;

import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How many reads of a {@link DeedHistory} are at fault, by kind, from the definitions. */
public final class DeedIntegrity {
    private DeedIntegrity() {}

    public static Map<String, Long> anomalies(DeedHistory history) {
        Map<String, Long> kinds = new TreeMap<>();
        for (int k = 0; k < history.lists().size(); k++) {
            KeyByDefinition key = new KeyByDefinition(history, k);
            for (Deed deed : history.deeds()) {
                List<List<Integer>> told = new ArrayList<>();
                for (List<Integer> value : deed.readsOf(k)) {
                    // a transaction that reads the same twice in a row has read it once
                    if (told.isEmpty() || !told.get(told.size() - 1).equals(value)) {
                        told.add(value);
                        key.fault(deed, value).ifPresent(kind -> kinds.merge(kind, 1L, Long::sum));
                    }
                }
                List<Integer> own = new ArrayList<>();
                for (Deed.Step step : deed.steps()) {
                    if (step.writes(k)) {
                        own.addAll(step.value());
                    } else if (step.reads(k) && deed.isOk() && !own.isEmpty()) {
                        faultBehind(own, history, k, deed, step.value())
                                .ifPresent(kind -> kinds.merge(kind, 1L, Long::sum));
                    }
                }
            }
        }
        return kinds;
    }

    /** Of what a transaction read behind a write of its own: nobody else wrote it, or not as what others could see. */
    private static Optional<String> faultBehind(
            List<Integer> own, DeedHistory history, int key, Deed reader, List<Integer> read) {
        boolean list = history.lists().get(key);
        for (int i = 0; i < read.size(); i++) {
            int value = read.get(i);
            Optional<String> fault =
                    own.contains(value) ? Optional.empty() : faultOf(history, key, reader, value, list);
            if (fault.isPresent()) {
                return fault;
            }
            List<Deed> effective = history.deeds().stream()
                    .filter(deed -> deed.outcome() != Outcome.FAIL)
                    .filter(deed -> deed.writesOf(key).contains(value))
                    .toList();
            List<Integer> together =
                    effective.isEmpty() ? List.of() : effective.get(0).writesOf(key);
            if (!list || effective.size() != 1 || together.indexOf(value) != together.lastIndexOf(value)) {
                continue;
            }
            if (read.indexOf(value) < i) {
                return Optional.of("DUPLICATE_ELEMENT");
            }
            if (!effective.get(0).equals(reader)
                    && Collections.indexOfSubList(around(read, i, together, value), together) < 0) {
                return Optional.of("INTERMEDIATE_READ");
            }
        }
        return Optional.empty();
    }

    /** Of a list that was read, what stands where those would stand that were appended together with one of its elements. */
    private static List<Integer> around(List<Integer> read, int place, List<Integer> together, int value) {
        int first = Math.max(0, place - together.indexOf(value));
        return read.subList(first, Math.min(read.size(), first + together.size()));
    }

    private static Optional<String> faultOf(DeedHistory history, int key, Deed reader, int value, boolean list) {
        List<Deed> writers = history.deeds().stream()
                .filter(deed -> !deed.equals(reader) && deed.writesOf(key).contains(value))
                .toList();
        List<Deed> effective =
                writers.stream().filter(deed -> deed.outcome() != Outcome.FAIL).toList();
        if (effective.stream().noneMatch(deed -> deed.invoked() < reader.completed())) {
            return Optional.of(
                    writers.isEmpty() ? "PHANTOM_READ" : effective.isEmpty() ? "ABORTED_READ" : "FUTURE_READ");
        }
        boolean left =
                effective.stream().anyMatch(deed -> deed.invoked() < reader.completed() && deed.last(key) == value);
        return list || left ? Optional.empty() : Optional.of("INTERMEDIATE_READ");
    }
}
