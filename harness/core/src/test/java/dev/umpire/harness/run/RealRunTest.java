package dev.umpire.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RealRunTest {

    private final TinyTarget target = new TinyTarget(false);

    @Test
    void theSameMachineryRunsInRealTime(@TempDir Path folder) throws Exception {
        Run run = Runner.run(
                RunnerTest.plan(800, Map.of("reads", "home"), "partition"), target, RunListener.SILENT, folder);

        assertThat(run.missing()).isEmpty();
        assertThat(run.troubles()).isEmpty();
        // on a busy machine a final read may time out and be asked again
        assertThat(operations(run.history(), false)).isEqualTo(800);
        assertThat(operations(run.history(), true)).isGreaterThanOrEqualTo(48);
        assertThat(run.history().nemesisEvents()).isNotEmpty();
    }

    @Test
    void whatStruckARealStoreStrikesItAgain(@TempDir Path folder, @TempDir Path other) throws Exception {
        Runner.run(RunnerTest.plan(800, Map.of("reads", "home"), "partition"), target, RunListener.SILENT, folder);
        Script strikes = ScriptFile.read(folder.resolve(Runner.STRIKES));
        assertThat(folder.resolve(Runner.SCHEDULE)).doesNotExist();
        assertThat(strikes.strikes()).isNotEmpty();

        Run again = Runner.run(
                RunnerTest.plan(800, Map.of("reads", "home")),
                Optional.of(strikes),
                new TinyTarget(false),
                RunListener.SILENT,
                other);

        List<Script.Strike> struckAgain =
                ScriptFile.read(other.resolve(Runner.STRIKES)).strikes();
        assertThat(struckAgain).isNotEmpty();
        assertThat(operations(again.history(), false)).isEqualTo(800);
        for (int i = 0; i < struckAgain.size(); i++) {
            Script.Strike first = strikes.strikes().get(i);
            assertThat(struckAgain.get(i).links()).isEqualTo(first.links());
            assertThat(struckAgain.get(i).fromNanos()).isGreaterThanOrEqualTo(first.fromNanos());
        }
    }

    @Test
    void anInterruptHealsStopsAndKeepsWhatWasRecorded(@TempDir Path folder) throws Exception {
        Thread loop = Thread.currentThread();
        RunListener interrupts = new RunListener() {
            @Override
            public void recorded(Event event) {
                if (event.function().filter("confirm"::equals).isPresent()) {
                    loop.interrupt();
                }
            }
        };

        assertThatThrownBy(() -> Runner.run(RunnerTest.plan(100_000, Map.of(), "pause"), target, interrupts, folder))
                .isInstanceOf(RunException.class)
                .hasMessage("the run was interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(target.levers.get(target.levers.size() - 1)).startsWith("resume");
        assertThat(target.stopped).isTrue();
        assertThat(History.read(folder.resolve("history.jsonl")).size()).isPositive();
    }

    @Test
    void whatAKilledRunLeftAndNobodyCouldUndoLeavesARealRunWithoutEvidence(@TempDir Path real, @TempDir Path simulated)
            throws Exception {
        Launcher.Undone undone =
                new Launcher.Undone(List.of("resumed n2"), List.of("could not undo what 1-1-0.json names: n1 is away"));
        Plan plan = RunnerTest.plan(20, Map.of());
        List<String> told = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void undone(String sentence) {
                told.add(sentence);
            }
        };

        Run run = Runner.run(PreparedRun.of(plan, target), undone, listener, real);

        assertThat(told).containsExactly("resumed n2", "could not undo what 1-1-0.json names: n1 is away");
        assertThat(run.missing())
                .containsExactly("what a killed run left may have been in force: could not undo what 1-1-0.json names:"
                        + " n1 is away");
        assertThat(run.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(Runner.run(PreparedRun.of(plan, new TinyTarget(true)), undone, listener, simulated)
                        .missing())
                .isEmpty();
    }

    private static long operations(History history, boolean isFinal) {
        return IntStream.range(0, history.size())
                .filter(operation -> history.isFinal(operation) == isFinal)
                .count();
    }
}
