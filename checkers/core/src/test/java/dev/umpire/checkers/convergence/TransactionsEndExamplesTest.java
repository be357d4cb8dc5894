package dev.umpire.checkers.convergence;

import static dev.umpire.checkers.oracle.Verdicts.assertBroken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Verdicts;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What final reads show of registers and lists that were written in transactions, or read in snapshots. */
class TransactionsEndExamplesTest {

    /** Lines such as {@code 10..20 n1 txn [[:append :x 1]]}; those of {@code final} are marked so. */
    private static History history(String text) {
        StringBuilder events = new StringBuilder();
        int process = 0;
        for (String line : text.strip().split("\n", -1)) {
            String[] parts = line.strip().split(" +", 4);
            String[] times = parts[0].split("\\.\\.", -1);
            boolean isFinal = parts[3].endsWith(" final");
            String value = isFinal ? parts[3].substring(0, parts[3].length() - " final".length()) : parts[3];
            String common = "{:process " + process++ + ", :f :" + parts[2] + ", :node \"" + parts[1] + "\""
                    + (isFinal ? ", :phase \"final\"" : "") + ", :value " + value;
            events.append(common)
                    .append(", :type :invoke, :time ")
                    .append(times[0])
                    .append("000000}\n");
            events.append(common).append(", :type :ok, :time ").append(times[1]).append("000000}\n");
        }
        try {
            return History.parse(events.toString());
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    private static Verdict durability(String text) {
        return Durability.check(history(text), CheckOptions.DEFAULT);
    }

    private static Verdict eventual(String text) {
        return Eventual.check(history(text), CheckOptions.DEFAULT);
    }

    @Test
    void anElementThatATransactionAppendedIsLost() {
        assertBroken(
                durability("""
                        10..20 n1 txn [[:append :x 1] [:append :x 2] [:append :y 3]]
                        90..91 n2 txn [[:r :y [3]] [:r :x [1]]] final
                        """),
                "LOST_ELEMENT",
                "lost",
                "session 0 appended 2 to :x at n1 (10 ms to 20 ms, acknowledged), but the final read of session 1 at n2 (90 ms"
                        + " to 91 ms) returned :x without it",
                0,
                1);
    }

    @Test
    void transactionsThatStandTheOtherWayRoundAreReordered() {
        assertBroken(
                durability("""
                        10..20 n1 txn [[:append :x 1]]
                        30..40 n1 txn [[:r :y nil] [:append :x 2]]
                        90..91 n2 txn [[:r :x [2 1]]] final
                        """),
                "REORDERED_ELEMENTS",
                "reordered",
                "session 0 appended 1 to :x at n1 (10 ms to 20 ms, acknowledged), 10 ms before session 1 appended 2 to :x at n1"
                        + " (30 ms to 40 ms, acknowledged), but the final read of session 2 at n2 (90 ms to 91 ms) returned :x"
                        + " with 2 before 1",
                0,
                1,
                2);
    }

    @Test
    void whatATransactionAppendedTwiceMayStandThereTwice() {
        assertThat(durability("""
                        10..20 n1 txn [[:append :x 1] [:append :x 1]]
                        90..91 n2 txn [[:r :x [1 1]]] final
                        """).answer()).isEqualTo(Answer.VALID);
        assertBroken(
                durability("""
                        10..20 n1 txn [[:append :x 1]]
                        90..91 n2 txn [[:r :x [1 1]]] final
                        """),
                "DUPLICATED_ELEMENT",
                "duplicated",
                "the final read of session 1 at n2 (90 ms to 91 ms) returned :x with 1 2 times, though it was added 1 time",
                1);
    }

    @Test
    void anElementThatNobodyAppendedIsAPhantomAlsoInAListThatNobodyWrote() {
        for (String written : new String[] {":x", ":y"}) {
            Verdict verdict = durability("""
                    10..20 n1 txn [[:append KEY 1]]
                    90..91 n2 txn [[:r KEY [1]] [:r :x [1 7]]] final
                    """.replace("[:r KEY [1]] ", written.equals(":x") ? "" : "[:r :y [1]] ")
                    .replace("KEY", written)
                    .replace("[1 7]", written.equals(":x") ? "[1 7]" : "[7]"));
            assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.INVALID);
            assertThat(verdict.anomalies().get(0).kind()).isEqualTo("PHANTOM_ELEMENT");
            assertThat(Verdicts.counted(verdict)).isEqualTo(Map.of("phantom", 1L));
        }
    }

    @Test
    void aRegisterThatATransactionWroteIsLost() {
        Verdict verdict = durability("""
                10..20 n1 txn [[:w :x 1] [:w :y 1]]
                30..40 n1 txn [[:r :y 1] [:w :x 2]]
                90..91 n2 snapshot {:y 1, :x 1} final
                """);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1, 2);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo(
                        "session 1 wrote :x=2 at n1 (30 ms to 40 ms, acknowledged), but the final read returned an older"
                                + " value: session 2 read :x at n2 (90 ms to 91 ms), which returned 1; 1 was written by session 0 and"
                                + " acknowledged at 20 ms, 10 ms before 2 was invoked, so it is older (real-time write order)");
    }

    @Test
    void whatATransactionReadIsNotReplacedAsByACas() {
        // both may have read 1 and written, one after the other
        Verdict verdict = durability("""
                10..20 n1 txn [[:w :x 1]]
                30..41 n1 txn [[:r :x 1] [:w :x 2]]
                31..40 n1 txn [[:r :x 1] [:w :x 3]]
                90..91 n2 txn [[:r :x 3]] final
                """);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(3);
    }

    @Test
    void everyKeyOfASnapshotIsComparedWithItself() {
        Verdict agreed = eventual("""
                10..20 n1 txn [[:w :x 1] [:w :y 2]]
                90..91 n1 snapshot {:x 1, :y 2} final
                92..93 n2 snapshot {:y 2, :x 1} final
                """);
        assertThat(agreed.answer()).as(agreed.toString()).isEqualTo(Answer.VALID);
        assertThat(agreed.obliged()).isEqualTo(2);

        Verdict parted = eventual("""
                10..20 n1 txn [[:w :x 1] [:w :y 2]]
                90..91 n1 snapshot {:x 1, :y 2} final
                92..93 n2 snapshot {:x 1, :y nil} final
                """);
        assertThat(parted.anomalies()).as(parted.toString()).hasSize(1);
        assertThat(parted.anomalies().get(0).sentence())
                .isEqualTo(
                        "two final reads disagree: session 1 read :y at n1 (90 ms to 91 ms), which returned 2, and session 2"
                                + " read :y at n2 (92 ms to 93 ms), which returned nil");
    }

    @Test
    void listsInTransactionsHaveToAgree() {
        Verdict verdict = eventual("""
                10..20 n1 txn [[:append :x 1] [:append :y 9]]
                10..21 n1 txn [[:append :x 2]]
                90..91 n1 txn [[:r :y [9]] [:r :x [1 2]]] final
                92..93 n2 txn [[:r :x [2 1]] [:r :y [9]]] final
                """.replace("10..21", "11..21"));
        assertThat(verdict.anomalies()).as(verdict.toString()).hasSize(1);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("NOT_CONVERGED");
        assertThat(verdict.anomalies().get(0).key()).isEqualTo(":x");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(2, 3);
    }

    @Test
    void listsThatAreEmptyInSpiteOfATransactionConvergedOnTheirBeginning() {
        Verdict verdict = eventual("""
                10..20 n1 txn [[:append :x 1] [:append :x 2]]
                90..91 n1 txn [[:r :x nil]] final
                92..93 n2 txn [[:r :x []]] final
                """);
        assertThat(verdict.anomalies()).as(verdict.toString()).hasSize(1);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo(
                        "all final reads returned nothing, the initial value, although session 0 appended 2 to :x at n1 (10 ms"
                                + " to 20 ms, acknowledged): session 1 read :x at n1 (90 ms to 91 ms), which returned nil");
    }

    @Test
    void twoAnswersOfOneTransactionDisagree() {
        Verdict verdict = eventual("""
                10..20 n1 txn [[:w :x 1]]
                30..40 n1 txn [[:w :x 2]]
                90..91 n1 txn [[:r :x 2] [:r :x 1]] final
                92..93 n2 txn [[:r :x 2]] final
                """);
        assertThat(verdict.anomalies()).as(verdict.toString()).hasSize(1);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo(
                        "two final reads disagree: session 2 read :x at n1 (90 ms to 91 ms), which returned 2, and session 2"
                                + " read :x at n1 (90 ms to 91 ms), which returned 1");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(2);
    }

    @Test
    void twoListsOfOneTransactionAreUndecided() {
        Verdict verdict = durability("""
                10..20 n1 txn [[:append :x 1]]
                90..91 n1 txn [[:r :x [1]] [:r :x []]] final
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow())
                .contains("is a list that one transaction read twice, with two answers");
    }

    @Test
    void siblingsBesideASnapshotAreUndecided() throws MalformedHistoryException {
        Verdict verdict = Durability.check(History.parse("""
                        {:process 0, :type :invoke, :f :write, :key "x", :value 1}
                        {:process 0, :type :ok, :f :write, :key "x", :value 1}
                        {:process 1, :type :invoke, :f :read, :key "x", :value nil}
                        {:process 1, :type :ok, :f :read, :key "x", :value 1, :siblings [1 nil]}
                        {:process 2, :type :invoke, :f :snapshot, :value ["x" "y"], :phase "final"}
                        {:process 2, :type :ok, :f :snapshot, :value {"x" 1, "y" nil}, :phase "final"}
                        """), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.UNKNOWN);
    }
}
