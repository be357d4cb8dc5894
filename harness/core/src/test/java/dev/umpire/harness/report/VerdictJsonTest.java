package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.EarlyStop;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerdictJsonTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Anomaly STALE =
            new Anomaly("STALE_OWN_READ", "x", "session 3 no longer sees its own write.", List.of(0, 1, 2));

    private final History history = RunExamples.history(RunExamples.STALE_OWN_READ);

    @Test
    void theObjectHasTheFieldsOfTheContractInTheirOrder() {
        JsonNode json = JSON.readTree(VerdictJson.of(
                history, judgement(RunExamples.broken("read-your-writes", STALE), RunExamples.held("integrity"))));

        assertThat(json.propertyNames()).containsExactly("umpire", "verdict", "history", "guarantees", "evidence");
        assertThat(json.get("history").propertyNames())
                .containsExactly("source", "format", "operations", "sessions", "keys", "nodes", "ok", "fail", "info");
        assertThat(json.get("guarantees").get(0).propertyNames())
                .containsExactly(
                        "guarantee",
                        "verdict",
                        "assumes",
                        "algorithm",
                        "obliged",
                        "examined",
                        "elapsedMillis",
                        "reason",
                        "anomalyCount",
                        "anomalyCountIsLowerBound",
                        "anomalies");
        assertThat(json.get("guarantees").get(0).get("anomalies").get(0).propertyNames())
                .containsExactly("kind", "key", "sentence", "operations");
    }

    @Test
    void anAnomalyNamesItsOperationsByTheRecordedIndexOfTheirInvocations() {
        JsonNode json =
                JSON.readTree(VerdictJson.of(history, judgement(RunExamples.broken("read-your-writes", STALE))));

        assertThat(json.at("/guarantees/0/anomalies/0/operations").toString()).isEqualTo("[10,14,16]");
        assertThat(json.get("verdict").stringValue()).isEqualTo("INVALID");
    }

    @Test
    void whatIsAbsentIsNullAndMillisecondsHaveOneDigit() {
        String text = VerdictJson.of(history, judgement(RunExamples.held("integrity")));

        assertThat(text).contains("\"assumes\":null", "\"reason\":null", "\"elapsedMillis\":1.9,", "\"anomalies\":[]");
        assertThat(JSON.readTree(text).at("/history/operations").intValue()).isEqualTo(4);
        assertThat(JSON.readTree(text).at("/history/fail").intValue()).isEqualTo(1);
    }

    @Test
    void whateverAValueHoldsTheObjectIsOneLineOfAscii() {
        Anomaly nasty = new Anomaly("K", "line\nbreak", "\u001b[31m red \u202e reversed \ud800 half", List.of(0));
        String text = VerdictJson.of(history, judgement(RunExamples.broken("integrity", nasty)));

        assertThat(text.chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
        assertThat(JSON.readTree(text).at("/guarantees/0/anomalies/0/key").stringValue())
                .isEqualTo("line\nbreak");
    }

    @Test
    void aCheckerThatFailedIsNeitherHeldNorUndecided() {
        Judgement failed = new Judgement(
                List.of(new Judged(RunExamples.held("integrity"), 1)),
                List.of(new CheckerFailure("durability", new IllegalStateException("no"))));
        JsonNode json = JSON.readTree(VerdictJson.of(history, failed));

        assertThat(json.get("verdict").stringValue()).isEqualTo("FAILED");
        assertThat(json.at("/failures/0/guarantee").stringValue()).isEqualTo("durability");
    }

    @Test
    void aViolationOutranksACheckerThatFailed() {
        Judgement failed = new Judgement(
                List.of(new Judged(RunExamples.broken("integrity", STALE), 1)),
                List.of(new CheckerFailure("durability", new IllegalStateException("no"))));

        assertThat(JSON.readTree(VerdictJson.of(history, failed)).get("verdict").stringValue())
                .isEqualTo("INVALID");
    }

    @Test
    void theFileAddsPlanEvidenceMissingAndTroubles() {
        Run run = RunExamples.run(history, RunExamples.held("integrity"));
        Run lacking = new Run(
                run.plan(),
                run.history(),
                run.judged(),
                List.of("no write was acknowledged"),
                List.of("n2 did not stop"),
                run.historyFile());
        JsonNode json = JSON.readTree(VerdictJson.file(lacking));

        assertThat(json.get("verdict").stringValue()).isEqualTo("UNKNOWN");
        assertThat(json.at("/plan/settings/reads").stringValue()).isEqualTo("any-follower");
        assertThat(json.at("/evidence/operations/write/ok").intValue()).isEqualTo(2);
        assertThat(json.at("/evidence/faults/0/fault").stringValue()).isEqualTo("partition");
        assertThat(json.at("/evidence/faults/0/confirmed").intValue()).isEqualTo(1);
        assertThat(json.at("/evidence/faults/0/longestMillis").toString()).isEqualTo("1000.0");
        assertThat(json.at("/evidence/faults/0/ok").toString()).isEqualTo("{\"read\":1,\"write\":1}");
        assertThat(json.get("missing").get(0).stringValue()).isEqualTo("no write was acknowledged");
        assertThat(json.get("troubles").get(0).stringValue()).isEqualTo("n2 did not stop");
    }

    @Test
    void aRunThatWasStoppedEarlySaysByWhat() {
        Run run = RunExamples.run(history, RunExamples.broken("integrity", STALE));
        assertThat(VerdictJson.of(run)).doesNotContain("stopped");
        Run stopped = new Run(
                run.plan(),
                run.history(),
                run.judged(),
                List.of(),
                List.of(),
                List.of(),
                run.historyFile(),
                Optional.of(new EarlyStop("integrity", 3, "session 3 read what nobody wrote")),
                Optional.empty());

        JsonNode json = JSON.readTree(VerdictJson.of(stopped)).get("stopped");
        assertThat(json.get("guarantee").stringValue()).isEqualTo("integrity");
        assertThat(json.get("operation").longValue()).isEqualTo(history.index(3));
        assertThat(json.get("sentence").stringValue()).isEqualTo("session 3 read what nobody wrote");
        assertThat(JSON.readTree(VerdictJson.file(stopped)).get("stopped")).isEqualTo(json);
        assertThat(HtmlReport.of(stopped))
                .contains("Stopped early", "as integrity was seen broken: session 3 read what nobody wrote");
    }

    private static Judgement judgement(dev.umpire.checkers.verdict.Verdict... verdicts) {
        return new Judgement(
                List.of(verdicts).stream()
                        .map(verdict -> new Judged(verdict, 1_940_000))
                        .toList(),
                List.of());
    }
}
