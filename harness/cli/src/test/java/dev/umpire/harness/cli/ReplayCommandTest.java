package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.PlanFile;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be run again, nor shrunk. */
class ReplayCommandTest {
    private final Command command;

    ReplayCommandTest(@TempDir Path folder) {
        command = Command.in(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "shrink"})
    void aFolderWithoutAPlanIsNoRun(String name) {
        Command.Answered answered = command.run(name, "nowhere");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err())
                .contains("umpire " + name + ": nowhere: found no plan.json there, expected the folder of a run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "shrink"})
    void aPlanOfAnotherVersionIsRefusedWithTheOneThatIsRead(String name) {
        command.file(
                "plan.json",
                PlanFile.toJson(PlanBuilder.simulated("simulated").build())
                        .replace("\"version\" : 1", "\"version\" : 7"));

        Command.Answered answered = command.run(name, ".");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("version: found 7, expected 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "shrink"})
    void aRunOfATargetThatIsNotThereIsRefusedWithTheNearest(String name) {
        command.file(
                "plan.json", PlanFile.toJson(PlanBuilder.simulated("simulates").build()));

        Command.Answered answered = command.run(name, ".");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("plan.json: target: found simulates, expected simulated");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "name" : "register"    | "name" : "registry"  | workload: found registry, expected register,
                    "real-time"            | "wall-clock"         | found wall-clock
                    "read-your-writes"     | "read-my-writes"     | found read-my-writes
                    "kinds" : [ ]          | "kinds" : [ "flood" ] | found flood
                    "settings" : { }       | "settings" : { "reads" : "nobody" } | reads: found nobody, expected one of
                    "sessions" : 8         | "sessions" : 0       | sessions: found 0, expected 1 or more
                    """)
    void whatThePlanNamesAndThereIsNotIsToldOfItsFile(String written, String instead, String told) {
        String plan = PlanFile.toJson(PlanBuilder.simulated("simulated").build());
        assertThat(plan).contains(written);
        command.file("plan.json", plan.replace(written, instead));

        Command.Answered answered = command.run("replay", ".", "--twice");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).containsPattern("plan\\.json:[^\n]*" + Pattern.quote(told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "shrink"})
    void aRunInRealTimeDoesNotHappenTwice(String name) {
        command.with(new StoreInTests(false))
                .file(
                        "plan.json",
                        PlanFile.toJson(PlanBuilder.simulated("simulated").build()));

        Command.Answered answered = command.run(name, ".");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("found a run of simulated, expected one in virtual time");
    }

    @Test
    void whatLeftNoScheduleIsNotShrunk() {
        command.file(
                "plan.json", PlanFile.toJson(PlanBuilder.simulated("simulated").build()));

        Command.Answered answered = command.run("shrink", ".");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("found no schedule.jsonl there");
    }

    @Test
    void whatLeftNoHistoryIsNotComparedWithOne() {
        command.file(
                "plan.json", PlanFile.toJson(PlanBuilder.simulated("simulated").build()));

        Command.Answered answered = command.run("replay", ".");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("found no history.jsonl there, expected one to compare with, or --twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "shrink"})
    void anEmptyPlanIsRefused(String name) {
        command.file("plan.json", "");

        Command.Answered answered = command.run(name, ".");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("plan.json:1:1: found nothing, expected the JSON of a plan");
    }

    @Test
    void aBoundOfNoRunsIsRefused() {
        Command.Answered answered = command.run("shrink", ".", "--runs", "0");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("--runs: found 0, expected 1 or more");
    }

    @Test
    void oneGuaranteeIsToStayBroken() {
        command.file(
                        "plan.json",
                        PlanFile.toJson(PlanBuilder.simulated("simulated").build()))
                .file(
                        "schedule.jsonl",
                        "{\"umpire\":\"history\",\"version\":1,\"nodes\":[\"n1\"]}\n{\"umpire\":\"end\",\"events\":0}\n");

        Command.Answered answered = command.run("shrink", ".", "--guarantee", "durability,eventual");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("--guarantee: found durability,eventual, expected one guarantee");
    }
}
