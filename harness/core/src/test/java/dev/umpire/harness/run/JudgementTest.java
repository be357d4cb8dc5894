package dev.umpire.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import org.junit.jupiter.api.Test;

class JudgementTest {

    @Test
    void aFailureTellsGuaranteeAndCauseInOneSentence() {
        CheckerFailure failure = new CheckerFailure("durability", new IllegalStateException("two leaders"));

        assertThat(failure.sentence())
                .isEqualTo("the checker of durability failed: IllegalStateException: two leaders");
    }

    @Test
    void withoutVerdictsNothingIsBroken() {
        assertThat(new Judgement(java.util.List.of(), java.util.List.of()).answer())
                .isEqualTo(Answer.VALID);
    }
}
