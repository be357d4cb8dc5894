package dev.umpire.checkers.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import org.junit.jupiter.api.Test;

class MonotonicReadsTest {

    private static Verdict check(String lines, WriteOrder order) {
        return MonotonicReads.check(Transcript.parse(lines), CheckOptions.DEFAULT.with(order));
    }

    private static void assertBroken(Verdict verdict, String kind, String sentence, Integer... operations) {
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo(kind);
        assertThat(verdict.anomalies().get(0).sentence()).isEqualTo(sentence);
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(operations);
    }

    @Test
    void aSessionThatGoesBackFromNineToSevenBreaksIt() {
        Verdict verdict = check("""
                640..655 ms  session 1  n1  write x 7  ok
                700..712 ms  session 1  n1  write x 9  ok
                805..812 ms  session 3  n2  read x     ok 9
                830..836 ms  session 3  n1  read x     ok 7
                """, WriteOrder.REAL_TIME);
        assertBroken(
                verdict,
                "BACK_IN_TIME",
                "session 3 read x at n2 (805 ms to 812 ms), which returned 9, and then read x at n1 (830 ms to 836 ms),"
                        + " which returned 7: 7 was written by session 1 and acknowledged at 655 ms, 45 ms before 9 was"
                        + " invoked, so it is older (real-time write order); the session went back in time",
                0,
                1,
                2,
                3);
    }

    @Test
    void theSessionOfTheWriterIsReasonEnough() {
        String lines = """
                640..655 ms  session 1  n1  write x 7  ok
                700..712 ms  session 1  n1  write x 9  ok
                805..812 ms  session 3  n2  read x     ok 9
                830..836 ms  session 3  n1  read x     ok 7
                """;
        assertThat(check(lines, WriteOrder.SESSION).anomalies().get(0).sentence())
                .contains("7 was written by session 1, which invoked 9 only after the acknowledgement, so it is older"
                        + " (session write order)");
        assertThat(check(lines, WriteOrder.NONE).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void aSessionThatSeesTheInitialValueAgainBreaksIt() {
        Verdict verdict = check("""
                640..655 ms  session 1  n1  write x 7  ok
                805..812 ms  session 3  n2  read x     ok 7
                830..836 ms  session 3  n1  read x     ok nil
                """, WriteOrder.NONE);
        assertBroken(
                verdict,
                "BACK_TO_INITIAL",
                "session 3 read x at n2 (805 ms to 812 ms), which returned 7, and then read x at n1 (830 ms to 836 ms),"
                        + " which returned nil, the initial value: the session went back in time",
                1,
                2);
    }

    @Test
    void aSessionThatSeesOneAnotherAndTheOneAgainBreaksItUnderAnyAssumption() {
        String lines = """
                10..50 ms  session 1  n1  write x 1  ok
                11..51 ms  session 2  n1  write x 2  ok
                60..61 ms  session 3  n1  read x     ok 1
                70..71 ms  session 3  n2  read x     ok 2
                80..81 ms  session 3  n1  read x     ok 1
                """;
        for (WriteOrder order : WriteOrder.values()) {
            assertBroken(
                    check(lines, order),
                    "BACK_AND_FORTH",
                    "session 3 read x at n1 (60 ms to 61 ms), which returned 1, then read x at n2 (70 ms to 71 ms), which"
                            + " returned 2, and then read x at n1 (80 ms to 81 ms), which returned 1 again: whichever of"
                            + " the two values is newer, the session went back in time",
                    2,
                    3,
                    4);
        }
    }

    @Test
    void twoSessionsThatSeeTwoValuesInOppositeOrdersBreakIt() {
        Verdict verdict = check("""
                10..50 ms  session 1  n1  write x 1  ok
                11..51 ms  session 2  n1  write x 2  ok
                60..61 ms  session 3  n1  read x     ok 1
                70..71 ms  session 3  n2  read x     ok 2
                80..81 ms  session 4  n1  read x     ok 2
                90..91 ms  session 4  n1  read x     ok 1
                """, WriteOrder.NONE);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalyCount()).isEqualTo(1);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("CONTRADICTORY_ORDER");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(2, 3, 4, 5);
    }

    @Test
    void equalReadsInARowAreNoStepBack() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 1  ok
                20..21 ms  session 2  n1  read x     ok 1
                30..31 ms  session 2  n1  read x     ok 1
                40..41 ms  session 2  n1  read x     ok 1
                """, WriteOrder.REAL_TIME);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(2);
    }

    @Test
    void readsOfOneSessionThatOverlapAreNotOrdered() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 1  ok
                20..40 ms  session 2  n1  read x     ok 1
                30..50 ms  session 2  n1  read x     ok nil
                60..61 ms  session 2  n1  read x     ok 1
                """, WriteOrder.REAL_TIME);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(1);
    }

    @Test
    void aReadThatWentBackDoesNotAccuseTheNextOnes() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 1  ok
                20..21 ms  session 1  n1  write x 2  ok
                30..31 ms  session 2  n1  read x     ok 2
                40..41 ms  session 2  n1  read x     ok 1
                50..51 ms  session 2  n1  read x     ok 2
                """, WriteOrder.REAL_TIME);
        assertThat(verdict.anomalyCount()).isEqualTo(1);
    }

    @Test
    void withoutASecondReadNothingIsObliged() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 1  ok
                30..31 ms  session 2  n1  read x     ok 1
                """, WriteOrder.REAL_TIME);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains("no read of a key came after another read of it in the same session: nothing could have been"
                        + " violated");
    }
}
