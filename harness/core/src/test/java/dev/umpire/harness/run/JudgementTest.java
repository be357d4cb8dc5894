package dev.umpire.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {

    @Test
    void aFailureTellsGuaranteeAndCauseInOneSentence() {
        CheckerFailure failure = new CheckerFailure("durability", new IllegalStateException("two leaders"));

        assertThat(failure.sentence())
                .isEqualTo("the checker of durability failed: IllegalStateException: two leaders");
    }

    @Test
    void withoutVerdictsNothingIsDecided() {
        assertThat(new Judgement(List.of(), List.of()).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void integrityThatNobodyAskedForCountsOnlyWhereItIsBroken() throws MalformedHistoryException {
        History unjudgeable = History.parse("""
                {"type":"invoke","process":0,"f":"put","key":"a","value":"1"}
                {"type":"ok","process":0,"f":"put","key":"a","value":"1"}
                {"type":"invoke","process":0,"f":"append","key":"a","value":"2"}
                {"type":"ok","process":0,"f":"append","key":"a","value":"2"}
                {"type":"invoke","process":0,"f":"get","key":"a"}
                {"type":"ok","process":0,"f":"get","key":"a","value":"12"}
                """);
        History broken = History.parse("""
                {"type":"invoke","process":0,"f":"write","key":"a","value":1}
                {"type":"ok","process":0,"f":"write","key":"a","value":1}
                {"type":"invoke","process":1,"f":"read","key":"a"}
                {"type":"ok","process":1,"f":"read","key":"a","value":7}
                """);

        Judgement asked = judged(unjudgeable, Guarantee.LINEARIZABLE, Guarantee.INTEGRITY);
        assertThat(answers(asked)).containsExactly(Answer.VALID, Answer.UNKNOWN);
        assertThat(asked.answer()).isEqualTo(Answer.UNKNOWN);
        Judgement notAsked = judged(unjudgeable, Guarantee.LINEARIZABLE);
        assertThat(answers(notAsked)).containsExactly(Answer.VALID, Answer.UNKNOWN);
        assertThat(notAsked.answer()).isEqualTo(Answer.VALID);
        assertThat(judged(broken, Guarantee.READ_YOUR_WRITES).answer()).isEqualTo(Answer.INVALID);
    }

    private static Judgement judged(History history, Guarantee... guarantees) {
        return Judgement.of(history, List.of(guarantees), CheckOptions.DEFAULT, () -> 0);
    }

    private static List<Answer> answers(Judgement judgement) {
        return judgement.judged().stream().map(one -> one.verdict().answer()).toList();
    }
}
