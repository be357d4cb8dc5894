package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String HELD = """
            {:type :invoke, :process 0, :f :write, :key "x", :value 1, :time 1000000}
            {:type :ok, :process 0, :f :write, :key "x", :value 1, :time 2000000}
            {:type :invoke, :process 0, :f :read, :key "x", :value nil, :time 3000000}
            {:type :ok, :process 0, :f :read, :key "x", :value 1, :time 4000000}
            """;

    private static final String BROKEN = """
            {:type :invoke, :process 5, :f :write, :key "x", :value 37, :node "n1", :time 1100000000, :index 10}
            {:type :ok, :process 5, :f :write, :key "x", :value 37, :node "n1", :time 1120000000, :index 11}
            {:type :invoke, :process 3, :f :write, :key "x", :value 41, :node "n1", :time 1204000000, :index 12}
            {:type :ok, :process 3, :f :write, :key "x", :value 41, :node "n1", :time 1209000000, :index 13}
            {:type :invoke, :process 3, :f :read, :key "x", :value nil, :node "n2", :time 1311000000, :index 14}
            {:type :ok, :process 3, :f :read, :key "x", :value 37, :node "n2", :time 1312000000, :index 15}
            """;

    private static final String VACUOUS = """
            {:type :invoke, :process 0, :f :write, :key "x", :value 1}
            {:type :ok, :process 0, :f :write, :key "x", :value 1}
            {:type :invoke, :process 1, :f :read, :key "x", :value nil}
            {:type :ok, :process 1, :f :read, :key "x", :value 1}
            """;

    private static final String MALFORMED = "{:type :invoke, :process 0, :f :write, :value";

    private final Command command;

    CheckCommandTest(@TempDir Path folder) {
        command = Command.in(folder)
                .file("held.edn", HELD)
                .file("broken.edn", BROKEN)
                .file("vacuous.edn", VACUOUS)
                .file("malformed.edn", MALFORMED);
    }

    private Command.Answered check(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("check", "--guarantees", "read-your-writes"));
        all.addAll(List.of(arguments));
        return command.run(all.toArray(String[]::new));
    }

    @Test
    void whatFaultsCostIsToldAsByTheRunThatRecordedIt() throws Exception {
        command.file("struck.edn", """
                {:type :invoke, :process 0, :f :write, :key "x", :value 1, :time 1000000}
                {:type :ok, :process 0, :f :write, :key "x", :value 1, :time 2000000}
                {:type :info, :process :nemesis, :f :inject, :value {"id" 1, "fault" "pause", "nodes" ["n1"]}, :time 3000000}
                {:type :info, :process :nemesis, :f :confirm, :value {"id" 1, "fault" "pause", "nodes" ["n1"]}, :time 4000000}
                {:type :invoke, :process 0, :f :read, :key "x", :value nil, :time 5000000}
                {:type :info, :process :nemesis, :f :heal, :value {"id" 1, "fault" "pause", "nodes" ["n1"]}, :time 9000000}
                {:type :invoke, :process 1, :f :write, :key "x", :value 2, :time 11000000}
                {:type :ok, :process 1, :f :write, :key "x", :value 2, :time 14000000}
                {:type :ok, :process 0, :f :read, :key "x", :value 1, :time 15000000}
                """);

        assertThat(check("struck.edn").out())
                .containsPattern("availability +longest without an acknowledgement")
                .containsPattern("pause +3 ms \\(write\\) +1 of 1, at most 3 ms \\(write\\) +not judged");
        assertThat(check("held.edn").out()).doesNotContain("availability");
        JsonNode told = JSON.readTree(check("--json", "struck.edn").out());
        assertThat(told.at("/evidence/availability/0/fault").asString()).isEqualTo("pause");
        assertThat(told.at("/evidence/availability/0/recoveryMillis").asDouble())
                .isEqualTo(3.0);
        assertThat(JSON.readTree(check("--json", "held.edn").out()).has("evidence"))
                .isFalse();
    }

    @Nested
    class OfARunThatLackedEvidence {
        private static final String LACKED = "slow n1 to n2 (fault 0) was never seen in force: n1 to n2 took 1 ms";
        private static final String SLOW = """
                {:type :info, :process :nemesis, :f :inject, :value {"id" 0, "fault" "slow", "links" [["n1" "n2"]]}, :time 1}
                {:type :info, :process :nemesis, :f :WHAT, :value {"id" 0, "fault" "slow", "links" [["n1" "n2"]], "evidence" "n1 to n2 took 1 ms"}, :time 2}
                {:type :info, :process :nemesis, :f :heal, :value {"id" 0, "fault" "slow", "links" [["n1" "n2"]]}, :time 3}
                """;

        private Command.Answered checkRun(String history, String plan, String verdict, String... arguments) {
            command.folder("run").file("run/history.jsonl", history);
            if (!plan.isEmpty()) {
                command.file("run/plan.json", plan);
            }
            if (!verdict.isEmpty()) {
                command.file("run/verdict.json", verdict);
            }
            List<String> all = new java.util.ArrayList<>(List.of("check", "run"));
            all.addAll(List.of(arguments));
            return command.run(all.toArray(String[]::new));
        }

        private static String crashing() {
            return PlanFile.toJson(
                    PlanBuilder.simulated("simulated").nemesis("crash").build());
        }

        @Test
        void theVerdictBesideTheHistorySaysWhatIsMissing() throws Exception {
            String verdict = "{\"verdict\":\"UNKNOWN\",\"history\":{\"operations\":2},\"guarantees\":[],\"missing\":[\""
                    + LACKED + "\"]}";

            Command.Answered answered = checkRun(HELD, "", verdict, "--guarantees", "read-your-writes");

            assertThat(answered.code()).isEqualTo(3);
            assertThat(answered.out()).containsPattern("missing +\\Q" + LACKED).contains("✓ held");
            assertThat(checkRun(HELD, "", verdict).code()).isEqualTo(3);
            assertThat(checkRun(BROKEN, "", verdict, "--guarantees", "read-your-writes")
                            .code())
                    .isEqualTo(1);
            Command.Answered summary =
                    checkRun(HELD, "", verdict, "--summary", "--require", "integrity", "--markdown", "page.md");
            assertThat(summary.code()).isEqualTo(3);
            assertThat(summary.out()).contains("1 history: 1 undecided");
            JsonNode told = JSON.readTree(checkRun(HELD, "", verdict, "--json", "--require", "integrity")
                    .out());
            assertThat(told.get("verdict").asString()).isEqualTo("UNKNOWN");
            assertThat(told.at("/missing/0").asString()).isEqualTo(LACKED);
        }

        @Test
        void whereARunWasKilledItsPlanSaysWhatWasToStrike() {
            Command.Answered answered = checkRun(HELD, crashing(), "", "--guarantees", "read-your-writes");

            assertThat(answered.code()).isEqualTo(3);
            assertThat(answered.out()).contains("no crash was injected: the run ended before, or found no aim");
        }

        @Test
        void ofAScheduleItIsSaidWhichFaultsNeverCame() {
            String pause =
                    "{:type :info, :process :nemesis, :f :WHAT, :value {\"id\" 0, \"fault\" \"pause\", \"nodes\" [\"n2\"]}, :time 2}\n";
            String came = Stream.of("inject", "confirm", "heal", "gone")
                    .map(what -> pause.replace("WHAT", what))
                    .collect(Collectors.joining());
            String plan = PlanFile.toJson(PlanBuilder.simulated("simulated")
                    .schedule(
                            List.of(strike(FaultKind.PAUSE, 1), strike(FaultKind.PAUSE, 9), strike(FaultKind.CRASH, 7)))
                    .build());

            Command.Answered answered = checkRun(came + HELD, plan, "", "--guarantees", "read-your-writes");

            assertThat(answered.code()).isEqualTo(3);
            assertThat(answered.out().lines().filter(line -> line.startsWith("missing")))
                    .extracting(line -> line.replaceFirst("missing +", ""))
                    .containsExactly(
                            "crash n2, scheduled for 7000 ms, was never injected",
                            "pause n2, scheduled for 9000 ms, was never injected");
        }

        @Test
        void theRecordingAloneSaysWhatNobodySawInForceAndWhoWasStillCatchingUp() {
            command.file("alone.edn", SLOW.replace("WHAT", "unconfirmed") + HELD)
                    .file("seen.edn", SLOW.replace("WHAT", "confirm") + HELD)
                    .file(
                            "behind.edn",
                            HELD
                                    + "{:type :info, :process :nemesis, :f :unconverged, :value {\"evidence\" \"n2 is behind\"}}\n");

            assertThat(check("alone.edn").out()).contains(LACKED);
            assertThat(check("alone.edn").code()).isEqualTo(3);
            assertThat(check("seen.edn").code()).isZero();
            String notGone = SLOW.replace("WHAT", "confirm")
                    + SLOW.replace("WHAT", "unconfirmed")
                            .lines()
                            .filter(line -> line.contains(":unconfirmed"))
                            .collect(Collectors.joining());
            command.file("still.edn", notGone + "\n" + HELD)
                    .file(
                            "open.edn",
                            SLOW.replace("WHAT", "confirm")
                                            .lines()
                                            .filter(line -> !line.contains(":heal"))
                                            .collect(Collectors.joining("\n"))
                                    + "\n" + HELD);
            for (String file : List.of("still.edn", "open.edn")) {
                assertThat(check(file).out()).contains("slow n1 to n2 (fault 0) was never seen gone: ");
                assertThat(check(file).code()).isEqualTo(3);
            }
            assertThat(check("behind.edn").out()).containsPattern("missing +n2 is behind");
            assertThat(check("behind.edn").code()).isEqualTo(3);
        }
    }

    @Test
    void thePromiseIsThatOfTheConfigurationInThePlanBesideTheHistory() {
        command.file(
                "plan.json",
                PlanFile.toJson(PlanBuilder.simulated("simulated")
                        .set("configuration", "sl-any")
                        .build()));

        Command.Answered answered = command.run("check", "--guarantees", "promise", "--json", "held.edn");

        assertThat(answered.err()).doesNotContain("umpire check:");
        assertThat(answered.out()).contains("consistent-prefix").doesNotContain("read-your-writes");
    }

    @Test
    void aRunThatWasNotAsItsConfigurationSaysPromisedNothing() {
        command.file(
                "plan.json",
                PlanFile.toJson(PlanBuilder.simulated("simulated")
                        .set("configuration", "sl-any")
                        .set("reads", "leader")
                        .build()));

        Command.Answered answered = command.run("check", "--guarantees", "promise", "held.edn");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("found promise with reads=leader, expected the settings of sl-any");
    }

    @Test
    void aRunThatWasStruckByMoreThanItsConfigurationCoversPromisedNothing() {
        command.file(
                "plan.json",
                PlanFile.toJson(PlanBuilder.simulated("simulated")
                        .set("configuration", "sl-any")
                        .nemesis("crash")
                        .build()));

        Command.Answered answered = command.run("check", "--guarantees", "promise", "held.edn");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("found promise with the nemesis crash, expected what is among partition");
    }

    private static Script.Strike strike(FaultKind kind, int fromSeconds) {
        return new Script.Strike(
                kind,
                new TreeSet<>(List.of(new Node("n2"))),
                new TreeSet<>(),
                "",
                0,
                0,
                fromSeconds * 1_000_000_000L,
                (fromSeconds + 1) * 1_000_000_000L);
    }

    @Test
    void theFaultsOfAScheduleAreThoseThatAPromiseMustCover() {
        PlanBuilder plan = PlanBuilder.simulated("simulated").set("configuration", "sl-any");
        Script.Strike cut = strike(FaultKind.PARTITION, 1)
                .on(new TreeSet<>(), new TreeSet<>(List.of(new Link(new Node("n1"), new Node("n2")))), "one way");

        command.file("plan.json", PlanFile.toJson(plan.schedule(List.of(cut)).build()));
        assertThat(command.run("check", "--guarantees", "promise", "--json", "held.edn")
                        .out())
                .contains("consistent-prefix");

        command.file(
                "plan.json",
                PlanFile.toJson(
                        plan.schedule(List.of(strike(FaultKind.CRASH, 1))).build()));
        assertThat(command.run("check", "--guarantees", "promise", "held.edn").err())
                .contains("found promise with the nemesis crash, expected what is among partition");

        Script.Strike another =
                cut.on(new TreeSet<>(), new TreeSet<>(List.of(new Link(new Node("n2"), new Node("n3")))), "one way");
        command.file(
                "plan.json",
                PlanFile.toJson(plan.schedule(List.of(cut, another)).build()));
        assertThat(command.run("check", "--guarantees", "promise", "held.edn").err())
                .contains("found promise with a schedule of partition worse than a nemesis draws it");
    }

    @Test
    void aHistoryWithoutAPlanPromisedNothing() {
        Command.Answered answered = command.run("check", "--guarantees", "promise", "held.edn");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("no plan beside held.edn");
    }

    @Nested
    class ExitCodes {

        @Test
        void heldIsZero() {
            assertThat(check("held.edn").code()).isZero();
        }

        @Test
        void brokenIsOne() {
            assertThat(check("broken.edn").code()).isEqualTo(1);
        }

        @Test
        void undecidedIsThree() {
            assertThat(check("vacuous.edn").code()).isEqualTo(3);
        }

        @Test
        void aBadFileIsTwo() {
            assertThat(check("malformed.edn").code()).isEqualTo(2);
        }

        @Test
        void aViolationInOneFileOutranksABadFileInEitherOrder() {
            assertThat(check("broken.edn", "malformed.edn").code()).isEqualTo(1);
            assertThat(check("malformed.edn", "broken.edn").code()).isEqualTo(1);
        }

        @Test
        void aBadFileOutranksAnUndecidedOneAndAnUndecidedOneOutranksAHeldOne() {
            assertThat(check("malformed.edn", "vacuous.edn").code()).isEqualTo(2);
            assertThat(check("vacuous.edn", "held.edn").code()).isEqualTo(3);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "--oops",
                    "--guarantees=none-such",
                    "--write-order=none-such",
                    "--model=none-such",
                    "--anomalies=0"
                })
        void wrongUseIsTwoWithOneLineAndNothingOnStandardOutput(String wrong) {
            Command.Answered answered = command.run("check", "held.edn", wrong);

            assertThat(answered.code()).isEqualTo(2);
            assertThat(answered.out()).isEmpty();
            assertThat(answered.err().lines()).hasSize(1);
        }

        @Test
        void withoutAFileTheUseIsWrong() {
            assertThat(command.run("check").code()).isEqualTo(2);
        }

        @Test
        void withoutACommandTheUseIsWrong() {
            assertThat(command.run().code()).isEqualTo(2);
        }
    }

    @Nested
    class TheLadder {
        private static final String PHANTOM = """
                {:type :invoke, :process 0, :f :read, :key "x", :value nil}
                {:type :ok, :process 0, :f :read, :key "x", :value 7}
                """;

        @Test
        void everythingIsJudgedWeakestFirstWhereNothingIsNamed() {
            List<String> lines =
                    command.run("check", "broken.edn").out().lines().toList();

            assertThat(lines)
                    .filteredOn(line -> line.matches("[a-z-]+ .*(✓ held|✗ broken).*"))
                    .extracting(line -> line.substring(0, line.indexOf(' ')))
                    .startsWith("integrity", "read-your-writes")
                    .containsSubsequence("causal", "causal-convergence", "sequential", "linearizable")
                    .endsWith("linearizable");
        }

        @Test
        void theStrongestThatHeldAndTheFirstThatBrokeAreTold() {
            List<String> lines =
                    command.run("check", "broken.edn").out().lines().toList();

            assertThat(lines)
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("strongest that held  ")
                            .contains("sequential")
                            .doesNotContain("causal"))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("first that broke     ")
                            .contains("read-your-writes")
                            .doesNotContain("linearizable"))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("undecided            monotonic-reads: no read of a key came after another"))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("                     bounded-staleness: no bound was asked for"))
                    .anySatisfy(line -> assertThat(line).startsWith("read-your-writes, the one anomaly"))
                    .noneSatisfy(line -> assertThat(line).startsWith("linearizable, "));
        }

        @Test
        void thatSomethingIsBrokenIsNoFailureByItself() {
            assertThat(command.run("check", "broken.edn").code()).isZero();
        }

        @Test
        void whatIsRequiredDecidesTheExit() {
            assertThat(command.run("check", "broken.edn", "--require", "causal").code())
                    .isZero();
            assertThat(command.run("check", "broken.edn", "--require", "causal,read-after-write")
                            .code())
                    .isEqualTo(1);
            assertThat(command.run("check", "broken.edn", "--require", "monotonic-reads")
                            .code())
                    .isEqualTo(3);
        }

        @Test
        void whatIsRequiredIsJudgedThoughNobodyElseAsksForIt() {
            Command.Answered answered = command.run("check", "broken.edn", "--require", "bounded-staleness:3versions");

            assertThat(answered.code()).isZero();
            assertThat(answered.out()).contains("bounded-staleness:3versions");
        }

        @Test
        void brokenIntegrityIsAFailureInAnyCase() {
            command.file("phantom.edn", PHANTOM);

            assertThat(command.run("check", "phantom.edn").code()).isEqualTo(1);
        }

        @Test
        void whereNothingCouldBeJudgedNothingHeld() {
            command.file("writes.edn", VACUOUS.lines().limit(2).collect(Collectors.joining("\n")));

            assertThat(command.run("check", "writes.edn").code()).isEqualTo(3);
        }

        @Test
        void toRequireAndToNameIsOneTooMany() {
            Command.Answered answered = command.run("check", "held.edn", "--require", "causal", "-g", "causal");

            assertThat(answered.code()).isEqualTo(2);
            assertThat(answered.err().strip())
                    .isEqualTo("umpire check: --require: found --guarantees beside it, expected one of the two");
        }

        @Test
        void theJsonHasNoOneVerdictWhereNoneWasAskedFor() {
            JsonNode told =
                    JSON.readTree(command.run("check", "broken.edn", "--json").out());

            assertThat(told.get("verdict").stringValue()).isEqualTo("LADDER");
            assertThat(told.at("/ladder/firstBroken/0").stringValue()).isEqualTo("read-your-writes");
            assertThat(told.at("/ladder/strongestHeld").toString()).contains("\"sequential\"");
            assertThat(told.at("/ladder/undecided").toString()).contains("\"bounded-staleness\"");
            assertThat(JSON.readTree(command.run("check", "broken.edn", "--json", "--require", "causal")
                                    .out())
                            .get("verdict")
                            .stringValue())
                    .isEqualTo("VALID");
        }
    }

    @Nested
    class WhileACheckerFails {
        private final RuntimeException bug = new IllegalStateException("two leaders in one term");

        private void failingBesides(Judgement... others) {
            command.with((history, guarantees, options) -> new Judgement(
                    others.length == 0
                            ? List.of()
                            : Judgement.of(history, guarantees, options, () -> 0)
                                    .judged(),
                    List.of(new CheckerFailure("durability", bug))));
        }

        @Test
        void theExitIsTwoAndTheTextOfTheExceptionIsToldWithoutItsStack() {
            failingBesides();
            Command.Answered answered = check("vacuous.edn");

            assertThat(answered.code()).isEqualTo(2);
            assertThat(answered.err())
                    .isEqualTo(
                            "umpire: the checker of durability failed: IllegalStateException: two leaders in one term"
                                    + System.lineSeparator());
            assertThat(answered.out()).contains("! failed").doesNotContain("undecided");
        }

        @Test
        void theStackIsToldWhereItIsAskedFor() {
            failingBesides();

            assertThat(check("held.edn", "--verbose").err()).contains("at dev.umpire");
        }

        @Test
        void aViolationThatAnotherCheckerFoundOutranksIt() {
            failingBesides(new Judgement(List.of(), List.of()));

            assertThat(check("broken.edn").code()).isEqualTo(1);
        }

        @Test
        void undecidedDoesNotOutrankIt() {
            failingBesides(new Judgement(List.of(), List.of()));

            assertThat(check("vacuous.edn").code()).isEqualTo(2);
        }
    }

    @Nested
    class Json {

        @Test
        void isOneLineForEachHistoryOnStandardOutputAndNothingElse() {
            Command.Answered answered = check("held.edn", "broken.edn", "--json");

            List<JsonNode> objects = answered.out().lines().map(JSON::readTree).toList();
            assertThat(objects).hasSize(2);
            assertThat(objects.get(0).get("verdict").stringValue()).isEqualTo("VALID");
            assertThat(objects.get(1).get("verdict").stringValue()).isEqualTo("INVALID");
            assertThat(objects.get(1).at("/guarantees/0/guarantee").stringValue())
                    .isEqualTo("read-your-writes");
            assertThat(objects.get(1)
                            .at("/guarantees/0/anomalies/0/operations/0")
                            .intValue())
                    .isGreaterThanOrEqualTo(10);
            assertThat(objects.get(1).at("/guarantees/1/guarantee").stringValue())
                    .isEqualTo("integrity");
            assertThat(answered.err()).contains("held.edn");
        }

        @Test
        void hasNothingForABadFile() {
            Command.Answered answered = check("malformed.edn", "--json");

            assertThat(answered.out()).isEmpty();
            assertThat(answered.err()).contains("malformed.edn:1:");
            assertThat(answered.code()).isEqualTo(2);
        }
    }

    @Nested
    class Messages {

        @Test
        void aBadFileIsOneLineWithFileLineAndColumn() {
            assertThat(check("malformed.edn").err().strip())
                    .matches(".*malformed\\.edn:1:\\d+: found .*expected .*")
                    .doesNotContain("\n");
        }

        @Test
        void aMissingFileIsToldByItsName() {
            assertThat(check("none.edn").err())
                    .isEqualTo("none.edn: found no such file, expected a history" + System.lineSeparator());
        }

        @Test
        void anUnknownGuaranteeIsToldWithTheNearest() {
            assertThat(command.run("check", "held.edn", "-g", "read-your-write").err())
                    .contains("found read-your-write", "monotonic-reads", "the nearest is read-your-writes");
        }

        @Test
        void anUnknownOptionIsToldWithTheWayToHelp() {
            assertThat(command.run("check", "held.edn", "--jsn").err()).contains("--jsn", "umpire check --help");
        }
    }

    @Nested
    class ForPeople {

        @Test
        void theAnomalyIsToldWithSessionsNodesTimesAndValues() {
            assertThat(check("broken.edn").out())
                    .contains("✗ broken")
                    .contains("session 3", "wrote x=41", "at n1", "1,204 ms to 1,209 ms", "acknowledged")
                    .contains("at n2", "1,311", "returned 37");
        }

        @Test
        void readAfterWriteIsAnotherNameOfReadYourWrites() {
            assertThat(command.run("check", "broken.edn", "-g", "read-after-write")
                            .out())
                    .contains("read-your-writes");
        }

        @Test
        void colourComesOnlyWhereItIsAllowedAndOnlyRepeatsTheWords() {
            String plain = check("broken.edn").out();
            String coloured = command.onATerminal(true)
                    .run("check", "--guarantees", "read-your-writes", "broken.edn")
                    .out();

            assertThat(plain).doesNotContain("\u001b");
            assertThat(coloured)
                    .contains("\u001b[")
                    .matches(text -> text.replaceAll("\u001b\\[[0-9;]*m", "").equals(plain));
        }

        @Test
        void valuesCannotSteerTheTerminal() {
            command.file("nasty.edn", BROKEN.replace("37", "\"\\u001b[2J\\u202eevil\""));
            String out = check("nasty.edn").out();

            assertThat(out).doesNotContain("\u001b", "\u202e").containsIgnoringCase("\\u001b[2J\\u202eevil");
        }
    }

    @Nested
    class ManyHistories {
        private static final String SEPARATOR = "history  ";

        private List<String> summary(String... arguments) {
            List<String> lines = check(arguments).out().lines().toList();
            int head = lines.lastIndexOf(lines.stream()
                    .filter(line -> line.startsWith(SEPARATOR) && line.endsWith("broken"))
                    .findFirst()
                    .orElseThrow());
            return lines.subList(head + 1, lines.size()).stream()
                    .map(line -> line.replaceAll(" +", " ").strip())
                    .toList();
        }

        @Test
        void endWithALineForEachAndHowManyStandHow() {
            assertThat(summary("held.edn", "broken.edn", "vacuous.edn", "malformed.edn"))
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("held.edn ✓ held 2"),
                            line -> assertThat(line).isEqualTo("broken.edn ✗ broken 3 read-your-writes"),
                            line -> assertThat(line).isEqualTo("vacuous.edn ? undecided 2"),
                            line -> assertThat(line)
                                    .startsWith("malformed.edn ! failed ")
                                    .contains("malformed.edn:1:46: found end of file"),
                            line -> assertThat(line).isEmpty(),
                            line -> assertThat(line).isEqualTo("4 histories: 1 held, 1 undecided, 1 failed, 1 broken"));
        }

        @Test
        void ofOneThereIsNoTable() {
            assertThat(check("held.edn").out()).doesNotContain("1 history");
        }

        @Test
        void aFolderStandsForWhatIsBelowIt() {
            command.folder("many/runs/one")
                    .folder("many/runs/two")
                    .file("many/runs/one/history.jsonl", HELD)
                    .file("many/runs/one/schedule.jsonl", "no history")
                    .file("many/runs/two/history.jsonl", BROKEN)
                    .file("many/plan.json", "{}")
                    .file("many/notes.txt", "no history")
                    .file("many/a.edn", VACUOUS);

            assertThat(summary("many", "--summary"))
                    .containsExactly(
                            "many/a.edn ? undecided 2",
                            "many/runs/one ✓ held 2",
                            "many/runs/two ✗ broken 3 read-your-writes",
                            "",
                            "3 histories: 1 held, 1 undecided, 1 broken");
            assertThat(check("many").code()).isEqualTo(1);
            assertThat(check("many", "--json").out().lines()).hasSize(3);
        }

        @Test
        void aFolderWithoutAnyIsWrongUse() {
            command.folder("empty");

            Command.Answered answered = check("empty");

            assertThat(answered.code()).isEqualTo(2);
            assertThat(answered.err()).contains("empty: found a folder without any history");
        }

        @Test
        void whatARunLeavesBesideItsHistoryIsNone() {
            command.folder("lost/nodes")
                    .file("lost/plan.json", "{}")
                    .file("lost/schedule.jsonl", HELD)
                    .file("lost/nemesis.jsonl", HELD)
                    .file("lost/nodes/n1.log", HELD);

            assertThat(check("lost").err()).contains("lost: found a folder without any history");
        }

        @Test
        void theSummaryAloneHasNoPages() {
            assertThat(check("held.edn", "broken.edn", "--summary").out())
                    .contains("2 histories: 1 held, 1 broken")
                    .doesNotContain("the one anomaly");
            assertThat(check("held.edn", "--summary", "--json").code()).isEqualTo(2);
        }
    }

    @Nested
    class ForCi {

        @Test
        void theFilesAreWrittenBesideTheAnswer() {
            Command.Answered answered =
                    check("held.edn", "broken.edn", "--junit-xml", "j.xml", "--sarif", "s.json", "--markdown", "m.md");

            assertThat(answered.code()).isEqualTo(1);
            assertThat(answered.err()).isEmpty();
            assertThat(command.content("j.xml")).contains("<testsuite name=\"broken.edn\" tests=\"2\" failures=\"1\"");
            assertThat(command.content("s.json")).contains("\"ruleId\":\"read-your-writes\"");
            assertThat(command.content("m.md")).contains("| broken.edn | ✗ broken |");
        }

        @Test
        void theSummaryOfAJobIsAppended() {
            command.file("m.md", "before\n");
            check("held.edn", "--markdown", "m.md");

            assertThat(command.content("m.md")).startsWith("before\n## Umpire: ");
        }

        @Test
        void whatCannotBeWrittenIsToldAndTheAnswerStands() {
            Command.Answered answered = check("held.edn", "--junit-xml", "no/such/j.xml");

            assertThat(answered.code()).isEqualTo(2);
            assertThat(answered.out()).contains("✓ held");
            assertThat(answered.err().strip())
                    .isEqualTo("umpire: --junit-xml no/such/j.xml: cannot be written: found no such folder");
            assertThat(check("broken.edn", "--sarif", ".").code()).isEqualTo(1);
        }

        @Test
        void whatIsRequiredCounts() {
            command.run("check", "broken.edn", "--require", "causal", "--junit-xml", "j.xml");

            assertThat(command.content("j.xml")).contains("failures=\"0\" errors=\"0\"", "broken, and not required");
        }
    }
}
