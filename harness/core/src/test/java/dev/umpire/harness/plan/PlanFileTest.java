package dev.umpire.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanFileTest {

    private static final String JSON = """
            {
              "version" : 1,
              "target" : "simulated",
              "nodes" : 3,
              "settings" : {
                "reads" : "any-follower"
              },
              "workload" : {
                "name" : "register",
                "options" : {
                  "keys" : "8"
                }
              },
              "sessions" : 8,
              "moveEvery" : 20,
              "operations" : 1000,
              "durationMillis" : null,
              "ratePerSecond" : 500.0,
              "load" : "open",
              "operationTimeoutMillis" : 1000,
              "convergenceTimeoutMillis" : 30000,
              "nemesis" : {
                "kinds" : [ "partition" ],
                "leastGapMillis" : 100,
                "mostGapMillis" : 400,
                "leastHoldMillis" : 100,
                "mostHoldMillis" : 400
              },
              "guarantees" : [ "monotonic-reads" ],
              "writeOrder" : "real-time",
              "seed" : 7,
              "failFast" : true
            }
            """;

    private static Plan plan() {
        return PlanBuilder.simulated("simulated")
                .set("reads", "any-follower")
                .workload("register", Map.of("keys", "8"))
                .operations(1_000)
                .rate(500)
                .load(Load.OPEN)
                .nemesis("partition")
                .guarantees("monotonic-reads")
                .seed(7)
                .failFast()
                .build();
    }

    @Test
    void aPlanIsWrittenFieldByFieldInItsOwnOrder() {
        assertThat(PlanFile.toJson(plan())).isEqualTo(JSON);
    }

    @Test
    void aPlanThatWasWrittenIsReadBack(@TempDir Path folder) throws IOException {
        Plan lasting = PlanBuilder.real("redis")
                .lasting(Duration.ofSeconds(20))
                .seed(-3)
                .build();
        PlanFile.write(folder.resolve("plan.json"), lasting);

        assertThat(PlanFile.read(folder.resolve("plan.json"))).isEqualTo(lasting);
        assertThat(PlanFile.parse("text", JSON)).isEqualTo(plan());
    }

    /** What stands in the place of what a nemesis draws. */
    private static final String SCHEDULED =
            JSON.replace("[ \"partition\" ]", "[ ]").replace("""
                        "mostHoldMillis" : 400
                    """, """
                        "mostHoldMillis" : 400,
                        "schedule" : [ {
                          "kind" : "full-disk",
                          "nodes" : [ "n2" ],
                          "links" : [ ],
                          "shape" : "",
                          "amount" : 0,
                          "rate" : 0,
                          "fromNanos" : 1000000000,
                          "untilNanos" : 2500500000
                        }, {
                          "kind" : "slow",
                          "nodes" : [ ],
                          "links" : [ [ "n1", "n2" ], [ "n2", "n1" ] ],
                          "shape" : "",
                          "amount" : 30,
                          "rate" : 0,
                          "fromNanos" : 3000000000,
                          "untilNanos" : 4000000000
                        } ]
                    """);

    private static Plan scheduled() {
        Node n1 = new Node("n1");
        Node n2 = new Node("n2");
        return plan().struckBy(List.of(
                new Script.Strike(
                        FaultKind.SLOW,
                        new TreeSet<>(),
                        new TreeSet<>(Set.of(new Link(n1, n2), new Link(n2, n1))),
                        "",
                        30,
                        0,
                        3_000_000_000L,
                        4_000_000_000L),
                new Script.Strike(
                        FaultKind.FULL_DISK,
                        new TreeSet<>(Set.of(n2)),
                        new TreeSet<>(),
                        "",
                        0,
                        0,
                        1_000_000_000L,
                        2_500_500_000L)));
    }

    @Test
    void aScheduleStandsInThePlanInTheOrderOfTime() throws IOException {
        assertThat(PlanFile.toJson(scheduled())).isEqualTo(SCHEDULED);
        assertThat(PlanFile.parse("text", SCHEDULED)).isEqualTo(scheduled());
        assertThat(PlanFile.parse(
                        "text",
                        JSON.replace("\"mostHoldMillis\" : 400", "\"mostHoldMillis\" : 400, \"schedule\" : []")))
                .isEqualTo(plan());
        assertThat(PlanFile.fields(scheduled()))
                .containsEntry(
                        "nemesis.schedule",
                        "full-disk n2, from 1000 to 2500.5 ms; slow n1 to n2, n2 to n1, amount 30, from 3000 to 4000 ms");
        assertThat(PlanFile.fields(plan())).doesNotContainKey("nemesis.schedule");
    }

    @Test
    void aScheduleWithWhatCannotBeIsRefusedWithItsPlace() {
        refuses(SCHEDULED.replace("full-disk", "flood"))
                .startsWith("p.json:29:")
                .contains("nemesis.schedule[0].kind: ");
        refuses(SCHEDULED.replace("      \"rate\" : 0,\n", ""))
                .contains("nemesis.schedule[0].rate: found no such field, expected every field of a plan");
        refuses(SCHEDULED.replace("\"untilNanos\" : 2500500000", "\"untilNanos\" : 5"))
                .startsWith("p.json:36:")
                .contains(
                        "nemesis.schedule[0]: untilNanos: found 5 of a fault from 1000000000, expected that or later");
        refuses(SCHEDULED.replace("[ \"n1\", \"n2\" ]", "[ \"n1\", \"n1\" ]"))
                .contains("nemesis.schedule[1].links[0].to: to: found n1 at both ends");
        refuses(SCHEDULED.replace("[ \"n2\" ]", "[ null ]")).contains("nemesis.schedule[0].nodes[0]: found null");
        refuses(SCHEDULED.replace("\"kinds\" : [ ]", "\"kinds\" : [ \"crash\" ]"))
                .contains("nemesis: kinds: found [crash], expected none beside a schedule");
    }

    @Test
    void whatAnEarlierVersionWroteBesideThePlanIsItsSchedule(@TempDir Path folder) throws IOException {
        PlanFile.write(folder.resolve("plan.json"), plan());
        assertThat(PlanFile.beside(folder)).contains(plan());

        ScriptFile.write(
                folder.resolve("script.jsonl"),
                Script.ofStrikes(scheduled().nemesis().schedule()),
                Node.firstOf(3));

        assertThat(PlanFile.beside(folder.resolve("history.jsonl"))).contains(scheduled());
    }

    @Test
    void anUnknownFieldIsRefusedByItsName() {
        refuses(JSON.replace("  \"sessions\"", "  \"sesions\" : 8,\n  \"sessions\""))
                .startsWith("p.json:14:3: sesions: found a field that a plan does not have, expected one of ")
                .contains("sessions");
    }

    @Test
    void aMissingFieldIsRefused() {
        refuses(JSON.replace("  \"nodes\" : 3,\n", ""))
                .contains("nodes: found no such field, expected every field of a plan");
    }

    @Test
    void aWordInPlaceOfANumberIsRefusedWithItsPlace() {
        refuses(JSON.replace("\"nodes\" : 3", "\"nodes\" : \"three\""))
                .startsWith("p.json:4:")
                .contains("nodes: ")
                .contains("three")
                .contains("expected int");
    }

    @Test
    void aNullInPlaceOfANumberIsRefused() {
        refuses(JSON.replace("\"nodes\" : 3", "\"nodes\" : null")).contains("nodes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "target" : "simulated"           | "target" : null      | p.json:3:3: target
                    "reads" : "any-follower"         | "reads" : null       | p.json:6:5: settings.reads
                    "name" : "register"              | "name" : null        | p.json:9:5: workload.name
                    "keys" : "8"                     | "keys" : null        | p.json:11:7: workload.options.keys
                    [ "partition" ]                  | null                 | p.json:23:5: nemesis.kinds
                    [ "partition" ]                  | [ "partition", null ] | p.json:23:30: nemesis.kinds[1]
                    [ "monotonic-reads" ]            | [ null ]             | p.json:29:20: guarantees[0]
                    "writeOrder" : "real-time"       | "writeOrder" : null  | p.json:30:3: writeOrder
                    """)
    void aNullInPlaceOfAnythingElseIsRefusedWithItsPlace(String written, String instead, String place) {
        assertThat(JSON).contains(written);
        refuses(JSON.replace(written, instead)).isEqualTo(place + ": found null, expected a value");
    }

    @Test
    void aNumberOutOfRangeIsRefused() {
        refuses(JSON.replace("\"sessions\" : 8", "\"sessions\" : 0"))
                .isEqualTo("p.json:14:3: sessions: found 0, expected 1 or more");
        refuses(JSON.replace("\"leastHoldMillis\" : 100", "\"leastHoldMillis\" : 500"))
                .startsWith("p.json:26:5: nemesis: leastHoldMillis: found 500, expected 0 to mostHoldMillis 400");
    }

    @Test
    void aLoadThatThereIsNotAndAnOpenLoopWithoutARateAreRefused() {
        refuses(JSON.replace("\"load\" : \"open\"", "\"load\" : \"ajar\""))
                .contains("load: found ajar, expected one of [closed, open, open-even]");
        refuses(JSON.replace("\"ratePerSecond\" : 500.0", "\"ratePerSecond\" : 0.0"))
                .contains("ratePerSecond: found 0.0, expected more than 0 where the load is open");
    }

    @Test
    void anotherVersionIsRefused() {
        refuses(JSON.replace("\"version\" : 1", "\"version\" : 2")).contains("version: found 2, expected 1");
    }

    @Test
    void whatFollowsThePlanIsRefused() {
        refuses(JSON + "{}").startsWith("p.json:");
    }

    @Test
    void aFileCutInTheMiddleIsRefused() {
        refuses(JSON.substring(0, 200)).startsWith("p.json:").contains("expected");
    }

    @Test
    void anEmptyFileIsRefused() {
        refuses("").startsWith("p.json:1:");
    }

    private static org.assertj.core.api.AbstractStringAssert<?> refuses(String json) {
        MalformedPlanException[] refused = new MalformedPlanException[1];
        assertThatThrownBy(() -> PlanFile.parse("p.json", json))
                .isInstanceOfSatisfying(MalformedPlanException.class, e -> refused[0] = e);
        return assertThat(refused[0].getMessage()).doesNotContain("\n").doesNotContain("Exception");
    }
}
