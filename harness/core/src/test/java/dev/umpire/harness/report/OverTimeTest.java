package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverTimeTest {

    @Test
    void eachStretchHasItsOwnPercentilesAndAnEmptyOneHasNone() {
        OverTime measured = new OverTime(0, OverTime.STRETCHES - 1);
        for (int value = 1; value <= 200; value++) {
            measured.add(1, value);
        }
        measured.add(OverTime.STRETCHES - 1, 7);

        OverTime.Stretches stretches = measured.stretches();

        assertThat(stretches.counts()).startsWith(0, 200, 0).endsWith(0, 1);
        assertThat(stretches.median()).startsWith(-1, 100, -1).endsWith(-1, 7);
        assertThat(stretches.nearlyAll()).startsWith(-1, 198, -1);
        assertThat(stretches.most()).startsWith(-1, 200, -1);
    }

    @Test
    void whatLiesBeyondTheEndsCountsAtTheEnds() {
        OverTime measured = new OverTime(100, 100);
        measured.add(50, 3);
        measured.add(150, 4);

        assertThat(measured.stretches().counts()).startsWith(1).endsWith(1);
        assertThat(measured.values()).containsExactly(3, 4);
    }
}
