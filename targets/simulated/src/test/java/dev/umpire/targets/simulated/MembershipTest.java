package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.SettingsResolver;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a configuration promises it keeps while its members change: a lost node leaves, and a new one joins in its place on an
 * empty disk.
 *
 * <p>{@code -Dumpire.seeds=n} tries n / 10 seeds.
 */
class MembershipTest {
    private static final long SEEDS = Math.max(2, Long.getLong("umpire.seeds", 200) / 10);
    private static final SimulatedTarget TARGET = new SimulatedTarget();

    static List<Configuration> configurations() {
        return TARGET.configurations().stream()
                .filter(each -> TARGET.faults(
                                SettingsResolver.resolve(TARGET, Map.of(SettingsResolver.CONFIGURATION, each.name())))
                        .contains(FaultKind.MEMBERSHIP))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void membersMayChangeUnderAnyOtherFault(Configuration configuration) throws RunException {
        Set<FaultKind> others = EnumSet.copyOf(configuration.faults());
        others.add(FaultKind.MEMBERSHIP);
        int changes = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            // alone every other time: beside others it is seldom its turn
            Set<FaultKind> faults = seed % 2 == 0 ? others : Set.of(FaultKind.MEMBERSHIP);
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
            changes += (int) run.history().nemesisEvents().stream()
                    .filter(event -> event.toString().contains("membership"))
                    .count();
        }
        assertThat(changes).as("changes of the members").isGreaterThan((int) SEEDS);
    }
}
