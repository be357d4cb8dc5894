package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.EarlyStop;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.histories.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code umpire run} makes of a run; the run itself is made by hand. */
class RunCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What the named guarantees held. */
    private static final String HELD = """
            {:type :invoke, :process 0, :f :write, :key "x", :value 1, :node "n1", :time 1000000}
            {:type :ok, :process 0, :f :write, :key "x", :value 1, :node "n1", :time 2000000}
            {:type :invoke, :process 0, :f :read, :key "x", :value nil, :node "n1", :time 3000000}
            {:type :ok, :process 0, :f :read, :key "x", :value 1, :node "n1", :time 4000000}
            """;

    private static final String BROKEN =
            HELD.replace(":f :read, :key \"x\", :value 1", ":f :read, :key \"x\", :value nil");

    private static final String VACUOUS = HELD.replace(":process 0, :f :read", ":process 1, :f :read");

    private final Path folder;
    private final List<Plan> plans = new ArrayList<>();

    RunCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Command running(String edn, List<CheckerFailure> failures, List<String> missing, List<String> troubles) {
        return Command.in(folder).with((plan, target, listener, runFolder) -> {
            plans.add(plan);
            Path file = runFolder.resolve("history.jsonl");
            Files.writeString(file, edn);
            History history = History.read(file);
            List<Guarantee> guarantees =
                    plan.guarantees().stream().map(Guarantee::named).toList();
            Judgement judgement = Judgement.of(history, guarantees, CheckOptions.DEFAULT, () -> 0);
            return new Run(plan, history, judgement.judged(), failures, missing, troubles, file);
        });
    }

    private Command.Answered run(String edn, String... more) {
        List<String> all = new ArrayList<>(List.of("run", "--guarantees", "read-your-writes"));
        all.addAll(List.of(more));
        return running(edn, List.of(), List.of(), List.of()).run(all.toArray(String[]::new));
    }

    private int code(String edn, List<CheckerFailure> failures, List<String> missing, List<String> troubles) {
        return running(edn, failures, missing, troubles)
                .run("run", "--guarantees", "read-your-writes")
                .code();
    }

    @Test
    void theExitTellsWhatTheCheckersFound() {
        assertThat(run(HELD).code()).isZero();
        assertThat(run(BROKEN).code()).isEqualTo(1);
        assertThat(run(VACUOUS).code()).isEqualTo(3);
    }

    @Test
    void whatFaultsCostIsToldWhereAnyStruck() {
        String fault = "{:type :info, :process :nemesis, :f :inject, :value {\"id\" 1, \"fault\" \"pause\"},"
                + " :time 5000000}\n";

        assertThat(run(HELD + fault).out())
                .contains("availability  longest without an acknowledgement")
                .containsPattern("pause +nobody asked +not seen +not judged\nLongest: a function was asked and nobody");
        assertThat(run(HELD).out()).doesNotContain("availability", "Longest: ");
    }

    @Test
    void aScheduleThatCannotBeStruckIsRefusedBeforeAnythingStarts() throws IOException {
        Path file = folder.resolve("strikes.jsonl");
        ScriptFile.write(
                file,
                Script.ofStrikes(List.of(new Script.Strike(
                        FaultKind.CRASH,
                        new TreeSet<>(List.of(new Node("n9"))),
                        new TreeSet<>(),
                        "",
                        0,
                        0,
                        1_000_000_000L,
                        2_000_000_000L))),
                Node.firstOf(9));

        Command.Answered noSuchNode = run(HELD, "--schedule", file.toString());
        assertThat(noSuchNode.code()).isEqualTo(2);
        assertThat(noSuchNode.err()).contains("schedule: crash from 1000 ms: found n9, expected one of [n1, n2, n3]");

        Command.Answered both = run(HELD, "--schedule", file.toString(), "--nemesis", "crash");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("--schedule: found --nemesis crash beside it, expected one of both");

        Command.Answered noFile = run(HELD, "--schedule", "none.jsonl");
        assertThat(noFile.code()).isEqualTo(2);
        assertThat(noFile.err()).contains("--schedule: none.jsonl");
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(
                folder.resolve("drawn.json"),
                PlanFile.toJson(
                        PlanBuilder.simulated("simulated").nemesis("crash").build()));
        assertThat(run(HELD, "--schedule", "empty").err())
                .contains(
                        "--schedule: found empty with neither strikes.jsonl nor schedule.jsonl, expected the folder of a run");
        assertThat(run(HELD, "--schedule", "drawn.json").err())
                .contains("--schedule: found drawn.json, a plan without a schedule, expected one with it");
        assertThat(plans).as("started").isEmpty();
    }

    private static List<Script.Strike> strikes(FaultKind kind) {
        return List.of(new Script.Strike(
                kind,
                new TreeSet<>(List.of(new Node("n2"))),
                new TreeSet<>(),
                "",
                0,
                0,
                1_000_000_000L,
                2_000_000_000L));
    }

    private static List<Script.Strike> cut() {
        Link link = new Link(new Node("n1"), new Node("n2"));
        return List.of(new Script.Strike(
                FaultKind.PARTITION, new TreeSet<>(), new TreeSet<>(List.of(link)), "one way", 0, 0, 5L, 9L));
    }

    @Test
    void aScheduleIsInThePlanThatIsRunAndAgainNamesTheFolderOfTheRun() throws IOException {
        Files.createDirectories(folder.resolve("earlier"));
        ScriptFile.write(
                folder.resolve("earlier/strikes.jsonl"), Script.ofStrikes(strikes(FaultKind.CRASH)), Node.firstOf(3));

        Command.Answered answered = run(HELD, "--schedule", "earlier", "--seed", "7");

        assertThat(plans.get(0).nemesis().kinds()).isEmpty();
        assertThat(plans.get(0).nemesis().schedule()).isEqualTo(strikes(FaultKind.CRASH));
        String again = "./umpire run simulated --guarantees read-your-writes --seed 7 --schedule"
                + " runs/2026-11-23T13.31.02-simulated-7";
        assertThat(answered.out())
                .contains(
                        "nemesis    crash · 1 fault at set times",
                        "schedule   earlier · 1 fault",
                        "again      " + again + "\n");
        assertThat(folder.resolve("runs/latest/report.html")).content().contains(again + "\n");

        Files.writeString(folder.resolve("runs/latest/plan.json"), PlanFile.toJson(plans.get(0)));
        run(HELD, "--schedule", "runs/2026-11-23T13.31.02-simulated-7", "--seed", "7");
        run(HELD, "--schedule", "runs/2026-11-23T13.31.02-simulated-7/plan.json", "--seed", "7");
        assertThat(plans.subList(1, 3)).containsOnly(plans.get(0));
    }

    @Test
    void eachOfSeveralRunsIsStruckByTheSchedule() throws IOException {
        ScriptFile.write(folder.resolve("s.jsonl"), Script.ofStrikes(strikes(FaultKind.CRASH)), Node.firstOf(3));

        Command.Answered answered = run(HELD, "--schedule", "s.jsonl", "--repeat", "2");

        assertThat(plans).extracting(Plan::seed).containsExactly(1L, 2L);
        assertThat(plans).extracting(plan -> plan.nemesis().schedule()).containsOnly(strikes(FaultKind.CRASH));
        assertThat(answered.out()).contains("--seed 1 --schedule s.jsonl --repeat 2");
    }

    @Test
    void aPromiseHoldsForAScheduleOfFaultsThatItCovers() throws IOException {
        ScriptFile.write(folder.resolve("cut.jsonl"), Script.ofStrikes(cut()), Node.firstOf(3));
        ScriptFile.write(folder.resolve("crash.jsonl"), Script.ofStrikes(strikes(FaultKind.CRASH)), Node.firstOf(3));
        String promise = """
                {"version": 1, "promises": [{"name": "cut", "target": "simulated", "settings": {}, "workloads": [],
                 "faults": ["partition"], "writeOrder": "real-time", "guarantees": ["monotonic-reads"], "known": []}]}
                """;
        Command command = running(HELD, List.of(), List.of(), List.of()).file("p.json", promise);
        String set = "configuration=sl-any";

        command.run("run", "--set", set, "--schedule", "cut.jsonl", "--guarantees", "promise");
        command.run("run", "--schedule", "cut.jsonl", "--promise", "p.json");
        assertThat(plans.get(0).guarantees()).containsExactly("consistent-prefix");
        assertThat(plans.get(1).guarantees()).containsExactly("monotonic-reads");

        assertThat(command.run("run", "--set", set, "--schedule", "crash.jsonl", "-g", "promise")
                        .err())
                .contains("--guarantees: found promise with the nemesis crash, expected what is among partition");
        assertThat(command.run("run", "--schedule", "crash.jsonl", "--promise", "p.json")
                        .err())
                .contains("found none in p.json that is meant for a run of simulated with {}, the workload register and"
                        + " the nemesis crash");
        assertThat(plans).hasSize(2);
    }

    @Test
    void missingEvidenceIsUndecidedAndTold() {
        Command.Answered answered = running(HELD, List.of(), List.of("no partition was ever in force"), List.of())
                .run("run", "--guarantees", "read-your-writes");

        assertThat(answered.code()).isEqualTo(3);
        assertThat(answered.out()).contains("no partition was ever in force");
    }

    @Test
    void aTeardownThatFailedIsTwoButNeitherHidesNorLosesAViolation() {
        List<String> trouble = List.of("n2 did not stop within 5 s");

        assertThat(code(HELD, List.of(), List.of(), trouble)).isEqualTo(2);
        assertThat(code(VACUOUS, List.of(), List.of(), trouble)).isEqualTo(2);
        assertThat(code(BROKEN, List.of(), List.of(), trouble)).isEqualTo(1);
    }

    @Test
    void aCheckerThatFailedIsTwoButNeitherHidesNorLosesAViolation() {
        List<CheckerFailure> failure = List.of(new CheckerFailure("durability", new IllegalStateException("no")));

        assertThat(code(HELD, failure, List.of(), List.of())).isEqualTo(2);
        assertThat(code(HELD, failure, List.of("nothing struck"), List.of())).isEqualTo(2);
        assertThat(code(BROKEN, failure, List.of(), List.of())).isEqualTo(1);
    }

    @Test
    void aRunThatCannotBeCarriedOutIsTwoWithOneLine() {
        Command.Answered answered = Command.in(folder)
                .with((plan, target, listener, runFolder) -> {
                    throw new RunException("redis-server was not found; install it with apt-get install redis-server");
                })
                .run("run");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err().lines())
                .containsExactly("umpire run: the run failed: redis-server was not found; install it with apt-get"
                        + " install redis-server");
    }

    @Test
    void everyRunLeavesVerdictAndReportInItsFolderAndLatestPointsThere() throws IOException {
        run(BROKEN, "--seed", "7");
        Path runFolder = folder.resolve("runs/2026-11-23T13.31.02-simulated-7");

        assertThat(JSON.readTree(Files.readString(runFolder.resolve("verdict.json")))
                        .get("verdict")
                        .stringValue())
                .isEqualTo("INVALID");
        assertThat(runFolder.resolve("report.html"))
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains(">./umpire check runs/2026-11-23T13.31.02-simulated-7\n"
                        + "./umpire run simulated --guarantees read-your-writes --seed 7\n<");
        assertThat(folder.resolve("runs/latest").toRealPath()).isEqualTo(runFolder.toRealPath());
    }

    @Test
    void anOpenLoopTellsItsLoadAndBothLatenciesAndKeepsTheirHistograms() throws IOException {
        Command.Answered answered = run(
                HELD.replace(":time 3000000}", ":time 3000000, :intended 2500000}"),
                "--load",
                "open",
                "--rate",
                "2000");

        assertThat(answered.out())
                .contains("load       open · 2,000 requests a second arrive at random")
                .contains("latency    p50 1.0 ms")
                .contains("at most 1.5 ms, counted from when each was to be asked");
        assertThat(folder.resolve("runs/latest/latency.hlog"))
                .content()
                .contains("Tag=read.ok.response", "Tag=write.ok.service");
        assertThat(run(HELD).out()).doesNotContain("latency  ", "\nload ");
    }

    @Test
    void aLoadThatThereIsNotOrThatHasNoRateIsRefused() {
        assertThat(run(HELD, "--load", "opn").err())
                .contains("--load: found opn, expected one of closed, open, open-even; the nearest is open");
        assertThat(run(HELD, "--load", "open", "--rate", "0").err())
                .contains("--load: found open without a rate, expected --rate N, more than 0, beside it");
        assertThat(run(HELD, "--load", "open", "--rate", "0").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "--nodes, 0, '--nodes: found 0, expected 1 or more'",
        "--sessions, 0, '--sessions: found 0, expected 1 or more'",
        "--move-every, -1, '--move-every: found -1, expected 0 or more'",
        "--ops, 0, '--ops: found 0, expected 1 or more'",
        "--rate, -1, '--rate: found -1.0, expected 0 to 1e9'",
        "--timeout, 0s, '--timeout, in milliseconds: found 0, expected 1 or more'",
        "--converge, 0s, '--converge, in milliseconds: found 0, expected 1 or more'"
    })
    void aNumberOutOfRangeIsToldOfItsOption(String option, String value, String told) {
        Command.Answered answered = run(HELD, option + "=" + value);

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).isEqualTo("umpire run: " + told + "\n");
    }

    @Test
    void aSecondRunInOneSecondHasAFolderOfItsOwn() throws IOException {
        run(HELD);
        run(BROKEN);

        assertThat(folder.resolve("runs/2026-11-23T13.31.02-simulated-1")).isDirectory();
        assertThat(folder.resolve("runs/latest").toRealPath())
                .isEqualTo(
                        folder.resolve("runs/2026-11-23T13.31.02-simulated-1-2").toRealPath());
    }

    @Test
    void theFolderOfRunsIsChosenWithOut() {
        run(HELD, "--out", "elsewhere");

        assertThat(folder.resolve("elsewhere/latest/verdict.json")).exists();
    }

    @Test
    void withJsonStandardOutputIsOneObjectOnOneLine() {
        Command.Answered answered = run(BROKEN, "--json");

        assertThat(answered.out().lines()).hasSize(1);
        JsonNode json = JSON.readTree(answered.out());
        assertThat(json.propertyNames()).containsExactly("umpire", "verdict", "history", "guarantees", "latencyMillis");
        assertThat(json.at("/history/operations").intValue()).isEqualTo(2);
        assertThat(answered.err()).contains("read-your-writes");
    }

    @Test
    void aRunThatMayEndEarlySaysWhatIsWatchedAndWhyItEnded() {
        Command.Answered answered = Command.in(folder)
                .with((plan, target, listener, runFolder) -> {
                    Path file = runFolder.resolve("history.jsonl");
                    Files.writeString(file, BROKEN);
                    History history = History.read(file);
                    Judgement judgement =
                            Judgement.of(history, List.of(Guarantee.READ_YOUR_WRITES), CheckOptions.DEFAULT, () -> 0);
                    EarlyStop stop = new EarlyStop("read-your-writes", 1, "session 0 read nil");
                    return new Run(
                            plan,
                            history,
                            judgement.judged(),
                            List.of(),
                            List.of(),
                            List.of(),
                            file,
                            Optional.of(stop),
                            Optional.empty());
                })
                .run("run", "--fail-fast", "--guarantees", "read-your-writes,durability,bounded-staleness:50ms");

        assertThat(answered.code()).isEqualTo(1);
        assertThat(answered.out())
                .contains("fail fast  at the first violation of read-your-writes, bounded-staleness:50ms, integrity"
                        + " · judged only when the run is over: durability")
                .contains(
                        "stopped    at operation 1 (event 2), as read-your-writes was seen broken: session 0 read nil");
        assertThat(run(HELD).out()).doesNotContain("fail fast", "stopped");
    }

    @Test
    void theCommandThatReproducesNamesEveryOptionThatDiffers() {
        Command.Answered answered = run(
                HELD,
                "simulated",
                "--defect=SL1",
                "--set=reads=sticky",
                "--sessions=4",
                "--move-every=7",
                "--time=30s",
                "--nemesis=partition,crash",
                "--gap=1s..3s",
                "--keys=5",
                "--seed=9",
                "--rate=2000",
                "--load=open-even",
                "--write-order=none",
                "--fail-fast",
                "--nodes=5");
        String again = answered.out()
                .lines()
                .filter(line -> line.startsWith("again"))
                .findFirst()
                .orElseThrow();
        Plan first = plans.get(plans.size() - 1);

        running(HELD, List.of(), List.of(), List.of())
                .run(again.substring(again.indexOf("run ")).split(" "));

        assertThat(plans.get(plans.size() - 1)).isEqualTo(first);
        assertThat(first.load()).isEqualTo("open-even");
        assertThat(again)
                .contains("--load open-even", "--defect SL1", "--time 30s", "--gap 1s..3s", "--fail-fast", "--seed 9");
    }

    @Test
    void withoutOptionsTheCommandThatReproducesIsShort() {
        Command.Answered answered =
                running(HELD, List.of(), List.of(), List.of()).run("run");

        assertThat(answered.out().lines().filter(line -> line.startsWith("again")))
                .containsExactly("again      ./umpire run simulated --seed 1");
    }

    @Test
    void whatAPromiseAskedIsAskedByItAgain() {
        Command.Answered answered = running(HELD, List.of(), List.of(), List.of())
                .file("p.json", """
                        {"version": 1, "promises": [{"name": "all", "target": "simulated", "settings": {}, "workloads": [],
                         "faults": [], "writeOrder": "real-time", "guarantees": ["read-your-writes"], "known": []}]}
                        """)
                .run("run", "--promise", "p.json", "--repeat", "1");

        assertThat(answered.out().lines().filter(line -> line.startsWith("again")))
                .containsExactly("again      ./umpire run simulated --seed 1 --promise p.json --repeat 1");
    }

    @Test
    void whereNoneIsNamedTheSixDefaultsAreJudged() {
        running(HELD, List.of(), List.of(), List.of()).run("run");

        assertThat(plans.get(0).guarantees())
                .containsExactlyInAnyOrder(
                        "read-your-writes",
                        "monotonic-reads",
                        "consistent-prefix",
                        "durability",
                        "eventual",
                        "integrity");
    }

    /** All that is judged by default held but consistent-prefix, which reads of one key cannot break. */
    private static final String HELD_UNTIL_THE_END = HELD + """
            {:type :invoke, :process 0, :f :read, :key "x", :value nil, :node "n1", :phase :final, :time 5000000}
            {:type :ok, :process 0, :f :read, :key "x", :value 1, :node "n1", :phase :final, :time 6000000}
            {:type :invoke, :process 1, :f :read, :key "x", :value nil, :node "n2", :phase :final, :time 7000000}
            {:type :ok, :process 1, :f :read, :key "x", :value 1, :node "n2", :phase :final, :time 8000000}
            """;

    private static final String NOT_ASKED =
            "not asked  consistent-prefix, as nothing that register asks of this store could"
                    + " break it: each read is of one key, and no version or position of a write is told";

    private Command.Answered ofAStoreWithoutOrder(String... more) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(more));
        return running(HELD_UNTIL_THE_END, List.of(), List.of(), List.of())
                .with(StoreInTests.withoutOrder())
                .run(all.toArray(String[]::new));
    }

    @Test
    void whatAStoreCanNeverBeHeldToIsNotAskedUnlessItIsNamedAndThatIsSaid() {
        Command.Answered byDefault = ofAStoreWithoutOrder();
        assertThat(byDefault.code()).as(byDefault.out()).isZero();
        assertThat(byDefault.out().lines().filter(line -> line.contains("consistent-prefix")))
                .containsExactly(NOT_ASKED);
        assertThat(plans.get(0).guarantees()).hasSize(5).doesNotContain("consistent-prefix");
        assertThat(byDefault.out()).contains("again      ./umpire run simulated --seed 1\n");
        assertThat(ofAStoreWithoutOrder("--json").err()).contains(NOT_ASKED);

        Command.Answered named = ofAStoreWithoutOrder("-g", "consistent-prefix,durability");
        assertThat(named.code()).isEqualTo(3);
        assertThat(named.out())
                .containsPattern("consistent-prefix +\\? undecided")
                .doesNotContain("not asked");
    }

    @Test
    void whatAStoreMayTellIsAskedAlthoughThisHistoryLeavesItUndecided() {
        Command.Answered answered =
                running(HELD_UNTIL_THE_END, List.of(), List.of(), List.of()).run("run");

        assertThat(answered.code()).isEqualTo(3);
        assertThat(answered.out())
                .containsPattern("consistent-prefix +\\? undecided")
                .doesNotContain("not asked");
    }

    @Test
    void theWriteOrderOfTheConfigurationIsTheDefault() {
        run(HELD, "--set", "configuration=sl-any");
        run(HELD, "--defect", "SL1");
        run(HELD, "--set", "configuration=sl-any", "--write-order", "none");

        assertThat(plans).extracting(Plan::writeOrder).containsExactly("session", "session", "none");
    }

    @Test
    void thePromiseOfAConfigurationIsJudgedUnderAllThatItCovers() {
        Command command = running(HELD, List.of(), List.of(), List.of());
        command.run("run", "--set", "configuration=sl-any", "--nemesis", "all", "--guarantees", "promise,eventual");
        command.run("run", "--nemesis", "all");

        assertThat(plans.get(0).guarantees()).containsExactly("consistent-prefix", "eventual");
        assertThat(plans.get(0).nemesis().kinds()).containsExactly("partition");
        assertThat(plans.get(1).nemesis().kinds()).containsExactly("crash", "partition");
    }

    @Test
    void withoutAConfigurationNothingIsPromised() {
        Command.Answered answered = Command.in(folder).run("run", "--guarantees", "promise");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("found promise without a configuration");
    }

    @Test
    void ofAStoreThatIsNotAsItsConfigurationSaysNothingIsPromised() {
        Command.Answered answered = Command.in(folder)
                .run("run", "--set", "configuration=sl-any", "--set", "reads=leader", "--guarantees", "promise");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err())
                .contains("--guarantees: found promise with reads=leader, expected the settings of sl-any");
    }

    @Test
    void underAFaultThatThePromiseDoesNotCoverNothingIsPromised() {
        Command.Answered answered = Command.in(folder)
                .run("run", "--set", "configuration=sl-any", "--nemesis", "partition,crash", "-g", "promise,eventual");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err())
                .contains("--guarantees: found promise with the nemesis crash, expected what is among partition, under"
                        + " which alone sl-any promises something, or names of guarantees");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void aRunOfNoTimeIsRefused() {
        Command.Answered answered = Command.in(folder).run("run", "--time", "0s");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("--time: found 0, expected 1ms or more");
    }

    @ParameterizedTest
    @CsvSource({
        "simulatd,simulated",
        "--set=reeds=leader,reads",
        "--set=reads=leeder,leader",
        "--set=configuration=sl-ani,sl-any",
        "--nemesis=partitions,partition",
        "--workload=registr,register",
        "--guarantees=read-your-write,read-your-writes",
        "--write-order=real-tme,real-time",
        "--defect=SL9,SL1"
    })
    void anUnknownNameIsTwoWithOneLineThatHasTheNearestAndLeavesNoFolder(String wrong, String nearest) {
        Command.Answered answered = Command.in(folder).run("run", wrong);

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err().lines()).hasSize(1);
        assertThat(answered.err()).contains(nearest);
        assertThat(answered.out()).isEmpty();
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--ops=0",
                "--ops=x",
                "--time=30",
                "--sessions=0",
                "--seed=one",
                "--gap=5s..2s",
                "--with=kees=3",
                "--nemesis=pause"
            })
    void aValueThatCannotBeIsTwoWithOneLineAndLeavesNoFolder(String wrong) {
        Command.Answered answered = Command.in(folder).run("run", wrong);

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err().lines()).hasSize(1);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--seed, abc, a whole number",
        "--seed, 1.5, a whole number",
        "--ops, many, a whole number",
        "--sessions, 99999999999, 'a whole number, at most 2147483647'",
        "--rate, fast, a number",
        "--rate, Infinity, a number"
    })
    void whatIsNoNumberIsToldWithWhatIsExpected(String option, String value, String expected) {
        Command.Answered answered = Command.in(folder).run("run", option, value);

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("'" + option + "'", "found " + value + ", expected " + expected + " (");
    }

    @Test
    void operationsAndTimeExcludeEachOther() {
        assertThat(Command.in(folder).run("run", "--ops=5", "--time=5s").code()).isEqualTo(2);
    }
}
