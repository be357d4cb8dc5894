package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every correct configuration keeps its promise, whatever strikes.
 *
 * <p>{@code -Dumpire.seed=n} begins with another seed and {@code -Dumpire.seeds=n} tries more of them.
 */
class PromisesTest {
    private static final long FIRST_SEED = Long.getLong("umpire.seed", 1);
    private static final long SEEDS = Long.getLong("umpire.seeds", 50);

    static List<Configuration> configurations() {
        return new SimulatedTarget().configurations();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void noSeedBreaksWhatAConfigurationPromises(Configuration configuration) throws RunException {
        long acknowledged = 0;
        Map<String, Integer> held = new TreeMap<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            // every other seed has a network that loses, doubles and reorders
            Run run = keepsItsPromise(configuration, seed % 2 == 0 ? Map.of() : HOSTILE, seed);
            acknowledged += acknowledgedWrites(run.history());
            for (Judged judged : run.judged()) {
                held.merge(
                        judged.verdict().guarantee(), judged.verdict().answer() == Answer.VALID ? 1 : 0, Integer::sum);
            }
        }
        // with several faults at once some runs show nothing: they must be few
        assertThat(acknowledged).as("acknowledged writes").isGreaterThan(20 * SEEDS);
        assertThat(held)
                .allSatisfy((guarantee, times) -> assertThat(2L * times)
                        .as("twice the seeds in which %s was seen to hold", guarantee)
                        .isGreaterThan(SEEDS));
    }

    private static final Map<String, String> HOSTILE =
            Map.of("loss-percent", "3", "duplication-percent", "3", "delivery", "any-order");

    private static Run keepsItsPromise(Configuration configuration, Map<String, String> network, long seed)
            throws RunException {
        Map<String, String> settings = new HashMap<>(network);
        settings.put("configuration", configuration.name());
        List<String> nemesis = configuration.faults().stream()
                .map(FaultKind::optionName)
                .sorted()
                .toList();
        Plan plan = Plans.plan(settings, nemesis, Judge.namesFor(configuration.promise()), seed);
        Run run = Runner.simulate(plan, new SimulatedTarget());
        assertThat(Judge.broken(run, configuration.promise()))
                .as("%s with seed %d (again: -Dumpire.seed=%d)", configuration.name(), seed, seed)
                .isEmpty();
        assertThat(run.missing())
                .as("faults of %s with seed %d", configuration.name(), seed)
                .noneMatch(sentence -> sentence.contains("never seen"));
        assertThat(run.troubles())
                .as("%s with seed %d", configuration.name(), seed)
                .isEmpty();
        return run;
    }

    private static long acknowledgedWrites(History history) {
        long count = 0;
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.outcome(operation) == Outcome.OK && history.writeCount(operation) > 0) {
                count++;
            }
        }
        return count;
    }

    /** It waited for ever: the less advanced node refused the other, who did not know in which epoch to ask. */
    @Test
    void aNodeThatVotedInVainDoesNotKeepAMoreAdvancedOneFromLeading() throws RunException {
        Configuration semiSynchronous = configurations().stream()
                .filter(each -> each.name().equals("sl-semisync"))
                .findFirst()
                .orElseThrow();
        for (long seed : new long[] {91, 1981}) {
            keepsItsPromise(semiSynchronous, HOSTILE, seed);
        }
    }

    @Test
    void withoutFaultsEveryOperationSucceeds() throws RunException {
        for (Configuration configuration : configurations()) {
            Run run = Runner.simulate(
                    Plans.plan(Map.of("configuration", configuration.name()), List.of(), List.of(), FIRST_SEED),
                    new SimulatedTarget());
            for (int operation = 0; operation < run.history().size(); operation++) {
                assertThat(run.history().outcome(operation))
                        .as("%s, operation %d", configuration.name(), operation)
                        .isEqualTo(Outcome.OK);
            }
        }
    }
}
