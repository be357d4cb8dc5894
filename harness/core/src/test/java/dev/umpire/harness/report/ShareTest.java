package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShareTest {

    @Test
    void classesGrowByThreeAndByTenUpToTheLargestValue() {
        assertThat(Share.of(new long[] {0, 0, 1, 3, 4, 95}, 1))
                .containsExactly(
                        new Share(0, 2, 2 / 6.0),
                        new Share(1, 1, 1 / 6.0),
                        new Share(3, 1, 1 / 6.0),
                        new Share(10, 1, 1 / 6.0),
                        new Share(30, 0, 0),
                        new Share(100, 1, 1 / 6.0));
    }

    @Test
    void ofNothingThereIsNoClass() {
        assertThat(Share.of(new long[0], 1)).isEmpty();
    }
}
