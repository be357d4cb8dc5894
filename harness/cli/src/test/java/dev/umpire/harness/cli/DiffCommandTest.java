package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.PlanFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DiffCommandTest {
    private static final String HELD = """
            {:type :invoke, :process 0, :f :write, :key "x", :value 1, :node "n1", :time 1000000}
            {:type :ok, :process 0, :f :write, :key "x", :value 1, :node "n1", :time 2000000}
            {:type :invoke, :process 0, :f :read, :key "x", :value nil, :node "n1", :time 3000000}
            {:type :ok, :process 0, :f :read, :key "x", :value 1, :node "n1", :time 4000000}
            """;
    private static final String BROKEN =
            HELD.replace(":f :read, :key \"x\", :value 1", ":f :read, :key \"x\", :value nil");

    /** Nobody reads what he wrote himself. */
    private static final String VACUOUS = HELD.lines().limit(2).reduce("", (all, line) -> all + line + "\n");

    private final Command command;

    DiffCommandTest(@TempDir Path folder) {
        command = Command.in(folder)
                .file("held.edn", HELD)
                .file("later.edn", HELD.replace(":time 4000000", ":time 5000000"))
                .file("waited.edn", HELD.replace(":time 3000000", ":time 3000000, :intended 2500000"))
                .file("broken.edn", BROKEN)
                .file("vacuous.edn", VACUOUS)
                .file("survey.json", "{\"defect\":\"SL1\",\"breaks\":[],\"kept\":[],\"wronglyBroken\":[]}\n");
    }

    private Command.Answered diff(String a, String b, String... more) {
        String[] arguments = {"diff", a, b, "--guarantees", "read-your-writes"};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return command.run(all);
    }

    @ParameterizedTest
    @CsvSource({
        "held.edn,    held.edn,    0",
        "held.edn,    later.edn,   0",
        "held.edn,    broken.edn,  1",
        "vacuous.edn, broken.edn,  1",
        "broken.edn,  held.edn,    0",
        "broken.edn,  broken.edn,  0",
        "held.edn,    vacuous.edn, 3",
        "held.edn,    nowhere.edn, 2",
        "held.edn,    survey.json, 2"
    })
    void theExitSaysWhetherAGuaranteeGotWorse(String a, String b, int code) {
        assertThat(diff(a, b).code()).isEqualTo(code);
    }

    @Test
    void aGuaranteeThatGotWorseIsToldWithTheEventThatDiffersFirst() {
        Command.Answered answered = diff("held.edn", "broken.edn");

        assertThat(answered.out().lines())
                .contains(
                        "read-your-writes  ✓ held  1  ✗ broken  1 of 1  worse",
                        "first difference  after 3 equal events",
                        "  A  {\"time\":4000000,\"type\":\"ok\",\"process\":0,\"node\":\"n1\",\"f\":\"read\",\"key\":\"x\",\"value\":1}",
                        "  B  {\"time\":4000000,\"type\":\"ok\",\"process\":0,\"node\":\"n1\",\"f\":\"read\",\"key\":\"x\",\"value\":null}");
    }

    @Test
    void ofEqualHistoriesNothingDiffers() {
        assertThat(diff("held.edn", "held.edn").out()).endsWith("nothing differs" + System.lineSeparator());
    }

    @Test
    void historiesThatDifferInTimesAloneSaySo() {
        assertThat(diff("held.edn", "later.edn").out().lines())
                .contains("first difference  after 3 equal events, in its time", "beside times   nothing differs")
                .anyMatch(line -> line.matches("latency of read +A  1\\.0 ms .*"))
                .anyMatch(line -> line.matches(" +B  2\\.0 ms .*"))
                .doesNotContain("nothing differs");
    }

    @Test
    void whenAnOperationWasToBeAskedIsATimeToo() {
        assertThat(diff("held.edn", "waited.edn").out()).contains("beside times   nothing differs");
    }

    @Test
    void aShorterHistoryHasEndedWhereTheOtherGoesOn() {
        assertThat(diff("held.edn", "vacuous.edn").out()).contains("  B  nothing: it has ended");
    }

    @Test
    void whatTheTwoPlansAskIsCompared() {
        for (String reads : new String[] {"leader", "any-follower"}) {
            command.folder(reads)
                    .file(reads + "/history.jsonl", """
                            {"umpire":"history","version":1,"nodes":["n1"],"initial":null}
                            """)
                    .file(
                            reads + "/plan.json",
                            PlanFile.toJson(PlanBuilder.simulated("simulated")
                                    .set("reads", reads)
                                    .guarantees("monotonic-reads")
                                    .build()));
        }

        Command.Answered answered = command.run("diff", "leader", "any-follower");

        assertThat(answered.out()).contains("settings.reads  leader  any-follower");
        assertThat(answered.out()).contains("undecided in both  monotonic-reads");
    }

    @Test
    void programsAreToldTheSame() throws Exception {
        JsonNode json = new JsonMapper()
                .readTree(diff("held.edn", "broken.edn", "--json").out());

        assertThat(json.get("same").asBoolean()).isFalse();
        assertThat(json.get("trend").asString()).isEqualTo("WORSE");
        assertThat(json.at("/guarantees/0/a/verdict").asString()).isEqualTo("VALID");
        assertThat(json.at("/guarantees/0/b/anomalyCount").asInt()).isEqualTo(1);
        assertThat(json.at("/firstDifference/event").asInt()).isEqualTo(3);
        assertThat(json.at("/measured/0/what").asString()).isEqualTo("latency of read");
        assertThat(json.at("/measured/0/a/p50Nanos").asLong()).isEqualTo(1_000_000);
    }

    @Test
    void withoutAPlanEverythingIsJudged() {
        assertThat(command.run("diff", "held.edn", "held.edn").out())
                .contains("linearizable", "causal", "read-your-writes");
    }

    @Test
    void whatMeansHarmIsShownAsText() {
        command.file("a.edn", HELD).file("b.edn", HELD.replace(":value 1", ":value \"\u001b[31m\u202e<script>\""));

        Command.Answered answered = diff("a.edn", "b.edn");

        assertThat(answered.out()).contains("\\u001b[31m\\u202e<script>").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void aSurveyThatIsTornIsRefusedWithItsLine() {
        command.file(
                "torn.json", "{\"defect\":\"SL1\",\"breaks\":[],\"kept\":[],\"wronglyBroken\":[]}\n{\"defect\":\n");

        Command.Answered answered = command.run("diff", "survey.json", "torn.json");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("torn.json:2: ", "expected an object that 'umpire survey --json' printed");
    }

    @Test
    void aSurveyThatLacksAFieldIsRefusedWithItsName() {
        command.file("lacking.json", "{\"configuration\":\"sl-any\",\"seeds\":2}\n");

        Command.Answered answered = command.run("diff", "survey.json", "lacking.json");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("lacking.json:1: found no field promise");
    }

    @Test
    void aSurveyIsNotComparedWithAHistory() {
        assertThat(command.run("diff", "survey.json", "held.edn").err())
                .contains("held.edn: found a history, expected a survey to compare with survey.json");
    }
}
