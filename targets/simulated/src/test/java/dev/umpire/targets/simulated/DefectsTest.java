package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import java.util.ArrayList;
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
    private static final int SEEDS = 12;
    private static final long OPERATIONS = 2_000;
    private static final String ONLY = System.getProperty("umpire.only", "");

    static List<Defect> defects() {
        return new SimulatedTarget()
                .defects().stream().filter(each -> each.id().startsWith(ONLY)).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void aDefectIsFoundWithinAFewSeedsAndOnlyWithTheSwitchOn(Defect defect) throws RunException {
        Configuration configuration = Plans.configuration(defect.configuration());
        List<String> guarantees = Judge.namesFor(Stream.of(defect.breaks(), defect.keeps(), configuration.promise())
                .flatMap(List::stream)
                .toList());
        Set<String> notYetBroken = new LinkedHashSet<>(withChecker(defect.breaks()));
        for (long seed = 1; seed <= SEEDS && !notYetBroken.isEmpty(); seed++) {
            Plan plan = Plans.trial(configuration, defect, true, guarantees, OPERATIONS, seed);
            Run run = Runner.simulate(plan, new SimulatedTarget());
            assertThat(withChecker(defect.keeps()).stream().filter(name -> Judge.breaks(run, name)))
                    .as("what %s keeps, with seed %d", defect.id(), seed)
                    .isEmpty();
            if (notYetBroken.removeIf(name -> Judge.breaks(run, name))) {
                Plan correct = Plans.trial(
                        configuration, defect, false, Judge.namesFor(configuration.promise()), OPERATIONS, seed);
                assertThat(Judge.broken(Runner.simulate(correct, new SimulatedTarget()), configuration.promise()))
                        .as("%s without %s, with seed %d", configuration.name(), defect.id(), seed)
                        .isEmpty();
            }
        }
        assertThat(notYetBroken)
                .as("what %s must break and did not in %d seeds", defect.id(), SEEDS)
                .isEmpty();
    }

    /** The names that a checker of these tests can judge. */
    private static List<String> withChecker(List<String> names) {
        List<String> judged = new ArrayList<>();
        for (String name : names) {
            if (name.equals("linearizable") || Judge.namesFor(List.of(name)).equals(List.of(name))) {
                judged.add(name);
            }
        }
        return judged;
    }
}
