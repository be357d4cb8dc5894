package dev.umpire.targets.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.report.WitnessLines;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.NemesisEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Whole runs on real stores. */
public final class TestRun {
    private static final Logger LOG = Logger.getLogger(TestRun.class.getName());
    private static final int MOST_RUNS = 3;

    private TestRun() {}

    /** Runs a plan in a new folder below this one. */
    public static Run run(PlanBuilder plan, Target target, Path folder) throws Exception {
        return Runner.run(plan.build(), target, RunListener.SILENT, Files.createTempDirectory(folder, "run"));
    }

    /**
     * Runs a plan and asserts what is found of each guarantee. Where a busy machine leaves the run undecided, or shows nothing
     * of what is to be broken, the plan is run again, three times in all; a guarantee that is to hold and is broken fails at once.
     *
     * @param expected the answer by the name of the guarantee; these are what the plan asks for
     */
    public static Run assertShows(Map<String, Answer> expected, PlanBuilder plan, Target target, Path folder)
            throws Exception {
        return assertShows(expected, Set.of(), plan, target, folder);
    }

    /**
     * As {@link #assertShows(Map, PlanBuilder, Target, Path)}.
     *
     * @param kinds of anomalies, each of which is to be among those that are listed
     */
    public static Run assertShows(
            Map<String, Answer> expected, Set<String> kinds, PlanBuilder plan, Target target, Path folder)
            throws Exception {
        plan.guarantees(expected.keySet().stream().sorted().toArray(String[]::new));
        Run run = run(plan, target, folder);
        for (int more = 1;
                more < MOST_RUNS && !shows(run, expected, kinds) && !breaksWhatIsToHold(run, expected);
                more++) {
            Run before = run;
            LOG.warning(() -> "run again, as it found " + answers(before) + ", expected " + expected + " by " + kinds
                    + ", missing " + before.missing() + ", troubles " + before.troubles());
            run = run(plan, target, folder);
        }
        assertThat(answers(run)).as(anomalies(run)).containsAllEntriesOf(expected);
        assertThat(kinds(run)).as(anomalies(run)).containsAll(kinds);
        assertThat(run.missing()).isEmpty();
        if (!expected.containsValue(Answer.INVALID)) {
            assertThat(run.troubles()).isEmpty();
        }
        assertThat(run.judged())
                .filteredOn(one -> one.verdict().answer() == Answer.INVALID)
                .allSatisfy(one -> assertThat(one.verdict().anomalies()).isNotEmpty());
        return run;
    }

    private static boolean shows(Run run, Map<String, Answer> expected, Set<String> kinds) {
        return run.missing().isEmpty()
                && kinds(run).containsAll(kinds)
                && (expected.containsValue(Answer.INVALID) || run.troubles().isEmpty())
                && answers(run).entrySet().containsAll(expected.entrySet());
    }

    private static Set<String> kinds(Run run) {
        return run.judged().stream()
                .flatMap(one -> one.verdict().anomalies().stream())
                .map(Anomaly::kind)
                .collect(Collectors.toSet());
    }

    private static boolean breaksWhatIsToHold(Run run, Map<String, Answer> expected) {
        Map<String, Answer> found = answers(run);
        return expected.entrySet().stream()
                .anyMatch(one -> one.getValue() == Answer.VALID && found.get(one.getKey()) == Answer.INVALID);
    }

    /** Asserts that faults of a run were seen in force, and were seen to be gone. */
    public static void assertFaultsCameAndWent(Run run) {
        assertThat(run.history().nemesisEvents())
                .extracting(NemesisEvent::function)
                .contains("confirm", "gone");
    }

    /** The shortest anomaly of each broken guarantee. */
    private static String anomalies(Run run) {
        WitnessLines words = WitnessLines.of(run.history());
        return run.judged().stream()
                .flatMap(one -> one.verdict().anomalies().stream().limit(1))
                .flatMap(anomaly -> words.of(anomaly).stream())
                .collect(Collectors.joining("\n"));
    }

    /** What was found of each guarantee, by its name. */
    public static Map<String, Answer> answers(Run run) {
        Map<String, Answer> answers = new TreeMap<>();
        run.judged()
                .forEach(one ->
                        answers.put(one.verdict().guarantee(), one.verdict().answer()));
        return answers;
    }
}
