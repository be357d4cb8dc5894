package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.histories.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code umpire run --repeat}; the runs themselves are made by hand: those with an even number break the guarantee. */
class RepeatsTest {
    private static final String HISTORY = """
            {:type :invoke, :process 0, :f :write, :key "x", :value 1, :node "n1", :time 1000000}
            {:type :ok, :process 0, :f :write, :key "x", :value 1, :node "n1", :time 2000000}
            {:type :invoke, :process 0, :f :read, :key "x", :value nil, :node "n1", :time 3000000}
            {:type :ok, :process 0, :f :read, :key "x", :value %s, :node "n1", :time 4000000}
            """;

    private final Path folder;
    private final List<Plan> plans = new ArrayList<>();
    private List<String> missing = List.of();

    RepeatsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** @param failing the number of the run that cannot be carried out; 0: none */
    private Command.Answered run(boolean simulated, int failing, String... more) {
        List<String> all = new ArrayList<>(List.of("run", "--seed", "7"));
        all.addAll(List.of(more));
        if (!all.contains("--guarantees")) {
            all.addAll(List.of("--guarantees", "read-your-writes"));
        }
        return Command.in(folder)
                .with(new StoreInTests(simulated))
                .with((plan, target, listener, runFolder) -> {
                    plans.add(plan);
                    if (plans.size() == failing) {
                        throw new RunException("n2 did not start");
                    }
                    return judged(plan, runFolder);
                })
                .run(all.toArray(String[]::new));
    }

    private Run judged(Plan plan, Path runFolder) throws IOException {
        Path file = runFolder.resolve("history.jsonl");
        Files.writeString(file, HISTORY.formatted(plans.size() % 2 == 0 ? "nil" : "1"));
        History history = History.read(file);
        List<Guarantee> guarantees =
                plan.guarantees().stream().map(Guarantee::named).toList();
        Judgement judgement = Judgement.of(history, guarantees, CheckOptions.DEFAULT, () -> 0);
        return new Run(plan, history, judgement.judged(), List.of(), missing, List.of(), file);
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("runs"))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theRateAtWhichAViolationComesBackIsToldWithItsInterval() {
        Command.Answered answered = run(true, 0, "--repeat", "5", "--guarantees", "read-your-writes,monotonic-reads");

        assertThat(answered.code()).isEqualTo(1);
        assertThat(answered.out())
                .containsPattern("run 1 of 5 +seed 7   \\? undecided   runs/.*-simulated-7\n")
                .containsPattern("run 2 of 5 +seed 8   ✗ broken: read-your-writes   runs/.*-simulated-8\n")
                .containsPattern("read-your-writes +2 of 5 runs +40.0 % +11.8 % to 76.9 % +0")
                .containsPattern("monotonic-reads +0 of 0 runs +not known +not known +5")
                .contains("--seed 7 --repeat 5");
    }

    @Test
    void aSimulatedStoreIsRunWithTheSeedsThatFollowAndARealOneWithTheSame() {
        run(true, 0, "--repeat", "3");
        assertThat(plans).extracting(Plan::seed).containsExactly(7L, 8L, 9L);

        plans.clear();
        run(false, 0, "--repeat", "3");
        assertThat(plans).extracting(Plan::seed).containsExactly(7L, 7L, 7L);
    }

    @Test
    void theFoldersOfRunsThatHeldAreNotKeptButForTheLast() throws IOException {
        run(true, 0, "--repeat", "5");

        assertThat(folders())
                .containsExactly(
                        "2026-11-23T13.31.02-simulated-10",
                        "2026-11-23T13.31.02-simulated-11",
                        "2026-11-23T13.31.02-simulated-8",
                        "latest");
        assertThat(folder.resolve("runs/latest/verdict.json")).exists();
    }

    @Test
    void programsAreToldOfTheRatesAndOfEachRunOnOneLine() {
        Command.Answered answered = run(true, 0, "--repeat", "2", "--json");

        assertThat(answered.out().lines()).hasSize(1);
        JsonNode told = JsonMapper.builder().build().readTree(answered.out());
        assertThat(told.at("/guarantees/0").toString())
                .isEqualTo("{\"guarantee\":\"read-your-writes\",\"runs\":2,\"broken\":1,\"undecided\":0,\"rate\":0.5,"
                        + "\"low\":0.0945,\"high\":0.9055}");
        assertThat(told.get("repeat").intValue()).isEqualTo(2);
        assertThat(told.get("carriedOut").intValue()).isEqualTo(2);
        assertThat(told.at("/runs/0").toString())
                .isEqualTo("{\"seed\":7,\"verdict\":\"VALID\",\"broken\":[],\"undecided\":[],\"folder\":null}");
        assertThat(told.at("/runs/1/broken/0").stringValue()).isEqualTo("read-your-writes");
        assertThat(told.at("/runs/1/folder").stringValue()).endsWith("-simulated-8");
    }

    @Test
    void aRunThatLacksEvidenceShowsThatItIsBrokenOrNothing() {
        missing = List.of("no crash was injected: the run ended before, or found no aim");

        Command.Answered answered = run(true, 0, "--repeat", "5");

        assertThat(answered.out()).containsPattern("read-your-writes +2 of 2 runs +100 % +34.2 % to 100 % +3");
        JsonNode told = JsonMapper.builder()
                .build()
                .readTree(run(true, 0, "--repeat", "1", "--json").out());
        assertThat(told.at("/guarantees/0").toString())
                .isEqualTo("{\"guarantee\":\"read-your-writes\",\"runs\":1,\"broken\":1,\"undecided\":0,\"rate\":1.0,"
                        + "\"low\":0.2065,\"high\":1.0}");
        JsonNode none = JsonMapper.builder()
                .build()
                .readTree(run(true, 0, "--repeat", "1", "--json").out());
        assertThat(none.at("/guarantees/0").toString())
                .isEqualTo("{\"guarantee\":\"read-your-writes\",\"runs\":1,\"broken\":0,\"undecided\":1,\"rate\":null,"
                        + "\"low\":null,\"high\":null}");
        assertThat(none.at("/runs/0/undecided/0").stringValue()).isEqualTo("read-your-writes");
    }

    @Test
    void aRunThatCannotBeCarriedOutEndsItAndHidesNoViolation() {
        Command.Answered broken = run(true, 3, "--repeat", "5");

        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).contains("umpire run: the run failed: n2 did not start");
        assertThat(broken.out()).containsPattern("read-your-writes +1 of 2 runs");

        plans.clear();
        Command.Answered atOnce = run(true, 1, "--repeat", "5", "--json");
        assertThat(atOnce.code()).isEqualTo(2);
        assertThat(atOnce.out()).contains("\"repeat\":5,\"carriedOut\":0,\"guarantees\":[]");
    }

    @Test
    void ciSystemsAreToldOfEveryRun() throws IOException {
        run(true, 0, "--repeat", "2", "--junit-xml", "all.xml");

        assertThat(Files.readString(folder.resolve("all.xml")))
                .contains("simulated seed 7, run 1 of 2", "simulated seed 8, run 2 of 2");
    }

    @Test
    void lessThanOneRunIsRefused() {
        Command.Answered answered = run(true, 0, "--repeat", "0");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("--repeat: found 0, expected 1 or more");
        assertThat(plans).isEmpty();
    }
}
