package dev.umpire.checkers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Of every kind of anomaly that random histories show, of every guarantee: the witness is broken by itself, and no longer once
 * any one of its operations is left out. A guarantee that is registered takes part by itself.
 *
 * <p>What an operation returned implies that it was written: the write of it is kept. Histories are without cas: a cas that is
 * kept for what it wrote would bring along what it read. Not asked of {@code CONTRADICTORY_ORDER}, which tells every step of a
 * chain of own writes or reads, also where a later step would follow from an earlier one.
 */
class WitnessesAreMinimalTest {
    private static final Shape FAULTY = new Shape(8, 3, 2, true, false, true, 0);
    private static final Shape PLAIN = new Shape(9, 3, 2, true, false, false, 0);
    private static final Shape ONE_KEY = new Shape(9, 3, 1, false, false, false, 0);
    private static final Shape VERSIONS = new Shape(8, 3, 1, true, false, true, 1);
    private static final Shape POSITIONS = new Shape(8, 3, 2, false, false, false, 2);

    private static final String[] KINDS = {
        "causal WRITE_CO_INIT_READ",
        "causal WRITE_CO_READ",
        "consistent-prefix ORDER_AGAINST_CAUSE",
        "durability LOST_WRITE",
        "integrity ABORTED_READ",
        "integrity FUTURE_READ",
        "integrity PHANTOM_READ",
        "integrity VERSION_AGAINST_TIME",
        "linearizable NOT_LINEARIZABLE",
        "monotonic-prefix PREFIX_WENT_BACK",
        "monotonic-reads BACK_IN_TIME",
        "monotonic-reads BACK_TO_INITIAL",
        "pram WRITE_HB_INIT_READ",
        "read-your-writes OWN_WRITE_MISSING",
        "read-your-writes STALE_OWN_READ",
        "sequential NOT_SEQUENTIAL",
        "strict-consistent-prefix ORDER_AGAINST_TIME",
    };

    /** By guarantee and kind how many witnesses were looked at. */
    private final Map<String, Integer> looked = new TreeMap<>();

    private String complaint = "";

    @Test
    void noOperationOfAWitnessCanBeLeftOut() {
        for (Shape shape : List.of(FAULTY, PLAIN, ONE_KEY, VERSIONS, POSITIONS)) {
            try {
                new RandomHistories().check(200, shape, this::areMinimal);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + complaint, e);
            }
        }
        if (!Share.isSmall()) {
            assertThat(looked.keySet()).as("kinds that were looked at").contains(KINDS);
        }
    }

    /** Integrity is broken by what others leave out, or take for a violation of their own. */
    private boolean areMinimal(SmallHistory history) {
        for (WriteOrder order : WriteOrder.values()) {
            CheckOptions options = CheckOptions.DEFAULT.with(order).withAnomalyLimit(3);
            boolean sound =
                    Guarantee.INTEGRITY.check(history.history(), options).answer() != Answer.INVALID;
            for (Guarantee guarantee : sound ? Guarantee.all() : List.of(Guarantee.INTEGRITY)) {
                for (Anomaly anomaly :
                        guarantee.check(history.history(), options).anomalies()) {
                    if (!isMinimal(history, guarantee, anomaly, options)) {
                        complaint = guarantee.name() + " under " + order + ": " + anomaly + complaint;
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean isMinimal(SmallHistory history, Guarantee guarantee, Anomaly anomaly, CheckOptions options) {
        looked.merge(guarantee.name() + " " + anomaly.kind(), 1, Integer::sum);
        NavigableSet<Integer> witness = new TreeSet<>(anomaly.operations());
        Verdict alone = verdict(history, withWritersOf(history, witness), guarantee, options);
        if (alone.answer() != Answer.INVALID) {
            complaint = ", which by itself is " + alone;
            return false;
        }
        if (anomaly.kind().equals("CONTRADICTORY_ORDER")) {
            return true;
        }
        for (int dropped : witness) {
            List<Integer> rest = new ArrayList<>(witness);
            rest.remove((Integer) dropped);
            NavigableSet<Integer> kept = withWritersOf(history, rest);
            if (!kept.contains(dropped)
                    && verdict(history, kept, guarantee, options).answer() == Answer.INVALID) {
                complaint = ", which is broken without operation " + dropped;
                return false;
            }
        }
        return true;
    }

    private static Verdict verdict(
            SmallHistory history, NavigableSet<Integer> operations, Guarantee guarantee, CheckOptions options) {
        SmallHistory some = new SmallHistory(
                operations.stream().map(history.operations()::get).toList());
        return guarantee.check(some.history(), options);
    }

    private static NavigableSet<Integer> withWritersOf(SmallHistory history, Iterable<Integer> operations) {
        NavigableSet<Integer> closed = new TreeSet<>();
        operations.forEach(closed::add);
        boolean more = true;
        while (more) {
            more = false;
            for (int operation : List.copyOf(closed)) {
                for (int key = 0; key < history.keyCount(); key++) {
                    int value = history.operations().get(operation).readOf(key);
                    more |= writer(history, key, value).map(closed::add).orElse(false);
                }
            }
        }
        return closed;
    }

    private static Optional<Integer> writer(SmallHistory history, int key, int value) {
        for (int i = 0; value > 0 && i < history.operations().size(); i++) {
            SmallOperation write = history.operations().get(i);
            if (write.writes(key) && write.written() == value) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
