package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLinesTest {
    private static final String CHECK = "./umpire check 'my runs/one'";
    private static final String REPLAY = "./umpire replay 'my runs/one' --out 'my runs'";
    private static final String SHRINK = "./umpire shrink 'my runs/one' --out 'my runs'";
    private static final String ANEW = "./umpire run simulated --seed 1 --out 'my runs'";

    private final Target target = new StoreInTests();
    private final Plan plan = PlanDefaults.of(target, Map.of());

    @TempDir
    Path runs;

    private static RunLines lines() {
        RunsFolder typed = new RunsFolder();
        typed.out = "my runs";
        return new RunLines(typed, new Targets());
    }

    private Path run() throws IOException {
        return Files.createDirectories(runs.resolve("one"));
    }

    private List<String> of(boolean repeatable, boolean broken, Plan planned, Optional<Target> known)
            throws IOException {
        return lines().of(run(), planned, repeatable, broken, known);
    }

    @Test
    void aRunIsJudgedReplayedMadeSmallerAndMadeAnewFromItsSeed() throws IOException {
        assertThat(of(true, true, plan, Optional.of(target))).containsExactly(CHECK, REPLAY, SHRINK, ANEW);
    }

    @Test
    void whatBreaksNothingIsNotMadeSmallerAndWhatWasRealIsNotReplayed() throws IOException {
        assertThat(of(true, false, plan, Optional.of(target))).containsExactly(CHECK, REPLAY, ANEW);
        assertThat(of(false, true, plan, Optional.of(target))).containsExactly(CHECK, ANEW);
    }

    @Test
    void aStoreOfOnesOwnIsFoundAgain() throws IOException {
        Targets targets = new Targets();
        targets.classPath.classpath = "my store.jar";

        assertThat(new RunLines(new RunsFolder(), targets).of(run(), plan, false, false, Optional.of(target)))
                .containsExactly(
                        "./umpire check runs/one", "./umpire run simulated --seed 1 --classpath 'my store.jar'");
    }

    @Test
    void aScheduleIsTakenFromTheFolderOfItsRun() throws IOException {
        Script.Strike crash = new Script.Strike(
                FaultKind.CRASH, new TreeSet<>(List.of(new Node("n2"))), new TreeSet<>(), "", 0, 0, 1, 2);
        Plan scheduled = plan.struckBy(List.of(crash));

        assertThat(of(false, false, scheduled, Optional.of(target)))
                .containsExactly(CHECK, "./umpire run simulated --seed 1 --schedule 'my runs/one' --out 'my runs'");
    }

    @Test
    void theSeedAloneDoesNotMakeARunOfAScriptAnew() throws IOException {
        assertThat(lines().again(run(), plan, target)).isEqualTo(ANEW);

        Files.writeString(run().resolve("script.jsonl"), "");

        assertThat(of(true, true, plan, Optional.of(target))).containsExactly(CHECK, REPLAY, SHRINK);
        assertThat(lines().again(run(), plan, target)).isEqualTo(REPLAY);
    }

    @Test
    void aStoreThatNobodyKnowsHereIsNotRunAndOneThatHasNoSuchSettingSaysSo() throws IOException {
        assertThat(of(false, false, plan, Optional.empty())).containsExactly(CHECK);
        assertThat(of(false, false, plan.withSetting("colour", "red"), Optional.of(target)))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("# cannot be run again here: ")
                .contains("colour");
    }
}
