package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The command as a user has it, end to end on the simulated store. */
class MainJobTest {
    @TempDir
    Path folder;

    @Test
    void theMainJobHolds() throws Exception {
        UmpireProcess.Ended ended = UmpireProcess.run(folder, List.of(), "run");

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains("read-your-writes", "✓ held", "faults in force", "partition");
        assertThat(folder.resolve("runs/latest"))
                .isDirectoryContaining(file -> file.endsWith("plan.json"))
                .isDirectoryContaining(file -> file.endsWith("history.jsonl"))
                .isDirectoryContaining(file -> file.endsWith("verdict.json"))
                .isDirectoryContaining(file -> file.endsWith("report.html"))
                .isDirectoryContaining(file -> file.endsWith("nemesis.jsonl"))
                .isDirectoryContaining(file -> file.endsWith("nodes"));
    }

    @Test
    void readsAtAnyFollowerBreakReadYourWritesAndMonotonicReads() throws Exception {
        UmpireProcess.Ended ended = UmpireProcess.run(
                folder, List.of(), "run", "simulated", "--set", "reads=any-follower", "--seed", "1", "--json");

        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        JsonNode json = JsonMapper.shared().readTree(ended.out());
        assertThat(json.at("/guarantees").valueStream())
                .filteredOn(one -> one.get("verdict").stringValue().equals("INVALID"))
                .extracting(one -> one.get("guarantee").stringValue())
                .contains("read-your-writes", "monotonic-reads");
        for (JsonNode guarantee : json.get("guarantees")) {
            for (JsonNode anomaly : guarantee.get("anomalies")) {
                assertThat(anomaly.get("sentence").stringValue()).contains("session", "n", "ms");
            }
        }
    }

    @Test
    void checkingTheRunAgainGivesTheSameVerdicts() throws Exception {
        UmpireProcess.Ended run = UmpireProcess.run(
                folder, List.of(), "run", "simulated", "--set", "reads=any-follower", "--ops", "2000", "--json");
        String judged = Guarantee.defaults().stream().map(Guarantee::name).collect(Collectors.joining(","));
        UmpireProcess.Ended check =
                UmpireProcess.run(folder, List.of(), "check", "runs/latest", "--guarantees", judged, "--json");

        assertThat(check.code()).isEqualTo(run.code());
        ObjectNode told = (ObjectNode) withoutTimes(run.out());
        // the run alone knows what was never asked, which belongs to them
        assertThat(told.remove("latencyMillis")).isNotNull();
        assertThat(withoutTimes(check.out())).isEqualTo(told);
    }

    @Test
    void thePlanInTheFolderIsTheOneThatWasAsked() throws Exception {
        UmpireProcess.run(folder, List.of(), "run", "--ops", "500", "--seed", "42", "--nemesis", "none");

        JsonNode plan = JsonMapper.shared().readTree(Files.readString(folder.resolve("runs/latest/plan.json")));
        assertThat(plan.get("seed").intValue()).isEqualTo(42);
        assertThat(plan.get("operations").intValue()).isEqualTo(500);
    }

    private static JsonNode withoutTimes(String json) {
        return JsonMapper.shared()
                .readTree(json.replaceAll("\"elapsedMillis\":[0-9.]+", "\"elapsedMillis\":0")
                        .replaceAll("\"source\":\"[^\"]*\"", "\"source\":\"\""));
    }
}
