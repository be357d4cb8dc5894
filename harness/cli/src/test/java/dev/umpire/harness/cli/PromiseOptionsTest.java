package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's clock stands on 23 November 2026. */
class PromiseOptionsTest {
    private static final String HELD = """
            {:type :invoke, :process 0, :f :write, :key "x", :value 1, :time 1000000}
            {:type :ok, :process 0, :f :write, :key "x", :value 1, :time 2000000}
            {:type :invoke, :process 0, :f :read, :key "x", :value nil, :time 3000000}
            {:type :ok, :process 0, :f :read, :key "x", :value 1, :time 4000000}
            """;
    private static final String PROMISE = """
            {"version": 1, "promises": [{"name": "followers", "target": "TARGET", "settings": {SETTINGS}, "workloads": [],
             "faults": [FAULTS], "writeOrder": "real-time",
             "guarantees": ["read-your-writes"], "known": [KNOWN]}]}
            """;
    private static final String KNOWN =
            "{\"guarantee\": \"read-your-writes\", \"reason\": \"issue 17\", \"until\": \"2026-11-DAY\"}";

    private final Command command;

    PromiseOptionsTest(@TempDir Path folder) {
        command = Command.in(folder)
                .file("held.edn", HELD)
                .file("broken.edn", HELD.replace(":f :read, :key \"x\", :value 1", ":f :read, :key \"x\", :value nil"))
                .file("writes.edn", HELD.lines().limit(2).reduce("", (a, b) -> a + b + "\n"));
    }

    private Command.Answered check(String known, String... files) {
        command.file(
                "p.json",
                PROMISE.replace("TARGET", "any")
                        .replace("SETTINGS", "")
                        .replace("FAULTS", "")
                        .replace("KNOWN", known));
        String[] arguments = new String[files.length + 3];
        arguments[0] = "check";
        arguments[1] = "--promise";
        arguments[2] = "p.json";
        System.arraycopy(files, 0, arguments, 3, files.length);
        return command.run(arguments);
    }

    @Test
    void whatIsPromisedDecidesTheExit() {
        assertThat(check("", "held.edn").code()).isZero();
        assertThat(check("", "broken.edn").code()).isEqualTo(1);
        assertThat(check("", "writes.edn").code()).isEqualTo(3);
        assertThat(check("", "held.edn").out()).contains("promise    followers of p.json");
        check("", "broken.edn", "--markdown", "m.md");
        assertThat(command.content("m.md"))
                .contains("| read-your-writes (promised) |  | followers of p.json: 1 broken |");
    }

    @Test
    void whatIsKnownIsBorneUntilItsDay() {
        Command.Answered borne = check(KNOWN.replace("DAY", "23"), "broken.edn");

        assertThat(borne.code()).isZero();
        assertThat(borne.out())
                .contains("✗ broken", "known      read-your-writes is broken, and borne until 2026-11-23: issue 17");
        Command.Answered late = check(KNOWN.replace("DAY", "22"), "broken.edn");
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.out()).contains("read-your-writes was borne until 2026-11-22 and counts again: issue 17");
    }

    @Test
    void whatIsKnownAndNotSeenIsTold() {
        Command.Answered answered = check(KNOWN.replace("DAY", "30"), "held.edn");

        assertThat(answered.code()).isZero();
        assertThat(answered.out()).contains("borne until 2026-11-30, was not broken here: issue 17");
    }

    @Test
    void aPromiseThatIsMeantForNoRunIsWrongUse() {
        command.file(
                        "p.json",
                        PROMISE.replace("TARGET", "redis")
                                .replace("SETTINGS", "")
                                .replace("FAULTS", "")
                                .replace("KNOWN", ""))
                .file(
                        "plan.json",
                        PlanFile.toJson(PlanBuilder.simulated("simulated").build()));

        Command.Answered answered = command.run("check", "held.edn", "--promise", "p.json");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err())
                .contains(
                        "found none in p.json that is meant for a run of simulated",
                        "--promised with one of followers");
        assertThat(command.run("check", "held.edn", "--promise", "p.json", "--promised", "followers")
                        .code())
                .isZero();
        assertThat(command.run("check", "held.edn", "--promise", "p.json", "--promised", "followrs")
                        .err())
                .contains("--promised: found followrs", "followers");
    }

    private Command.Answered checkStruck(String faults, PlanBuilder plan) {
        command.file(
                        "p.json",
                        PROMISE.replace("TARGET", "simulated")
                                .replace("SETTINGS", "\"configuration\": \"sl-any\"")
                                .replace("FAULTS", faults)
                                .replace("KNOWN", ""))
                .file(
                        "plan.json",
                        PlanFile.toJson(plan.set("configuration", "sl-any").build()));
        return command.run("check", "held.edn", "--promise", "p.json");
    }

    @Test
    void aPromiseOfOtherFaultsIsMeantForNoRunThatIsStruckByMore() {
        PlanBuilder struck = PlanBuilder.simulated("simulated").nemesis("partition:bridge", "crash");

        assertThat(checkStruck("\"crash\", \"partition\"", struck).code()).isZero();
        Command.Answered refused = checkStruck("\"partition\"", struck);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("found none in p.json that is meant for a run of simulated with {configuration=sl-any}, the"
                        + " workload register and the nemesis partition:bridge,crash");
        assertThat(command.run("run", "--set", "configuration=sl-any", "--nemesis", "crash", "--promise", "p.json")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void aPromiseIsMeantForTheFaultsOfASchedule() {
        PlanBuilder struck = PlanBuilder.simulated("simulated")
                .schedule(List.of(new Script.Strike(
                        FaultKind.CRASH, new TreeSet<>(List.of(new Node("n2"))), new TreeSet<>(), "", 0, 0, 1, 2)));

        assertThat(checkStruck("\"crash\"", struck).code()).isZero();
        assertThat(checkStruck("\"partition\"", struck).err()).contains("and the nemesis crash");
    }

    @Test
    void aPromiseOfAConfigurationIsMeantForNoStoreThatIsOtherwise() {
        Command.Answered refused =
                checkStruck("", PlanBuilder.simulated("simulated").set("reads", "leader"));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("found none in p.json", "{configuration=sl-any, reads=leader}");
        Command.Answered run =
                command.run("run", "--set", "configuration=sl-any", "--set", "reads=leader", "--promise", "p.json");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("found none in p.json");
    }

    @Test
    void aFileThatIsNoneIsToldWithItsPlace() {
        command.file("p.json", "{\n  \"version\": 1,\n  \"promises\": 3\n}");

        Command.Answered answered = command.run("check", "held.edn", "--promise", "p.json");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("p.json:3:");
        assertThat(command.run("check", "held.edn", "--promise", "none.json").err())
                .contains("--promise: found no file none.json");
        assertThat(command.run("check", "held.edn", "--promised", "x").code()).isEqualTo(2);
        assertThat(command.run("check", "held.edn", "--promise", "p.json", "-g", "causal")
                        .code())
                .isEqualTo(2);
    }
}
