package dev.umpire.checkers.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.Transactions;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import org.junit.jupiter.api.Test;

/** Who sees a write of a session has to see what that session had done before, also where that was done to another key. */
class AcrossKeysTest {

    private static Verdict check(String name, String text) throws MalformedHistoryException {
        return Guarantee.named(name).check(Transactions.history(text));
    }

    private static Anomaly only(Verdict verdict) {
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalyCount()).as(verdict.toString()).isEqualTo(1);
        return verdict.anomalies().get(0);
    }

    @Test
    void anObservationOfAWriteWithoutTheSessionsEarlierOneBreaksMonotonicWrites() throws MalformedHistoryException {
        Anomaly anomaly = only(check("monotonic-writes", """
                10..20 0 [[:w :x 1]]
                30..40 0 [[:w :y 2]]
                50..60 1 [[:r :x nil] [:r :y 2]]
                """));

        assertThat(anomaly.kind()).isEqualTo("EARLIER_WRITE_MISSING");
        assertThat(anomaly.operations()).containsExactly(0, 1, 2);
        assertThat(anomaly.sentence())
                .isEqualTo("session 0 wrote :x=1 (10 ms to 20 ms, acknowledged), and later the same session: session 0"
                        + " wrote :y=2 (30 ms to 40 ms, acknowledged); session 1 read :y (50 ms to 60 ms), which"
                        + " returned 2, and together with it read :x (50 ms to 60 ms), which returned nil, the initial"
                        + " value, instead of 1 or something newer");
    }

    @Test
    void anAnswerWithoutItsQuestionBreaksWritesFollowReads() throws MalformedHistoryException {
        Anomaly anomaly = only(check("writes-follow-reads", """
                10..20 0 [[:w :question 1]]
                30..40 1 [[:r :question 1]]
                50..60 1 [[:w :answer 2]]
                70..80 2 [[:r :question nil] [:r :answer 2]]
                """));

        assertThat(anomaly.kind()).isEqualTo("EARLIER_READ_MISSING");
        assertThat(anomaly.operations()).containsExactly(1, 2, 3);
        assertThat(anomaly.sentence())
                .isEqualTo("session 1 read :question (30 ms to 40 ms), which returned 1, and later the same session:"
                        + " session 1 wrote :answer=2 (50 ms to 60 ms, acknowledged); session 2 read :answer"
                        + " (70 ms to 80 ms), which returned 2, and together with it read :question (70 ms to 80 ms),"
                        + " which returned nil, the initial value, instead of 1 or something newer");
    }

    @Test
    void whatWasOverwrittenBeforeTheEarlierWriteIsNotEnough() throws MalformedHistoryException {
        String text = """
                10..20 2 [[:w :x 9]]
                30..40 0 [[:w :x 1]]
                50..60 0 [[:w :y 2]]
                70..80 1 [[:r :x 9] [:r :y 2]]
                """;
        Anomaly anomaly = only(check("monotonic-writes", text));

        assertThat(anomaly.kind()).isEqualTo("EARLIER_WRITE_MISSING");
        assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
        assertThat(anomaly.sentence())
                .endsWith("which returned 9: 9 was written by session 2 and acknowledged at 20 ms, 10 ms before 1 was"
                        + " invoked, so it is older (real-time write order)");
        assertThat(Guarantee.MONOTONIC_WRITES
                        .check(Transactions.history(text), CheckOptions.DEFAULT.with(WriteOrder.SESSION))
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void whoSeesTheEarlierWriteOrANewerOneHasAllThatIsAsked() throws MalformedHistoryException {
        Verdict verdict = check("monotonic-writes", """
                10..20 0 [[:w :x 1]]
                30..40 0 [[:w :y 2]]
                45..75 2 [[:w :x 3]]
                50..60 1 [[:r :x 3] [:r :y 2]]
                70..80 1 [[:r :x 1] [:r :y 2]]
                85..90 1 [[:r :x nil] [:r :y nil]]
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(2);
    }

    @Test
    void theReadsOfASessionAreOneObservationUnderMonotonicReadsOnly() throws MalformedHistoryException {
        String text = """
                10..20 0 [[:w :x 1]]
                30..40 0 [[:w :y 2]]
                50..60 1 [[:r :y 2]]
                70..80 1 [[:r :x nil]]
                """;
        Anomaly anomaly = only(check("monotonic-reads+monotonic-writes", text));

        assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
        assertThat(anomaly.sentence())
                .contains("session 1 read :y (50 ms to 60 ms), which returned 2, and then read :x (70 ms to 80 ms)");
        assertThat(check("monotonic-writes", text).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(check("monotonic-reads", text).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void theOtherWayRoundTheSessionSawNothingYet() throws MalformedHistoryException {
        Verdict verdict = check("monotonic-reads+monotonic-writes", """
                10..20 0 [[:w :x 1]]
                30..40 0 [[:w :y 2]]
                50..60 1 [[:r :x nil]]
                70..80 1 [[:r :y 2]]
                85..90 1 [[:r :x 1]]
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void aListHasToHoldTheEarlierElement() throws MalformedHistoryException {
        Anomaly anomaly = only(check("monotonic-writes", """
                10..20 2 [[:append :x 9]]
                30..40 0 [[:append :x 1]]
                50..60 0 [[:append :y 2]]
                70..80 1 [[:r :x [9]] [:r :y [2]]]
                """));

        assertThat(anomaly.kind()).isEqualTo("EARLIER_WRITE_MISSING");
        assertThat(anomaly.operations()).containsExactly(1, 2, 3);
        assertThat(anomaly.sentence()).endsWith("read :x (70 ms to 80 ms), which returned [9], without 1");
    }

    @Test
    void everyElementOfAListIsSeen() throws MalformedHistoryException {
        Anomaly anomaly = only(check("monotonic-writes", """
                10..20 0 [[:append :x 1]]
                30..40 0 [[:append :y 2]]
                50..60 2 [[:append :y 3]]
                70..80 1 [[:r :x nil] [:r :y [2 3]]]
                """));

        assertThat(anomaly.operations()).containsExactly(0, 1, 3);
    }

    @Test
    void aListThatContradictsAnotherShowsItsElementsAllTheSame() throws MalformedHistoryException {
        Anomaly anomaly = only(check("monotonic-writes", """
                10..20 0 [[:w :x 1]]
                30..40 0 [[:append :y 2]]
                50..60 2 [[:append :y 3]]
                70..80 3 [[:r :y [3 2]]]
                85..90 1 [[:r :x nil] [:r :y [2 3]]]
                """));

        assertThat(anomaly.operations()).containsExactly(0, 1, 4);
    }

    @Test
    void reportedVersionsSayWhatIsOlder() throws MalformedHistoryException {
        Verdict verdict =
                Guarantee.MONOTONIC_WRITES.check(History.parse("""
                        {:process 0, :type :invoke, :f :write, :key "x", :value 1}
                        {:process 2, :type :invoke, :f :write, :key "x", :value 9}
                        {:process 0, :type :ok, :f :write, :key "x", :value 1, :version 8}
                        {:process 2, :type :ok, :f :write, :key "x", :value 9, :version 7}
                        {:process 0, :type :invoke, :f :write, :key "y", :value 2}
                        {:process 0, :type :ok, :f :write, :key "y", :value 2, :version 1}
                        {:process 1, :type :invoke, :f :snapshot, :value ["x" "y"]}
                        {:process 1, :type :ok, :f :snapshot, :value {"x" 9, "y" 2}}
                        """), CheckOptions.DEFAULT.with(WriteOrder.NONE));
        Anomaly anomaly = only(verdict);

        assertThat(anomaly.operations()).containsExactly(1, 0, 2, 3);
        assertThat(anomaly.sentence())
                .endsWith("which returned 9: the store reported version 7 for 9 and 8 for 1, so 9 is older");
    }

    @Test
    void observersThatContradictOneAnotherLeaveNoOrder() throws MalformedHistoryException {
        Verdict verdict = check("monotonic-writes", """
                10..25 0 [[:w :x 1]]
                11..26 1 [[:w :x 2]]
                30..40 0 [[:w :y 3]]
                31..41 1 [[:w :z 4]]
                50..60 2 [[:r :x 2] [:r :y 3]]
                51..61 3 [[:r :x 1] [:r :z 4]]
                """);
        Anomaly anomaly = only(verdict);

        assertThat(anomaly.kind()).isEqualTo("CONTRADICTORY_ORDER");
        assertThat(anomaly.operations()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        assertThat(anomaly.sentence())
                .contains("no order of the writes of :x is possible")
                .contains("1 before 2 (session 0 wrote :x=1 (10 ms to 25 ms, acknowledged), and later the same session:"
                        + " session 0 wrote :y=3 (30 ms to 40 ms, acknowledged); session 2 read :y (50 ms to 60 ms),"
                        + " which returned 3, and together with it read :x (50 ms to 60 ms), which returned 2)");
    }

    @Test
    void aWriteOfUnknownOutcomeThatIsSeenBindsButObligesNobody() throws MalformedHistoryException {
        assertThat(check("monotonic-writes", """
                        10..20 0 [[:w :x 1]]
                        30..40 0 [[:w :y 2]] info
                        50..60 1 [[:r :x nil] [:r :y 2]]
                        """).answer()).isEqualTo(Answer.INVALID);
        assertThat(check("monotonic-writes", """
                        10..20 0 [[:w :x 1]] info
                        30..40 0 [[:w :y 2]]
                        50..60 1 [[:r :x nil] [:r :y 2]]
                        """).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whatAWriterWroteInOneTransactionDidNotComeBeforeItself() throws MalformedHistoryException {
        assertThat(check("monotonic-writes", """
                        10..20 0 [[:w :x 1] [:w :y 2]]
                        50..60 1 [[:r :x nil] [:r :y 2]]
                        """).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aKeyThatCannotBeJoinedLeavesTheOthersUndecided() throws MalformedHistoryException {
        Verdict verdict = check("monotonic-writes", """
                5..8 0 [[:w :x 1]]
                10..20 0 [[:w :y 2]]
                30..40 1 [[:w :y 2]]
                50..60 1 [[:r :x nil] [:r :y 2]]
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow()).contains("ambiguous");
    }
}
