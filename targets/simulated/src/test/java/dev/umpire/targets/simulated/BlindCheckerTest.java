package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.DefectFinding;
import dev.umpire.harness.survey.DefectSurvey;
import dev.umpire.harness.survey.Seeds;
import dev.umpire.harness.target.Defect;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is asked of the catalogue fails for every checker in question when that checker looks away: a defect counts as found
 * by the verdict on the very guarantee that it is to break, and by no other sign.
 */
class BlindCheckerTest {
    private static final SimulatedTarget TARGET = new SimulatedTarget();
    private static final long SEEDS = 20;

    /** Every guarantee that some defect is to break. */
    static Stream<String> guaranteesInQuestion() {
        return TARGET.defects().stream()
                .flatMap(defect -> defect.breaks().stream())
                .map(name -> Guarantee.named(name).name())
                .distinct()
                .sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("guaranteesInQuestion")
    void aDefectIsNotFoundWhereTheCheckerInQuestionLooksAway(String guarantee) {
        Defect defect = breaking(guarantee);

        long seed = LongStream.rangeClosed(1, SEEDS)
                .filter(each -> found(survey(defect, each, Runner::simulate), guarantee))
                .findFirst()
                .orElseThrow();

        assertThat(found(
                        survey(defect, seed, (plan, target) -> lookingAway(Runner.simulate(plan, target), guarantee)),
                        guarantee))
                .as("%s, found with seed %d although nobody looked at %s", defect.id(), seed, guarantee)
                .isFalse();
    }

    private static DefectFinding survey(Defect defect, long seed, Seeds.Simulator simulator) {
        return DefectSurvey.of(TARGET, defect, new Seeds(seed, 1), simulator);
    }

    /** The defect that has the least beside this guarantee to break. */
    private static Defect breaking(String guarantee) {
        return TARGET.defects().stream()
                .filter(defect -> defect.breaks().stream()
                        .anyMatch(name -> Guarantee.named(name).name().equals(guarantee)))
                .min(Comparator.comparingInt(defect -> defect.breaks().size()))
                .orElseThrow();
    }

    private static boolean found(DefectFinding finding, String guarantee) {
        return finding.breaks().stream()
                .filter(one -> Guarantee.named(one.guarantee()).name().equals(guarantee))
                .anyMatch(one -> one.seed().isPresent());
    }

    private static Run lookingAway(Run run, String guarantee) {
        List<Judged> judged = run.judged().stream()
                .map(one -> one.verdict().guarantee().equals(guarantee)
                        ? new Judged(blind(one.verdict()), one.elapsedNanos(), one.weight())
                        : one)
                .toList();
        return new Run(
                run.plan(), run.history(), judged, run.failures(), run.missing(), run.troubles(), run.historyFile());
    }

    /** What a checker would say that had counted its operations and compared nothing. */
    private static Verdict blind(Verdict verdict) {
        return new Verdict(
                verdict.guarantee(),
                Answer.VALID,
                verdict.assumes(),
                verdict.algorithm(),
                Math.max(1, verdict.obliged()),
                verdict.examined(),
                Optional.empty(),
                0,
                List.of());
    }
}
