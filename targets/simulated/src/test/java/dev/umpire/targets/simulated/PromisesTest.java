package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Configuration;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
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
    private static final long SEEDS = Long.getLong("umpire.seeds", 200);
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
    void noSeedBreaksWhatAConfigurationPromises(Configuration configuration) {
        // all that is promised is shown by some workload
        assertThat(configuration.workloads().stream().flatMap(workload -> configuration.promise(workload).stream()))
                .containsAll(configuration.promise());
        Queue<String> unseen = new ConcurrentLinkedQueue<>();
        long acknowledged = LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS)
                .parallel()
                .map(seed -> acknowledgedUnder(configuration, seed, unseen))
                .sum();
        // what a fault of a degree does is told from samples, which in some thousand runs mislead once
        assertThat(unseen)
                .as("faults of %s that were never seen", configuration.name())
                .hasSizeLessThanOrEqualTo((int) (SEEDS / 1_000));
        // with several faults at once some runs show nothing: they must be few
        assertThat(acknowledged).as("acknowledged changes").isGreaterThan(20 * SEEDS);
    }

    /**
     * Runs one seed, and counts the changes that the store acknowledged.
     *
     * @param unseen takes the faults that no probe saw
     */
    private static long acknowledgedUnder(Configuration configuration, long seed, Queue<String> unseen) {
        // every other seed of a workload has a network that loses, doubles and reorders
        boolean hostile = seed / configuration.workloads().size() % 2 == 1;
        try {
            Run run = keepsItsPromise(configuration, hostile ? HOSTILE : Map.of(), seed);
            assertThat(undecided(run))
                    .as(
                            "%s, workload %s, with seed %d (again: -Dumpire.seed=%d)",
                            configuration.name(), run.plan().workload().name(), seed, seed)
                    .isEmpty();
            run.missing().stream()
                    .filter(sentence -> sentence.contains("never seen"))
                    .forEach(sentence -> unseen.add("seed " + seed + ": " + sentence));
            return acknowledgedChanges(run.history());
        } catch (RunException e) {
            throw new AssertionError(configuration.name() + " with seed " + seed, e);
        }
    }

    /** What nobody can say whether it held: neither a checker that looked away nor a workload that shows nothing is a pass. */
    private static List<String> undecided(Run run) {
        return run.judged().stream()
                .filter(judged ->
                        run.plan().guarantees().contains(judged.verdict().guarantee()))
                .filter(judged -> judged.verdict().answer() == Answer.UNKNOWN)
                .map(judged -> judged.verdict().guarantee() + ": "
                        + judged.verdict().reason().orElse(""))
                .toList();
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
        assertThat(run.troubles())
                .as("%s with seed %d", configuration.name(), seed)
                .isEmpty();
        assertThat(run.missing())
                .as("%s with seed %d", configuration.name(), seed)
                .noneMatch(sentence -> sentence.contains("did not agree"));
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
