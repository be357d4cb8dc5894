package dev.umpire.checkers.integrity;

import dev.umpire.checkers.oracle.IntegrityOracle;
import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Integrity, kind by kind and count by count, against its definitions. */
class IntegrityByDefinitionTest {

    @Test
    void onRandomHistoriesTheAnomaliesAreThoseOfTheDefinition() {
        RandomHistories random = new RandomHistories();
        random.check(6000, new Shape(14, 3, 2, true, false, true, 0), IntegrityByDefinitionTest::isAsDefined);
        random.check(3000, new Shape(14, 3, 1, false, true, true, 1), IntegrityByDefinitionTest::isAsDefined);
        random.check(3000, new Shape(14, 3, 2, false, true, true, 2), IntegrityByDefinitionTest::isAsDefined);
    }

    private static boolean isAsDefined(SmallHistory small) {
        boolean equal = true;
        for (WriteOrder order : WriteOrder.values()) {
            Map<String, Long> found =
                    Integrity.check(small.history(), new CheckOptions(order, 100, 0)).anomalies().stream()
                            .collect(Collectors.groupingBy(Anomaly::kind, TreeMap::new, Collectors.counting()));
            equal &= found.equals(IntegrityOracle.anomalies(small, order));
        }
        return equal;
    }
}
