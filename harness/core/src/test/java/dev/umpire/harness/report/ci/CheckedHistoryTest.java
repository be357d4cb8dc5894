package dev.umpire.harness.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.report.ci.CheckedHistory.Standing;
import org.junit.jupiter.api.Test;

class CheckedHistoryTest {

    @Test
    void eachStandsAsTheExitOfTheCommandSays() {
        assertThat(CiExamples.all())
                .extracting(CheckedHistory::standing)
                .containsExactly(
                        Standing.BROKEN,
                        Standing.TOLD,
                        Standing.HELD,
                        Standing.UNDECIDED,
                        Standing.FAILED,
                        Standing.FAILED);
    }

    @Test
    void theCountsAreToldInTheOrderOfWorry() {
        assertThat(CheckedHistory.counts(CiExamples.all()))
                .isEqualTo("6 histories: 1 held, 1 told, 1 undecided, 2 failed, 1 broken");
    }
}
