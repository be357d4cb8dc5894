package dev.umpire.checkers.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.counter.Counter;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Recordings of sets and counters that others made. */
class RecordedElementsTest {

    private static History history(String name) throws IOException {
        Path file = Path.of(System.getProperty("umpire.shared.data", "absent"), "jepsen", name);
        Assumptions.assumeTrue(Files.isRegularFile(file), "the recorded histories are not here");
        return History.read(file);
    }

    @Test
    void aSetThatLostNothingIsValid() throws IOException {
        Verdict verdict = Durability.check(history("set.edn"), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.VALID);
    }

    @Test
    void aSetOfAKeyWhoseReadNamesNoKeyIsReadAsThatKey() throws IOException {
        Verdict verdict = Durability.check(history("set-full.edn"), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(293);
    }

    @Test
    void aCounterThatNobodyReadIsUndecided() throws IOException {
        Verdict verdict = Counter.check(history("counter.edn"), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.UNKNOWN);
    }
}
