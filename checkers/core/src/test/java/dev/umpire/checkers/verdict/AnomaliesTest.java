package dev.umpire.checkers.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnomaliesTest {

    private static Anomaly named(String name) {
        return new Anomaly(name, "x", "a sentence", List.of(0));
    }

    private static void add(Anomalies anomalies, int operations, long distance, String name) {
        anomalies.add(operations, distance, () -> named(name));
    }

    private static List<String> kinds(Anomalies anomalies) {
        return anomalies.listed().stream().map(Anomaly::kind).toList();
    }

    @Test
    void theFewestOperationsStandFirstThenTheNearestThenTheFirst() {
        Anomalies anomalies = new Anomalies(10);
        add(anomalies, 3, 1, "THREE");
        add(anomalies, 2, 9, "FAR");
        add(anomalies, 2, 4, "NEAR");
        add(anomalies, 2, 4, "NEAR_AND_LATER");

        assertThat(kinds(anomalies)).containsExactly("NEAR", "NEAR_AND_LATER", "FAR", "THREE");
    }

    @Test
    void theBestAreKeptInWhateverOrderTheyComeAndAllAreCounted() {
        Anomalies anomalies = new Anomalies(2);
        add(anomalies, 3, 5, "GONE");
        add(anomalies, 3, 4, "GONE_TOO");
        add(anomalies, 2, 8, "SECOND");
        add(anomalies, 2, 7, "FIRST");
        add(anomalies, 2, 8, "AS_GOOD_AS_THE_SECOND_BUT_LATER");
        anomalies.countUnlisted();

        assertThat(kinds(anomalies)).containsExactly("FIRST", "SECOND");
        assertThat(anomalies.count()).isEqualTo(6);
        assertThat(anomalies.limit()).isEqualTo(2);
    }

    @Test
    void aWitnessIsWantedWhileThereIsRoomAndThenIfItIsAsShortAsTheLongest() {
        Anomalies anomalies = new Anomalies(2);
        assertThat(anomalies.wants(100)).isTrue();
        add(anomalies, 2, 1, "SHORT");
        assertThat(anomalies.wants(100)).isTrue();
        add(anomalies, 3, 1, "LONG");
        assertThat(anomalies.wants(4)).isFalse();
        assertThat(anomalies.wants(3)).isTrue();
        assertThat(anomalies.wants(2)).isTrue();
    }
}
