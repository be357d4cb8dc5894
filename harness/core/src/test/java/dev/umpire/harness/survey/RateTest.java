package dev.umpire.harness.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {

    /** The values of the literature: Newcombe, <i>Two-Sided Confidence Intervals</i>, Statistics in Medicine 17, 1998, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0, 0.1611", "1, 29, 0.0061, 0.1718"})
    void theIntervalIsThatOfWilson(long hits, long runs, double low, double high) {
        Rate rate = new Rate(hits, runs);

        assertThat(rate.share()).isEqualTo((double) hits / runs);
        assertThat(rate.low()).isEqualTo(low, within(0.00005));
        assertThat(rate.high()).isEqualTo(high, within(0.00005));
    }

    @Test
    void whatCameBackAlwaysMayStillNotDoSo() {
        assertThat(new Rate(20, 20).high()).isEqualTo(1);
        assertThat(new Rate(20, 20).low()).isEqualTo(1 - new Rate(0, 20).high(), within(1e-12));
        assertThat(new Rate(0, 20).low()).isZero();
    }

    @Test
    void ratesOfNothingAreRefused() {
        assertThatThrownBy(() -> new Rate(0, 0)).hasMessage("runs: found 0, expected 1 or more");
        assertThatThrownBy(() -> new Rate(3, 2)).hasMessage("hits: found 3, expected 0 to 2");
        assertThatThrownBy(() -> new Rate(-1, 2)).hasMessage("hits: found -1, expected 0 to 2");
    }
}
