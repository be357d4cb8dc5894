package dev.umpire.checkers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a recorder may hand over by mistake gets an answer that says what is wrong, from every checker. */
class OddHistoriesTest {

    static Stream<Guarantee> all() {
        return Guarantee.all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aFunctionThatNobodyKnowsIsNamed(Guarantee guarantee) throws MalformedHistoryException {
        Verdict verdict = guarantee.check(History.parse("""
                {:process 0, :type :invoke, :f :frobnicate, :key "x", :value 1}
                {:process 0, :type :ok, :f :frobnicate, :key "x", :value 1}
                {:process 0, :type :invoke, :f :read, :key "x", :value nil}
                {:process 0, :type :ok, :f :read, :key "x", :value 1}
                """));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).isPresent();
        if (!WITHOUT_REGISTERS.contains(guarantee.name())) {
            assertThat(verdict.reason().orElseThrow()).contains("frobnicate");
        }
    }

    /** They look for operations of their own and need not say what else there is; a bound is what staleness lacks first. */
    private static final Set<String> WITHOUT_REGISTERS =
            Set.of("counter", "uniqueness", "log-order", "conserved-total", "bounded-staleness");

    @Test
    void aModelNamesTheFunctionThatItDoesNotKnowAndTheModelsThatThereAre() throws MalformedHistoryException {
        History queue = History.parse("""
                {:process 0, :type :invoke, :f :enqueue, :value 1}
                {:process 0, :type :ok, :f :enqueue, :value 1}
                """);

        assertThat(Linearizable.check(queue, CheckOptions.DEFAULT, Models.REGISTER)
                        .reason())
                .contains("the model register does not know the function enqueue (event 0); the built-in models are "
                        + String.join(", ", Models.names()));
    }

    @Test
    void aHeapThatIsTooSmallLeavesTheGuaranteeUndecided() throws MalformedHistoryException {
        Guarantee greedy = Guarantee.CAUSAL.judgedBy((history, options) -> {
            throw new OutOfMemoryError("Java heap space");
        });

        Verdict verdict = greedy.check(History.parse("[]"));

        assertThat(verdict.guarantee()).isEqualTo("causal");
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow()).matches("the heap of at most [0-9,]+ MB is too small .*");
    }

    @ParameterizedTest
    @MethodSource("all")
    void aValueThatWasWrittenTwiceIsNoViolation(Guarantee guarantee) throws MalformedHistoryException {
        Verdict verdict = guarantee.check(History.parse("""
                {:process 0, :type :invoke, :f :write, :key "x", :value 1, :node "n1", :time 1}
                {:process 0, :type :ok, :f :write, :key "x", :value 1, :node "n1", :time 2}
                {:process 1, :type :invoke, :f :write, :key "x", :value 1, :node "n2", :time 3}
                {:process 1, :type :ok, :f :write, :key "x", :value 1, :node "n2", :time 4}
                {:process 0, :type :invoke, :f :read, :key "x", :value nil, :node "n1", :time 5}
                {:process 0, :type :ok, :f :read, :key "x", :value 1, :node "n1", :time 6}
                {:process 1, :type :invoke, :f :read, :key "x", :value nil, :node "n2", :time 7}
                {:process 1, :type :ok, :f :read, :key "x", :value 1, :node "n2", :time 8}
                {:process 1, :type :invoke, :f :read, :key "x", :value nil, :node "n2", :time 9}
                {:process 1, :type :ok, :f :read, :key "x", :value 1, :node "n2", :time 10}
                """));

        assertThat(verdict.answer()).isNotEqualTo(Answer.INVALID);
        if (AMBIGUOUS.contains(guarantee.name())) {
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElseThrow()).containsAnyOf("ambiguous", "written twice");
        }
    }

    /** They need to know which write a read returned. */
    private static final Set<String> AMBIGUOUS = Set.of(
            "read-your-writes",
            "monotonic-reads",
            "pram",
            "causal",
            "causal-memory",
            "causal-convergence",
            "consistent-prefix",
            "strict-consistent-prefix",
            "monotonic-prefix");

    @ParameterizedTest
    @MethodSource("all")
    void versionsThatContradictOneAnotherAreTheReportsFault(Guarantee guarantee) throws MalformedHistoryException {
        Verdict verdict = guarantee.check(History.parse("""
                {:process 0, :type :invoke, :f :write, :key "x", :value 1}
                {:process 0, :type :ok, :f :write, :key "x", :value 1, :version 5}
                {:process 0, :type :invoke, :f :write, :key "x", :value 2}
                {:process 0, :type :ok, :f :write, :key "x", :value 2, :version 6}
                {:process 0, :type :invoke, :f :read, :key "x", :value nil}
                {:process 0, :type :ok, :f :read, :key "x", :value 2, :version 5}
                {:process 0, :type :invoke, :f :read, :key "x", :value nil}
                {:process 0, :type :ok, :f :read, :key "x", :value 2, :version 6}
                """));

        if (guarantee == Guarantee.INTEGRITY) {
            assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
            assertThat(verdict.anomalies()).extracting(one -> one.kind()).contains("DIVERGENT_VERSION");
        } else {
            assertThat(verdict.answer()).isNotEqualTo(Answer.INVALID);
        }
        if (List.of("read-your-writes", "monotonic-reads").contains(guarantee.name())) {
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElseThrow()).contains("contradict one another");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void whereNoOutcomeIsKnownNothingIsJudged(Guarantee guarantee) throws MalformedHistoryException {
        StringBuilder events = new StringBuilder();
        for (int process = 0; process < 40; process++) {
            events.append("{:process ")
                    .append(process)
                    .append(", :type :invoke, :f ")
                    .append(process % 3 == 0 ? ":read" : ":write");
            events.append(", :key \"x\", :value ")
                    .append(process % 3 == 0 ? "nil" : process)
                    .append("}\n");
            if (process % 2 == 0) {
                events.append("{:process ").append(process).append(", :type :info, :f :read, :error :timeout}\n");
            }
        }

        Verdict verdict = guarantee.check(History.parse(events.toString()));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).isPresent();
        assertThat(verdict.obliged()).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    void equalTimesChangeNothing(Guarantee guarantee) throws MalformedHistoryException {
        String events = """
                {:process 0, :type :invoke, :f :write, :key "x", :value 1, :node "n1", :time TIME}
                {:process 0, :type :ok, :f :write, :key "x", :value 1, :node "n1", :time TIME}
                {:process 0, :type :invoke, :f :write, :key "x", :value 2, :node "n1", :time TIME}
                {:process 0, :type :ok, :f :write, :key "x", :value 2, :node "n1", :time TIME}
                {:process 0, :type :invoke, :f :read, :key "x", :value nil, :node "n1", :time TIME}
                {:process 0, :type :ok, :f :read, :key "x", :value 1, :node "n1", :time TIME}
                {:process 1, :type :invoke, :f :read, :key "x", :value nil, :node "n2", :time TIME}
                {:process 1, :type :ok, :f :read, :key "x", :value 2, :node "n2", :time TIME}
                """;
        StringBuilder distinct = new StringBuilder();
        int time = 0;
        for (String line : events.lines().toList()) {
            distinct.append(line.replace("TIME", String.valueOf(++time))).append('\n');
        }

        Verdict equal = guarantee.check(History.parse(events.replace("TIME", "7")));
        Verdict different = guarantee.check(History.parse(distinct.toString()));

        assertThat(equal.answer()).isEqualTo(different.answer());
        assertThat(equal.anomalyCount()).isEqualTo(different.anomalyCount());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aSessionThatNeverCompletesObligesNobody(Guarantee guarantee) throws MalformedHistoryException {
        String others = """
                {:process 1, :type :invoke, :f :write, :key "x", :value 1, :node "n1"}
                {:process 1, :type :ok, :f :write, :key "x", :value 1, :node "n1"}
                {:process 1, :type :invoke, :f :read, :key "x", :value nil, :node "n1"}
                {:process 1, :type :ok, :f :read, :key "x", :value 1, :node "n1"}
                {:process 2, :type :invoke, :f :read, :key "x", :value nil, :node "n2"}
                {:process 2, :type :ok, :f :read, :key "x", :value 1, :node "n2"}
                """;

        Verdict with = guarantee.check(
                History.parse("{:process 0, :type :invoke, :f :write, :key \"x\", :value 9}\n" + others));
        Verdict without = guarantee.check(History.parse(others));

        assertThat(with.answer()).isEqualTo(without.answer()).isNotEqualTo(Answer.INVALID);
        assertThat(with.obliged()).isEqualTo(without.obliged());
    }

    @Test
    void aSetThatHoldsElementsFromTheStartIsNotJudgedAsIfItWereEmpty() throws MalformedHistoryException {
        Verdict verdict = Guarantee.DURABILITY.check(History.parse("""
                {"umpire":"history","version":1,"initial":[7]}
                {"type":"invoke","process":0,"f":"add","key":"s","value":1,"node":"n1"}
                {"type":"ok","process":0,"f":"add","key":"s","value":1,"node":"n1"}
                {"type":"invoke","process":1,"f":"read","key":"s","node":"n1","phase":"final"}
                {"type":"ok","process":1,"f":"read","key":"s","value":[7,1],"node":"n1","phase":"final"}
                {"umpire":"end","events":4}
                """));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow()).contains("holds elements from the start");
    }
}
