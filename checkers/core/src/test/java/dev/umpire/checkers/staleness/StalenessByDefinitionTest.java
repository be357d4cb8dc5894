package dev.umpire.checkers.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallHistories;
import dev.umpire.checkers.oracle.SmallHistories.Bound;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.checkers.oracle.StalenessOracle;
import dev.umpire.checkers.oracle.StalenessOracle.Stale;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many reads are staler than a bound, for all bounds, against the definition; and witnesses without waste. */
class StalenessByDefinitionTest {

    @Test
    void onEverySmallHistoryAsManyReadsAreTooStaleAsByTheDefinition() {
        long count = SmallHistories.forEach(
                Bound.of(4, 1).withUnknownWrites().withCompareAndSet(), StalenessByDefinitionTest::compare);
        count += SmallHistories.forEach(
                Bound.of(3, 2).withSnapshots().withFailedWrites(), StalenessByDefinitionTest::compare);
        System.out.println("bounded staleness: " + count + " histories");
    }

    private static void compare(SmallHistory small) {
        if (!isAsDefined(small)) {
            assertThat(small.toString())
                    .as("staleness differs from the definition")
                    .isEmpty();
        }
    }

    @Test
    void onRandomHistoriesAsManyReadsAreTooStaleAsByTheDefinition() {
        RandomHistories random = new RandomHistories();
        random.check(1000, new Shape(12, 3, 2, true, false, true, 0), StalenessByDefinitionTest::isAsDefined);
        random.check(1000, new Shape(12, 3, 1, true, true, false, 0), StalenessByDefinitionTest::isAsDefined);
        random.check(500, new Shape(12, 3, 1, true, true, true, 1), StalenessByDefinitionTest::isAsDefined);
        random.check(1000, new Shape(12, 3, 1, true, false, true, 2), StalenessByDefinitionTest::isAsDefined);
    }

    private static boolean isAsDefined(SmallHistory small) {
        History history = small.history();
        boolean linearizable = Linearizable.check(history, CheckOptions.DEFAULT).answer() == Answer.VALID;
        for (WriteOrder order : WriteOrder.values()) {
            if (order == WriteOrder.SESSION
                    && small.operations().stream().anyMatch(o -> o.function().equals("cas"))) {
                continue;
            }
            CheckOptions options = CheckOptions.DEFAULT.with(order);
            Optional<List<Stale>> expected = StalenessOracle.staleness(small, order);
            for (int bound = 0; bound < 5; bound += bound < 1 ? 1 : 3) {
                int most = bound;
                Verdict inTime = check(history, options, bound + "ms");
                Verdict inVersions = check(history, options, bound + "versions");
                if (expected.isEmpty()) {
                    if (inTime.answer() == Answer.VALID || inVersions.answer() == Answer.VALID) {
                        return false;
                    }
                    continue;
                }
                List<Stale> reads = expected.get();
                if (!agrees(reads.stream().filter(r -> r.positions() > most).count(), inTime, reads)
                        || !agrees(
                                reads.stream().filter(r -> r.versions() > most).count(), inVersions, reads)
                        || !isMinimal(small, inTime, options, bound + "ms")
                        || !isMinimal(small, inVersions, options, bound + "versions")) {
                    return false;
                }
                if (linearizable
                        && order == WriteOrder.REAL_TIME
                        && inTime.answer() == Answer.INVALID
                        && small.operations().stream()
                                .noneMatch(o -> o.toString().contains("sition"))
                        && small.operations().stream()
                                .noneMatch(o -> o.toString().contains("ersion"))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Verdict check(History history, CheckOptions options, String bound) {
        return BoundedStaleness.check(history, options, dev.umpire.checkers.staleness.Bound.parse(bound));
    }

    private static boolean agrees(long tooStale, Verdict verdict, List<Stale> reads) {
        Answer expected = reads.isEmpty() ? Answer.UNKNOWN : tooStale > 0 ? Answer.INVALID : Answer.VALID;
        return verdict.answer() == expected && verdict.anomalyCount() == tooStale && verdict.obliged() == reads.size();
    }

    /** A witness alone is a violation, and without any of its operations it is none. */
    private static boolean isMinimal(SmallHistory small, Verdict verdict, CheckOptions options, String bound) {
        for (Anomaly anomaly : verdict.anomalies()) {
            List<SmallOperation> witness = new ArrayList<>();
            anomaly.operations().forEach(o -> witness.add(small.operations().get(o)));
            if (check(new SmallHistory(witness).history(), options, bound).answer() != Answer.INVALID) {
                return false;
            }
            for (SmallOperation one : witness) {
                List<SmallOperation> fewer = new ArrayList<>(witness);
                fewer.remove(one);
                if (witness.stream().noneMatch(o -> o.function().equals("cas"))
                        && check(new SmallHistory(fewer).history(), options, bound)
                                        .answer()
                                == Answer.INVALID) {
                    return false;
                }
            }
        }
        return true;
    }
}
