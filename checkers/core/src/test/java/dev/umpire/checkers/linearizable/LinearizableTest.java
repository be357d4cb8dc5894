package dev.umpire.checkers.linearizable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearizableTest {

    @Test
    void aReadOfAnOverwrittenValueIsToldWithBothWrites() {
        Verdict verdict = check("""
                {:process 1 :type :invoke :f :write :key :x :value 7 :time 10000000}
                {:process 1 :type :ok     :f :write :key :x :value 7 :time 20000000}
                {:process 2 :type :invoke :f :write :key :x :value 8 :time 30000000}
                {:process 2 :type :ok     :f :write :key :x :value 8 :time 40000000}
                {:process 4 :type :invoke :f :read  :key :x :time 41000000}
                {:process 4 :type :ok     :f :read  :key :x :value 8 :time 44000000}
                {:process 3 :type :invoke :f :read  :key :x :time 50000000}
                {:process 3 :type :ok     :f :read  :key :x :value 7 :time 60000000}
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies())
                .containsExactly(new Anomaly(
                        "NOT_LINEARIZABLE",
                        ":x",
                        "session 3 read :x (50 ms to 60 ms), which returned 7, and no order of the operations that keeps"
                                + " real time explains it: session 1 wrote :x=7 (10 ms to 20 ms, acknowledged), 30 ms"
                                + " before that; session 2 wrote :x=8 (30 ms to 40 ms, acknowledged), 10 ms before that",
                        List.of(0, 1, 3)));
        assertThat(verdict.algorithm()).isEqualTo("model register: zones of 1 register");
        assertThat(verdict.obliged()).isEqualTo(2);
        assertThat(verdict.examined()).isEqualTo(4);
    }

    @Test
    void whatIsLeftOfALockIsWhetherItIsHeld() {
        String twice = """
                {:process 1 :type :invoke :f :acquire :value nil :time 1000000}
                {:process 1 :type :ok     :f :acquire :value nil :time 2000000}
                {:process 2 :type :invoke :f :acquire :value nil :time 3000000}
                {:process 2 :type :ok     :f :acquire :value nil :time 4000000}
                """;

        assertThat(check(twice).anomalies().get(0).details())
                .contains("left: held, after session 1 acquired the lock (1 ms to 2 ms, acknowledged)");
        assertThat(Linearizable.check(history(twice), CheckOptions.DEFAULT.withModel("owned-mutex"))
                        .anomalies()
                        .get(0)
                        .details())
                .contains("left: held by session 1, after session 1 acquired the lock (1 ms to 2 ms, acknowledged)");
    }

    @Test
    void whatIsLeftOfSeveralRegistersIsTheirValues() {
        Verdict verdict = check("""
                {:process 1 :type :invoke :f :txn :value [[:w :x 1] [:w :y 2]] :time 1000000}
                {:process 1 :type :ok     :f :txn :value [[:w :x 1] [:w :y 2]] :time 2000000}
                {:process 2 :type :invoke :f :txn :value [[:r :x nil]] :time 3000000}
                {:process 2 :type :ok     :f :txn :value [[:r :x nil]] :time 4000000}
                """);

        assertThat(verdict.anomalies().get(0).details())
                .anyMatch(detail -> detail.startsWith("left: :x=1, :y=2, all else nil, after session 1 "));
    }

    @Test
    void theLongestPrefixWithAnOrderIsToldAndWhatItLeaves() {
        Verdict verdict = check("""
                {:process 1 :type :invoke :f :write :value 1 :time 1000000}
                {:process 1 :type :ok     :f :write :value 1 :time 2000000}
                {:process 2 :type :invoke :f :cas :value [1 2] :time 3000000}
                {:process 3 :type :invoke :f :write :value 3 :time 4000000}
                {:process 1 :type :invoke :f :read :time 5000000}
                {:process 1 :type :ok     :f :read :value 5 :time 6000000}
                {:process 2 :type :ok     :f :cas :value [1 2] :time 7000000}
                {:process 3 :type :ok     :f :write :value 3 :time 8000000}
                {:process 4 :type :invoke :f :write :value 5 :time 9000000}
                {:process 4 :type :ok     :f :write :value 5 :time 9500000}
                """);

        assertThat(verdict.anomalies().get(0).details())
                .containsExactly(
                        "1 operation that completed before it can be put in order, without it",
                        "left: 1, after session 1 wrote 1 (1 ms to 2 ms, acknowledged)",
                        "left: 2, after session 2 changed the value from 1 to 2 (3 ms to 7 ms, acknowledged)",
                        "left: 3, after session 3 wrote 3 (4 ms to 8 ms, acknowledged)");
    }

    @Test
    void theFirstOperationWithoutAPlaceIsToldThoughLaterOnesHaveNoneEither() {
        Verdict verdict = check("""
                {:process 1 :type :invoke :f :write :value 1}
                {:process 1 :type :ok :f :write :value 1}
                {:process 2 :type :invoke :f :read}
                {:process 2 :type :ok :f :read :value nil}
                {:process 2 :type :invoke :f :read}
                {:process 2 :type :ok :f :read :value nil}
                """);

        assertThat(verdict.anomalyCount()).isEqualTo(1);
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1);
    }

    @Test
    void aWriteOfUnknownOutcomeMayBeSeenLateOrNever() {
        assertThat(check("""
                {:process 1 :type :invoke :f :write :value 1}
                {:process 1 :type :info :f :write :value 1}
                {:process 2 :type :invoke :f :read}
                {:process 2 :type :ok :f :read :value nil}
                {:process 2 :type :invoke :f :read}
                {:process 2 :type :ok :f :read :value 1}
                """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void aWriteOfUnknownOutcomeHappensOnlyOnce() {
        Verdict verdict = check("""
                {:process 1 :type :invoke :f :cas :value [nil 1]}
                {:process 1 :type :info :f :cas :value :timed-out}
                {:process 2 :type :invoke :f :read}
                {:process 2 :type :ok :f :read :value 1}
                {:process 2 :type :invoke :f :write :value 2}
                {:process 2 :type :ok :f :write :value 2}
                {:process 2 :type :invoke :f :read}
                {:process 2 :type :ok :f :read :value 1}
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo("session 2 read (event 6 to event 7), which returned 1, and no order of the operations that"
                        + " keeps real time explains it: session 1 changed the value from nil to 1 (from event 0,"
                        + " outcome unknown); session 2 wrote 2 (event 4 to event 5, acknowledged), before that");
    }

    @Test
    void aReadOfAValueThatNobodyWroteIsToldAsSuch() {
        assertThat(check("""
                {:process 1 :type :invoke :f :write :value 1}
                {:process 1 :type :fail :f :write :value 1}
                {:process 2 :type :invoke :f :read}
                {:process 2 :type :ok :f :read :value 1}
                """).anomalies().get(0).sentence())
                .isEqualTo("session 2 read (event 2 to event 3), which returned 1, but nobody had written 1 by then:"
                        + " session 1 wrote 1 (event 0 to event 1, failed)");
    }

    @Test
    void keysAreJudgedOneByOneUnlessASnapshotJoinsThem() {
        String writes = """
                {:process 1 :type :invoke :f :write :key :x :value 1}
                {:process 1 :type :ok :f :write :key :x :value 1}
                {:process 2 :type :invoke :f :write :key :y :value 1}
                {:process 2 :type :ok :f :write :key :y :value 1}
                """;
        String snapshot = """
                {:process 3 :type :invoke :f :snapshot :value [:x :y]}
                {:process 3 :type :ok :f :snapshot :value {:x %s :y 1}}
                """;

        assertThat(check(writes + snapshot.formatted("1")).answer()).isEqualTo(Answer.VALID);
        Verdict torn = check(writes + snapshot.formatted("nil"));
        assertThat(torn.answer()).isEqualTo(Answer.INVALID);
        assertThat(torn.algorithm()).isEqualTo("model multi-register: search over configurations of 1 object");
        assertThat(torn.anomalies().get(0).operations()).containsExactly(0, 1, 2);
    }

    @Test
    void aSpentBudgetIsUndecidedAndSaysHowFarItCame() {
        Verdict verdict = Linearizable.check(history("""
                        {:process 1 :type :invoke :f :write :key :x :value 1}
                        {:process 2 :type :invoke :f :write :key :x :value 2}
                        {:process 3 :type :invoke :f :cas   :key :x :value [1 2]}
                        {:process 1 :type :ok :f :write :key :x :value 1}
                        {:process 2 :type :ok :f :write :key :x :value 2}
                        {:process 3 :type :ok :f :cas :key :x :value [1 2]}
                        {:process 3 :type :invoke :f :read :key :x}
                        {:process 3 :type :ok :f :read :key :x :value 3}
                        {:process 4 :type :invoke :f :read :key :y}
                        {:process 4 :type :ok :f :read :key :y :value nil}
                        """), new CheckOptions(WriteOrder.REAL_TIME, 1, 1));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow())
                .startsWith("the search was given up after 1 configuration (the bound is 1 and a quarter of the heap):"
                        + " 1 of 2 keys proved, open key :x (")
                .endsWith("of 4 operations placed)");
    }

    @Test
    void aFunctionThatTheModelDoesNotKnowIsUndecided() {
        Verdict verdict = check("""
                {:process 1 :type :invoke :f :frob :value 1}
                {:process 1 :type :ok :f :frob :value 1}
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow())
                .startsWith("the model register does not know the function frob (event 0); the built-in models are ");
    }

    @Test
    void nothingToViolateIsUndecided() {
        Verdict verdict = check("""
                {:process 1 :type :invoke :f :write :value 1}
                {:process 1 :type :ok :f :write :value 1}
                {:process 1 :type :invoke :f :read}
                {:process 1 :type :info :f :read}
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).contains("vacuous: no operation had something to violate");
    }

    @Test
    void failedCompareAndSetsAreDroppedAndCounted() {
        Verdict verdict = check("""
                {:process 1 :type :invoke :f :cas :value [nil 1]}
                {:process 1 :type :fail :f :cas :value [nil 1]}
                {:process 1 :type :invoke :f :read}
                {:process 1 :type :ok :f :read :value nil}
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.reason()).contains("1 failed cas was dropped, not taken as observations of another value");
    }

    @Test
    void aModelThatDoesNotExistIsRefusedWithThoseThatDo() {
        assertThatThrownBy(() -> Linearizable.check(history(""), CheckOptions.DEFAULT, "regster"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("model: found regster, expected one of register, cas-register, ");
    }

    private static Verdict check(String events) {
        return Linearizable.check(history(events), CheckOptions.DEFAULT);
    }

    private static History history(String events) {
        String text = events.isEmpty() ? "[]" : events;
        try {
            return HistoryFiles.read(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test", ReadOptions.DEFAULT);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
