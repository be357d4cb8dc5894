package dev.umpire.checkers.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReadYourWritesTest {

    private static Verdict check(String lines) {
        return check(lines, WriteOrder.REAL_TIME);
    }

    private static Verdict check(String lines, WriteOrder order) {
        return ReadYourWrites.check(Transcript.parse(lines), CheckOptions.DEFAULT.with(order));
    }

    private static void assertBroken(Verdict verdict, String kind, String sentence, Integer... operations) {
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo(kind);
        assertThat(verdict.anomalies().get(0).sentence()).isEqualTo(sentence);
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(operations);
    }

    @Test
    void aReadOfTheInitialValueAfterTheOwnWriteBreaksIt() {
        Verdict verdict = check("""
                1204..1209 ms  session 3  n1  write x 41  ok
                1311..1312 ms  session 3  n2  read x      ok nil
                """);

        assertBroken(
                verdict,
                "OWN_WRITE_MISSING",
                "session 3 wrote x=41 at n1 (1,204 ms to 1,209 ms, acknowledged) and then read x at n2"
                        + " (1,311 ms to 1,312 ms), which returned nil, the initial value: the session no longer sees its"
                        + " own write",
                0,
                1);
        assertThat(verdict.obliged()).isEqualTo(1);
        assertThat(verdict.anomalyCount()).isEqualTo(1);
        assertThat(verdict.assumes()).contains("real-time write order");
    }

    @Test
    void aReadOfAnOverwrittenValueAfterTheOwnWriteBreaksIt() {
        Verdict verdict = check("""
                1100..1120 ms  session 5  n1  write x 37  ok
                1204..1209 ms  session 3  n1  write x 41  ok
                1311..1312 ms  session 3  n2  read x      ok 37
                """);

        assertBroken(
                verdict,
                "STALE_OWN_READ",
                "session 3 wrote x=41 at n1 (1,204 ms to 1,209 ms, acknowledged) and then read x at n2"
                        + " (1,311 ms to 1,312 ms), which returned 37: 37 was written by session 5 and acknowledged at"
                        + " 1,120 ms, 84 ms before 41 was invoked, so it is older (real-time write order); the session no"
                        + " longer sees its own write",
                0,
                1,
                2);
    }

    @Test
    void thatTheOverwrittenValueIsOlderMustBeAssumed() {
        String lines = """
                1100..1120 ms  session 5  n1  write x 37  ok
                1204..1209 ms  session 3  n1  write x 41  ok
                1311..1312 ms  session 3  n2  read x      ok 37
                """;
        assertThat(check(lines, WriteOrder.SESSION).answer()).isEqualTo(Answer.VALID);
        assertThat(check(lines, WriteOrder.NONE).answer()).isEqualTo(Answer.VALID);
        assertThat(check(lines, WriteOrder.NONE).assumes()).contains("no write order");
    }

    @Test
    void theOrderOfASessionsOwnWritesIsNoViolationWhereNothingIsAssumed() {
        String lines = """
                10..11 ms  session 1  n1  write x 1  ok
                20..21 ms  session 1  n1  write x 2  ok
                30..31 ms  session 1  n1  read x     ok 1
                40..41 ms  session 1  n1  read x     ok 1
                """;
        assertThat(check(lines, WriteOrder.NONE).answer()).isEqualTo(Answer.VALID);
        assertThat(check(lines, WriteOrder.SESSION).anomalies())
                .extracting(anomaly -> anomaly.kind())
                .containsExactly("STALE_OWN_READ", "STALE_OWN_READ");
    }

    @Test
    void twoSessionsThatEachSeeTheOthersWriteInsteadOfTheirOwnBreakIt() {
        Verdict verdict = check("""
                10..30 ms  session 1  n1  write x 1  ok
                11..31 ms  session 2  n2  write x 2  ok
                40..41 ms  session 1  n1  read x     ok 2
                42..43 ms  session 2  n2  read x     ok 1
                """);

        assertBroken(
                verdict,
                "CONTRADICTORY_ORDER",
                "no order of the writes of x is possible: 1 before 2 (session 1 wrote x=1 at n1 (10 ms to 30 ms,"
                        + " acknowledged) and then read x at n1 (40 ms to 41 ms), which returned 2); 2 before 1 (session"
                        + " 2 wrote x=2 at n2 (11 ms to 31 ms, acknowledged) and then read x at n2 (42 ms to 43 ms), which"
                        + " returned 1)",
                0,
                1,
                2,
                3);
    }

    @Test
    void aReadThatBeganBeforeTheOwnWriteWasAcknowledgedOwesNothing() {
        Verdict verdict = check("""
                10..30 ms  session 1  n1  write x 1  ok
                20..40 ms  session 1  n1  read x     ok nil
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.obliged()).isZero();
        assertThat(verdict.reason().orElseThrow()).contains("nothing could have been violated");
    }

    @Test
    void anOwnWriteOfUnknownOutcomeObligesNobody() {
        Verdict verdict = check("""
                10..30 ms  session 1  n1  write x 1  info
                40..41 ms  session 1  n1  read x     ok nil
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aWriteOfUnknownOutcomeThatIsSeenMayComeLate() {
        Verdict verdict = check("""
                10..30 ms  session 2  n1  write x 1  info
                40..41 ms  session 1  n1  write x 2  ok
                50..51 ms  session 1  n1  read x     ok 1
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void aWriteOfUnknownOutcomeThatIsSeenStandsAfterWhatWasAcknowledgedBeforeIt() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 1  ok
                20..30 ms  session 2  n1  write x 2  info
                40..41 ms  session 3  n1  cas x 2 3  ok
                50..51 ms  session 3  n1  read x     ok 1
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void aSnapshotIsAReadOfEachKey() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 1     ok
                12..13 ms  session 1  n1  write y 2     ok
                20..21 ms  session 1  n2  snapshot x,y  ok 1,nil
                """);
        assertThat(verdict.obliged()).isEqualTo(2);
        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.key()).isEqualTo("y");
            assertThat(anomaly.operations()).containsExactly(1, 2);
        });
    }

    @Nested
    class WhereVersionsAreReported {

        @Test
        void theyDecideWhateverTimeSays() {
            String lines = """
                    10..11 ms  session 5  n1  write x 7  ok version 41
                    20..21 ms  session 3  n1  write x 9  ok version 40
                    30..31 ms  session 3  n2  read x     ok 7
                    """;
            assertThat(check(lines).answer()).isEqualTo(Answer.VALID);
            assertThat(check(lines).assumes()).isEmpty();
            assertThat(check(lines).algorithm()).startsWith("reported versions");
        }

        @Test
        void aReadOfASmallerVersionThanTheOwnBreaksIt() {
            Verdict verdict = check("""
                    10..30 ms  session 5  n1  write x 7  ok version 40
                    20..21 ms  session 3  n1  write x 9  ok version 41
                    40..41 ms  session 3  n2  read x     ok 7
                    """);
            assertBroken(
                    verdict,
                    "STALE_OWN_READ",
                    "session 3 wrote x=9 at n1 (20 ms to 21 ms, acknowledged) and then read x at n2 (40 ms to 41 ms),"
                            + " which returned 7: the store reported version 40 for 7 and 41 for 9, so 7 is older; the"
                            + " session no longer sees its own write",
                    0,
                    1,
                    2);
        }

        @Test
        void theyAreNotTrustedWhenOneVersionHasTwoValues() {
            Verdict verdict = check("""
                    10..11 ms  session 5  n1  write x 7  ok version 40
                    20..21 ms  session 3  n1  write x 9  ok version 40
                    30..31 ms  session 3  n2  read x     ok 9
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElseThrow())
                    .contains("key x has no order")
                    .contains("contradict");
        }

        @Test
        void aWriteWithoutOneMakesThemUseless() {
            Verdict verdict = check("""
                    10..11 ms  session 5  n1  write x 7  ok version 41
                    20..21 ms  session 3  n1  write x 9  ok
                    30..31 ms  session 3  n2  read x     ok 7
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
            assertThat(verdict.algorithm()).startsWith("inferred under real-time write order");
        }
    }

    @Nested
    class WhereACasReplacesAValue {

        @Test
        void itStandsDirectlyAfterWhatItReplaced() {
            Verdict verdict = check("""
                    10..50 ms  session 1  n1  write x 1  ok
                    11..51 ms  session 2  n1  write x 2  ok
                    12..52 ms  session 3  n1  cas x 1 3  ok
                    60..61 ms  session 1  n1  read x     ok 2
                    70..71 ms  session 2  n1  read x     ok 3
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
            assertThat(verdict.anomalies().get(0).kind()).isEqualTo("CONTRADICTORY_ORDER");
            assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1, 2, 3, 4);
        }

        @Test
        void twoThatReplacedTheSameValueBreakIt() {
            Verdict verdict = check("""
                    10..50 ms  session 1  n1  write x 1  ok
                    11..51 ms  session 2  n1  cas x 1 2  ok
                    12..52 ms  session 3  n1  cas x 1 3  ok
                    60..61 ms  session 3  n1  read x     ok 3
                    """);
            assertBroken(
                    verdict,
                    "CONTRADICTORY_CAS",
                    "session 2 changed x=2 from 1 at n1 (11 ms to 51 ms, acknowledged), session 3 changed x=3 from 1 at"
                            + " n1 (12 ms to 52 ms, acknowledged): both replaced 1, and only one of them can have",
                    1,
                    2);
        }
    }

    @Nested
    class WhereAKeyCannotBeJudged {

        @Test
        void aValueWrittenTwiceMakesItUndecided() {
            Verdict verdict = check("""
                    10..11 ms  session 1  n1  write x 1  ok
                    12..13 ms  session 2  n1  write x 1  ok
                    20..21 ms  session 1  n1  read x     ok nil
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason())
                    .contains(
                            "key x is ambiguous: 1 is written more than once, so that its reads cannot be joined to one"
                                    + " write");
        }

        @Test
        void theInitialValueWrittenMakesItUndecided() {
            Verdict verdict = check("""
                    10..11 ms  session 1  n1  write x nil  ok
                    20..21 ms  session 1  n1  read x       ok nil
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElseThrow()).contains("nil, the initial value, is written");
        }

        @Test
        void anUnknownFunctionMakesItUndecidedAndAnotherKeyStillBroken() {
            String lines = """
                    10..11 ms  session 1  n1  enqueue x 1  ok
                    12..13 ms  session 1  n1  write y 1   ok
                    20..21 ms  session 1  n1  read y      ok %s
                    """;
            Verdict undecided = check(lines.formatted("1"));
            assertThat(undecided.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(undecided.reason())
                    .contains("key x has operations enqueue, which this checker cannot judge yet");
            assertThat(check(lines.formatted("nil")).answer()).isEqualTo(Answer.INVALID);
        }

        @Test
        void faultyReadsAreLeftOutAndCounted() {
            Verdict verdict = check("""
                    10..11 ms  session 1  n1  write x 1  ok
                    12..13 ms  session 2  n1  write x 2  fail
                    20..21 ms  session 1  n1  read x     ok 2
                    30..31 ms  session 1  n1  read x     ok 77
                    40..41 ms  session 1  n1  read x     ok 1
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.VALID);
            assertThat(verdict.obliged()).isEqualTo(1);
            assertThat(verdict.reason()).contains("2 reads left out: aborted, phantom or future, see integrity");
        }
    }

    @Test
    void allViolationsAreCountedAndTheNearestAreListed() {
        StringBuilder lines = new StringBuilder("10..11 ms  session 1  n1  write x 1  ok\n");
        for (int i = 0; i < 25; i++) {
            lines.append("%d..%d ms  session 1  n1  read x  ok nil\n".formatted(20 + 2 * i, 21 + 2 * i));
        }
        Verdict verdict = check(lines.toString());
        assertThat(verdict.anomalyCount()).isEqualTo(25);
        assertThat(verdict.anomalies()).hasSize(10);
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1);
    }
}
