package dev.umpire.harness.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeatherTest {

    private static final int CHUNKS = 20_000;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Weather weather = new Weather();

    @Test
    void soManyOfAHundredChunksAreLostAndEachComesWhenItIsSentAgain() {
        weather.lose(30, new KeyedRandom(1).stream("loss"));
        Map<Long, Integer> later = new TreeMap<>();
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            later.merge(TimeUnit.NANOSECONDS.toMillis(weather.chunkNanos()), 1, Integer::sum);
        }
        assertThat(later.keySet()).containsExactly(0L, 200L, 600L, 1_400L, 3_000L);
        assertThat(shareOf(later, 0)).isBetween(0.69, 0.71);
        assertThat(shareOf(later, 200)).isBetween(0.20, 0.22);
        assertThat(shareOf(later, 600)).isBetween(0.055, 0.071);
    }

    private static double shareOf(Map<Long, Integer> later, long millis) {
        return later.getOrDefault(millis, 0) / (double) CHUNKS;
    }

    @Test
    void whatIsLostIsDecidedByTheRandomThatIsHandedIn() {
        assertThat(lost(1)).isEqualTo(lost(1)).isNotEqualTo(lost(2));
    }

    private static List<Long> lost(long seed) {
        Weather one = new Weather();
        one.lose(30, new KeyedRandom(seed).stream("loss"));
        return IntStream.range(0, 50).mapToObj(chunk -> one.chunkNanos()).toList();
    }

    @Test
    void aLostDiallingComesASecondLaterAndThenTwiceAsLong() {
        weather.lose(50, new KeyedRandom(1).stream("loss"));
        assertThat(IntStream.range(0, 1_000).mapToLong(dial -> weather.dialNanos() / SECOND_NANOS))
                .containsOnly(0L, 1L, 3L, 7L);
    }

    @Test
    void whatIsSlowAndLossyIsBoth() {
        weather.lose(99, new KeyedRandom(1).stream("loss"));
        weather.slow(TimeUnit.MILLISECONDS.toNanos(7));
        assertThat(TimeUnit.NANOSECONDS.toMillis(weather.chunkNanos()) % 200).isEqualTo(7);
        weather.lose(0, new KeyedRandom(1).stream("loss"));
        assertThat(weather.chunkNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(7));
        assertThat(weather.isFair()).isFalse();
        weather.slow(0);
        assertThat(weather.isFair()).isTrue();
    }

    @Test
    void noMorePassesInAnyTimeThanTheRateAndABurst() {
        long rate = 10_000;
        weather.throttle(rate);
        List<Long> left = new ArrayList<>();
        long nowNanos = 0;
        for (int chunk = 0; chunk < 200; chunk++) {
            nowNanos = weather.leavesNanos(nowNanos, 100);
            left.add(nowNanos);
        }
        assertThat(left.get(4)).as("a burst of 50 ms").isZero();
        assertThat(left.get(5)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(10));
        assertThat(left.get(199)).isEqualTo(195 * TimeUnit.MILLISECONDS.toNanos(10));
        long later = nowNanos + 10 * SECOND_NANOS;
        assertThat(weather.leavesNanos(later, 500))
                .as("what did not pass long before is not made up for")
                .isEqualTo(later);
        assertThat(weather.leavesNanos(later, 100)).isEqualTo(later + TimeUnit.MILLISECONDS.toNanos(10));
    }

    @Test
    void aChunkOfAThrottledWayIsAPacketOrWhatPassesInATwentiethOfASecond() {
        assertThat(weather.mostBytes()).isEqualTo(Integer.MAX_VALUE);
        weather.throttle(8_192);
        assertThat(weather.mostBytes()).isEqualTo(409);
        weather.throttle(1_000_000);
        assertThat(weather.mostBytes()).isEqualTo(1_460);
        weather.throttle(1);
        assertThat(weather.mostBytes()).isEqualTo(1);
    }
}
