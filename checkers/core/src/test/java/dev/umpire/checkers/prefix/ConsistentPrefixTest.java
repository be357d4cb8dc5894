package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConsistentPrefixTest {

    /** Six snapshots of three keys with two concurrent writes each; x as y, y as z, x against z, whatever the order. */
    private static final String NO_ORDER_BUT_NOTHING_CERTAIN = """
            10..50 session 1 n1 write x 1
            11..51 session 2 n1 write x 2
            12..52 session 3 n1 write y 1
            13..53 session 4 n1 write y 2
            14..54 session 5 n1 write z 1
            15..55 session 6 n1 write z 2
            60..61 session 7 n1 snapshot x=1 y=1
            62..63 session 7 n1 snapshot x=2 y=2
            64..65 session 7 n1 snapshot y=1 z=1
            66..67 session 7 n1 snapshot y=2 z=2
            68..69 session 7 n1 snapshot x=1 z=2
            70..71 session 7 n1 snapshot x=2 z=1
            """;

    private static Verdict check(String history) {
        return ConsistentPrefix.check(Written.history(history), CheckOptions.DEFAULT);
    }

    private static Anomaly only(Verdict verdict) {
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalyCount()).isEqualTo(1);
        return verdict.anomalies().get(0);
    }

    @Test
    void aCasThatReadWhatItselfWroteIsAFaultOfIntegrity() {
        Verdict verdict = check("""
                10..20 session 1 n1 write x 1
                25..30 session 2 n1 cas x 3 3
                32..34 session 2 n1 write y 5
                35..40 session 2 n1 snapshot x=1 y=nil
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(1);
        assertThat(verdict.reason().orElseThrow()).contains("left out: 1 read of a value that was not written before");
    }

    @Nested
    class WithoutReports {

        @Test
        void anAnswerWithoutItsQuestionIsNotAPrefix() {
            Anomaly anomaly = only(check("""
                            10..20 session 1 n1 write q 7
                            25..30 session 2 n1 read  q 7
                            35..40 session 2 n2 write a 12
                            50..52 session 4 n3 snapshot q=nil a=12
                            """));
            assertThat(anomaly.kind()).isEqualTo("NOT_A_PREFIX");
            assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
            assertThat(anomaly.sentence())
                    .isEqualTo("session 4 read {q: nil, a: 12} at n3 (52 ms): it saw a=12 but not q=7, which session 2"
                            + " had read (30 ms) before it wrote a=12 (40 ms);"
                            + " so every order of the writes has q=7 before a=12");
        }

        @Test
        void theLaterOfTwoWritesOfASessionWithoutTheEarlierIsNotAPrefix() {
            Anomaly anomaly = only(check("""
                            10..20 session 1 n1 write x 1
                            25..30 session 1 n2 write y 2
                            50..52 session 4 n3 snapshot x=nil y=2
                            """));
            assertThat(anomaly.operations()).containsExactly(0, 1, 2);
            assertThat(anomaly.sentence())
                    .isEqualTo("session 4 read {x: nil, y: 2} at n3 (52 ms): it saw y=2 but not x=1, which session 1"
                            + " had written (20 ms) before y=2 (30 ms);"
                            + " so every order of the writes has x=1 before y=2");
        }

        @Test
        void anOverwrittenValueBesideALaterWriteIsBrokenByTheOrderInRealTimeOnly() {
            String history = """
                    10..20 session 1 n1 write x 1
                    25..30 session 2 n1 write x 2
                    31..32 session 2 n1 write y 3
                    50..52 session 4 n3 snapshot x=1 y=3
                    """;
            Anomaly anomaly = only(check(history));
            assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
            assertThat(anomaly.sentence())
                    .isEqualTo("session 4 read {x: 1, y: 3} at n3 (52 ms): it saw y=3 but not x=2, which session 2"
                            + " had written (30 ms) before y=3 (32 ms); so every order of the writes has x=2 before"
                            + " y=3; x=1, which it saw instead, is older: x=1 was acknowledged 5 ms before x=2 was"
                            + " written");
            Verdict weaker =
                    ConsistentPrefix.check(Written.history(history), CheckOptions.DEFAULT.with(WriteOrder.SESSION));
            assertThat(weaker.answer()).isEqualTo(Answer.VALID);
            assertThat(weaker.assumes()).contains("session write order");
        }

        @Test
        void twoReadersThatSeeTwoWritesInOppositeOrdersAreALongFork() {
            Anomaly anomaly = only(check("""
                            10..40 session 1 n1 write x 1
                            11..41 session 2 n2 write y 2
                            50..52 session 3 n1 snapshot x=1 y=nil
                            50..53 session 4 n2 snapshot x=nil y=2
                            """));
            assertThat(anomaly.kind()).isEqualTo("LONG_FORK");
            assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
            assertThat(anomaly.sentence())
                    .contains("session 3 read {x: 1, y: nil} at n1 (52 ms), with x=1 and without y=2")
                    .contains("session 4 read {x: nil, y: 2} at n2 (53 ms), with y=2 and without x=1")
                    .endsWith("no one order of the writes has both");
        }

        @Test
        void onlyOneOfTwoCasFindsAValue() {
            Anomaly anomaly = only(check("""
                            10..20 session 1 n1 write x 1
                            25..30 session 2 n1 cas x 1 2
                            35..40 session 3 n2 cas x 1 3
                            """));
            assertThat(anomaly.kind()).isEqualTo("DOUBLE_CAS");
            assertThat(anomaly.key()).isEqualTo("x");
            assertThat(anomaly.operations()).containsExactly(0, 1, 2);
            assertThat(anomaly.sentence()).endsWith("only one of them can have found x=1");
        }

        @Test
        void aWriteBetweenWhatACasReadAndWhatItWroteBreaksIt() {
            Verdict verdict = check("""
                    10..20 session 1 n1 write x 1
                    25..30 session 2 n1 write x 2
                    35..40 session 3 n2 cas x 1 3
                    """);
            assertThat(only(verdict).operations()).containsExactly(0, 1, 2);
        }

        @Test
        void staleReadsOfOneKeyEachAreAPrefixEachSoThatTheyObligeNobody() {
            Verdict verdict = check("""
                    10..20 session 1 n1 write x 1
                    25..30 session 1 n1 write x 2
                    35..40 session 1 n1 read  x 1
                    45..50 session 1 n1 read  x nil
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.algorithm()).isEqualTo("reads of one key under an inferred order");
            assertThat(verdict.assumes()).contains("real-time write order");
            assertThat(verdict.obliged()).isZero();
        }

        @Test
        void aWriteOfUnknownOutcomeCountsOnceItIsSeen() {
            String unseen = """
                    10..20 session 1 n1 write x 1 info
                    25..30 session 1 n1 write y 2
                    50..52 session 4 n3 snapshot x=nil y=2
                    """;
            assertThat(check(unseen).answer()).isEqualTo(Answer.VALID);
            String seenBeforeTheOther = """
                    10..20 session 1 n1 write x 1 info
                    21..22 session 2 n1 read  x 1
                    25..30 session 2 n1 write y 2
                    50..52 session 4 n3 snapshot x=nil y=2
                    """;
            assertThat(only(check(seenBeforeTheOther)).operations()).containsExactly(0, 1, 2, 3);
        }
    }

    @Nested
    class WithReports {

        @Test
        void aSnapshotThatNoPositionExplainsIsNotAPrefix() {
            Anomaly anomaly = only(check("""
                            10..40 session 1 n1 write x 1 position 5
                            11..41 session 2 n2 write y 2 position 6
                            50..52 session 3 n1 snapshot x=nil y=2
                            """));
            assertThat(anomaly.kind()).isEqualTo("NOT_A_PREFIX");
            assertThat(anomaly.operations()).containsExactly(0, 1, 2);
            assertThat(anomaly.sentence())
                    .isEqualTo("session 3 read {x: nil, y: 2} at n1 (52 ms): it saw y=2 but not x=1, and the store"
                            + " reported position 5 for x=1 and 6 for y=2;"
                            + " so every order of the writes has x=1 before y=2");
        }

        @Test
        void positionsOfEveryWriteAreAnOrder() {
            Verdict verdict = check("""
                    10..40 session 1 n1 write x 1 position 5
                    11..41 session 2 n2 write y 2 position 6
                    50..52 session 3 n1 snapshot x=1 y=nil
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.VALID);
            assertThat(verdict.assumes()).contains("reported positions");
            assertThat(verdict.algorithm()).isEqualTo("intervals of reported positions");
        }

        @Test
        void aChainOfCasThatEndedBeforeItsFirstWriteWasInvokedBreaksIt() {
            String lines = """
                    10..30 session 1 n1 cas x 2 1
                    20..50 session 2 n1 cas x 3 2
                    40..60 session 3 n1 write x 3
                    """;
            assertThat(only(check(lines)).operations()).containsExactly(0, 1, 2);
            Verdict withoutTime =
                    ConsistentPrefix.check(Written.history(lines), CheckOptions.DEFAULT.with(WriteOrder.NONE));
            assertThat(withoutTime.answer()).isEqualTo(Answer.VALID);
        }

        @Test
        void positionsAgainstWhatAnotherSessionHadReadBreakIt() {
            Anomaly anomaly = only(check("""
                    10..20 session 1 n1 write x 1 position 6
                    25..30 session 2 n1 read x 1
                    35..40 session 2 n1 write y 2 position 5
                    """));
            assertThat(anomaly.kind()).isEqualTo("ORDER_AGAINST_CAUSE");
            assertThat(anomaly.operations()).containsExactly(0, 1, 2);
            assertThat(anomaly.sentence()).contains("the store reported position 5 for y=2 and 6 for x=1");
        }

        @Test
        void positionsAgainstTheOrderOfASessionBreakIt() {
            Anomaly anomaly = only(check("""
                            10..20 session 1 n1 write x 1 position 6
                            25..30 session 1 n1 write y 2 position 5
                            50..52 session 3 n1 read x 1
                            """));
            assertThat(anomaly.kind()).isEqualTo("ORDER_AGAINST_CAUSE");
            assertThat(anomaly.operations()).containsExactly(0, 1);
        }

        @Test
        void twoWritesAtOnePositionBreakIt() {
            Anomaly anomaly = only(check("""
                            10..20 session 1 n1 write x 1 position 6
                            15..30 session 2 n1 write y 2 position 6
                            50..52 session 3 n1 read x 1
                            """));
            assertThat(anomaly.kind()).isEqualTo("DUPLICATE_POSITION");
            assertThat(anomaly.sentence()).endsWith("and the store reported position 6 for both");
        }

        @Test
        void aVersionBelowTheOneThatItsWriterHadReadBreaksIt() {
            Anomaly anomaly = only(check("""
                            10..20 session 1 n1 write x 1 version 9
                            25..30 session 2 n1 read x 1 version 9
                            35..40 session 2 n2 write x 2 version 4
                            """));
            assertThat(anomaly.kind()).isEqualTo("ORDER_AGAINST_CAUSE");
            assertThat(anomaly.key()).isEqualTo("x");
            assertThat(anomaly.operations()).containsExactly(0, 1, 2);
            assertThat(anomaly.sentence())
                    .contains("session 2 read x=1 at n1 (30 ms) and then wrote x=2 (40 ms)")
                    .contains("the store reported version 4 for x=2 and 9 for x=1");
        }

        @Test
        void versionsThatContradictEachOtherAreNotUsed() {
            Verdict verdict = check("""
                    10..20 session 1 n1 write x 1 version 4
                    25..30 session 2 n1 write x 2 version 4
                    35..40 session 2 n1 write y 3
                    50..52 session 3 n1 snapshot x=1 y=nil
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.VALID);
            assertThat(verdict.assumes()).contains("real-time write order");
            assertThat(verdict.reason().orElseThrow()).contains("contradict each other");
        }
    }

    @Nested
    class WhereSomethingIsLeftOut {

        @Test
        void aValueWrittenTwiceLeavesItUndecided() {
            Verdict verdict = check("""
                    10..20 session 1 n1 write x 1
                    25..30 session 2 n1 write x 1
                    50..52 session 3 n1 read x 1
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElseThrow()).contains("left out: 1 key");
        }

        @Test
        void theRestCanBeBrokenWithoutTheAmbiguousKey() {
            Verdict verdict = check("""
                    10..20 session 1 n1 write x 1
                    25..30 session 1 n2 write y 2
                    31..32 session 1 n2 write z 3
                    33..34 session 1 n2 write z 3
                    50..52 session 4 n3 snapshot x=nil y=2 z=3
                    """);
            assertThat(only(verdict).operations()).containsExactly(0, 1, 4);
        }

        @Test
        void aSetIsNotJudgedYet() {
            Verdict verdict = check("""
                    10..20 session 1 n1 add x 1
                    50..52 session 3 n1 read x 1
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElseThrow()).contains("add");
        }

        @Test
        void aReadOfSeveralValuesAtOnceLeavesItsKeyUndecided() throws Exception {
            String lines = """
                    {"type":"invoke","process":0,"f":"write","key":"x","value":1}
                    {"type":"ok","process":0,"f":"write","key":"x","value":1}
                    {"type":"invoke","process":0,"f":"read","key":"x"}
                    {"type":"ok","process":0,"f":"read","key":"x","value":1,"siblings":[1,2]}
                    """;
            Verdict several = ConsistentPrefix.check(History.parse(lines), CheckOptions.DEFAULT);
            assertThat(several.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(several.reason().orElseThrow())
                    .contains("not judged yet: keys that a read of several values at once touches");
            Verdict one = ConsistentPrefix.check(History.parse(lines.replace("[1,2]", "[1]")), CheckOptions.DEFAULT);
            assertThat(one.reason().orElseThrow()).startsWith("vacuous: reads of one key each");
        }

        @Test
        void aPhantomIsLeftOutAndCounted() {
            Verdict verdict = check("""
                    10..20 session 1 n1 write x 1
                    25..30 session 1 n2 write y 2
                    50..52 session 4 n3 snapshot x=77 y=2
                    60..62 session 4 n3 snapshot x=1 y=2
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.VALID);
            assertThat(verdict.obliged())
                    .as("of the first only one key is left")
                    .isEqualTo(1);
            assertThat(verdict.reason().orElseThrow()).contains("left out: 1 read of a value");
        }

        @Test
        void writesAloneAreVacuous() {
            Verdict verdict = check("10..20 session 1 n1 write x 1");
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElseThrow()).contains("vacuous");
        }
    }

    @Nested
    class WhereOnlyASearchDecides {

        @Test
        void aHistoryWithoutAnyCertainOrderIsBroken() {
            Anomaly anomaly = only(check(NO_ORDER_BUT_NOTHING_CERTAIN));
            assertThat(anomaly.kind()).isEqualTo("NO_COMMON_ORDER");
            assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        }

        @Test
        void withoutOneOfItsSnapshotsASearchFindsAnOrder() {
            String[] lines = NO_ORDER_BUT_NOTHING_CERTAIN.split("\n", -1);
            for (int dropped = 6; dropped < 12; dropped++) {
                StringBuilder rest = new StringBuilder();
                for (int i = 0; i < lines.length; i++) {
                    rest.append(i == dropped ? "" : lines[i] + "\n");
                }
                assertThat(check(rest.toString()).answer()).isEqualTo(Answer.VALID);
            }
        }

        @Test
        void aSpentBudgetLeavesItUndecided() {
            Verdict verdict = ConsistentPrefix.check(
                    Written.history(NO_ORDER_BUT_NOTHING_CERTAIN), new CheckOptions(WriteOrder.REAL_TIME, 10, 1));
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElseThrow())
                    .isEqualTo("undecided: the search among 10 events spent its 1 steps");
        }

        @Test
        void whenTheTimeIsOverItIsUndecided() {
            Verdict verdict = ConsistentPrefix.check(
                    Written.history(NO_ORDER_BUT_NOTHING_CERTAIN), CheckOptions.DEFAULT.with(() -> true));
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElseThrow())
                    .isEqualTo("undecided: the search among 10 events was left when the time was over");
        }
    }
}
