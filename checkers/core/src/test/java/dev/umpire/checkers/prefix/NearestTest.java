package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void theFewestOperationsAndOfThemTheNearestAreKeptInWhateverOrderTheyCome() {
        List<int[]> all = new ArrayList<>();
        for (int apart = 1; apart <= 20; apart++) {
            all.add(new int[] {100, 100 + apart});
            all.add(new int[] {50, 51, 51 + apart});
        }
        all.add(new int[] {7});
        for (int limit : new int[] {1, 2, 5, 30, 100}) {
            Collections.shuffle(all, new Random(limit));
            Nearest nearest = new Nearest(limit, false);
            all.forEach(nearest::add);
            List<String> expected = new ArrayList<>(List.of("[7]"));
            IntStream.rangeClosed(1, 20).forEach(apart -> expected.add("[100, " + (100 + apart) + "]"));
            IntStream.rangeClosed(1, 20).forEach(apart -> expected.add("[50, 51, " + (51 + apart) + "]"));
            assertThat(nearest.kept().stream().map(java.util.Arrays::toString).toList())
                    .isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
            assertThat(nearest.count()).isEqualTo(41);
            assertThat(nearest.isEnough()).isFalse();
        }
    }

    @Test
    void whereOneIsEnoughItIs() {
        Nearest nearest = new Nearest(3, true);
        assertThat(nearest.isEnough()).isFalse();
        nearest.add(new int[] {1, 2});
        assertThat(nearest.isEnough()).isTrue();
    }
}
