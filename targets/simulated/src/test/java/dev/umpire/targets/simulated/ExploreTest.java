package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.explore.Exploration;
import dev.umpire.harness.explore.Explorer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExploreTest {
    private static final SimulatedTarget TARGET = new SimulatedTarget();

    private static Plan plan(String id, String guarantee) {
        Defect defect = TARGET.defects().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        Configuration configuration = Plans.configuration(defect.configuration());
        return Trials.of(TARGET, configuration, defect, List.of(guarantee), 1);
    }

    @Test
    void theFirstViolationEndsItAndItsRunBreaksTheGuaranteeAgain() throws Exception {
        Exploration found = new Explorer(plan("SL6", "durability"), TARGET, Runner::simulate, true)
                .explore(100, soFar -> soFar.first().isPresent());

        Exploration.Found first = found.first().orElseThrow();
        assertThat(first.number()).isEqualTo(found.runs());
        assertThat(Runner.simulate(first.plan(), first.script(), TARGET).judged())
                .anyMatch(one -> one.verdict().guarantee().equals("durability")
                        && one.verdict().answer() == Answer.INVALID);
    }

    @Test
    void anExplorationSaysTheSameTwice() {
        Plan plan = plan("SL6", "durability");
        Exploration once = new Explorer(plan, TARGET, Runner::simulate, true).explore(40, soFar -> false);
        assertThat(new Explorer(plan, TARGET, Runner::simulate, true).explore(40, soFar -> false))
                .isEqualTo(once);
        assertThat(once.runs()).isEqualTo(40);
    }

    @Test
    void whatVariesFaultsSeesNoMoreOfAStoreThatKeepsItsPromiseButNewStates() {
        Plan plan = Trials.of(
                TARGET,
                Plans.configuration("sl-sync"),
                Plans.configuration("sl-sync").faults(),
                List.of("durability", "linearizable"),
                1);
        List<Integer> states = new ArrayList<>();
        Exploration found = new Explorer(plan, TARGET, Runner::simulate, true).explore(40, soFar -> {
            states.add(soFar.states());
            return false;
        });
        assertThat(found.violations()).isEqualTo(Map.of());
        assertThat(states).isSorted();
        assertThat(found.states()).isGreaterThan(states.get(0));
    }
}
