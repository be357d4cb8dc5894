package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a configuration promises it keeps while all its processes are stopped and started again, one after another.
 *
 * <p>{@code -Dumpire.seeds=n} tries n / 25 seeds.
 */
class RollingRestartTest {
    private static final long SEEDS = Math.max(2, Long.getLong("umpire.seeds", 200) / 25);
    private static final SimulatedTarget TARGET = new SimulatedTarget();

    static List<Configuration> configurations() {
        return TARGET.configurations();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void allMayBeRestartedUnderAnyOtherFault(Configuration configuration) throws RunException {
        Set<FaultKind> others = EnumSet.copyOf(configuration.faults());
        others.add(FaultKind.ROLLING_RESTART);
        long restarts = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            // alone every other time: beside others it is seldom its turn
            Set<FaultKind> faults = seed % 2 == 0 ? others : Set.of(FaultKind.ROLLING_RESTART);
            Plan plan = Trials.ofPromise(TARGET, configuration, faults, seed);
            Run run = Runner.simulate(plan, TARGET);
            assertThat(Judge.broken(run))
                    .as(
                            "%s, workload %s, with seed %d",
                            configuration.name(), plan.workload().name(), seed)
                    .isEmpty();
            assertThat(run.troubles())
                    .as("%s with seed %d", configuration.name(), seed)
                    .isEmpty();
            assertThat(run.missing())
                    .as("faults of %s with seed %d", configuration.name(), seed)
                    .noneMatch(sentence -> sentence.contains("never seen"));
            restarts += run.history().nemesisEvents().stream()
                    .filter(event -> event.function().equals("gone"))
                    .filter(event -> event.toString().contains("rolling-restart"))
                    .count();
        }
        assertThat(restarts).as("rolling restarts").isGreaterThanOrEqualTo(SEEDS / 2);
    }
}
