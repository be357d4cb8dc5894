package dev.umpire.checkers.online;

import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallEvents;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Session guarantees online, against the checkers of whole recordings, on every prefix. */
class OnlineSessionsTest {
    private static final int LARGE = 1_000;

    @ParameterizedTest
    @ValueSource(strings = {"read-your-writes", "monotonic-reads"})
    void plainRegistersAreJudgedAlikeAfterEveryEvent(String guarantee) {
        Prefixes prefixes = new Prefixes(guarantee, LARGE, true);
        check(400, new Shape(14, 3, 2, false, false, true, 0), prefixes);
        check(200, new Shape(30, 4, 1, false, false, true, 0), prefixes);
        prefixes.gaveEveryAnswer(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-your-writes", "monotonic-reads"})
    void overlappingOperationsOfASessionAreJudgedAlikeAfterEveryEvent(String guarantee) {
        Prefixes prefixes = new Prefixes(guarantee, LARGE, true);
        check(500, new Shape(12, 2, 1, true, false, true, 0), prefixes);
        prefixes.gaveEveryAnswer(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-your-writes", "monotonic-reads"})
    void writesThatAreReadAndFailTakeBackWhatFollowed(String guarantee) {
        Prefixes prefixes = new Prefixes(guarantee, LARGE, true);
        check(300, new LiveHistories(20, 4, 2, 30), prefixes);
        check(100, new LiveHistories(40, 5, 3, 15), prefixes);
        prefixes.gaveEveryAnswer(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-your-writes", "monotonic-reads"})
    void whatIsForgottenIsNeverJudgedWrongly(String guarantee) {
        for (int window = 0; window < 4; window++) {
            Prefixes prefixes = new Prefixes(guarantee, window, false);
            check(120, new Shape(24, 3, 1, window % 2 == 1, false, true, 0), prefixes);
            check(100, new LiveHistories(40, 4, 2, 10 * (window % 2)), prefixes);
            prefixes.gaveEveryAnswer(40);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-your-writes", "monotonic-reads"})
    void whatIsNoPlainRegisterIsNeverJudgedWrongly(String guarantee) {
        Prefixes prefixes = new Prefixes(guarantee, LARGE, false);
        check(150, new Shape(12, 3, 3, true, true, true, 0), prefixes);
        check(150, new Shape(12, 3, 2, true, true, true, 1), prefixes);
        check(150, new Shape(12, 3, 2, false, false, true, 2), prefixes);
    }

    private static void check(int count, LiveHistories histories, Prefixes prefixes) {
        new RandomHistories()
                .check(count, histories.toString(), histories::draw, small -> prefixes.agree(SmallEvents.of(small)));
    }

    private static void check(int count, Shape shape, Prefixes prefixes) {
        new RandomHistories().check(count, shape, small -> prefixes.agree(SmallEvents.of(small)));
    }
}
