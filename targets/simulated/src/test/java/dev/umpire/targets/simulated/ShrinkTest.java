package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.shrink.Shrinker;
import dev.umpire.harness.shrink.Shrunk;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The anomaly of a defect with nothing around it. {@code -Dumpire.only=SL} shrinks what defects whose names begin so break. */
class ShrinkTest {
    private static final SimulatedTarget TARGET = new SimulatedTarget();
    private static final String ONLY = System.getProperty("umpire.only", "SL4");
    private static final int MOST_SEEDS = 50;
    private static final int MOST_RUNS = 3_000;

    @TempDir
    private Path folder;

    static Stream<Defect> defects() {
        return TARGET.defects().stream().filter(each -> each.id().startsWith(ONLY));
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void nothingCanBeLeftOutOfWhatIsLeft(Defect defect) throws Exception {
        Configuration configuration = Plans.configuration(defect.configuration());
        for (String guarantee : defect.breaks()) {
            Shrunk shrunk = shrunk(configuration, defect, guarantee);
            assertThat(shrunk.minimal()).isTrue();
            for (Script.Ask ask : shrunk.script().asks()) {
                List<Script.Ask> others = new ArrayList<>(shrunk.script().asks());
                others.remove(ask);
                assertThat(breaks(shrunk, new Script(others, shrunk.script().strikes())))
                        .as("%s without %s", shrunk.script(), ask)
                        .isFalse();
            }
            for (Script.Strike strike : shrunk.script().strikes()) {
                List<Script.Strike> others = new ArrayList<>(shrunk.script().strikes());
                others.remove(strike);
                assertThat(breaks(shrunk, new Script(shrunk.script().asks(), others)))
                        .as("%s without %s", shrunk.script(), strike)
                        .isFalse();
            }
        }
    }

    private Shrunk shrunk(Configuration configuration, Defect defect, String guarantee) throws Exception {
        for (long seed = 1; seed <= MOST_SEEDS; seed++) {
            Plan plan = Trials.of(TARGET, configuration, defect, List.of(guarantee), seed);
            if (isBroken(Runner.simulate(plan, TARGET), guarantee)) {
                Path run = ran(plan, defect.id() + guarantee + seed);
                Script script = ScriptFile.read(run.resolve(Runner.SCHEDULE));
                Optional<Shrunk> shrunk = Shrinker.of(plan, script, guarantee, TARGET, Runner::simulate, MOST_RUNS);
                if (shrunk.isPresent()) {
                    return shrunk.get();
                }
            }
        }
        throw new AssertionError(defect.id() + " was not found to break " + guarantee);
    }

    private static boolean breaks(Shrunk shrunk, Script script) throws Exception {
        return isBroken(Runner.simulate(shrunk.plan(), Optional.of(script), TARGET), shrunk.guarantee());
    }

    private static boolean isBroken(Run run, String guarantee) {
        return run.judged().stream()
                .anyMatch(one -> one.verdict().guarantee().equals(guarantee)
                        && one.verdict().answer() == Answer.INVALID);
    }
}
