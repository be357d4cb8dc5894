package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transactions;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import org.junit.jupiter.api.Test;

class ListsAndTransactionsCausalTest {

    private static Anomaly only(Verdict verdict) {
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalyCount()).isEqualTo(1);
        return verdict.anomalies().get(0);
    }

    @Test
    void aListHasAllThatWasAppendedInItsCausalPast() throws Exception {
        Anomaly anomaly = only(Causal.check(Transactions.history("""
                10..20 0 [[:append :x 1]]
                30..40 1 [[:r :x [1]] [:append :y 2]]
                50..60 2 [[:r :y [2]]]
                70..80 2 [[:r :x []]]
                """), CheckOptions.DEFAULT));
        assertThat(anomaly.kind()).isEqualTo("LIST_CO_READ");
        assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "session 2 read :x (70 ms to 80 ms), which returned [], without 1 in :x, which is in its causal past: "
                                + "session 0 appended 1 to :x (10 ms to 20 ms, acknowledged); session 1 read :x (30 ms to 40 ms), "
                                + "which returned [1], and wrote 2 in :y in the same txn; session 2 read :y (50 ms to 60 ms), which "
                                + "returned [2]; after that, in the same session, came that txn");
    }

    @Test
    void aListIsNotAgainstTheOrderOfCauses() throws Exception {
        Anomaly anomaly = only(Causal.check(Transactions.history("""
                10..20 0 [[:append :x 1]]
                30..40 1 [[:r :x [1]]]
                50..60 1 [[:append :x 2]]
                70..80 2 [[:r :x [2 1]]]
                """), CheckOptions.DEFAULT));
        assertThat(anomaly.kind()).isEqualTo("LIST_CO_READ");
        assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "session 2 read :x (70 ms to 80 ms), which returned [2, 1], with 2 in :x before 1 in :x, which is a "
                                + "cause of it: session 0 appended 1 to :x (10 ms to 20 ms, acknowledged); session 1 read :x (30 ms to "
                                + "40 ms), which returned [1]; after that session 1 appended 2 to :x (50 ms to 60 ms, acknowledged)");
    }

    @Test
    void replicasMayAppendInTheirOwnOrdersUnlessTheyConverge() throws Exception {
        History apart = Transactions.history("""
                10..20 0 [[:append :x 1]]
                15..25 1 [[:append :x 2]]
                30..40 2 [[:r :x [1 2]]]
                50..60 3 [[:r :x [2 1]]]
                """);
        assertThat(Causal.check(apart, CheckOptions.DEFAULT).answer()).isEqualTo(Answer.VALID);
        assertThat(CausalMemory.check(apart, CheckOptions.DEFAULT).answer()).isEqualTo(Answer.VALID);
        Anomaly anomaly = only(CausalConvergence.check(apart, CheckOptions.DEFAULT));
        assertThat(anomaly.kind()).isEqualTo("CYCLIC_CF");
        assertThat(anomaly.operations()).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "there is no one order of these writes: 1 in :x must come before 2 in :x, as session 2 read :x (30 ms "
                                + "to 40 ms), which returned [1, 2]; 2 in :x must come before 1 in :x, as session 3 read :x (50 ms to "
                                + "60 ms), which returned [2, 1]");
    }

    @Test
    void aSessionSeesTheAppendsOfAnotherInItsOrder() throws Exception {
        Anomaly anomaly = only(Pram.check(Transactions.history("""
                10..20 0 [[:append :x 1]]
                30..40 0 [[:append :y 2]]
                50..60 1 [[:r :y [2]]]
                70..80 1 [[:r :x []]]
                """), CheckOptions.DEFAULT));
        assertThat(anomaly.kind()).isEqualTo("LIST_HB_READ");
        assertThat(anomaly.operations()).containsExactly(0, 1, 2, 3);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "no one order of all writes explains what session 1 read: session 1 read :x (70 ms to 80 ms), which "
                                + "returned [], without 1 in :x, which must come before that read (session 0 appended 1 to :x (10 ms to "
                                + "20 ms, acknowledged); after that session 0 appended 2 to :y (30 ms to 40 ms, acknowledged);"
                                + " session 1 read :y (50 ms to 60 ms), which returned [2]; after that, in the same session, came"
                                + " that txn)");
    }

    @Test
    void aListNeverGoesBackInASession() throws Exception {
        assertThat(Pram.check(Transactions.history("""
                10..20 0 [[:append :x 1]]
                30..40 1 [[:r :x [1]]]
                50..60 1 [[:r :x []]]
                """), CheckOptions.DEFAULT).answer())
                .isEqualTo(Answer.INVALID);
    }

    @Test
    void whatATransactionWroteIsSeenAsAWhole() throws Exception {
        Anomaly anomaly = only(Causal.check(Transactions.history("""
                10..20 0 [[:w :x 1] [:w :y 2]]
                30..40 1 [[:r :x 1] [:r :y nil]]
                """), CheckOptions.DEFAULT));
        assertThat(anomaly.kind()).isEqualTo("WRITE_CO_INIT_READ");
        assertThat(anomaly.operations()).containsExactly(0, 1);
    }

    @Test
    void twoTransactionsOfTwoKeysMustHaveOneOrder() throws Exception {
        History crossed = Transactions.history("""
                10..20 0 [[:w :x 1] [:w :y 1]]
                15..25 1 [[:w :x 2] [:w :y 2]]
                30..40 2 [[:r :x 1] [:r :y 2]]
                """);
        assertThat(only(Causal.check(crossed, CheckOptions.DEFAULT)).kind()).isEqualTo("WRITE_CO_SNAPSHOT");
    }
}
