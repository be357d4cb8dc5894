package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.lattice.Ladder;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.launcher.Usage;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.EarlyStop;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class VerdictSchemaTest {
    private final History history = RunExamples.history(RunExamples.STALE_OWN_READ);
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(VerdictSchema.text(), InputFormat.JSON);

    private List<String> complaints(String json) {
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void whateverACheckSaysIsAsTheSchemaTells() {
        Judgement everything = Judgement.of(history, Guarantee.all(), CheckOptions.DEFAULT, () -> 0);
        assertThat(complaints(VerdictJson.of(history, everything))).isEmpty();

        Judgement told = everything.requiring(Set.of());
        Ladder ladder = Ladder.of(told.judged().stream().map(Judged::verdict).toList(), WriteOrder.REAL_TIME);
        assertThat(complaints(VerdictJson.of(history, told, ladder))).isEmpty();
    }

    @Test
    void whateverIsKeptOfARunIsAsTheSchemaTells() {
        Anomaly anomaly = new Anomaly("KIND", "x", "a sentence", List.of(0, 1), List.of("a detail"));
        Run run = RunExamples.run(history, RunExamples.broken("integrity", anomaly));
        Run stopped = new Run(
                run.plan(),
                history,
                run.judged(),
                List.of(new CheckerFailure("durability", new IllegalStateException("no"))),
                List.of("no write was acknowledged"),
                List.of("n2 did not stop"),
                run.historyFile(),
                Optional.of(new EarlyStop("integrity", 3, "session 3 read what nobody wrote")),
                Optional.of("7.0.15"),
                Optional.of(new Usage(1_000_000, 2_000_000, 3)));

        assertThat(VerdictJson.file(stopped))
                .contains("\"storeVersion\":\"7.0.15\"", "\"nodesCpuMillis\":2.0", "\"p99.9\":");
        assertThat(complaints(VerdictJson.file(stopped))).isEmpty();
        assertThat(complaints(VerdictJson.of(run))).isEmpty();
    }

    @Test
    void whatWasNotAskedIsToldWithAVerdictAndOnThePage() {
        Run run = RunExamples.run(history, RunExamples.held("durability"));
        assertThat(VerdictJson.file(run)).doesNotContain("notAsked");
        assertThat(HtmlReport.of(run)).doesNotContain("Not asked");

        Run less = new Run(
                run.plan(),
                history,
                run.judged(),
                List.of(),
                List.of(),
                List.of(),
                run.historyFile(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                List.of("consistent-prefix, as nobody could tell"));

        for (String json : List.of(VerdictJson.file(less), VerdictJson.of(less.requiring(Set.of("durability"))))) {
            assertThat(json).contains("\"notAsked\":[\"consistent-prefix, as nobody could tell\"]");
            assertThat(complaints(json)).isEmpty();
        }
        assertThat(HtmlReport.of(less)).containsPattern("Not asked</h2>\\s*<ul>\\s*<li>consistent-prefix, as nobody");
    }

    @Test
    void aScheduleStandsBesideAVerdictAsInItsPlan() {
        Node n1 = new Node("n1");
        TreeSet<Link> links = new TreeSet<>(Set.of(new Link(n1, new Node("n2"))));
        Plan plan = RunExamples.plan()
                .struckBy(List.of(
                        new Script.Strike(FaultKind.LOSS, new TreeSet<>(), links, "", 30, 0, 1, 2),
                        new Script.Strike(
                                FaultKind.CLOCK, new TreeSet<>(Set.of(n1)), new TreeSet<>(), "", -400, 1_500, 3, 4)));
        Run run = RunExamples.run(plan, List.of(), Optional.empty(), Optional.empty());

        JsonMapper mapper = new JsonMapper();
        assertThat(mapper.readTree(VerdictJson.file(run)).at("/plan/nemesis/schedule"))
                .hasSize(2)
                .isEqualTo(mapper.readTree(PlanFile.toJson(plan)).at("/nemesis/schedule"));
        assertThat(complaints(VerdictJson.file(run))).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatIsNoVerdict() {
        String json = VerdictJson.of(history, Judgement.of(history, List.of(), CheckOptions.DEFAULT, () -> 0));

        assertThat(complaints(json.replace("\"verdict\":\"UNKNOWN\"", "\"verdict\":\"held\"")))
                .isNotEmpty();
        assertThat(complaints(json.replace("\"guarantees\":", "\"guarantys\":")))
                .isNotEmpty();
        assertThat(complaints(json.replace("\"obliged\":", "\"obliged\":-"))).isNotEmpty();
    }
}
