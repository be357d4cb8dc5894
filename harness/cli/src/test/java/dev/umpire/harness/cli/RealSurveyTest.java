package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.report.DatasheetTable;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code umpire survey} of a store in real time, whose runs are told here and not carried out. */
class RealSurveyTest {
    private static final String STALE = """
            {:type :invoke, :process 0, :f :write, :key "x", :value 1, :node "n1", :time 1000000}
            {:type :ok, :process 0, :f :write, :key "x", :value 1, :node "n1", :time 2000000}
            {:type :invoke, :process 0, :f :read, :key "x", :value nil, :node "n1", :time 3000000}
            {:type :ok, :process 0, :f :read, :key "x", :value nil, :node "n1", :time 813400000}
            """;
    private static final String FRESH =
            STALE.replace(":value nil, :node \"n1\", :time 8", ":value 1, :node \"n1\", :time 8");

    private final Path folder;

    RealSurveyTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Command surveying(Surroundings.PlanRunner runner) {
        return Command.in(folder).with(new StoreInTests(false)).with(runner);
    }

    private static Surroundings.PlanRunner telling(String edn, String... missing) {
        return (plan, target, listener, runFolder) -> run(plan, edn, runFolder, List.of(missing));
    }

    private static Run run(Plan plan, String edn, Path runFolder, List<String> missing) throws IOException {
        Path file = Files.writeString(runFolder.resolve("told.edn"), edn);
        History history = HistoryFiles.read(file, ReadOptions.DEFAULT);
        List<Guarantee> guarantees =
                plan.guarantees().stream().map(Guarantee::named).toList();
        Judgement judgement = Judgement.of(history, guarantees, CheckOptions.DEFAULT, () -> 0);
        return new Run(plan, history, judgement.judged(), missing, List.of(), file);
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("runs"))) {
            return folders.filter(Files::isDirectory)
                    .filter(run -> !Files.isSymbolicLink(run))
                    .toList();
        }
    }

    @Test
    void whatIsBrokenIsToldWithTheTimeUntilThenAndTheFolderOfItsRun() throws Exception {
        Command.Answered answered = surveying(telling(STALE)).run("survey", "--faults", "crash", "--time", "1s");

        assertThat(answered.out())
                .contains("read-your-writes (after 812 ms)", "crash: broken in runs/2026-11-23T13.31.02-simulated-1");
        assertThat(kept()).hasSize(1);
    }

    @Test
    void whatIsDocumentedAndWhatItsRunsKeptIsPromisedOfARealStoreToo() {
        Command command = surveying(telling(FRESH));
        command.run("survey", "--faults", "all", "--write-promise", "p.json");

        assertThat(command.content("p.json"))
                .contains("\"consistent-prefix\"", "\"linearizable\"", "\"faults\" : [ \"partition\" ]");
        Command.Answered kept = command.run("run", "simulated", "--set", "configuration=sl-any", "--promise", "p.json");
        assertThat(kept.out()).contains("promise    sl-any of p.json").containsPattern("linearizable +✓ held");
        Command.Answered broken = surveying(telling(STALE))
                .run("run", "simulated", "--set", "configuration=sl-any", "--promise", "p.json", "--markdown", "m.md");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(command.content("m.md")).contains("linearizable (promised)", "| sl-any of p.json: ");
    }

    @Test
    void ofRunsThatWereNotMadeWhatIsDocumentedIsPromisedAlone() {
        Command command = surveying((plan, target, listener, runFolder) -> {
            throw new RunException("n1 does not start");
        });
        command.run("survey", "--write-promise", "p.json");

        assertThat(command.content("p.json")).contains("\"guarantees\" : [ \"consistent-prefix\" ]");
    }

    @Test
    void theSameIsToldToPrograms() {
        assertThat(surveying(telling(STALE))
                        .run("survey", "--faults", "crash", "--json")
                        .out())
                .contains("\"runs\":1,\"operations\":2,\"faultsSeen\":0")
                .contains("{\"guarantee\":\"read-your-writes\",\"promised\":false,\"seed\":1,\"afterMillis\":812.4,"
                        + "\"folder\":\"runs/2026-11-23T13.31.02-simulated-1\"}")
                .contains("\"gap\":null");
    }

    @Test
    void aRunInWhichNothingIsBrokenIsNotKept() throws Exception {
        surveying(telling(FRESH)).run("survey", "--faults", "none");

        assertThat(kept()).isEmpty();
    }

    @Test
    void aRunThatLacksEvidenceShowsNothingThatItKeeps() {
        String json = surveying(telling(FRESH, "partition never took hold"))
                .run("survey", "--faults", "partition", "--json")
                .out();

        assertThat(json)
                .contains("\"notBroken\":[]", "\"missing\":[\"partition never took hold\"]")
                .containsPattern("\"undecided\":\\[[^]]*\"read-your-writes\"");
    }

    @Test
    void aStartThatFailsEndsItsRowAloneAndSaysWhy() {
        Command.Answered answered = surveying((plan, target, listener, runFolder) -> {
                    if (plan.nemesis().kinds().contains("crash")) {
                        throw new RunException("n1 does not start");
                    }
                    return run(plan, STALE, runFolder, List.of());
                })
                .run("survey", "--faults", "none,crash,partition");

        assertThat(answered.out())
                .contains("crash: failed: n1 does not start (runs/", "partition: broken in")
                .containsPattern("crash × 0 +0 +not covered \\(! failed\\)");
        assertThat(answered.code()).isEqualTo(2);
    }

    @Test
    void aFaultThatIsRefusedEndsItsRowAloneAndSaysWhy() {
        String json = surveying((plan, target, listener, runFolder) -> {
                    throw new IllegalArgumentException("no rights for that");
                })
                .run("survey", "--faults", "partition", "--json")
                .out();

        assertThat(json).contains("\"gap\":{\"failed\":false,\"reason\":\"no rights for that\"}");
    }

    @Test
    void theRowsThatAreDoneStandWhenTheProgramIsToldToEnd() {
        Command.Answered answered = surveying((plan, target, listener, runFolder) -> {
                    if (plan.nemesis().kinds().contains("partition")) {
                        throw new LoopInterruptedException("told to end");
                    }
                    return run(plan, STALE, runFolder, List.of());
                })
                .run("survey");

        assertThat(answered.out()).contains("crash: broken in").doesNotContain("partition ×");
        assertThat(answered.err()).contains("ended before its time; not surveyed: sl-any");
    }

    @Test
    void aTableInMarkdownTakesRowsInThePlaceOfOlderOnesAndKeepsWhatStandsAround() {
        Command command = surveying(telling(STALE)).file("t.md", "# before\n");
        command.run("survey", "--faults", "none,crash", "--markdown", "t.md");
        command.file("t.md", command.content("t.md") + "after\n");
        command.run("survey", "--faults", "crash", "--markdown", "t.md");

        assertThat(command.content("t.md")).isEqualTo("""
                # before
                %s
                | store | configuration | fault × seen in force | operations | promise | broken beside it | seconds to first anomaly |
                |---|---|---|---:|---|---|---:|
                | simulated | sl-any | crash × 0 | 2 | not covered (? undecided: consistent-prefix) | %s | 0.8 |
                %s
                after
                """.formatted(
                        DatasheetTable.BEGIN,
                        "read-your-writes (after 812 ms), pram (after 812 ms), causal (after 812 ms), durability (after 812 ms)",
                        DatasheetTable.END));
    }

    @Test
    void aRowOfATableTellsTheFirstLineAloneOfWhyItsRunFailed() {
        Command command = surveying((plan, target, listener, runFolder) -> {
            throw new IllegalArgumentException("n1 does not start; its log:\n  a line | of it");
        });
        command.run("survey", "--faults", "crash", "--markdown", "t.md");

        assertThat(command.content("t.md"))
                .contains("| not covered (– refused): n1 does not start; its log: | none | none seen |\n");
    }

    @Test
    void settingsThatMakeAnotherStoreOfAConfigurationAreRefusedBeforeTheFirstRun() {
        Command.Answered answered = surveying((plan, target, listener, runFolder) -> {
                    throw new AssertionError("found a run, expected none");
                })
                .run("survey", "--only", "sl-any", "--set", "reads=leader", "--faults", "none");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("settings: found reads=leader, expected none that sl-any has otherwise");
    }

    @Test
    void theFaultsThatAreTriedAreThoseOfTheStoreWithItsSettings() {
        String json = surveying(telling(FRESH))
                .run("survey", "--set", "launcher=external", "--json")
                .out();

        assertThat(json).contains("{\"fault\":\"client-cut\"").doesNotContain("{\"fault\":\"crash\"");
    }

    @Test
    void whatStrikesClientsAloneIsCoveredByEveryPromise() {
        String json = surveying(telling(FRESH))
                .run("survey", "--set", "launcher=external", "--json")
                .out();

        assertThat(json)
                .contains("{\"fault\":\"client-cut\",\"kinds\":[\"client-cut\"],\"covered\":true")
                .contains("{\"fault\":\"all\",\"kinds\":[\"client-cut\"],\"covered\":true");
    }

    @Test
    void aSimulatedStoreHasNoTimeToBeToldOf() {
        Command.Answered answered = Command.in(folder).run("survey", "--time", "5s");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("--time: found it with simulated, expected a real store");
    }
}
