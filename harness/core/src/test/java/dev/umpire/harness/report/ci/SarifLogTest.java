package dev.umpire.harness.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SarifLogTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static JsonNode run(CheckedHistory... histories) {
        JsonNode log = JSON.readTree(SarifLog.of(List.of(histories)));
        assertThat(log.get("version").stringValue()).isEqualTo("2.1.0");
        assertThat(log.get("runs")).hasSize(1);
        return log.at("/runs/0");
    }

    private static List<String> results(JsonNode run) {
        return run.get("results")
                .valueStream()
                .map(result -> result.get("ruleId").stringValue() + " "
                        + result.get("kind").stringValue() + " "
                        + result.get("level").stringValue())
                .toList();
    }

    @Test
    void whatIsBrokenIsAnErrorAndWhatIsToldANote() {
        assertThat(results(run(CiExamples.broken("a.edn"))))
                .containsExactly("read-your-writes fail error", "causal open none");
        assertThat(results(run(CiExamples.told("a.edn")))).containsExactly("read-your-writes fail note");
        assertThat(results(run(CiExamples.held("a.edn")))).isEmpty();
    }

    @Test
    void everyResultHasItsRuleAndItsPlace() {
        JsonNode run = run(CiExamples.broken("runs/a b.edn"));

        assertThat(run.at("/tool/driver/rules")
                        .valueStream()
                        .map(rule -> rule.get("id").stringValue()))
                .contains("read-your-writes", "causal");
        assertThat(run.at("/tool/driver/rules/0/shortDescription/text").stringValue())
                .isNotBlank();
        assertThat(run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .stringValue())
                .isEqualTo("runs/a%20b.edn");
        assertThat(run.at("/results/0/message/text").stringValue()).contains("session 3", "wrote x=41 at n1");
        assertThat(run.at("/results/0/partialFingerprints")).hasSize(1);
    }

    @Test
    void aRefusedFileAndAFailedCheckerAreNoSuccess() {
        JsonNode invocation =
                run(CiExamples.all().toArray(CheckedHistory[]::new)).at("/invocations/0");

        assertThat(invocation.get("executionSuccessful").booleanValue()).isFalse();
        assertThat(invocation.get("toolExecutionNotifications")).hasSize(2);
        assertThat(run(CiExamples.broken("a"))
                        .at("/invocations/0/executionSuccessful")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void hostileTextIsData() {
        String log = SarifLog.of(List.of(CiExamples.hostile()));
        JsonNode run = JSON.readTree(log).at("/runs/0");

        assertThat(log.chars()).allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f));
        assertThat(log).hasSizeLessThan(20_000);
        URI uri = URI.create(run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri")
                .stringValue());
        assertThat(uri.isAbsolute()).isFalse();
        assertThat(uri.getAuthority()).isNull();
    }
}
