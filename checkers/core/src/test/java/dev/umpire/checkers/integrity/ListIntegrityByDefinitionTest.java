package dev.umpire.checkers.integrity;

import dev.umpire.checkers.oracle.DeedHistory;
import dev.umpire.checkers.oracle.DeedIntegrity;
import dev.umpire.checkers.oracle.RandomDeeds;
import dev.umpire.checkers.oracle.RandomDeeds.Shape;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Integrity of lists and transactions, kind by kind and count by count, against its definitions. */
class ListIntegrityByDefinitionTest {

    @Test
    void onRandomHistoriesTheAnomaliesAreThoseOfTheDefinition() {
        RandomDeeds random = new RandomDeeds();
        random.check(400, new Shape(14, 3, 2, 1, 1, true, true, false), ListIntegrityByDefinitionTest::isAsDefined);
        random.check(600, new Shape(12, 3, 2, 1, 4, true, true, false), ListIntegrityByDefinitionTest::isAsDefined);
        random.check(200, new Shape(12, 3, 1, 1, 3, true, true, false), ListIntegrityByDefinitionTest::isAsDefined);
    }

    private static boolean isAsDefined(DeedHistory small) {
        Map<String, Long> found =
                Integrity.check(small.history(), CheckOptions.DEFAULT.withAnomalyLimit(100)).anomalies().stream()
                        .collect(Collectors.groupingBy(Anomaly::kind, TreeMap::new, Collectors.counting()));
        return found.equals(DeedIntegrity.anomalies(small));
    }
}
