package dev.umpire.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.model.Call;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private static final String HISTORY = """
            {"type":"invoke","process":0,"f":"touch","key":"a","value":1}
            {"type":"ok","process":0,"f":"touch","key":"a","value":1}
            {"type":"invoke","process":0,"f":"touch","key":"b","value":1}
            {"type":"ok","process":0,"f":"touch","key":"b","value":1}
            {"type":"invoke","process":0,"f":"hang","key":"b","value":2}
            {"type":"ok","process":0,"f":"hang","key":"b","value":2}
            """;

    @Test
    void aModelThatHangsInAStepIsLeftWithWhatWasReached() throws Exception {
        Hanging model = new Hanging();
        Guarantee limited = TimeLimit.on(
                Guarantee.LINEARIZABLE.judgedBy((history, options) -> Linearizable.check(history, options, model)),
                // enough to come to the step that hangs, on a machine that is busy too
                Duration.ofSeconds(1));

        Verdict verdict = limited.check(History.parse(HISTORY));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains("the checker was left after the time limit of 1000 ms:"
                        + " 1 of 2 keys decided, 1 of 2 operations of the next placed");
        model.interrupted.await();
    }

    @Test
    void aCheckerThatAsksAnswersItselfWhenTheTimeIsOver() throws MalformedHistoryException {
        Guarantee asking = Guarantee.LINEARIZABLE.judgedBy((history, options) -> {
            while (!options.deadline().isOver()) {
                Thread.onSpinWait();
            }
            return Verdict.undecided("linearizable", "asked");
        });

        Verdict verdict = TimeLimit.on(asking, Duration.ofMillis(1)).check(History.parse(HISTORY));

        assertThat(verdict.reason()).contains("asked");
    }

    @Test
    void aVerdictInTimeIsTheOneWithoutALimit() throws MalformedHistoryException {
        History history = History.parse(HISTORY.replace("hang", "write").replace("touch", "write"));

        for (Guarantee guarantee : Guarantee.all()) {
            assertThat(TimeLimit.on(guarantee, Duration.ofHours(1)).check(history))
                    .isEqualTo(guarantee.check(history));
        }
    }

    @Test
    void whatACheckerThrowsIsThrown() throws MalformedHistoryException {
        Guarantee failing = Guarantee.LINEARIZABLE.judgedBy((history, options) -> {
            throw new IllegalStateException("two leaders");
        });
        History history = History.parse(HISTORY);

        assertThatThrownBy(() -> TimeLimit.on(failing, Duration.ofHours(1)).check(history, CheckOptions.DEFAULT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two leaders");
    }

    /** Of which one function never comes back. */
    private static final class Hanging implements Model<Boolean> {
        private final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public String name() {
            return "hanging";
        }

        @Override
        public boolean knows(String function) {
            return function.equals("touch") || function.equals("hang");
        }

        @Override
        public Boolean initial(Value declared) {
            return true;
        }

        @Override
        public Optional<Boolean> step(Boolean state, Call call) {
            if (call.function().equals("hang")) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException left) {
                    interrupted.countDown();
                    throw new IllegalStateException("was left", left);
                }
            }
            return Optional.of(state);
        }
    }
}
