package dev.umpire.checkers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.ModelChoice;
import dev.umpire.checkers.register.Siblings;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Of every anomaly of every guarantee on every example, so of every kind that there is: its operations alone are broken, and
 * none of them can be left out with the rest still proving it.
 *
 * <p>What the operations that are kept returned implies that it was written: the writes of it are kept with them. A witness is too
 * long where some of its own operations are an anomaly of the same kind, of the same key, with the same last operation.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ExampleWitnessesTest {

    /** Where the operations alone oblige nobody, as the kind is about what was not done, or not seen by others as well. */
    private static final Set<String> ABOUT_THE_WHOLE_KEY = Set.of(
            // without the changes that the sentence sums up there is no counter, without transfers no bank
            "COUNTER_NOT_A_SUM",
            "COUNTER_TOO_HIGH",
            "COUNTER_TOO_LOW",
            "TOTAL_NOT_CONSERVED",
            // all final reads are meant, of which one is shown
            "CONVERGED_ON_INITIAL",
            "CONVERGED_ON_NOTHING_WRITTEN",
            "NOT_CONVERGED",
            // what is added elsewhere says whether this is a list, a set, or has siblings
            "LOST_ELEMENT",
            "PHANTOM_ELEMENT",
            "PHANTOM_READ",
            // no order of the writes is possible, so none that any read of the key could be bound by
            "CONTRADICTORY_CAS",
            "CONTRADICTORY_ORDER",
            // a write that no order has room for, whoever reads
            "NOT_SEQUENTIAL",
            // that the function was acknowledged before the fault, too
            "SLOW_RECOVERY");

    /** Where more is told than the least that is broken. */
    private static final Set<String> TELLS_MORE = Set.of(
            // every step of a chain, also where a later one follows from an earlier
            "CONTRADICTORY_ORDER",
            // the oldest newer write, for the largest staleness that is certain
            "STALE_READ",
            // how many are missing is counted against what was found, and against dequeues of unknown outcome
            "LOST_ELEMENT",
            // an operation that is not told may still take effect at any time; their own tests leave out its time alone
            "NOT_LINEARIZABLE",
            "NOT_SEQUENTIAL");

    private record Told(String example, History history, CheckOptions options, Guarantee guarantee, Anomaly anomaly) {

        NavigableSet<Integer> witness() {
            return new TreeSet<>(anomaly.operations());
        }

        /** What the guarantee says of some of the operations, by the model of all. */
        Verdict verdict(NavigableSet<Integer> kept) {
            String model = options.model()
                    .orElseGet(() -> ModelChoice.of(history, new Calls(history, options.nilReads()))
                            .name());
            return guarantee.check(some(history, kept), options.withModel(model));
        }

        @Override
        public String toString() {
            return example + ": " + guarantee.name() + " " + anomaly;
        }
    }

    private final List<Told> all = new ArrayList<>();

    @BeforeAll
    void judge() throws IOException {
        for (String example : ExamplesTest.examples()) {
            History history = ExamplesTest.recorded(example);
            CheckOptions options = ExamplesTest.optionsOf(example);
            for (Guarantee guarantee : ExamplesTest.guaranteesOf(example)) {
                guarantee.check(history, options).anomalies().stream()
                        .map(anomaly -> new Told(example, history, options, guarantee, anomaly))
                        .forEach(all::add);
            }
        }
    }

    @Test
    void allKindsAreLookedAt() {
        assertThat(all.stream().map(told -> told.anomaly().kind()))
                .contains(
                        "ABORTED_READ",
                        "BACKWARD_POLL",
                        "BACK_AND_FORTH",
                        "BACK_IN_TIME",
                        "BACK_TO_INITIAL",
                        "CONFLICTING_FINAL_READS",
                        "CONTRADICTORY_CAS",
                        "CONTRADICTORY_ORDER",
                        "CONVERGED_ON_INITIAL",
                        "CONVERGED_ON_NOTHING_WRITTEN",
                        "COUNTER_NOT_A_SUM",
                        "COUNTER_TOO_HIGH",
                        "COUNTER_TOO_LOW",
                        "CYCLIC_CF",
                        "CYCLIC_CO",
                        "CYCLIC_HB",
                        "DIVERGENT_OFFSET",
                        "DIVERGENT_VERSION",
                        "DOUBLE_CAS",
                        "DUPLICATED_ELEMENT",
                        "DUPLICATED_MESSAGE",
                        "DUPLICATE_ELEMENT",
                        "DUPLICATE_POSITION",
                        "DUPLICATE_VALUE",
                        "EARLIER_READ_MISSING",
                        "EARLIER_WRITE_MISSING",
                        "FUTURE_READ",
                        "INCOMPATIBLE_ORDER",
                        "INTERMEDIATE_READ",
                        "LIST_CO_READ",
                        "LIST_HB_READ",
                        "LONG_FORK",
                        "LOST_ELEMENT",
                        "LOST_WRITE",
                        "NOT_A_PREFIX",
                        "NOT_CONVERGED",
                        "NOT_LINEARIZABLE",
                        "NOT_SEQUENTIAL",
                        "NO_COMMON_ORDER",
                        "ORDER_AGAINST_CAUSE",
                        "ORDER_AGAINST_TIME",
                        "OWN_WRITE_MISSING",
                        "PHANTOM_ELEMENT",
                        "PHANTOM_READ",
                        "PREFIX_WENT_BACK",
                        "REORDERED_ELEMENTS",
                        "RESURRECTED_ELEMENT",
                        "SIBLING_MISSING",
                        "SILENCE",
                        "SKIPPED_MESSAGE",
                        "SLOW_RECOVERY",
                        "STALE_OWN_READ",
                        "STALE_READ",
                        "TOTAL_NOT_CONSERVED",
                        "VERSION_AGAINST_TIME",
                        "WRITE_CO_INIT_READ",
                        "WRITE_CO_READ",
                        "WRITE_CO_SNAPSHOT",
                        "WRITE_HB_INIT_READ");
    }

    @Test
    void theOperationsOfAWitnessAreBrokenByThemselves() {
        assertThat(all)
                // of a key with siblings other reads may be all that shows them
                .filteredOn(told -> !Siblings.any(told.history()))
                .filteredOn(told -> !isBrokenAlone(told))
                .isEmpty();
    }

    private static boolean isBrokenAlone(Told told) {
        Verdict alone = told.verdict(closed(told.history(), told.witness()));
        boolean obligesNobody = alone.answer() == Answer.UNKNOWN && alone.obliged() == 0;
        return alone.answer() == Answer.INVALID
                || (obligesNobody && ABOUT_THE_WHOLE_KEY.contains(told.anomaly().kind()));
    }

    @Test
    void noOperationOfAWitnessCanBeLeftOut() {
        assertThat(all)
                .filteredOn(told -> !TELLS_MORE.contains(told.anomaly().kind()))
                .filteredOn(told -> shorter(told).isPresent())
                .isEmpty();
    }

    private static Optional<Anomaly> shorter(Told told) {
        return told.witness().stream()
                .flatMap(dropped -> shorter(told, dropped))
                .findFirst();
    }

    private static Stream<Anomaly> shorter(Told told, int dropped) {
        NavigableSet<Integer> rest = told.witness();
        rest.remove(dropped);
        NavigableSet<Integer> kept = closed(told.history(), rest);
        if (kept.isEmpty() || kept.contains(dropped)) {
            return Stream.of();
        }
        List<Integer> numbers = List.copyOf(kept);
        Anomaly whole = told.anomaly();
        return told.verdict(kept).anomalies().stream()
                .filter(part -> part.kind().equals(whole.kind()) && part.key().equals(whole.key()))
                .filter(part -> {
                    List<Integer> operations =
                            part.operations().stream().map(numbers::get).toList();
                    return rest.containsAll(operations) && last(operations).equals(last(whole.operations()));
                });
    }

    private static Integer last(List<Integer> operations) {
        return operations.get(operations.size() - 1);
    }

    /** A recording of some operations, and of all that is no operation. */
    private static History some(History history, Set<Integer> operations) {
        Set<Integer> leftOut = new HashSet<>();
        for (int operation = 0; operation < history.size(); operation++) {
            if (!operations.contains(operation)) {
                leftOut.addAll(List.of(history.invoked(operation), history.ended(operation)));
            }
        }
        List<Event> events = new ArrayList<>();
        int place = 0;
        for (Event event : history.events()) {
            if (!leftOut.contains(place)) {
                events.add(event);
            }
            place++;
        }
        return History.of(events, ReadOptions.DEFAULT.withInitial(history.value(history.initialValue())));
    }

    /** With the writers of all that they returned, and of all that those compared with, and so on. */
    private static NavigableSet<Integer> closed(History history, Collection<Integer> operations) {
        NavigableSet<Integer> closed = new TreeSet<>(operations);
        Deque<Integer> left = new ArrayDeque<>(operations);
        while (!left.isEmpty()) {
            int operation = left.remove();
            for (int i = 0; i < history.readCount(operation); i++) {
                int key = history.readKey(operation, i);
                Set<Value> returned = valueAndElements(history.value(history.readValue(operation, i)));
                for (int other = 0; other < history.size(); other++) {
                    if (writesOneOf(history, other, key, returned) && closed.add(other)) {
                        left.add(other);
                    }
                }
            }
        }
        return closed;
    }

    private static boolean writesOneOf(History history, int operation, int key, Set<Value> values) {
        for (int i = 0; i < history.writeCount(operation); i++) {
            if (history.writeKey(operation, i) == key
                    && values.contains(history.value(history.writeValue(operation, i)))) {
                return true;
            }
        }
        return history.key(operation) == key
                && history.readCount(operation) == 0
                && values.contains(history.value(history.argument(operation)));
    }

    private static Set<Value> valueAndElements(Value value) {
        Set<Value> values = new HashSet<>(Set.of(value));
        if (value instanceof Value.Sequence list) {
            values.addAll(list.elements());
        } else if (value instanceof Value.SetOf set) {
            values.addAll(set.elements());
        }
        return values;
    }
}
