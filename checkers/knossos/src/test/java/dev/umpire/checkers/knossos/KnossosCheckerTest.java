package dev.umpire.checkers.knossos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.knossos.analysis.Algorithm;
import dev.umpire.checkers.model.Call;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.CheckerUnavailableException;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories go to Knossos and verdicts come back; what stands in for Knossos here is held to the real one elsewhere. */
class KnossosCheckerTest {
    private static final String STALE = """
            {:process 0, :type :invoke, :f :write, :value 1}
            {:process 0, :type :ok, :f :write, :value 1}
            {:process 1, :type :invoke, :f :read}
            {:process 1, :type :ok, :f :read, :value nil}
            """;

    private static final String FRESH = """
            {:process 0, :type :invoke, :f :write, :value 1}
            {:process 1, :type :invoke, :f :read}
            {:process 0, :type :ok, :f :write, :value 1}
            {:process 1, :type :ok, :f :read, :value 1}
            """;

    private static Verdict judge(KnossosOptions options, String text, CheckOptions told) {
        try (KnossosChecker knossos = KnossosChecker.open(options)) {
            return knossos.check(History.parse(text), told);
        } catch (CheckerUnavailableException | MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    private static Verdict judge(String text) {
        return judge(StandIn.inProcess(), text, CheckOptions.DEFAULT);
    }

    private static String written(String value) {
        return "{:process 0, :type :invoke, :f :write, :value " + value
                + "}\n{:process 0, :type :ok, :f :write, :value "
                + value + "}\n{:process 0, :type :invoke, :f :read}\n{:process 0, :type :ok, :f :read, :value " + value
                + "}\n";
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void anOrderThatWasFoundIsValid(Algorithm algorithm) {
        Verdict verdict = judge(StandIn.inProcess().with(algorithm), FRESH, CheckOptions.DEFAULT);

        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.guarantee()).isEqualTo("linearizable");
        assertThat(verdict.algorithm())
                .isEqualTo("model register: knossos " + algorithm.optionName() + " in this process");
        assertThat(verdict.obliged()).isOne();
        assertThat(verdict.examined()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aReadOfNilAfterAWriteIsAStaleReadAndNotOneOfUnknownResult(Algorithm algorithm) {
        Verdict verdict = judge(StandIn.inProcess().with(algorithm), STALE, CheckOptions.DEFAULT);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        Anomaly anomaly = verdict.anomalies().get(0);
        assertThat(anomaly.kind()).isEqualTo("NOT_LINEARIZABLE");
        assertThat(anomaly.operations()).containsExactly(0, 1);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "session 1 read (event 2 to event 3), which returned nil, and no order of the operations that"
                                + " keeps real time explains it; the nearest operations: session 0 wrote 1 (event 0 to event 1,"
                                + " acknowledged), before that");
        assertThat(anomaly.details())
                .contains("a way that ends: session 0 wrote the register=1 → #knossos.model.Register{:value 1},"
                        + " session 1 read the register → #knossos.model.Inconsistent{:msg \"1≠nil\"}");
    }

    @Test
    void aReadOfNilTellsNothingWhereTheOptionsSaySo() {
        Verdict verdict = judge(StandIn.inProcess(), STALE, CheckOptions.DEFAULT.with(NilReads.UNKNOWN));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).hasValue("vacuous: no operation had something to violate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1\"", ":word", "nil", "[1 nil]", "#{1 2}", "{:a 1}", "1.5", "true", ":umpire/nil"})
    void everyValueThatIsWrittenIsTheOneThatIsRead(String value) {
        assertThat(judge(written(value)).answer()).isEqualTo(Answer.VALID);
        String other = written(value).replaceFirst("(?s)(.*):value .*", "$1:value 77}\n");
        assertThat(judge(other).answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void anUnknownWriteMayTakeEffectLateAndItsValueIsThatOfItsInvocation() {
        Verdict verdict = judge("""
                {:process 0, :type :invoke, :f :write, :value 1}
                {:process 0, :type :info, :f :write, :value :timed-out}
                {:process 1, :type :invoke, :f :write, :value 2}
                {:process 1, :type :ok, :f :write, :value 2}
                {:process 1, :type :invoke, :f :read}
                {:process 1, :type :ok, :f :read, :value 1}
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aWriteThatNeverEndedKeepsItsNameInTheWaysThatEnd(Algorithm algorithm) {
        Verdict verdict = judge(StandIn.inProcess().with(algorithm), """
                {:process 0, :type :invoke, :f :write, :value 3}
                {:process 1, :type :invoke, :f :write, :value 4}
                {:process 2, :type :invoke, :f :read}
                {:process 2, :type :ok, :f :read, :value 7}
                """, CheckOptions.DEFAULT);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).details())
                .anyMatch(line -> line.startsWith("a way that ends: session 0 "))
                .anyMatch(line -> line.startsWith("a way that ends: session 1 "));
    }

    @Test
    void everyKeyIsAnalysedByItself() {
        Verdict verdict = judge("""
                {:process 0, :type :invoke, :f :write, :key "x", :value 1}
                {:process 0, :type :ok, :f :write, :key "x", :value 1}
                {:process 0, :type :invoke, :f :write, :key "y", :value 2}
                {:process 0, :type :ok, :f :write, :key "y", :value 2}
                {:process 1, :type :invoke, :f :read, :key "x"}
                {:process 1, :type :ok, :f :read, :key "x", :value 1}
                {:process 1, :type :invoke, :f :read, :key "y"}
                {:process 1, :type :ok, :f :read, :key "y", :value 1}
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalyCount()).isOne();
        assertThat(verdict.anomalies().get(0).key()).isEqualTo("y");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(1, 3);
    }

    @Test
    void theInitialValueIsTheOneOfTheHistory() throws Exception {
        try (KnossosChecker knossos = KnossosChecker.open(StandIn.inProcess())) {
            History history = History.parse(
                    "{:process 0, :type :invoke, :f :read}\n{:process 0, :type :ok, :f :read, :value 9}\n",
                    ReadOptions.DEFAULT.withInitial(Value.of(9)));

            assertThat(knossos.check(history, CheckOptions.DEFAULT).answer()).isEqualTo(Answer.VALID);
        }
    }

    @Test
    void aModelOfOursIsAModelOfKnossos() {
        String queue = """
                {:process 0, :type :invoke, :f :enqueue, :value 1}
                {:process 0, :type :ok, :f :enqueue, :value 1}
                {:process 0, :type :invoke, :f :enqueue, :value 2}
                {:process 0, :type :ok, :f :enqueue, :value 2}
                {:process 1, :type :invoke, :f :dequeue}
                {:process 1, :type :ok, :f :dequeue, :value 2}
                """;

        CheckOptions fifo = CheckOptions.DEFAULT.withModel("fifo-queue");
        assertThat(judge(StandIn.inProcess(), queue, fifo).answer()).isEqualTo(Answer.INVALID);
        assertThat(judge(StandIn.inProcess(), queue.replace(":dequeue, :value 2", ":dequeue, :value 1"), fifo)
                        .answer())
                .isEqualTo(Answer.VALID);
        assertThat(judge(StandIn.inProcess(), queue, CheckOptions.DEFAULT.withModel("unordered-queue"))
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    /** A register that falls over when it reads. */
    private static final class FailingModel implements Model<Integer> {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public boolean knows(String function) {
            return true;
        }

        @Override
        public Integer initial(Value declared) {
            return 0;
        }

        @Override
        public Optional<Integer> step(Integer state, Call call) {
            if (call.function().equals("read")) {
                throw new AssertionError("it fell over");
            }
            return Optional.of(state);
        }
    }

    @Test
    void aModelThatFailsIsNamed() throws Exception {
        try (KnossosChecker knossos = KnossosChecker.open(StandIn.inProcess())) {
            Verdict verdict = knossos.check(History.parse(FRESH), CheckOptions.DEFAULT, new FailingModel());

            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason()).hasValue("the object: the model failing failed: AssertionError: it fell over");
        }
    }

    @Test
    void aModelOfOnesOwnIsRefusedWhereAnotherProcessWouldHaveToKnowIt() throws Exception {
        try (KnossosChecker knossos = KnossosChecker.open(StandIn.ownProcess())) {
            assertThatThrownBy(() -> knossos.check(History.parse(FRESH), CheckOptions.DEFAULT, new FailingModel()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("model: found failing, which another process does not know");
        }
    }

    @Test
    void aFunctionThatTheModelDoesNotKnowIsUndecided() {
        Verdict verdict = judge(StandIn.inProcess(), FRESH, CheckOptions.DEFAULT.withModel(Models.MUTEX.name()));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow()).startsWith("the model mutex does not know the function write");
    }

    @Test
    void whateverIsThrownIsUndecidedWithItsText() {
        Verdict verdict = judge(written("\"throw\""));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .hasValue("the object: Knossos failed: AssertionError: Assert failed: the stand-in was asked to");
    }

    @Test
    void whatKnossosGivesUpOrSaysOddlyIsUndecided() {
        assertThat(judge(written("\"give up\"")).reason()).hasValue("the object: Knossos gave up: out of memory");
        assertThat(judge(written("\"no map\"")).reason())
                .hasValue("the object: Knossos ended with 42, expected a map with :valid?");
        assertThat(judge(written("\"no operation\"")).reason())
                .hasValue("the object: Knossos answered 'not linearizable' without naming an operation");
    }

    @Test
    void withoutKnossosTheMessageSaysWhereToGetIt() {
        assertThatThrownBy(() -> KnossosChecker.open(KnossosOptions.DEFAULT))
                .isInstanceOf(CheckerUnavailableException.class)
                .hasMessageStartingWith("--checker knossos: found no Knossos on the class path. Add it with --classpath"
                        + " JARS or in the variable UMPIRE_CLASSPATH.")
                .hasMessageContaining("from Clojars (https://repo.clojars.org): knossos:knossos:0.3.15 potemkin:")
                .hasMessageContaining("org.clojure:math.combinatorics:0.3.0")
                .hasMessageContaining("export UMPIRE_CLASSPATH=$(clojure -Spath -Sdeps '{:deps {knossos/knossos");
    }
}
