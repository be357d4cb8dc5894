package dev.umpire.checkers.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.counter.Counter;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Final reads of replicas that were still catching up, as the recording says. */
class UnconvergedTest {
    private static final String LAST_SEEN = "the replicas did not agree within 1 ms: n2 is still catching up";
    private static final String UNCONVERGED =
            "{:process :nemesis, :type :info, :f :unconverged, :value {\"evidence\" \"" + LAST_SEEN + "\"}}\n";

    /** Judges these lines, each an operation: process, node, function, key, argument, outcome, result; {@code final} marks it. */
    private static Verdict check(
            BiFunction<History, CheckOptions, Verdict> checker, boolean converged, String operations) {
        StringBuilder events = new StringBuilder();
        boolean ended = false;
        for (String line : operations.strip().split("\n", -1)) {
            String[] words = line.strip().split(" +", -1);
            boolean last = words[words.length - 1].equals("final");
            if (last && !ended) {
                events.append(converged ? "" : UNCONVERGED);
                ended = true;
            }
            String head = "{:process " + words[0] + ", :node \"" + words[1] + "\", :f :" + words[2] + ", :key \""
                    + words[3] + "\"" + (last ? ", :phase \"final\"" : "") + ", :type ";
            events.append(head)
                    .append(":invoke, :value ")
                    .append(words[4].replace(',', ' '))
                    .append("}\n");
            events.append(head).append(':').append(words[5]).append(", :value ");
            events.append(words[6].replace(',', ' ')).append("}\n");
        }
        try {
            return checker.apply(History.parse(events.toString()), CheckOptions.DEFAULT);
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    /** Broken where the replicas had caught up, and undecided with the reason where they had not. */
    private static void assertRestsOnTheEnd(
            BiFunction<History, CheckOptions, Verdict> checker, String kind, String operations) {
        assertThat(check(checker, true, operations).anomalies())
                .extracting(Anomaly::kind)
                .contains(kind);
        Verdict undecided = check(checker, false, operations);
        assertThat(undecided.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(undecided.reason().orElseThrow()).contains(LAST_SEEN);
    }

    /** Broken in any case. */
    private static void assertRestsOnNoEnd(
            BiFunction<History, CheckOptions, Verdict> checker, String kind, String operations) {
        assertThat(check(checker, true, operations).anomalies())
                .extracting(Anomaly::kind)
                .contains(kind);
        assertThat(check(checker, false, operations).anomalies())
                .extracting(Anomaly::kind)
                .containsOnly(kind);
    }

    @Test
    void aReplicaThatIsBehindIsNotShownToStayBehind() {
        String behind = """
                0 n1 write x 7 ok 7
                1 n1 read x nil ok 7 final
                1 n2 read x nil ok nil final
                """;
        assertRestsOnTheEnd(Eventual::check, "NOT_CONVERGED", behind);
        assertRestsOnTheEnd(Durability::check, "LOST_WRITE", behind);
        assertRestsOnTheEnd(Eventual::check, "CONVERGED_ON_INITIAL", behind.replace("ok 7 final", "ok nil final"));
    }

    @Test
    void whatAgreesBeforeEverybodyHasCaughtUpIsNotShownToHoldEither() {
        String agreed = """
                0 n1 write x 7 ok 7
                1 n1 read x nil ok 7 final
                1 n2 read x nil ok 7 final
                """;
        assertThat(check(Eventual::check, true, agreed).answer()).isEqualTo(Answer.VALID);
        assertThat(check(Eventual::check, false, agreed).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(check(Durability::check, false, agreed).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whereAReplicaHasStoppedForGoodItsFinalReadIsTheEndAndTheReasonIsTold() throws MalformedHistoryException {
        String events = """
                {:process 0, :node "n1", :f :write, :key "x", :type :invoke, :value 7}
                {:process 0, :node "n1", :f :write, :key "x", :type :ok, :value 7}
                {:process :nemesis, :type :info, :f :stopped, :value {"evidence" "n2 applies nothing more"}}
                {:process 1, :node "n1", :f :read, :key "x", :phase "final", :type :invoke, :value nil}
                {:process 1, :node "n1", :f :read, :key "x", :phase "final", :type :ok, :value 7}
                {:process 1, :node "n2", :f :read, :key "x", :phase "final", :type :invoke, :value nil}
                {:process 1, :node "n2", :f :read, :key "x", :phase "final", :type :ok, :value nil}
                """;

        Verdict verdict = Eventual.check(History.parse(events), CheckOptions.DEFAULT);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies())
                .singleElement()
                .extracting(Anomaly::sentence)
                .asString()
                .startsWith("two final reads disagree: ")
                .endsWith("; n2 applies nothing more");
    }

    @Test
    void aFinalReadOfWhatNobodyWroteIsWrongHoweverFarItsReplicaIs() {
        assertRestsOnNoEnd(Eventual::check, "CONVERGED_ON_NOTHING_WRITTEN", """
                0 n1 write x 7 ok 7
                1 n1 read x nil ok 9 final
                1 n2 read x nil ok 9 final
                """);
    }

    @Test
    void twoCasThatReplacedTheSameValueAreWrongHoweverFarReplicasAre() {
        assertRestsOnNoEnd(Durability::check, "CONTRADICTORY_CAS", """
                0 n1 write x 7 ok 7
                1 n1 cas x [7,8] ok [7,8]
                2 n2 cas x [7,9] ok [7,9]
                3 n1 read x nil ok 8 final
                """);
    }

    @Test
    void elementsMayStillComeOrGoOrMove() {
        assertRestsOnTheEnd(Durability::check, "LOST_ELEMENT", """
                0 n1 add s 7 ok 7
                0 n1 add s 8 ok 8
                1 n2 read s nil ok #{7} final
                """);
        assertRestsOnTheEnd(Durability::check, "RESURRECTED_ELEMENT", """
                0 n1 add s 7 ok 7
                0 n1 add s 8 ok 8
                0 n1 remove s 7 ok 7
                1 n2 read s nil ok #{7,8} final
                """);
        assertRestsOnTheEnd(Durability::check, "REORDERED_ELEMENTS", """
                0 n1 append s 7 ok 7
                0 n1 append s 8 ok 8
                1 n2 read s nil ok [8,7] final
                """);
        assertRestsOnNoEnd(Durability::check, "PHANTOM_ELEMENT", """
                0 n1 add s 7 ok 7
                1 n2 read s nil ok #{7,9} final
                """);
    }

    @Test
    void aQueueThatLooksEmptyAndALogThatLooksEndedMayHaveMore() {
        assertRestsOnTheEnd(Durability::check, "LOST_ELEMENT", """
                0 n1 enqueue q 7 ok 7
                1 n2 dequeue q nil ok nil final
                """);
        assertRestsOnTheEnd(Durability::check, "LOST_ELEMENT", """
                0 n1 send p 7 ok [0,7]
                0 n1 send p 8 ok [1,8]
                1 n2 poll p nil ok [[0,7]] final
                """);
    }

    @Test
    void aMessageThatSomebodyPassedOverIsLostHoweverFarReplicasAre() {
        assertRestsOnNoEnd(Durability::check, "LOST_ELEMENT", """
                0 n1 send p 7 ok [0,7]
                0 n1 send p 8 ok [1,8]
                1 n2 poll p nil ok [[1,8]] final
                """);
    }

    @Test
    void aCounterMayStillBecomeASum() {
        assertRestsOnTheEnd(Counter::check, "COUNTER_NOT_A_SUM", """
                0 n1 increment c 1 ok 1
                1 n1 increment c 5 info 5
                2 n2 read c nil ok 3 final
                """);
        assertRestsOnNoEnd(Counter::check, "COUNTER_TOO_HIGH", """
                0 n1 increment c 1 ok 1
                2 n2 read c nil ok 3 final
                """);
    }
}
