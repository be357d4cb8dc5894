package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyCommandTest {
    private static final String HELD = """
            {:type :invoke, :process 0, :f :write, :key "x", :value 1, :node "n1", :time 1000000}
            {:type :ok, :process 0, :f :write, :key "x", :value 1, :node "n1", :time 2000000}
            {:type :invoke, :process 0, :f :read, :key "x", :value nil, :node "n1", :time 3000000}
            {:type :ok, :process 0, :f :read, :key "x", :value 1, :node "n1", :time 4000000}
            """;
    private static final String BROKEN =
            HELD.replace(":f :read, :key \"x\", :value 1", ":f :read, :key \"x\", :value nil");

    private final Path folder;

    SurveyCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** A store whose runs break read-your-writes with these seeds alone. */
    private Command broken(Set<Long> seeds) {
        return Command.in(folder).simulating((plan, target) -> run(plan, seeds.contains(plan.seed()) ? BROKEN : HELD));
    }

    private Run run(Plan plan, String edn) {
        try {
            Path file = Files.writeString(folder.resolve("seed-" + plan.seed() + ".edn"), edn);
            History history = HistoryFiles.read(file, ReadOptions.DEFAULT);
            List<Judged> judged = Judgement.of(
                            history,
                            plan.guarantees().stream().map(Guarantee::named).toList(),
                            CheckOptions.DEFAULT,
                            () -> 0)
                    .judged();
            return new Run(plan, history, judged, List.of(), List.of(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDefectThatIsFoundIsToldWithItsFirstSeed() {
        Command.Answered answered = broken(Set.of(3L, 5L)).run("survey", "--defects", "--json");

        assertThat(answered.err()).isEmpty();
        assertThat(answered.out().strip())
                .isEqualTo("{\"defect\":\"SL1\",\"breaks\":[{\"guarantee\":\"read-your-writes\",\"found\":true,"
                        + "\"seed\":3,\"seedsNeeded\":3}],\"kept\":[],\"wronglyBroken\":[]}");
        assertThat(answered.code()).isZero();
    }

    @Test
    void seedsNeededAreCountedFromTheFirstThatIsTried() {
        assertThat(broken(Set.of(13L))
                        .run("survey", "--defects", "--json", "--seed", "11")
                        .out())
                .contains("\"seed\":13,\"seedsNeeded\":3");
    }

    @Test
    void aDefectThatIsNotFoundIsOne() {
        Command.Answered answered = broken(Set.of(8L)).run("survey", "--defects", "--seeds", "7");

        assertThat(answered.out()).contains("✗ SL1 breaks read-your-writes NOT FOUND · 7 seeds");
        assertThat(answered.code()).isEqualTo(1);
    }

    @Test
    void whatItPrintsForProgramsCanBeComparedWithALaterOne() {
        Command found = broken(Set.of(3L));
        found.file("found.json", found.run("survey", "--defects", "--json").out());
        Command lost = broken(Set.of());
        lost.file(
                "lost.json",
                lost.run("survey", "--defects", "--seeds", "7", "--json").out());

        Command.Answered answered = Command.in(folder).run("diff", "found.json", "lost.json");

        assertThat(answered.out()).contains("SL1 breaks read-your-writes  ✓ held  1  ✗ broken  1 of 1  worse");
        assertThat(answered.code()).isEqualTo(1);
    }

    @Test
    void theConfigurationsThatItPrintsCanBeCompared() {
        String all = "survey --only sl-any --seeds 2 --json";
        Command holding = broken(Set.of());
        holding.file("holding.json", holding.run(all.split(" ")).out());
        Command breaking = broken(Set.of(2L));
        breaking.file("breaking.json", breaking.run(all.split(" ")).out());

        assertThat(Command.in(folder)
                        .run("diff", "breaking.json", "holding.json")
                        .code())
                .isZero();
        Command.Answered worse = Command.in(folder).run("diff", "holding.json", "breaking.json");
        assertThat(worse.out()).containsPattern("sl-any · .* · linearizable +✓ held +2 +✗ broken +1 +worse");
        assertThat(worse.code()).isEqualTo(1);
    }

    @Test
    void aRunThatFailsIsTwoWithItsSeed() {
        Command command = Command.in(folder).simulating((plan, target) -> {
            throw new RunException("nothing is left to run");
        });

        Command.Answered answered = command.run("survey", "--defects");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("seed 1 of {defect=SL1}: nothing is left to run");
    }

    @Test
    void anUnknownDefectIsToldTheNearest() {
        Command.Answered answered = broken(Set.of()).run("survey", "--defects", "--only", "SL7");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("--only: found SL7, expected SL1; the nearest is SL1");
    }

    @Test
    void whatEverySeedKeptCanBePromised() {
        Command command = broken(Set.of());
        command.run("survey", "--only", "sl-any", "--seeds", "2", "--write-promise", "p.json");

        assertThat(command.content("p.json"))
                .contains("\"name\" : \"sl-any\"", "\"configuration\" : \"sl-any\"")
                .contains("\"consistent-prefix\"", "\"linearizable\"")
                .doesNotContain("\"read-your-writes\"");
        Command breaking = broken(Set.of(2L));
        breaking.run("survey", "--only", "sl-any", "--seeds", "2", "--write-promise", "p.json");
        assertThat(breaking.content("p.json"))
                .contains("\"sl-any\"")
                .doesNotContain("\"linearizable\"")
                // documented, and no run could be judged by it
                .contains("\"consistent-prefix\"");
    }

    @Test
    void aFileOfPromisesThatIsNoneIsLeftAsItIs() {
        Command command = broken(Set.of()).file("p.json", "what people wrote");

        Command.Answered answered =
                command.run("survey", "--only", "sl-any", "--seeds", "2", "--write-promise", "p.json");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(command.content("p.json")).isEqualTo("what people wrote");
    }

    @Test
    void whatAConfigurationKeepsIsToldBesideItsPromiseWithTheSeedsThatBreakMore() {
        Command.Answered answered = broken(Set.of(2L)).run("survey", "--seeds", "3", "--page", "sheet.html");

        assertThat(answered.err()).isEmpty();
        assertThat(answered.out())
                .contains("sl-any promises consistent-prefix", "none", "crash", "partition", "all")
                .contains("not covered (? undecided: consistent-prefix)")
                .contains("read-your-writes (2)");
        assertThat(folder.resolve("sheet.html")).content().contains("Datasheet of simulated", "read-your-writes (2)");
        // reads of single keys cannot show whether the promise is kept
        assertThat(answered.code()).isEqualTo(3);
    }

    @Test
    void theDatasheetAsJsonHasALineForEachConfiguration() {
        Command.Answered answered = broken(Set.of(2L)).run("survey", "--seeds", "3", "--json");

        assertThat(answered.out().lines()).hasSize(1);
        assertThat(answered.out())
                .startsWith("{\"configuration\":\"sl-any\",\"promise\":[\"consistent-prefix\"]")
                .contains(
                        "{\"fault\":\"crash\",\"kinds\":[\"crash\"],\"covered\":false,\"runs\":3,\"operations\":6,\"faultsSeen\":0,\"promiseKept\":true")
                .contains(
                        "{\"guarantee\":\"read-your-writes\",\"promised\":false,\"seed\":2,\"afterMillis\":null,\"folder\":null}");
    }

    @Test
    void withoutASeedNothingIsSurveyed() {
        Command.Answered answered = broken(Set.of()).run("survey", "--defects", "--seeds", "0");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("seeds: found 0, expected 1 or more");
    }

    @Test
    void aStoreWithNothingToSurveyIsNotPassedOver() {
        Command command = Command.in(folder).with(new StoreInTests(true, false));

        assertThat(command.run("survey").code()).isEqualTo(2);
        assertThat(command.run("survey").err()).contains("found simulated, which names no configurations");
        assertThat(command.run("survey", "--defects").err()).contains("found simulated, which names no defects");
    }

    @Test
    void whatIsDoneStandsWhenTheProgramIsToldToEnd() {
        Thread surveying = Thread.currentThread();
        Command command = Command.in(folder).simulating((plan, target) -> {
            if (plan.seed() == 2) {
                surveying.interrupt();
            }
            return run(plan, HELD);
        });

        Command.Answered answered = command.run("survey", "--seeds", "500");

        assertThat(answered.code()).isEqualTo(3);
        assertThat(answered.err()).contains("ended before its time; not surveyed: sl-any");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void howManyRunsItTakesIsToldOnATerminal() {
        Command.Answered answered =
                broken(Set.of()).onATerminal(false).run("survey", "--only", "sl-any", "--seeds", "3");

        // no fault, crash, partition, and all that the promise covers
        assertThat(answered.err()).contains("sl-any · none · 0 of 12 runs");
    }

    @Test
    void aPromiseThatNoRunCouldBeJudgedByIsNotKept() {
        String withoutReads = HELD.lines().limit(2).collect(Collectors.joining("\n"));
        Command command = Command.in(folder).simulating((plan, target) -> run(plan, withoutReads));

        Command.Answered answered = command.run("survey", "--seeds", "2");

        assertThat(answered.out()).contains("? undecided: consistent-prefix").doesNotContain("✓ kept");
        assertThat(answered.code()).isEqualTo(3);
    }
}
