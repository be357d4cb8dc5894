package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left out where no guarantee is named is what no run of that configuration could have decided, and nothing else. */
class UsualRunTest {
    private static final String PREFIX = "consistent-prefix";
    private static final SimulatedTarget TARGET = new SimulatedTarget();

    static Stream<Arguments> workloads() {
        return TARGET.configurations().stream()
                .flatMap(each -> each.workloads().stream().map(workload -> Arguments.of(each.name(), workload)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("workloads")
    void consistentPrefixIsNotAskedExactlyWhereNothingCouldBreakIt(String configuration, String workload)
            throws RunException {
        PlanBuilder plan = PlanBuilder.of(TARGET, Map.of(SettingsResolver.CONFIGURATION, configuration))
                .workload(workload, Map.of())
                .operations(300);
        Plan usual = plan.build();
        Run run = Runner.simulate(plan.guarantees(PREFIX).build(), TARGET);

        assertThat(ordered(run.history())).as("a version or a position is told").isFalse();
        boolean shown = run.judged().get(0).verdict().obliged() > 0;
        List<String> notAsked = Runner.simulate(usual, TARGET).notAsked();
        if (!notAsked.isEmpty()) {
            assertThat(shown).as("operations that could have broken it").isFalse();
            assertThat(usual.guarantees()).doesNotContain(PREFIX);
            assertThat(notAsked.get(0)).startsWith(PREFIX + ", as nothing that " + workload + " asks");
        } else if (usual.guarantees().contains(PREFIX)) {
            assertThat(shown).as("operations that could have broken it").isTrue();
        }
    }

    private static boolean ordered(History history) {
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.version(operation) != History.ABSENT || history.position(operation) != History.ABSENT) {
                return true;
            }
        }
        return false;
    }
}
