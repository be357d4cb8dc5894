package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.shrink.Shrinker;
import dev.umpire.harness.shrink.Shrunk;
import dev.umpire.harness.shrink.Size;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The anomaly of a defect with nothing around it.
 *
 * <p>One defect of each store is looked at, in what it breaks. {@code -Dumpire.only=SL,ML3} looks at all of some stores and at
 * single defects, {@code -Dumpire.only=} at all there are.
 */
class ShrinkTest {
    private static final SimulatedTarget TARGET = new SimulatedTarget();
    private static final String ONLY = System.getProperty("umpire.only", "SL8,PL1,ML3,LL2,LG4");
    private static final int MOST_OPERATIONS = 12;
    private static final int MOST_FAULTS = 2;
    private static final int MOST_SESSIONS = 4;

    @TempDir
    private Path folder;

    static Stream<Arguments> defects() {
        return Shrinking.defects(ONLY)
                .flatMap(defect -> defect.breaks().stream().map(guarantee -> Arguments.of(defect, guarantee)));
    }

    private Path ran(Plan plan, String name) throws Exception {
        Path run = Files.createDirectories(folder.resolve(name));
        Runner.run(plan, TARGET, RunListener.SILENT, run);
        return run;
    }

    @Test
    void theScheduleOfARunGivesItsHistoryAgain() throws Exception {
        Configuration configuration = Plans.configuration("sl-sync");
        Plan plan = Trials.of(TARGET, configuration, configuration.faults(), List.of(), 3);
        Path run = ran(plan, "drawn");
        Script script = ScriptFile.read(run.resolve(Runner.SCHEDULE));
        Path again = Files.createDirectories(folder.resolve("scripted"));
        Runner.run(plan, Optional.of(script), TARGET, RunListener.SILENT, again);
        assertThat(asked(again)).isEqualTo(asked(run));
    }

    /** What clients asked and heard, without the final reads. */
    private static List<String> asked(Path run) throws Exception {
        return Files.readAllLines(run.resolve("history.jsonl")).stream()
                .filter(line -> line.contains("\"session\"") && !line.contains("\"final\""))
                .map(line -> line.replaceFirst("\"index\":[0-9]+,", ""))
                .toList();
    }

    @Test
    void theSameRunIsShrunkToTheSame() throws Exception {
        Defect defect = Shrinking.defects("SL10").findFirst().orElseThrow();
        assertThat(Shrinking.of(defect, "durability")).isEqualTo(Shrinking.of(defect, "durability"));
    }

    @Test
    void whatKeepsTheGuaranteeIsNotShrunk() throws Exception {
        Configuration configuration = Plans.configuration("sl-leader");
        Plan plan = Trials.of(TARGET, configuration, configuration.faults(), List.of("durability"), 1);
        Script script = ScriptFile.read(ran(plan, "kept").resolve(Runner.SCHEDULE));
        assertThat(Shrinker.of(plan, script, "durability", TARGET, Runner::simulate, 100, (runs, smallest) -> {}))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} breaks {1}")
    @MethodSource("defects")
    void whatIsLeftIsSmallAndNothingOfItCanBeLeftOut(Defect defect, String guarantee) throws Exception {
        Shrunk shrunk = Shrinking.of(defect, guarantee);
        Size size = shrunk.size();
        assertThat(size.operations()).as("operations of %s", size).isLessThanOrEqualTo(MOST_OPERATIONS);
        assertThat(size.faults()).as("faults of %s", size).isLessThanOrEqualTo(MOST_FAULTS);
        assertThat(size.sessions()).as("sessions of %s", size).isLessThanOrEqualTo(MOST_SESSIONS);
        assertThat(shrunk.minimal()).isTrue();
        assertThat(shrunk.removals())
                .isEqualTo(size.operations() + size.faults() + size.sessions() + size.keys() + size.nodes());

        Script script = shrunk.script();
        Set<String> left = kinds(shrunk.plan(), script, guarantee);
        assertThat(left).as("what is left").isNotEmpty();
        for (Script.Ask ask : script.asks()) {
            assertThat(kinds(shrunk.plan(), new Script(others(script.asks(), ask), script.strikes()), guarantee))
                    .as("%s without %s", script, ask)
                    .doesNotContainAnyElementsOf(left);
        }
        for (Script.Strike strike : script.strikes()) {
            assertThat(kinds(shrunk.plan(), new Script(script.asks(), others(script.strikes(), strike)), guarantee))
                    .as("%s without %s", script, strike)
                    .doesNotContainAnyElementsOf(left);
        }
        for (int gone :
                script.asks().stream().map(Script.Ask::session).distinct().toList()) {
            assertThat(kinds(shrunk.plan(), ofOthers(script, gone), guarantee))
                    .as("%s without session %d", script, gone)
                    .doesNotContainAnyElementsOf(left);
        }
        assertThat(kinds(Shrinking.withoutDefect(shrunk.plan(), defect), script, guarantee))
                .as("%s without the defect", script)
                .isEmpty();
    }

    /** A poll of a session that never subscribed goes back like that of any that polls by itself: another story. */
    @Test
    void aSkippedMessageIsNotShrunkToAPollOfNoMember() throws Exception {
        Defect defect = Shrinking.defects("LG5").findFirst().orElseThrow();
        Configuration configuration = Plans.configuration(defect.configuration());
        Plan plan = Plans.ofLength(Trials.of(TARGET, configuration, defect, List.of("log-order"), 1), 1_000);
        Script script = ScriptFile.read(ran(plan, "long").resolve(Runner.SCHEDULE));

        Shrunk shrunk = Shrinker.of(plan, script, "log-order", TARGET, Runner::simulate, 3_000, (runs, smallest) -> {})
                .orElseThrow();

        assertThat(kinds(shrunk.plan(), shrunk.script(), "log-order")).contains("SKIPPED_MESSAGE");
        assertThat(kinds(Shrinking.withoutDefect(shrunk.plan(), defect), shrunk.script(), "log-order"))
                .isEmpty();
    }

    private static <T> List<T> others(List<T> all, T one) {
        List<T> others = new ArrayList<>(all);
        others.remove(one);
        return others;
    }

    private static Script ofOthers(Script script, int session) {
        return new Script(
                script.asks().stream().filter(ask -> ask.session() != session).toList(), script.strikes());
    }

    /** The kinds of anomalies by which a run breaks a guarantee; none: it keeps it. */
    private static Set<String> kinds(Plan plan, Script script, String guarantee) throws Exception {
        String name = Guarantee.named(guarantee).name();
        return Runner.simulate(plan, Optional.of(script), TARGET).judged().stream()
                .map(Judged::verdict)
                .filter(verdict -> verdict.guarantee().equals(name) && verdict.answer() == Answer.INVALID)
                .flatMap(verdict -> verdict.anomalies().stream())
                .map(Anomaly::kind)
                .collect(Collectors.toSet());
    }
}
