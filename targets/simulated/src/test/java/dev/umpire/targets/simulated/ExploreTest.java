package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.explore.Exploration;
import dev.umpire.harness.explore.Explorer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExploreTest {
    private static final SimulatedTarget TARGET = new SimulatedTarget();

    private static Defect defect(String id) {
        return TARGET.defects().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Plan plan(String id, String guarantee) {
        Defect defect = defect(id);
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

    private static Plan anyFollower(String... guarantees) {
        return Trials.of(TARGET, Plans.configuration("sl-any"), List.of(), List.of(guarantees), 1);
    }

    @Test
    void aRunCountsForEachGuaranteeThatItBreaks() {
        List<Run> made = Collections.synchronizedList(new ArrayList<>());
        Explorer.Simulator noting = (plan, script, target, listener, logs) -> {
            Run run = Runner.simulate(plan, script, target, listener, logs);
            made.add(run);
            return run;
        };
        Plan plan = Trials.of(
                TARGET,
                Plans.configuration("sl-token"),
                defect("SL1"),
                List.of("read-your-writes", "monotonic-reads"),
                1);

        Exploration found = new Explorer(plan, TARGET, noting, false).explore(4, soFar -> false);

        assertThat(found.violations())
                .containsOnlyKeys("read-your-writes", "monotonic-reads")
                .allSatisfy((guarantee, runs) -> assertThat(made)
                        .filteredOn(run -> Judge.breaks(run, guarantee))
                        .hasSize(runs.intValue()));
        assertThat(found.leavesAnyUndecided()).isFalse();
    }

    @Test
    void whatNoRunCouldJudgeIsLeftUndecided() {
        Exploration found = new Explorer(anyFollower("bounded-staleness"), TARGET, Runner::simulate, false)
                .explore(3, soFar -> false);

        assertThat(found.violations()).isEqualTo(Map.of());
        assertThat(found.answers()).containsEntry("bounded-staleness", new Exploration.Answers(0, 0, 3));
        assertThat(found.leavesAnyUndecided()).isTrue();
    }

    @Test
    void aRunThatLacksEvidenceIsCounted() {
        Plan plan = anyFollower("durability");
        Explorer.Simulator lacking = (one, script, target, listener, logs) -> {
            Run run = Runner.simulate(one, script, target, listener, logs);
            List<String> missing = one.seed() == 2 ? List.of("no crash was injected") : List.of();
            return new Run(one, run.history(), run.judged(), missing, run.troubles(), run.historyFile());
        };

        Exploration found = new Explorer(plan, TARGET, lacking, false).explore(3, soFar -> false);

        assertThat(found.lacking()).isEqualTo(1);
        assertThat(found.firstLack()).hasValue("seed 2: no crash was injected");
    }

    @Test
    void aCheckerThatFailsEndsItWithTheSeed() {
        Explorer.Simulator failing = (one, script, target, listener, logs) -> {
            Run run = Runner.simulate(one, script, target, listener, logs);
            return new Run(
                    one,
                    run.history(),
                    run.judged(),
                    List.of(new CheckerFailure("durability", new IllegalStateException("no such read"))),
                    run.missing(),
                    run.troubles(),
                    run.historyFile());
        };
        Explorer explorer = new Explorer(anyFollower("durability"), TARGET, failing, false);

        assertThatThrownBy(() -> explorer.explore(3, soFar -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("seed 1")
                .hasMessageContaining("no such read");
    }
}
