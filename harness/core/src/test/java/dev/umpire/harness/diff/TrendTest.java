package dev.umpire.harness.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendTest {

    @ParameterizedTest
    @CsvSource({
        "VALID,   VALID,   SAME",
        "VALID,   INVALID, WORSE",
        "VALID,   UNKNOWN, LOST",
        "INVALID, VALID,   BETTER",
        "INVALID, INVALID, SAME",
        "INVALID, UNKNOWN, BETTER",
        "UNKNOWN, VALID,   BETTER",
        "UNKNOWN, INVALID, WORSE",
        "UNKNOWN, UNKNOWN, SAME"
    })
    void brokenOutranksLostOutranksGained(Answer a, Answer b, Trend trend) {
        assertThat(Trend.of(a, b)).isEqualTo(trend);
    }

    @Test
    void ofSeveralTheWorstCounts() {
        assertThat(Trend.BETTER.and(Trend.WORSE)).isEqualTo(Trend.WORSE);
        assertThat(Trend.LOST.and(Trend.BETTER)).isEqualTo(Trend.LOST);
        assertThat(Trend.SAME.and(Trend.BETTER)).isEqualTo(Trend.BETTER);
    }
}
