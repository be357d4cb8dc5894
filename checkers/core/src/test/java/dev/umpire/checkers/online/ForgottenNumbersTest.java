package dev.umpire.checkers.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.online.ForgottenNumbers.Seen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ForgottenNumbersTest {

    @Test
    void neighboursAreOneRunInWhateverOrderTheyCome() {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            List<Long> order = new ArrayList<>(LongStream.range(-7, 8).boxed().toList());
            Collections.shuffle(order, random);
            ForgottenNumbers numbers = new ForgottenNumbers();
            order.forEach(numbers::add);
            assertThat(numbers.size()).as(order.toString()).isEqualTo(1);
            assertThat(numbers.of(-8)).isEqualTo(Seen.NO);
            assertThat(order)
                    .allSatisfy(number -> assertThat(numbers.of(number)).isEqualTo(Seen.YES));
            assertThat(numbers.of(8)).isEqualTo(Seen.NO);
        }
    }

    @Test
    void whatHasAGapBetweenIsTwoRuns() {
        ForgottenNumbers numbers = of(1, 2, 4, 7);
        assertThat(numbers.size()).isEqualTo(3);
        assertThat(numbers.of(3)).isEqualTo(Seen.NO);
        assertThat(numbers.of(5)).isEqualTo(Seen.NO);
        numbers.add(3);
        assertThat(numbers.size()).isEqualTo(2);
        assertThat(numbers.of(3)).isEqualTo(Seen.YES);
    }

    @Test
    void ofThirtyThreeRunsTheTwoNearestBecomeOneOfWhichNobodyKnowsTheMiddle() {
        // gaps of 100, but one of 50: after 1,050 comes 1,100
        ForgottenNumbers numbers = new ForgottenNumbers();
        for (long number = 0; number < 3_200; number += 100) {
            numbers.add(number);
        }
        assertThat(numbers.size()).isEqualTo(32);
        numbers.add(1_050);
        assertThat(numbers.size()).isEqualTo(32);
        assertThat(numbers.of(1_000)).isNotEqualTo(numbers.of(1_100));
        assertThat(List.of(numbers.of(1_050), numbers.of(1_075), numbers.of(1_100)))
                .containsOnly(Seen.PERHAPS);
        assertThat(List.of(numbers.of(0), numbers.of(900), numbers.of(1_000), numbers.of(3_100)))
                .containsOnly(Seen.YES);
        assertThat(List.of(numbers.of(-1), numbers.of(1_001), numbers.of(1_049), numbers.of(1_101), numbers.of(3_101)))
                .containsOnly(Seen.NO);
    }

    @Test
    void whatIsNextToAnInexactRunStandsForItself() {
        ForgottenNumbers numbers = new ForgottenNumbers();
        for (long number = 0; number < 3_200; number += 100) {
            numbers.add(number);
        }
        numbers.add(150);
        assertThat(numbers.of(175)).isEqualTo(Seen.PERHAPS);
        numbers.add(175);
        assertThat(numbers.of(175)).isEqualTo(Seen.PERHAPS);
        assertThat(numbers.size()).isEqualTo(32);
        // 201 lies beside the inexact run of 150 to 200, and is nearest to it
        numbers.add(201);
        assertThat(numbers.size()).isEqualTo(32);
        assertThat(numbers.of(201)).isEqualTo(Seen.PERHAPS);
        assertThat(numbers.of(149)).isEqualTo(Seen.NO);
        assertThat(numbers.of(202)).isEqualTo(Seen.NO);
    }

    @Test
    void theEndsOfTheNumbersAreFarApart() {
        ForgottenNumbers numbers = new ForgottenNumbers();
        numbers.add(Long.MIN_VALUE);
        for (long number = 0; number < 31; number++) {
            numbers.add(Long.MAX_VALUE - 3 * number);
        }
        numbers.add(0);
        assertThat(numbers.size()).isEqualTo(32);
        assertThat(numbers.of(Long.MIN_VALUE)).isEqualTo(Seen.YES);
        assertThat(numbers.of(0)).isEqualTo(Seen.YES);
        assertThat(numbers.of(Long.MAX_VALUE - 91)).isEqualTo(Seen.NO);
    }

    @Test
    void whatWasSeenIsNeverDeniedAndLittleIsKept() {
        Random random = new Random(2);
        ForgottenNumbers numbers = new ForgottenNumbers();
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            long number = random.nextInt(10_000);
            boolean denied = numbers.of(number) == Seen.NO;
            numbers.add(number);
            assertThat(denied && seen.contains(number)).isFalse();
            seen.add(number);
            assertThat(numbers.of(number)).isNotEqualTo(Seen.NO);
            assertThat(numbers.size()).isBetween(1, 32);
        }
    }

    private static ForgottenNumbers of(long... all) {
        ForgottenNumbers numbers = new ForgottenNumbers();
        for (long number : all) {
            numbers.add(number);
        }
        return numbers;
    }
}
