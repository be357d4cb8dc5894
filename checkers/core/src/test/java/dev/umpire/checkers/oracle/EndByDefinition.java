package dev.umpire.checkers.oracle;

import dev.umpire.checkers.oracle.KeyByDefinition.Read;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Durability and eventual consistency of registers and lists in transactions, from their definitions, in a
 * {@link DeedHistory#historyWithFinalReads}.
 */
public final class EndByDefinition {

    /** A final read: who read, and what. */
    private record Final(Deed reader, List<Integer> value) {}

    private final DeedHistory history;
    private final int key;
    private final List<Deed> writers;
    private final List<Deed> acknowledged;
    private final List<Final> marked;

    private EndByDefinition(DeedHistory history, int key) {
        this.history = history;
        this.key = key;
        writers = history.deeds().stream()
                .filter(deed -> deed.outcome() != Outcome.FAIL && deed.writes(key))
                .toList();
        acknowledged = writers.stream().filter(Deed::isOk).toList();
        marked = history.deeds().stream()
                .filter(history::isLast)
                .flatMap(deed -> deed.readsOf(key).stream().map(value -> new Final(deed, value)))
                .toList();
    }

    private boolean isList() {
        return history.lists().get(key);
    }

    /** Whether one transaction read two lists, which no checker of elements judges. */
    private boolean isReadTwice() {
        return isList()
                && history.deeds().stream()
                        .anyMatch(deed -> deed.readsOf(key).stream().distinct().count() > 1);
    }

    public static Answer durability(DeedHistory history, WriteOrder assumption) {
        boolean obliged = false;
        Answer answer = Answer.VALID;
        for (int key = 0; key < history.lists().size(); key++) {
            EndByDefinition end = new EndByDefinition(history, key);
            List<Final> finals = end.marked.stream()
                    .filter(f -> end.acknowledged.stream()
                            .allMatch(w -> w.completed() < f.reader().invoked()))
                    .toList();
            boolean unsettled = finals.isEmpty() && !end.marked.isEmpty() && !end.acknowledged.isEmpty();
            if (end.isReadTwice() || unsettled) {
                answer = answer.and(Answer.UNKNOWN);
            } else if (end.isList()) {
                obliged |= !finals.isEmpty() && !end.acknowledged.isEmpty();
                boolean broken = finals.stream().anyMatch(f -> end.isBroken(f, assumption));
                answer = answer.and(broken ? Answer.INVALID : Answer.VALID);
            } else {
                List<Read> good = finals.stream().flatMap(end::asRead).toList();
                if (!good.isEmpty() && !end.acknowledged.isEmpty()) {
                    obliged = true;
                    answer = answer.and(end.isNothingLost(good, assumption) ? Answer.VALID : Answer.INVALID);
                }
            }
        }
        return obliged || answer == Answer.INVALID ? answer : Answer.UNKNOWN;
    }

    private Stream<Read> asRead(Final read) {
        return new KeyByDefinition(history, key)
                .reads.stream()
                        .filter(good -> good.reader().equals(read.reader())
                                && good.value().equals(read.value()))
                        .limit(1);
    }

    private boolean isNothingLost(List<Read> finals, WriteOrder assumption) {
        return new KeyByDefinition(history, key)
                .exists(
                        assumption,
                        order -> finals.stream()
                                .allMatch(f -> acknowledged.stream()
                                        .noneMatch(w -> order.indexOf(f.source()) < order.indexOf(Optional.of(w)))));
    }

    /** Whether the list lacks an acknowledged element, or has one too often, too early, or that nobody appended. */
    private boolean isBroken(Final read, WriteOrder assumption) {
        List<Integer> list = read.value();
        boolean lost = acknowledged.stream().anyMatch(w -> !list.containsAll(w.writesOf(key)));
        boolean phantom = list.stream()
                .anyMatch(element -> writer(element)
                        .noneMatch(w -> w.invoked() < read.reader().completed()));
        boolean twice = list.stream().anyMatch(element -> Collections.frequency(list, element) > 1);
        boolean reordered = false;
        for (int i = 0; i < list.size(); i++) {
            for (int element : list.subList(i + 1, list.size())) {
                Integer before = list.get(i);
                reordered |= writer(element)
                        .anyMatch(first -> writer(before).anyMatch(second -> isBefore(first, second, assumption)));
            }
        }
        return lost || phantom || twice || reordered;
    }

    private Stream<Deed> writer(Integer element) {
        return writers.stream().filter(w -> w.writesOf(key).contains(element));
    }

    private static boolean isBefore(Deed first, Deed second, WriteOrder assumption) {
        return switch (assumption) {
            case REAL_TIME -> first.realTimeBefore(second);
            case SESSION -> first.sessionBefore(second);
            case NONE -> false;
        };
    }

    public static Answer eventual(DeedHistory history) {
        boolean obliged = false;
        Answer answer = Answer.VALID;
        for (int key = 0; key < history.lists().size(); key++) {
            EndByDefinition end = new EndByDefinition(history, key);
            List<Final> finals = end.marked.stream()
                    .filter(f -> end.writers.stream()
                            .allMatch(w -> (w.isOk() ? w.completed() : w.invoked())
                                    < f.reader().invoked()))
                    .toList();
            if (end.isReadTwice()) {
                answer = answer.and(Answer.UNKNOWN);
            } else if (nodes(finals) < 2) {
                answer = answer.and(nodes(end.marked) < 2 ? Answer.VALID : Answer.UNKNOWN);
            } else {
                obliged = true;
                List<Integer> value = finals.get(0).value();
                boolean agreed = finals.stream().allMatch(f -> f.value().equals(value));
                boolean written = value.isEmpty()
                        ? end.acknowledged.isEmpty()
                        : value.stream()
                                .allMatch(
                                        element -> end.writer(element).findAny().isPresent());
                long sessions =
                        history.deeds().stream().map(Deed::session).distinct().count();
                boolean everyNode = nodes(finals) == sessions;
                boolean possible = finals.stream()
                        .map(Final::value)
                        .allMatch(read -> read.isEmpty()
                                ? end.acknowledged.isEmpty()
                                : read.stream()
                                        .allMatch(element ->
                                                end.writer(element).findAny().isPresent()));
                boolean open = !agreed && possible && end.mayAgree(finals);
                answer = answer.and(
                        open
                                ? Answer.UNKNOWN
                                : !agreed || !written ? Answer.INVALID : everyNode ? Answer.VALID : Answer.UNKNOWN);
            }
        }
        return obliged ? answer : Answer.UNKNOWN;
    }

    /** Whether writes of unknown outcome that took effect between the reads may be all in which they differ. */
    private boolean mayAgree(List<Final> finals) {
        int began = finals.stream().mapToInt(f -> f.reader().invoked()).min().orElseThrow();
        return finals.stream()
                        .map(Final::value)
                        .filter(value -> isList() || value.stream().noneMatch(element -> mayBeLate(element, began)))
                        .map(value -> value.stream()
                                .filter(element -> !mayBeLate(element, began))
                                .toList())
                        .distinct()
                        .count()
                <= 1;
    }

    /** Whether nobody knows that what wrote the element had taken effect at the position. */
    private boolean mayBeLate(Integer element, int position) {
        return !isSeen(element, position)
                && writers.stream()
                        .filter(w -> !w.isOk())
                        .map(w -> w.writesOf(key))
                        .anyMatch(written -> written.contains(element)
                                && (isList() || !isSeen(written.get(written.size() - 1), position)));
    }

    private boolean isSeen(Integer element, int position) {
        return history.deeds().stream()
                .filter(deed -> deed.isOk() && deed.completed() < position)
                .anyMatch(deed -> deed.readsOf(key).stream().anyMatch(value -> value.contains(element)));
    }

    private static long nodes(List<Final> reads) {
        return reads.stream().map(f -> f.reader().session()).distinct().count();
    }
}
