package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void eachIsAValueThatWasMeasuredAtItsNearestRank() {
        long[] values =
                LongStream.rangeClosed(1, 1_000).map(value -> 1_001 - value).toArray();

        assertThat(Percentiles.of(values)).contains(new Percentiles(1_000, 500, 900, 990, 1_000));
    }

    @Test
    void ofOneValueAllAreThatOne() {
        assertThat(Percentiles.of(new long[] {7})).contains(new Percentiles(1, 7, 7, 7, 7));
    }

    @Test
    void ofNothingThereAreNone() {
        assertThat(Percentiles.of(new long[0])).isEmpty();
    }
}
