package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import org.junit.jupiter.api.Test;

class StrictConsistentPrefixTest {
    private static final String A_LATER_WRITE_WITHOUT_AN_EARLIER_ONE = """
            10..20 session 1 n1 write x 1
            25..30 session 2 n2 write y 2
            50..52 session 3 n3 snapshot x=nil y=2
            """;

    private static Verdict check(String history) {
        return StrictConsistentPrefix.check(Written.history(history), CheckOptions.DEFAULT);
    }

    private static Anomaly only(Verdict verdict) {
        assertThat(verdict.guarantee()).isEqualTo("strict-consistent-prefix");
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalyCount()).isEqualTo(1);
        return verdict.anomalies().get(0);
    }

    @Test
    void aLaterWriteWithoutOneAcknowledgedBeforeItIsNotAPrefix() {
        Anomaly anomaly = only(check(A_LATER_WRITE_WITHOUT_AN_EARLIER_ONE));
        assertThat(anomaly.kind()).isEqualTo("NOT_A_PREFIX");
        assertThat(anomaly.operations()).containsExactly(0, 1, 2);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "session 3 read {x: nil, y: 2} at n3 (52 ms): it saw y=2 but not x=1, and x=1 was acknowledged"
                                + " 5 ms before y=2 was written; so every order of the writes has x=1 before y=2");
    }

    @Test
    void consistentPrefixAllowsIt() {
        assertThat(ConsistentPrefix.check(Written.history(A_LATER_WRITE_WITHOUT_AN_EARLIER_ONE), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void realTimeIsPartOfThePromiseWhateverIsAssumed() {
        for (WriteOrder assumption : WriteOrder.values()) {
            Verdict verdict = StrictConsistentPrefix.check(
                    Written.history(A_LATER_WRITE_WITHOUT_AN_EARLIER_ONE), CheckOptions.DEFAULT.with(assumption));
            assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
            assertThat(verdict.assumes()).contains("real-time write order");
        }
    }

    @Test
    void writesThatOverlapMayStandEitherWay() {
        assertThat(check("""
                        10..26 session 1 n1 write x 1
                        25..30 session 2 n2 write y 2
                        50..52 session 3 n3 snapshot x=nil y=2
                        """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void readsMayBeAsOldAsTheyLike() {
        assertThat(check("""
                        10..20 session 1 n1 write x 1
                        25..30 session 2 n2 write y 2
                        50..52 session 3 n3 snapshot x=1 y=nil
                        60..62 session 3 n3 snapshot x=nil y=nil
                        """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void positionsAgainstTimeBreakIt() {
        String history = """
                10..20 session 1 n1 write x 1 position 6
                25..30 session 2 n2 write y 2 position 5
                50..52 session 3 n1 snapshot x=nil y=2
                """;
        Anomaly anomaly = only(check(history));
        assertThat(anomaly.kind()).isEqualTo("ORDER_AGAINST_TIME");
        assertThat(anomaly.operations()).containsExactly(0, 1);
        assertThat(anomaly.sentence())
                .contains("x=1 was acknowledged 5 ms before y=2 was written")
                .contains("the store reported position 5 for y=2 and 6 for x=1")
                .endsWith(": so each would come before itself");
        assertThat(ConsistentPrefix.check(Written.history(history), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void versionsAgainstTimeBreakIt() {
        Anomaly anomaly = only(check("""
                        10..20 session 1 n1 write x 1 version 6
                        25..30 session 2 n2 write x 2 version 5
                        50..52 session 3 n1 read x 1 version 6
                        """));
        assertThat(anomaly.kind()).isEqualTo("ORDER_AGAINST_TIME");
        assertThat(anomaly.key()).isEqualTo("x");
        assertThat(anomaly.operations()).containsExactly(0, 1);
    }

    @Test
    void readersThatDisagreeOnWritesThatOverlapAreALongFork() {
        Anomaly anomaly = only(check("""
                        10..40 session 1 n1 write x 1
                        11..41 session 2 n2 write y 2
                        50..52 session 3 n1 snapshot x=1 y=nil
                        50..53 session 4 n2 snapshot x=nil y=2
                        """));
        assertThat(anomaly.kind()).isEqualTo("LONG_FORK");
        assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aWriteThatWasNeverAcknowledgedPrecedesNothing() {
        assertThat(check("""
                        10..20 session 1 n1 write x 1 info
                        25..30 session 2 n2 write y 2
                        50..52 session 3 n3 snapshot x=nil y=2
                        60..62 session 3 n3 read x 1
                        """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void writesAloneAreVacuous() {
        assertThat(check("10..20 session 1 n1 write x 1").answer()).isEqualTo(Answer.UNKNOWN);
    }
}
