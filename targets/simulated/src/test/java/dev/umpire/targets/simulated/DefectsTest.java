package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every defect breaks what it names and nothing that it keeps; without it the same plans break nothing.
 *
 * <p>{@code -Dumpire.only=SL} looks at the defects alone whose names begin so.
 */
class DefectsTest {
    private static final int SEEDS = 20;
    private static final SimulatedTarget TARGET = new SimulatedTarget();
    private static final String ONLY = System.getProperty("umpire.only", "");

    static List<Defect> defects() {
        return new SimulatedTarget()
                .defects().stream().filter(each -> each.id().startsWith(ONLY)).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void aDefectIsFoundWithinAFewSeedsAndOnlyWithTheSwitchOn(Defect defect) throws RunException {
        Configuration configuration = Plans.configuration(defect.configuration());
        List<String> guarantees = Judge.names(Stream.of(defect.breaks(), defect.keeps(), configuration.promise())
                .flatMap(List::stream)
                .toList());
        Set<String> notYetBroken = new LinkedHashSet<>(defect.breaks());
        for (long seed = 1; seed <= SEEDS && !notYetBroken.isEmpty(); seed++) {
            Plan plan = Trials.of(TARGET, configuration, defect, guarantees, seed);
            Run run = Runner.simulate(plan, TARGET);
            assertThat(defect.keeps().stream().filter(name -> Judge.breaks(run, name)))
                    .as("what %s keeps, with seed %d", defect.id(), seed)
                    .isEmpty();
            if (notYetBroken.removeIf(name -> Judge.breaks(run, name))) {
                Plan correct =
                        Trials.withoutDefect(TARGET, configuration, defect, Judge.names(configuration.promise()), seed);
                assertThat(Judge.broken(Runner.simulate(correct, TARGET)))
                        .as("%s without %s, with seed %d", configuration.name(), defect.id(), seed)
                        .isEmpty();
            }
        }
        assertThat(notYetBroken)
                .as("what %s must break and did not in %d seeds", defect.id(), SEEDS)
                .isEmpty();
    }
}
