package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transactions;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ListsAndTransactionsTest {

    private static Verdict check(String text) throws Exception {
        return ConsistentPrefix.check(Transactions.history(text), CheckOptions.DEFAULT.with(WriteOrder.SESSION));
    }

    private static Anomaly only(Verdict verdict) {
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalyCount()).isEqualTo(1);
        return verdict.anomalies().get(0);
    }

    @Nested
    class OfLists {

        @Test
        void aReadMayBeAnyBeginningOfTheLongest() throws Exception {
            Verdict verdict = check("""
                    10..20 0 [[:append :x 1]]
                    30..40 0 [[:append :x 2]]
                    50..60 1 [[:r :x [1 2]]]
                    70..80 2 [[:r :x [1]]]
                    90..99 1 [[:r :x []]]
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.VALID);
            assertThat(verdict.obliged()).isEqualTo(3);
            assertThat(verdict.assumes()).contains("list reads");
        }

        @Test
        void twoListsOfWhichNeitherIsTheBeginningOfTheOtherHaveNoOrder() throws Exception {
            Anomaly anomaly = only(check("""
                    10..20 0 [[:append :x 1]]
                    30..40 1 [[:append :x 2]]
                    50..60 2 [[:r :x [1 2]]]
                    70..80 3 [[:r :x [2]]]
                    """));
            assertThat(anomaly.kind()).isEqualTo("INCOMPATIBLE_ORDER");
            assertThat(anomaly.operations()).containsExactly(2, 3);
            assertThat(anomaly.sentence())
                    .isEqualTo("session 2 read :x (50 ms to 60 ms), which returned [1, 2], and session 3 read :x "
                            + "(70 ms to 80 ms), which returned [2]: neither list is the beginning of the other, so that no "
                            + "order of the appends leaves both");
        }

        @Test
        void aListMayNotShowTheAppendsOfASessionInTheOtherOrder() throws Exception {
            Anomaly anomaly = only(check("""
                    10..20 0 [[:append :x 1]]
                    30..40 0 [[:append :x 2]]
                    50..60 2 [[:r :x [2 1]]]
                    """));
            assertThat(anomaly.kind()).isEqualTo("ORDER_AGAINST_CAUSE");
            assertThat(anomaly.operations()).containsExactly(0, 1, 2);
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "session 2 read :x=[2, 1] (60 ms), which shows 2 in :x before 1 in :x; session 0 wrote 1 in :x "
                                    + "(20 ms) and then 2 in :x (40 ms): so each would come before itself");
        }

        @Test
        void whatNoListShowsStandsBehindWhatListsShow() throws Exception {
            Anomaly anomaly = only(check("""
                    10..20 0 [[:append :x 1]]
                    30..40 0 [[:append :y 2]]
                    50..60 1 [[:r :x []] [:r :y [2]]]
                    """));
            assertThat(anomaly.kind()).isEqualTo("NOT_A_PREFIX");
            assertThat(anomaly.operations()).containsExactly(0, 1, 2);
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "session 1 read {:x: [], :y: [2]} (60 ms): it saw 2 in :y but not 1 in :x, which session 0 had "
                                    + "written (20 ms) before 2 in :y (40 ms); so every order of the writes has 1 in :x before "
                                    + "2 in :y");
        }

        @Test
        void theListsOfTwoObserversForkWhoeverAppendedThem() throws Exception {
            Anomaly anomaly = only(check("""
                    10..25 0 [[:append :x 1]]
                    15..20 1 [[:append :y 2]]
                    50..60 2 [[:r :x [1]] [:r :y []]]
                    70..80 3 [[:r :x []] [:r :y [2]]]
                    """));
            assertThat(anomaly.kind()).isEqualTo("LONG_FORK");
            assertThat(anomaly.operations()).containsExactly(2, 3);
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "session 3 read {:x: [], :y: [2]} (80 ms), with 2 in :y and without 1 in :x; session 2 read "
                                    + "{:x: [1], :y: []} (60 ms), with 1 in :x and without 2 in :y: no one order of the writes has "
                                    + "both");
        }

        @Test
        void realTimeIsAssumedOnlyOfWhatNoListShows() throws Exception {
            String shown = """
                    10..20 0 [[:append :x 1]]
                    30..40 1 [[:append :x 2]]
                    50..60 2 [[:r :x [2 1]]]
                    """;
            assertThat(ConsistentPrefix.check(Transactions.history(shown), CheckOptions.DEFAULT)
                            .answer())
                    .isEqualTo(Answer.VALID);
            assertThat(StrictConsistentPrefix.check(Transactions.history(shown), CheckOptions.DEFAULT)
                            .answer())
                    .isEqualTo(Answer.INVALID);
            String unseen = """
                    10..20 0 [[:append :y 1]]
                    30..40 0 [[:append :x 1]]
                    50..60 1 [[:append :x 2]]
                    70..80 1 [[:append :y 2]]
                    90..99 2 [[:r :y [2]]]
                    """;
            assertThat(ConsistentPrefix.check(
                                    Transactions.history(unseen), CheckOptions.DEFAULT.with(WriteOrder.SESSION))
                            .answer())
                    .isEqualTo(Answer.VALID);
            assertThat(ConsistentPrefix.check(Transactions.history(unseen), CheckOptions.DEFAULT)
                            .answer())
                    .isEqualTo(Answer.INVALID);
        }

        @Test
        void aKeyWithAppendsAndWritesOfWholeValuesIsLeftOut() throws Exception {
            Verdict verdict = check("""
                    10..20 0 [[:append :x 1]]
                    30..40 0 [[:w :x 2]]
                    50..60 1 [[:r :x [1]]]
                    """);
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElseThrow()).contains("left out: 1 key");
        }
    }

    @Nested
    class OfTransactions {

        @Test
        void whatATransactionWroteTookEffectTogether() throws Exception {
            Anomaly anomaly = only(check("""
                    10..20 0 [[:w :x 1] [:w :y 2]]
                    30..40 1 [[:r :x 1] [:r :y nil]]
                    """));
            assertThat(anomaly.kind()).isEqualTo("NOT_A_PREFIX");
            assertThat(anomaly.operations()).containsExactly(0, 1);
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "session 1 read {:x: 1, :y: nil} (40 ms): it saw :x=1 but not :y=2, which session 0 wrote "
                                    + "together (20 ms)");
        }

        @Test
        void aTransactionOfUnknownOutcomeTookEffectAsAWholeOnceAPartWasSeen() throws Exception {
            assertThat(check("""
                    10..20 0 [[:w :x 1] [:w :y 2]] info
                    30..40 1 [[:r :x 1]]
                    50..60 1 [[:r :x 1] [:r :y nil]]
                    """).answer()).isEqualTo(Answer.INVALID);
            assertThat(check("""
                    10..20 0 [[:w :x 1] [:w :y 2]] info
                    30..40 1 [[:r :x nil] [:r :y nil]]
                    """).answer()).isEqualTo(Answer.VALID);
        }

        @Test
        void whatATransactionReadsIsOneState() throws Exception {
            Anomaly anomaly = only(check("""
                    10..20 0 [[:append :x 1]]
                    30..40 1 [[:r :x []] [:r :x [1]]]
                    """));
            assertThat(anomaly.kind()).isEqualTo("NOT_A_PREFIX");
            assertThat(anomaly.operations()).containsExactly(1);
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "session 1 read {:x: [], :x: [1]} (40 ms): what one transaction reads is one state, and this is "
                                    + "more than one");
        }

        @Test
        void whatATransactionReadComesBeforeWhatItWrote() throws Exception {
            Anomaly anomaly = only(check("""
                    10..40 0 [[:w :x 1] [:r :y 2]]
                    20..30 1 [[:w :y 2] [:r :x 1]]
                    """));
            assertThat(anomaly.kind()).isEqualTo("ORDER_AGAINST_CAUSE");
            assertThat(anomaly.operations()).containsExactly(0, 1);
            assertThat(anomaly.sentence())
                    .contains("session 1 read :x=1, and wrote :y=2 (30 ms), after :x=1")
                    .endsWith("so each would come before itself");
        }

        @Test
        void itsReadsMayBeOlderThanTheMomentOfItsWrites() throws Exception {
            assertThat(check("""
                    10..40 0 [[:r :x nil] [:w :y 2]]
                    20..30 1 [[:r :y nil] [:w :x 1]]
                    50..60 2 [[:r :x 1] [:r :y 2]]
                    """).answer()).isEqualTo(Answer.VALID);
        }
    }
}
