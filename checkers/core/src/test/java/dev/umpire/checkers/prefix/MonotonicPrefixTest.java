package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import org.junit.jupiter.api.Test;

class MonotonicPrefixTest {

    private static Verdict check(String history) {
        return MonotonicPrefix.check(Written.history(history), CheckOptions.DEFAULT);
    }

    private static Anomaly only(Verdict verdict) {
        assertThat(verdict.guarantee()).isEqualTo("monotonic-prefix");
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalyCount()).isEqualTo(1);
        return verdict.anomalies().get(0);
    }

    @Test
    void aSessionThatNoLongerSeesWhatItSawWentBack() {
        Anomaly anomaly = only(check("""
                        10..20 session 1 n1 write x 1
                        25..30 session 2 n1 read x 1
                        35..40 session 2 n2 read x nil
                        """));
        assertThat(anomaly.kind()).isEqualTo("PREFIX_WENT_BACK");
        assertThat(anomaly.operations()).containsExactly(0, 1, 2);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "session 2 read x=1 at n1 (30 ms) and later read x=nil at n2 (40 ms): first it saw x=1, then a"
                                + " state before x=1");
    }

    @Test
    void aSessionThatSeesAnOlderKeyBesideANewerOneWentBack() {
        Anomaly anomaly = only(check("""
                        10..20 session 1 n1 write x 1
                        25..30 session 1 n1 write y 2
                        35..40 session 2 n1 read y 2
                        45..50 session 2 n2 read x nil
                        """));
        assertThat(anomaly.kind()).isEqualTo("PREFIX_WENT_BACK");
        assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "session 2 read y=2 at n1 (40 ms) and later read x=nil at n2 (50 ms): first it saw y=2, then a"
                                + " state before x=1, and session 1 wrote x=1 (20 ms) and then y=2 (30 ms); so every order of"
                                + " the writes has x=1 before y=2");
    }

    @Test
    void consistentPrefixAllowsIt() {
        assertThat(ConsistentPrefix.check(Written.history("""
                        10..20 session 1 n1 write x 1
                        21..24 session 1 n1 write y 2
                        25..30 session 2 n1 snapshot x=1 y=2
                        35..40 session 2 n2 snapshot x=nil y=nil
                        """), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void twoSessionsMaySeeStatesOfDifferentAge() {
        assertThat(check("""
                        10..20 session 1 n1 write x 1
                        25..30 session 2 n1 read x 1
                        35..40 session 3 n2 read x nil
                        45..50 session 3 n2 read x nil
                        """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void observationsOfASessionThatOverlapMaySeeStatesInAnyOrder() {
        assertThat(check("""
                        10..20 session 1 n1 write x 1
                        25..40 session 2 n1 read x 1
                        30..45 session 2 n2 read x nil
                        50..55 session 2 n1 read x 1
                        """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void nothingIsPromisedOfOwnWrites() {
        assertThat(check("""
                        10..20 session 1 n1 write x 1
                        25..30 session 1 n1 read x nil
                        35..40 session 1 n1 read x nil
                        """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void twoSessionsThatSeeTwoWritesInOppositeOrdersHaveNoCommonOrder() {
        Anomaly anomaly = only(check("""
                        10..40 session 1 n1 write x 1
                        11..41 session 2 n2 write y 2
                        50..52 session 3 n1 read x 1
                        53..55 session 3 n1 read y nil
                        50..56 session 4 n2 read y 2
                        57..58 session 4 n2 read x nil
                        """));
        assertThat(anomaly.kind()).isEqualTo("PREFIX_WENT_BACK");
        assertThat(anomaly.operations()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "session 3 read x=1 at n1 (52 ms) and later read y=nil at n1 (55 ms): first it saw x=1, then a"
                                + " state before y=2; session 4 read y=2 at n2 (56 ms) and later read x=nil at n2 (58 ms): first"
                                + " it saw y=2, then a state before x=1; whatever the order of the writes, session 3 or session 4"
                                + " went back to a state that it had left");
    }

    @Test
    void whatConnectsTwoSessionsOfWhichOneWentBackIsTold() {
        Anomaly anomaly = only(check("""
                        10..40 session 1 n1 write x 1
                        42..45 session 1 n1 write z 3
                        11..41 session 2 n2 write y 2
                        50..52 session 3 n1 read z 3
                        53..55 session 3 n1 read y nil
                        50..56 session 4 n2 read y 2
                        57..58 session 4 n2 read x nil
                        """));
        assertThat(anomaly.kind()).isEqualTo("PREFIX_WENT_BACK");
        assertThat(anomaly.sentence())
                .contains(
                        "session 4 read y=2 at n2 (56 ms) and later read x=nil at n2 (58 ms): first it saw y=2, then a"
                                + " state before x=1; session 1 wrote x=1 (40 ms) and then z=3 (45 ms)")
                .contains(
                        "session 3 read z=3 at n1 (52 ms) and later read y=nil at n1 (55 ms): first it saw z=3, then a"
                                + " state before y=2")
                .endsWith("; whatever the order of the writes, session 3 or session 4 went back to a state that it had"
                        + " left");
    }

    @Test
    void aSessionThatReadsWhatWasThereBeforeItsOwnCasIsNamed() {
        Anomaly anomaly = only(check("""
                        10..20 session 1 n1 write x 1
                        25..30 session 2 n1 cas x 1 2
                        35..40 session 2 n2 read x nil
                        """));
        assertThat(anomaly.kind()).isEqualTo("PREFIX_WENT_BACK");
        assertThat(anomaly.sentence()).endsWith("; so session 2 went back to a state that it had left");
    }

    @Test
    void positionsGiveEachObservationAnInterval() {
        Verdict verdict = check("""
                10..40 session 1 n1 write x 1 position 5
                11..41 session 2 n2 write y 2 position 6
                50..52 session 3 n1 read x 1
                60..62 session 3 n1 read y nil
                70..72 session 3 n1 read y 2
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.algorithm()).isEqualTo("intervals of reported positions");
        assertThat(verdict.obliged())
                .as("the first read of a session is behind nothing")
                .isEqualTo(2);
    }

    @Test
    void anIntervalThatEndsBeforeWhatTheSessionHadReachedWentBack() {
        Anomaly anomaly = only(check("""
                        10..40 session 1 n1 write x 1 position 5
                        11..41 session 2 n2 write y 2 position 6
                        50..52 session 3 n1 read y 2
                        60..62 session 3 n1 read x nil
                        """));
        assertThat(anomaly.kind()).isEqualTo("PREFIX_WENT_BACK");
        assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "session 3 read y=2 at n1 (52 ms) and later read x=nil at n1 (62 ms): first it saw y=2, then a"
                                + " state before x=1, and the store reported position 5 for x=1 and 6 for y=2; so every order of"
                                + " the writes has x=1 before y=2");
    }

    @Test
    void aPlaceIsReachedThroughAllObservationsThatEndedBefore() {
        Anomaly anomaly = only(check("""
                        10..40 session 1 n1 write x 1 position 5
                        11..41 session 2 n2 write y 2 position 6
                        50..52 session 3 n1 read y 2
                        53..55 session 3 n1 read x 1
                        60..62 session 3 n1 read y nil
                        """));
        assertThat(anomaly.operations()).containsExactly(1, 2, 4);
    }

    @Test
    void aSessionThatSeesAgainWhatItsCasReplacedStandsWhereTheCasStood() {
        assertThat(check("""
                        10..20 session 1 n1 write x 1
                        25..30 session 2 n1 cas x 1 2
                        35..40 session 2 n2 read x 1
                        """).answer()).isEqualTo(Answer.VALID);
        Anomaly anomaly = only(check("""
                        10..20 session 1 n1 write x 1
                        25..30 session 2 n1 cas x 1 2
                        32..34 session 2 n1 read x 2
                        35..40 session 2 n2 read x 1
                        """));
        assertThat(anomaly.operations()).hasSize(4).contains(2, 3);
    }

    @Test
    void aWriteOfUnknownOutcomeThatWasSeenAndGoneWentBack() {
        Anomaly anomaly = only(check("""
                        10..20 session 1 n1 write x 1 info
                        25..30 session 2 n1 read x 1
                        35..40 session 2 n2 read x nil
                        """));
        assertThat(anomaly.operations()).containsExactly(0, 1, 2);
    }

    @Test
    void anOldValueAfterANewerOneNeedsTheWriteOrderInRealTime() {
        String history = """
                10..20 session 1 n1 write x 1
                25..30 session 3 n1 write x 2
                35..40 session 2 n1 read x 2
                45..50 session 2 n2 read x 1
                """;
        Anomaly anomaly = only(check(history));
        assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
        assertThat(anomaly.sentence()).contains("x=1 was acknowledged 5 ms before x=2 was written");
        assertThat(MonotonicPrefix.check(Written.history(history), CheckOptions.DEFAULT.with(WriteOrder.NONE))
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void aSessionThatGoesForthAndBackNeedsNoAssumption() {
        Verdict verdict = MonotonicPrefix.check(Written.history("""
                10..40 session 1 n1 write x 1
                11..41 session 3 n1 write x 2
                50..52 session 2 n1 read x 1
                53..54 session 2 n1 read x 2
                55..56 session 2 n2 read x 1
                """), CheckOptions.DEFAULT.with(WriteOrder.NONE));
        assertThat(only(verdict).operations()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void aSpentBudgetLeavesItUndecided() {
        Verdict verdict = MonotonicPrefix.check(Written.history("""
                10..50 session 1 n1 write x 1
                11..51 session 2 n1 write x 2
                12..52 session 3 n1 write y 1
                13..53 session 4 n1 write y 2
                14..54 session 5 n1 write z 1
                15..55 session 6 n1 write z 2
                60..61 session 7 n1 snapshot x=1 y=1
                60..63 session 8 n1 snapshot x=2 y=2
                60..65 session 9 n1 snapshot y=1 z=1
                60..67 session 10 n1 snapshot y=2 z=2
                60..69 session 11 n1 snapshot x=1 z=2
                60..71 session 12 n1 snapshot x=2 z=1
                """), new CheckOptions(WriteOrder.REAL_TIME, 10, 1));
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow()).isEqualTo("undecided: the search among 10 events spent its 1 steps");
    }

    /** The two reads of session 9 hang together with those of all others in one large cycle. */
    @Test
    void theNearestWitnessIsToldWhereManyHangTogether() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            int at = 100 * i;
            lines.append(at + "..%d session 1 n1 write x %d\n".formatted(at + 10, i + 1));
            lines.append((at + 11) + "..%d session 2 n1 write y %d\n".formatted(at + 20, i + 1));
            lines.append((at + 21) + "..%d session 3 n1 read y %d\n".formatted(at + 25, i + 1));
            lines.append((at + 26) + "..%d session 3 n1 read x %s\n".formatted(at + 30, i == 0 ? "nil" : "" + i));
        }
        lines.append("5000..5001 session 9 n1 read x 40\n5002..5003 session 9 n2 read x 39\n");
        Verdict verdict = check(lines.toString());
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).operations()).hasSize(4);
    }

    @Test
    void writesAloneAreVacuous() {
        assertThat(check("10..20 session 1 n1 write x 1").answer()).isEqualTo(Answer.UNKNOWN);
    }
}
