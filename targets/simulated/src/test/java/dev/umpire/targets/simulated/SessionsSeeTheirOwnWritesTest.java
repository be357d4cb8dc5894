package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.plan.Load;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.Runner;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a user's own test looks like: a plan, a run, and an assertion about its history. */
class SessionsSeeTheirOwnWritesTest {

    @Test
    void aSessionThatSendsItsTokenSeesItsOwnWrites() throws Exception {
        Run run = Runner.simulate(plan(Map.of("configuration", "sl-token")), new SimulatedTarget());

        Verdict verdict = Guarantee.READ_YOUR_WRITES.check(run.history());

        assertThat(verdict.answer()).as("%s", verdict.anomalies()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isPositive();
        assertThat(run.missing()).isEmpty();
    }

    @Test
    void aSessionThatForgetsItsTokenIsCaughtReadingAnOlderValue() throws Exception {
        Run run = Runner.simulate(plan(Map.of("defect", "SL1")), new SimulatedTarget());

        Verdict verdict = Guarantee.READ_YOUR_WRITES.check(run.history());

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).sentence()).contains("session");
    }

    private static Plan plan(Map<String, String> settings) {
        return new Plan(
                Plan.VERSION,
                "simulated",
                3,
                settings,
                new Plan.WorkloadPlan("register", Map.of()),
                8,
                20,
                OptionalLong.of(2_000),
                OptionalLong.empty(),
                0,
                Load.CLOSED.label(),
                1_000,
                30_000,
                new Plan.NemesisPlan(List.of("partition"), 100, 500, 100, 500),
                List.of("read-your-writes"),
                "real-time",
                7,
                false);
    }
}
