package dev.umpire.checkers.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounterTest {

    private static Verdict check(String events) {
        return check(events, CheckOptions.DEFAULT);
    }

    private static Verdict check(String events, CheckOptions options) {
        try {
            return Counter.check(History.parse(events), options);
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    private static Anomaly only(Verdict verdict) {
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies()).hasSize(1);
        return verdict.anomalies().get(0);
    }

    @Test
    void aReadBelowWhatWasAcknowledgedBreaksIt() {
        Anomaly anomaly = only(check("""
                {:process 0, :type :invoke, :f :add, :value 2}
                {:process 0, :type :ok, :f :add, :value 2}
                {:process 0, :type :invoke, :f :add, :value 5}
                {:process 0, :type :ok, :f :add, :value 5}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value 4}
                """));
        assertThat(anomaly.kind()).isEqualTo("COUNTER_TOO_LOW");
        assertThat(anomaly.operations()).containsExactly(1, 2);
        assertThat(anomaly.sentence())
                .isEqualTo("session 1 read the counter (event 4 to event 5), which returned 4, but the counter was at"
                        + " least 7 then: 0 from the start, +7 by the gains that were acknowledged before it");
    }

    @Test
    void whereNobodyReadAnythingAnAddMayBeToASet() {
        assertThat(check("""
                {:process 0, :type :invoke, :f :add, :value 5}
                {:process 0, :type :ok, :f :add, :value 5}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value nil}
                """).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void lossesAndGainsAreToldApart() {
        Verdict verdict = check("""
                {"type":"invoke","process":1,"f":"increment","key":"c","value":1}
                {"type":"ok","process":1,"f":"increment","key":"c","value":1}
                {"type":"invoke","process":1,"f":"decrement","key":"c","value":2}
                {"type":"ok","process":1,"f":"decrement","key":"c","value":2}
                {"type":"invoke","process":2,"f":"read","key":"c"}
                {"type":"ok","process":2,"f":"read","key":"c","value":-3}
                {"type":"invoke","process":2,"f":"read","key":"c"}
                {"type":"ok","process":2,"f":"read","key":"c","value":2}
                """);
        assertThat(verdict.anomalies())
                .map(Anomaly::sentence)
                .containsExactlyInAnyOrder(
                        "session 2 read c (event 4 to event 5), which returned -3, but c was at least -1 then: 0 from the"
                                + " start, +1 by the gains that were acknowledged before it and -2 by the losses that can"
                                + " have taken effect before it ended",
                        "session 2 read c (event 6 to event 7), which returned 2, but c was at most -1 then: 0 from the"
                                + " start, -2 by the losses that were acknowledged before it and +1 by the gains that can"
                                + " have taken effect before it ended");
    }

    @Test
    void aReadAboveWhatCanHaveBeenCountedBreaksIt() {
        Anomaly anomaly = only(check("""
                {:process 0, :type :invoke, :f :add, :value 2}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value 3}
                {:process 0, :type :info, :f :add, :value 2}
                """));
        assertThat(anomaly.kind()).isEqualTo("COUNTER_TOO_HIGH");
        assertThat(anomaly.operations()).containsExactly(1);
        assertThat(anomaly.sentence())
                .isEqualTo("session 1 read the counter (event 1 to event 2), which returned 3, but the counter was at"
                        + " most 2 then: 0 from the start, +2 by the gains that can have taken effect before it"
                        + " ended");
    }

    @Test
    void anAcknowledgedDecrementBoundsFromAbove() {
        Anomaly anomaly = only(check("""
                {:process 0, :type :invoke, :f :increment, :value nil}
                {:process 0, :type :ok, :f :increment, :value nil}
                {:process 0, :type :invoke, :f :decrement, :value 3}
                {:process 0, :type :ok, :f :decrement, :value 3}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value -1}
                """));
        assertThat(anomaly.kind()).isEqualTo("COUNTER_TOO_HIGH");
        assertThat(anomaly.operations()).containsExactly(1, 2);
    }

    @Test
    void aFinalReadThatNoSubsetExplainsBreaksIt() {
        Anomaly anomaly = only(check("""
                {:process 0, :type :invoke, :f :add, :value 1}
                {:process 0, :type :ok, :f :add, :value 1}
                {:process 0, :type :invoke, :f :add, :value 4}
                {:process 0, :type :info, :f :add, :value 4}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value 3}
                """));
        assertThat(anomaly.kind()).isEqualTo("COUNTER_NOT_A_SUM");
        assertThat(anomaly.sentence())
                .isEqualTo("session 1 read the counter (event 4 to event 5), which returned 3, but the acknowledged"
                        + " changes make 1, and no choice among the 1 change of unknown outcome leads from there to what"
                        + " was read");
    }

    @Test
    void whatMayHaveBeenCountedMayBeRead() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :add, :value 1}
                {:process 2, :type :invoke, :f :add, :value 8}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value 9}
                {:process 0, :type :ok, :f :add, :value 1}
                {:process 3, :type :invoke, :f :add, :value 100}
                {:process 3, :type :fail, :f :add, :value 100}
                """);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(1);
    }

    @Test
    void aCounterThatNobodyReadSaysNothing() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :add, :value 1}
                {:process 0, :type :ok, :f :add, :value 1}
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).contains("no read of a counter: nothing could have been violated");
    }

    @Test
    void moreSumsThanTheBudgetAllowsLeaveTheKeyUndecided() {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            events.append("{:process ")
                    .append(i)
                    .append(", :type :invoke, :f :add, :value ")
                    .append(1 << i)
                    .append("}\n");
        }
        events.append(
                "{:process 20, :type :invoke, :f :read, :value nil}\n{:process 20, :type :ok, :f :read, :value 5}");
        assertThat(check(events.toString()).answer()).isEqualTo(Answer.VALID);
        Verdict verdict = check(events.toString(), CheckOptions.DEFAULT.withSearchBudget(100));
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow()).contains("the budget of 100 steps");
    }

    @Test
    void aSetIsNoCounter() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :add, :value 1}
                {:process 0, :type :ok, :f :add, :value 1}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value [1]}
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).contains("the set holds [1], which is no integer of 64 bits");
    }

    @Test
    void aNilReadIsZeroOrSaysNothingAsIsAsked() {
        String events = """
                {:process 0, :type :invoke, :f :increment, :value 1}
                {:process 0, :type :ok, :f :increment, :value 1}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value nil}
                """;
        assertThat(check(events).answer()).isEqualTo(Answer.INVALID);
        assertThat(check(events, CheckOptions.DEFAULT.with(NilReads.UNKNOWN)).answer())
                .isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void numbersBeyondSixtyFourBitsAreUndecided() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :add, :value 9223372036854775807}
                {:process 0, :type :ok, :f :add, :value 9223372036854775807}
                {:process 0, :type :invoke, :f :add, :value 9223372036854775807}
                {:process 0, :type :ok, :f :add, :value 9223372036854775807}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value 4}
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).contains("the counter holds numbers beyond 64 bits");
    }

    @Test
    void aKeyThatIsAlsoWrittenIsUndecidedAndTheFunctionIsNamed() {
        for (String other : List.of(
                "{:process 1, :type :invoke, :f :write, :key \"x\", :value 1}\n"
                        + "{:process 1, :type :ok, :f :write, :key \"x\", :value 1}",
                "{:process 1, :type :invoke, :f :txn, :value [[:w \"x\" 1]]}\n"
                        + "{:process 1, :type :ok, :f :txn, :value [[:w \"x\" 1]]}",
                "{:process 1, :type :invoke, :f :txn, :value [[:r \"x\" nil]]}\n"
                        + "{:process 1, :type :ok, :f :txn, :value [[:r \"x\" 1]]}")) {
            Verdict verdict = check("""
                    {:process 0, :type :invoke, :f :add, :key "x", :value 1}
                    {:process 0, :type :ok, :f :add, :key "x", :value 1}
                    {:process 2, :type :invoke, :f :read, :key "x", :value nil}
                    {:process 2, :type :ok, :f :read, :key "x", :value 0}
                    """ + other);
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason())
                    .contains("key x has operations " + (other.contains("txn") ? "txn" : "write")
                            + ", which this checker cannot judge");
        }
    }

    @Test
    void anotherFunctionThatFailedChangesNothing() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :add, :key "x", :value 1}
                {:process 0, :type :ok, :f :add, :key "x", :value 1}
                {:process 1, :type :invoke, :f :write, :key "x", :value 7}
                {:process 1, :type :fail, :f :write, :key "x", :value 7}
                {:process 2, :type :invoke, :f :read, :key "x", :value nil}
                {:process 2, :type :ok, :f :read, :key "x", :value 1}
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void anAmountThatIsNoIntegerLeavesTheKeyUndecided() {
        for (String amount : List.of("\"two\"", "9223372036854775808000")) {
            Verdict verdict = check("""
                    {:process 0, :type :invoke, :f :add, :key "x", :value AMOUNT}
                    {:process 0, :type :ok, :f :add, :key "x", :value AMOUNT}
                    {:process 1, :type :invoke, :f :read, :key "x", :value nil}
                    {:process 1, :type :ok, :f :read, :key "x", :value 1}
                    """.replace("AMOUNT", amount));
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason()).contains("key x is changed by what is no integer of 64 bits");
        }
    }

    @Test
    void itCountsFromTheInitialValue() {
        String events = """
                {"umpire":"history","version":1,"initial":40}
                {"type":"invoke","process":0,"f":"add","key":"x","value":2}
                {"type":"ok","process":0,"f":"add","key":"x","value":2}
                {"type":"invoke","process":1,"f":"read","key":"x"}
                {"type":"ok","process":1,"f":"read","key":"x","value":READ}
                """;
        assertThat(check(events.replace("READ", "42")).answer()).isEqualTo(Answer.VALID);
        assertThat(only(check(events.replace("READ", "41"))).sentence())
                .endsWith(
                        "but x was at least 42 then: 40 from the start, +2 by the gains that were acknowledged before it");
    }

    @Test
    void theVerdictSaysWhichReadsAreFinal() {
        String events = """
                {"type":"invoke","process":0,"f":"add","key":"x","value":2}
                {"type":"info","process":0,"f":"add","key":"x","value":2}
                {"type":"invoke","process":1,"f":"read","key":"x","node":"n1"FIRST}
                {"type":"ok","process":1,"f":"read","key":"x","value":1,"node":"n1"FIRST}
                {"type":"invoke","process":1,"f":"read","key":"x","node":"n1"SECOND}
                {"type":"ok","process":1,"f":"read","key":"x","value":2,"node":"n1"SECOND}
                """;
        // 1 is no sum, but only a final read must be one
        Verdict unmarked = check(events.replace("FIRST", "").replace("SECOND", ""));
        assertThat(unmarked.answer()).isEqualTo(Answer.VALID);
        assertThat(unmarked.algorithm())
                .isEqualTo("sums of changes at each read; last read of each node after all changes and faults as final"
                        + " reads");
        Verdict marked = check(events.replace("FIRST", "").replace("SECOND", ",\"phase\":\"final\""));
        assertThat(marked.answer()).isEqualTo(Answer.VALID);
        assertThat(marked.algorithm()).isEqualTo("sums of changes at each read; final reads as marked");
        assertThat(only(check(events.replace("FIRST", ",\"phase\":\"final\"").replace("SECOND", "")))
                        .kind())
                .isEqualTo("COUNTER_NOT_A_SUM");
    }

    @Test
    void aReadBeforeTheLastFaultIsNotFinal() {
        String fault = "{\"type\":\"info\",\"process\":\"nemesis\",\"f\":\"heal\"}\n";
        String events = """
                {"type":"invoke","process":0,"f":"add","key":"x","value":2}
                {"type":"info","process":0,"f":"add","key":"x","value":2}
                BEFORE{"type":"invoke","process":1,"f":"read","key":"x","node":"n1"}
                {"type":"ok","process":1,"f":"read","key":"x","value":1,"node":"n1"}
                AFTER""";
        assertThat(check(events.replace("BEFORE", "").replace("AFTER", fault)).answer())
                .isEqualTo(Answer.VALID);
        assertThat(check(events.replace("BEFORE", fault).replace("AFTER", "")).answer())
                .isEqualTo(Answer.INVALID);
    }

    @Test
    void ofFinalReadsThatOverlapEachIsJudgedByTheChangesBeforeItsEnd() {
        // the read that began last ended first, before the second change began
        Verdict verdict = check("""
                {"type":"invoke","process":0,"f":"add","key":"x","value":2}
                {"type":"invoke","process":1,"f":"read","key":"x","node":"n1","phase":"final"}
                {"type":"invoke","process":2,"f":"read","key":"x","node":"n2","phase":"final"}
                {"type":"ok","process":2,"f":"read","key":"x","value":1,"node":"n2","phase":"final"}
                {"type":"invoke","process":3,"f":"add","key":"x","value":1}
                {"type":"ok","process":1,"f":"read","key":"x","value":3,"node":"n1","phase":"final"}
                """);
        Anomaly anomaly = only(verdict);
        assertThat(anomaly.operations()).containsExactly(2);
        assertThat(anomaly.sentence()).contains("no choice among the 1 change of unknown outcome");
    }

    @Test
    void theWitnessIsTheLargestChangesAndTheLatestOfEqualOnesInTheirOrder() {
        Anomaly anomaly = only(check("""
                {:process 0, :type :invoke, :f :add, :value 4}
                {:process 0, :type :ok, :f :add, :value 4}
                {:process 0, :type :invoke, :f :add, :value 3}
                {:process 0, :type :ok, :f :add, :value 3}
                {:process 0, :type :invoke, :f :add, :value 3}
                {:process 0, :type :ok, :f :add, :value 3}
                {:process 0, :type :invoke, :f :add, :value 5}
                {:process 0, :type :ok, :f :add, :value 5}
                {:process 0, :type :invoke, :f :add, :value 1}
                {:process 0, :type :ok, :f :add, :value 1}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value 9}
                """));
        assertThat(anomaly.operations()).containsExactly(0, 2, 3, 5);
    }

    @Test
    void moreBrokenReadsThanAreComparedAreStillCounted() {
        StringBuilder events = new StringBuilder();
        events.append("{:process 0, :type :invoke, :f :add, :value 9}\n{:process 0, :type :ok, :f :add, :value 9}\n");
        for (int i = 0; i < 70; i++) {
            events.append("{:process 1, :type :invoke, :f :read, :value nil}\n")
                    .append("{:process 1, :type :ok, :f :read, :value 8}\n");
        }
        assertThat(check(events.toString()).anomalyCount()).isEqualTo(70);
        assertThat(check(events.toString(), CheckOptions.DEFAULT.withAnomalyLimit(66))
                        .anomalies())
                .hasSize(66);
    }

    @Test
    void theShortestBrokenReadIsToldFirst() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :add, :value 9}
                {:process 0, :type :ok, :f :add, :value 9}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 2, :type :invoke, :f :read, :value nil}
                {:process 2, :type :ok, :f :read, :value 8}
                {:process 1, :type :ok, :f :read, :value 8}
                """);
        assertThat(verdict.anomalies()).extracting(Anomaly::operations).containsExactly(List.of(0, 2), List.of(0, 1));
    }
}
