package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.cli.Surroundings;
import dev.umpire.harness.cli.Umpire;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Runner;
import dev.umpire.targets.simulated.SimulatedTarget;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code umpire explore} as a user has it. */
class ExploreCommandTest {
    @TempDir
    Path folder;

    /** Reads at any follower break read-your-writes without the defect, too. */
    @Test
    void aDefectIsLookedForInWhatItIsToBreakAlone() throws Exception {
        UmpireProcess.Ended ended = UmpireHere.run(
                folder, "explore", "--defect", "SL7", "--go-on", "--runs", "2", "--ops", "200", "--json");

        JsonNode guarantees = JsonMapper.shared().readTree(ended.out()).get("guarantees");
        assertThat(guarantees.valueStream())
                .extracting(one -> one.get("guarantee").stringValue())
                .containsExactly("eventual");
    }

    @Test
    void theFirstRunThatBreaksAGuaranteeIsKeptWithItsVerdict() throws Exception {
        UmpireProcess.Ended ended = UmpireHere.run(folder, "explore", "--defect", "SL1", "--ops", "200", "--json");

        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        JsonNode first = JsonMapper.shared().readTree(ended.out()).get("first");
        assertThat(folder.resolve(first.get("folder").stringValue()).resolve("verdict.json"))
                .content()
                .contains(first.get("guarantee").stringValue());
    }

    /** Its plan has an option of the workload as that has it by default, and its configuration otherwise. */
    @Test
    void whatIsExploredIsToldFirstAndALineMakesAgainWhatWasFound() throws Exception {
        UmpireProcess.Ended ended = UmpireHere.run(folder, "explore", "--defect", "SL6", "--ops", "300", "--unsteered");

        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.out().lines().limit(5))
                .satisfiesExactly(
                        target -> assertThat(target)
                                .startsWith("target     simulated ")
                                .endsWith(" nodes"),
                        workload ->
                                assertThat(workload).startsWith("workload   ").contains(" sessions"),
                        nemesis -> assertThat(nemesis).startsWith("nemesis    crash, pause, "),
                        judged -> assertThat(judged).isEqualTo("judged     durability"),
                        blank -> assertThat(blank).isEmpty());
        Path found = folder.resolve("runs/latest").toRealPath();
        String again = ended.out()
                .lines()
                .filter(line -> line.startsWith("again      ./umpire run simulated --defect SL6 "))
                .findFirst()
                .orElseThrow();

        UmpireProcess.Ended repeated =
                UmpireHere.run(folder, again.substring(again.indexOf("run ")).split(" "));

        assertThat(repeated.code()).as(repeated.err()).isEqualTo(1);
        assertThat(folder.resolve("runs/latest").toRealPath()).isNotEqualTo(found);
        assertThat(folder.resolve("runs/latest/history.jsonl")).hasSameTextualContentAs(found.resolve("history.jsonl"));
    }

    @Test
    void asManyAnomaliesAreToldAsAreAskedFor() throws Exception {
        UmpireProcess.Ended ended =
                UmpireHere.run(folder, "explore", "--defect", "SL1", "-g", "read-your-writes", "--anomalies", "2");

        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.out())
                .containsOnlyOnce("read-your-writes, the shortest of")
                .containsOnlyOnce("read-your-writes, another");
    }

    @Test
    void whatNoRunCouldJudgeIsUndecided() throws Exception {
        UmpireProcess.Ended ended =
                UmpireHere.run(folder, "explore", "--guarantees", "bounded-staleness", "--runs", "2", "--ops", "20");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).contains("undecided  bounded-staleness in 2");
        assertThat(Files.exists(folder.resolve("runs"))).isFalse();
    }

    @Test
    void whatWasFoundIsToldAndKeptWhenTheProgramIsToldToEnd() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        AtomicInteger looks = new AtomicInteger();
        Surroundings interrupting = new Surroundings(
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        80),
                loader -> List.of(new SimulatedTarget()),
                (history, guarantees, options) -> Judgement.of(history, guarantees, options, () -> 0),
                Runner::run,
                Runner::simulate,
                () -> LocalDateTime.of(2026, 11, 23, 13, 31, 2),
                () -> {
                    // on the thread that explores, as Ctrl-C would
                    if (looks.incrementAndGet() == 10) {
                        Thread.currentThread().interrupt();
                    }
                    return 0;
                },
                folder,
                "");

        int code = Umpire.run(
                new String[] {"explore", "--defect", "SL1", "--go-on", "--runs", "100000", "--ops", "200"},
                interrupting);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .as(err.toString(StandardCharsets.UTF_8))
                .contains("ended before its time", "read-your-writes broken in", "shrink     ./umpire shrink runs/");
        assertThat(folder.resolve("runs/latest/history.jsonl")).isNotEmptyFile();
        assertThat(code).isEqualTo(1);
    }
}
