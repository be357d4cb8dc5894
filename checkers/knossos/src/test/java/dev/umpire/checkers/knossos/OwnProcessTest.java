package dev.umpire.checkers.knossos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Knossos in a process of its own, which it may halt, fill and never give back. */
class OwnProcessTest {
    private static KnossosChecker knossos;

    @BeforeAll
    static void open() throws Exception {
        knossos = KnossosChecker.open(StandIn.ownProcess().withLimitMillis(3_000));
    }

    @AfterAll
    static void close() {
        knossos.close();
    }

    private static String key(String key, String written, String read) {
        return String.format("""
                {:process 0, :type :invoke, :f :write, :key "%1$s", :value %2$s}
                {:process 0, :type :ok, :f :write, :key "%1$s", :value %2$s}
                {:process 1, :type :invoke, :f :read, :key "%1$s"}
                {:process 1, :type :ok, :f :read, :key "%1$s", :value %3$s}
                """, key, written, read);
    }

    private static Verdict judge(String... keys) throws MalformedHistoryException {
        return knossos.check(History.parse(String.join("", keys)), CheckOptions.DEFAULT);
    }

    @Test
    void theVerdictIsTheOneThatAnInProcessAnalysisGives() throws Exception {
        String text = key("x", "1", "1") + key("y", "[1 nil]", "nil") + key("z", "\"line\\nbreak\"", "\"line\"");
        Verdict there = judge(text);
        try (KnossosChecker here = KnossosChecker.open(StandIn.inProcess())) {
            Verdict verdict = here.check(History.parse(text), CheckOptions.DEFAULT);

            assertThat(there.answer()).isEqualTo(Answer.INVALID);
            assertThat(there.anomalies()).hasSize(2).isEqualTo(verdict.anomalies());
            assertThat(there.algorithm()).isEqualTo("model register: knossos competition in a process of its own");
        }
    }

    @Test
    void independentKeysAreKeysThereToo() throws Exception {
        Verdict verdict = knossos.check(History.parse("""
                {:process 0, :type :invoke, :f :write, :value [1 5]}
                {:process 0, :type :ok, :f :write, :value [1 5]}
                {:process 1, :type :invoke, :f :read, :value [1 nil]}
                {:process 1, :type :ok, :f :read, :value [1 6]}
                """), CheckOptions.DEFAULT);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).key()).isEqualTo("1");
    }

    @Test
    void anObjectThatTakesTooLongIsUndecidedAndTheOthersAreJudged() throws Exception {
        Verdict verdict = judge(key("x", "\"sleep\"", "\"sleep\""), key("y", "1", "2"), key("z", "1", "1"));

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies()).hasSize(1);
        assertThat(verdict.reason())
                .hasValue("1 of 3 keys proved, 1 open: key x: Knossos gave no answer within 1500 ms");
    }

    @Test
    void aProcessThatHaltsCostsOnlyTheObjectThatItWasAbout() throws Exception {
        Verdict verdict = judge(key("x", "\"halt\"", "\"halt\""), key("y", "1", "1"));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .hasValue("1 of 2 keys proved, 1 open: key x: the process of Knossos ended with code 3");
    }

    @Test
    void aSearchThatGoesOnInSecretEndsWithItsProcess() throws Exception {
        assertThat(judge(key("x", "\"leak\"", "\"leak\""), key("y", "1", "1")).answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void whatIsThrownThereIsToldHere() throws Exception {
        assertThat(judge(key("x", "\"throw\"", "1")).reason())
                .hasValue("key x: Knossos failed: AssertionError: Assert failed: the stand-in was asked to");
    }

    @Test
    void whatDoesNotLoadIsTold() throws Exception {
        KnossosOptions broken = StandIn.ownProcess()
                .withClassPath(List.of(StandIn.folder().resolveSibling("broken").toString()));
        try (KnossosChecker checker = KnossosChecker.open(broken)) {
            Verdict verdict = checker.check(History.parse(key("x", "1", "1")), CheckOptions.DEFAULT);

            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElseThrow()).contains("Knossos cannot be loaded: ", "of a broken stand-in");
        }
    }
}
