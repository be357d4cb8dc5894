package dev.umpire.checkers.linearizable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.model.Call;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    /** Two keys; each operation of b can come first. */
    private static final String TWO_KEYS = """
            {"type":"invoke","process":0,"f":"add","key":"a","value":1}
            {"type":"ok","process":0,"f":"add","key":"a","value":1}
            {"type":"invoke","process":0,"f":"add","key":"b","value":1}
            {"type":"invoke","process":1,"f":"add","key":"b","value":2}
            {"type":"invoke","process":2,"f":"add","key":"b","value":3}
            {"type":"ok","process":0,"f":"add","key":"b","value":1}
            {"type":"ok","process":1,"f":"add","key":"b","value":2}
            {"type":"ok","process":2,"f":"add","key":"b","value":3}
            """;

    @Test
    void whatWasReachedIsToldWhenTheTimeIsOver() throws MalformedHistoryException {
        Watch watch = new Watch(3);

        Verdict verdict = check(TWO_KEYS, watch);

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains("the search was given up after 1 configuration (the time was over): 1 of 2 keys proved, open"
                        + " key b (2 of 3 operations placed)");
        assertThat(watch.told.get(watch.told.size() - 1).text())
                .isEqualTo("1 of 2 keys decided, 2 of 3 operations of the next placed");
    }

    @Test
    void noStepIsBegunWhenTheTimeIsOver() throws MalformedHistoryException {
        for (int steps = 0; steps <= 4; steps++) {
            Sum sum = new Sum();
            Watch watch = new Watch(steps);

            Verdict verdict = alone(History.parse(TWO_KEYS), watch, sum);

            assertThat(sum.steps).isEqualTo(steps);
            assertThat(verdict.answer()).isEqualTo(steps < 4 ? Answer.UNKNOWN : Answer.VALID);
        }
    }

    @Test
    void everyDeadlineThatLeavesEnoughTimeLeavesTheVerdict() throws MalformedHistoryException {
        assertThat(check(TWO_KEYS, new Watch(100))).isEqualTo(check(TWO_KEYS, Deadline.NONE));
    }

    @Test
    void aViolationThatWasFoundIsToldThoughNoTimeIsLeftToExplainIt() throws MalformedHistoryException {
        String history = """
                {"type":"invoke","process":0,"f":"add","value":1}
                {"type":"ok","process":0,"f":"add","value":1}
                {"type":"invoke","process":0,"f":"sum"}
                {"type":"ok","process":0,"f":"sum","value":5}
                """;

        Verdict verdict = check(history, new Watch(2));

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).operations()).endsWith(1);
    }

    private static Verdict check(String history, Deadline deadline) throws MalformedHistoryException {
        return alone(History.parse(history), deadline, new Sum());
    }

    /** One key after the other: what is counted here is counted in one order. */
    private static Verdict alone(History history, Deadline deadline, Sum sum) {
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            return pool.submit(() -> Linearizable.check(history, CheckOptions.DEFAULT.with(deadline), sum))
                    .join();
        } finally {
            pool.shutdown();
        }
    }

    /** Over after some steps of the model. */
    private static final class Watch implements Deadline {
        private final List<Reached> told = new ArrayList<>();
        private int left;

        Watch(int steps) {
            left = steps;
        }

        @Override
        public boolean isOver() {
            return left == 0 || --left < 0;
        }

        @Override
        public void reached(Reached reached) {
            told.add(reached);
        }
    }

    private static final class Sum implements Model<Long> {
        private int steps;

        @Override
        public String name() {
            return "sum";
        }

        @Override
        public boolean knows(String function) {
            return function.equals("add") || function.equals("sum");
        }

        @Override
        public Long initial(Value declared) {
            return 0L;
        }

        @Override
        public Optional<Long> step(Long state, Call call) {
            steps++;
            if (call.function().equals("sum")) {
                return call.result().equals(Value.of(state)) ? Optional.of(state) : Optional.empty();
            }
            return Optional.of(state + Long.parseLong(call.argument().toString()));
        }
    }
}
