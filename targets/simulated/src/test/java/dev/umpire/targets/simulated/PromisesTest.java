package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Configuration;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every correct configuration keeps its promise, whatever strikes.
 *
 * <p>{@code -Dumpire.seed=n} begins with another seed, {@code -Dumpire.seeds=n} tries more of them, and
 * {@code -Dumpire.only=sl-} looks at the configurations alone whose names begin so.
 */
class PromisesTest {
    private static final long FIRST_SEED = Long.getLong("umpire.seed", 1);
    private static final long SEEDS = Long.getLong("umpire.seeds", 50);
    private static final String ONLY = System.getProperty("umpire.only", "");

    private static final Set<String> READING = Set.of("read", "snapshot", "poll");

    static List<Configuration> configurations() {
        return new SimulatedTarget()
                .configurations().stream()
                        .filter(each -> each.name().startsWith(ONLY))
                        .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void noSeedBreaksWhatAConfigurationPromises(Configuration configuration) throws RunException {
        List<String> workloads = configuration.workloads();
        List<String> promise = Judge.names(configuration.promise());
        long acknowledged = 0;
        Map<String, Map<String, Integer>> held = new TreeMap<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            // every other seed of a workload has a network that loses, doubles and reorders
            boolean hostile = seed / workloads.size() % 2 == 1;
            Run run = keepsItsPromise(configuration, hostile ? HOSTILE : Map.of(), seed);
            String workload = run.plan().workload().name();
            acknowledged += acknowledgedChanges(run.history());
            for (Judged judged : run.judged()) {
                // integrity is judged beside, where it can be
                if (!promise.contains(judged.verdict().guarantee())) {
                    continue;
                }
                held.computeIfAbsent(judged.verdict().guarantee(), absent -> new TreeMap<>())
                        .merge(workload, judged.verdict().answer() == Answer.VALID ? 1 : 0, Integer::sum);
            }
        }
        // with several faults at once some runs show nothing: they must be few
        assertThat(acknowledged).as("acknowledged changes").isGreaterThan(20 * SEEDS);
        // not every workload shows every guarantee
        assertThat(held)
                .allSatisfy((guarantee, times) -> assertThat(2L * workloads.size() * Collections.max(times.values()))
                        .as("twice the seeds in which %s was seen to hold, of all workloads as of the best", guarantee)
                        .isGreaterThan(SEEDS));
    }

    private static final Map<String, String> HOSTILE =
            Map.of("loss-percent", "3", "duplication-percent", "3", "delivery", "any-order");

    private static Run keepsItsPromise(Configuration configuration, Map<String, String> network, long seed)
            throws RunException {
        Run run = Runner.simulate(Plans.promise(configuration, network, seed), new SimulatedTarget());
        assertThat(Judge.broken(run))
                .as(
                        "%s, workload %s, with seed %d (again: -Dumpire.seed=%d)",
                        configuration.name(), run.plan().workload().name(), seed, seed)
                .isEmpty();
        assertThat(run.missing())
                .as("faults of %s with seed %d", configuration.name(), seed)
                .noneMatch(sentence -> sentence.contains("never seen"));
        assertThat(run.troubles())
                .as("%s with seed %d", configuration.name(), seed)
                .isEmpty();
        return run;
    }

    private static long acknowledgedChanges(History history) {
        long count = 0;
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.outcome(operation) == Outcome.OK && !READING.contains(function(history, operation))) {
                count++;
            }
        }
        return count;
    }

    private static String function(History history, int operation) {
        return history.functionName(history.function(operation));
    }

    /** It waited for ever: the less advanced node refused the other, who did not know in which epoch to ask. */
    @Test
    void aNodeThatVotedInVainDoesNotKeepAMoreAdvancedOneFromLeading() throws RunException {
        Configuration semiSynchronous = Plans.configuration("sl-semisync");
        for (long seed : new long[] {91, 1981}) {
            keepsItsPromise(semiSynchronous, HOSTILE, seed);
        }
    }

    @Test
    void withoutFaultsEveryOperationSucceeds() throws RunException {
        for (Configuration configuration : configurations()) {
            for (int i = 0; i < configuration.workloads().size(); i++) {
                Run run = Runner.simulate(Plans.quiet(configuration, FIRST_SEED + i), new SimulatedTarget());
                for (int operation = 0; operation < run.history().size(); operation++) {
                    // of several who claim a name all but one are refused
                    if (!function(run.history(), operation).equals("claim")) {
                        assertThat(run.history().outcome(operation))
                                .as(
                                        "%s, workload %s, operation %d",
                                        configuration.name(),
                                        run.plan().workload().name(),
                                        operation)
                                .isEqualTo(Outcome.OK);
                    }
                }
            }
        }
    }
}
