package dev.umpire.checkers.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.DeedHistory;
import dev.umpire.checkers.oracle.RandomDeeds;
import dev.umpire.checkers.oracle.RandomDeeds.Shape;
import dev.umpire.checkers.oracle.SessionsByDefinition;
import dev.umpire.checkers.oracle.SessionsByDefinition.Part;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every combination of the four session guarantees. */
class SessionGuaranteesTest {

    @Test
    void writesOfASessionThatAreNumberedBackwardsAreNotInItsOrder() throws MalformedHistoryException {
        Verdict verdict = Guarantee.MONOTONIC_WRITES.check(History.parse("""
                {:process 0, :type :invoke, :f :write, :key "x", :value 1, :node "n1"}
                {:process 0, :type :ok, :f :write, :key "x", :value 1, :node "n1", :version 8}
                {:process 0, :type :invoke, :f :write, :key "x", :value 2, :node "n2"}
                {:process 0, :type :ok, :f :write, :key "x", :value 2, :node "n2", :version 7}
                """));

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.obliged()).isEqualTo(1);
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1);
        assertThat(verdict.anomalies().get(0).sentence())
                .contains("and later the same session: session 0 wrote x=2 at n2");
    }

    @Test
    void aWriteThatIsOlderThanWhatItsSessionHadReadDoesNotFollowIt() throws MalformedHistoryException {
        Verdict verdict = Guarantee.WRITES_FOLLOW_READS.check(History.parse("""
                {:process 0, :type :invoke, :f :write, :key "x", :value 1}
                {:process 0, :type :ok, :f :write, :key "x", :value 1, :version 8}
                {:process 1, :type :invoke, :f :read, :key "x", :value nil}
                {:process 1, :type :ok, :f :read, :key "x", :value 1, :version 8}
                {:process 1, :type :invoke, :f :write, :key "x", :value 2}
                {:process 1, :type :ok, :f :write, :key "x", :value 2, :version 7}
                """));

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).operations()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void underAnInferredOrderNeitherCanFailByItself() throws MalformedHistoryException {
        History history = History.parse("""
                {:process 0, :type :invoke, :f :write, :key "x", :value 1}
                {:process 0, :type :ok, :f :write, :key "x", :value 1}
                {:process 0, :type :invoke, :f :read, :key "x", :value nil}
                {:process 0, :type :ok, :f :read, :key "x", :value 1}
                {:process 0, :type :invoke, :f :write, :key "x", :value 2}
                {:process 0, :type :ok, :f :write, :key "x", :value 2}
                """);

        for (Guarantee one : List.of(Guarantee.MONOTONIC_WRITES, Guarantee.WRITES_FOLLOW_READS)) {
            assertThat(one.check(history).answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(one.check(history).reason().orElseThrow())
                    .contains("under an inferred order, " + one.name() + " cannot fail without a cas");
        }
    }

    @Test
    void aCasThatLeavesAWriteNoPlaceIsNotPassedOverWhereNobodyElseIsObliged() throws MalformedHistoryException {
        History history = History.parse("""
                {:process 0, :type :invoke, :f :write, :key "a", :value 1}
                {:process 0, :type :ok, :f :write, :key "a", :value 1}
                {:process 0, :type :invoke, :f :read, :key "a", :value nil}
                {:process 0, :type :ok, :f :read, :key "a", :value 1}
                {:process 1, :type :invoke, :f :write, :key "b", :value 1}
                {:process 2, :type :invoke, :f :read, :key "b", :value nil}
                {:process 2, :type :ok, :f :read, :key "b", :value 1}
                {:process 2, :type :invoke, :f :cas, :key "b", :value [nil 2]}
                {:process 2, :type :ok, :f :cas, :key "b", :value [nil 2]}
                {:process 1, :type :ok, :f :write, :key "b", :value 1}
                """);

        assertThat(Guarantee.named("read-your-writes+writes-follow-reads")
                        .check(history)
                        .answer())
                .isEqualTo(Answer.INVALID);
        assertThat(Guarantee.WRITES_FOLLOW_READS.check(history).answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void aWriteOfUnknownOutcomeIsNotBound() throws MalformedHistoryException {
        History history = History.parse("""
                {:process 0, :type :invoke, :f :write, :key "x", :value 1}
                {:process 0, :type :ok, :f :write, :key "x", :value 1, :version 2}
                {:process 0, :type :invoke, :f :write, :key "x", :value 2}
                {:process 0, :type :info, :f :write, :key "x", :value 2}
                {:process 1, :type :invoke, :f :read, :key "x", :value nil}
                {:process 1, :type :ok, :f :read, :key "x", :value 2, :version 1}
                """);

        assertThat(Guarantee.MONOTONIC_WRITES.check(history).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void oneOrderForAllIsMoreThanOneForEach() throws MalformedHistoryException {
        // session 1 has 1 before 2 by its reads, session 2 by its writes 2 before 1
        History history = History.parse("""
                {:process 0, :type :invoke, :f :write, :key "x", :value 1}
                {:process 2, :type :invoke, :f :write, :key "x", :value 2}
                {:process 0, :type :info, :f :write, :key "x", :value 1}
                {:process 2, :type :ok, :f :write, :key "x", :value 2}
                {:process 2, :type :invoke, :f :read, :key "x", :value nil}
                {:process 2, :type :ok, :f :read, :key "x", :value 1}
                {:process 1, :type :invoke, :f :read, :key "x", :value nil}
                {:process 1, :type :ok, :f :read, :key "x", :value 1}
                {:process 1, :type :invoke, :f :read, :key "x", :value nil}
                {:process 1, :type :ok, :f :read, :key "x", :value 2}
                """);

        assertThat(Guarantee.READ_YOUR_WRITES.check(history).answer()).isEqualTo(Answer.VALID);
        assertThat(Guarantee.MONOTONIC_READS.check(history).answer()).isEqualTo(Answer.VALID);
        assertThat(Guarantee.named("read-your-writes+monotonic-reads")
                        .check(history)
                        .answer())
                .isEqualTo(Answer.INVALID);
    }

    @Test
    void ofOneKeyEveryCombinationIsJudgedAsByDefinition() {
        for (Shape shape : List.of(
                new Shape(9, 3, 1, 0, 1, true, true, false),
                new Shape(9, 3, 1, 0, 1, true, false, true),
                new Shape(9, 3, 1, 1, 1, true, true, false),
                new Shape(9, 3, 1, 1, 1, true, false, true),
                new Shape(9, 2, 1, 0, 2, false, false, true))) {
            new RandomDeeds().check(120, shape, SessionGuaranteesTest::agrees);
        }
    }

    private static boolean agrees(DeedHistory small) {
        History history = small.history();
        for (Set<Part> parts : Combinations.all()) {
            for (WriteOrder order : WriteOrder.values()) {
                if (Combinations.check(history, parts, order).answer()
                        != SessionsByDefinition.judge(small, parts, order)) {
                    return false;
                }
            }
        }
        return true;
    }
}
