package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.Datasheet;
import dev.umpire.harness.survey.DatasheetSurvey;
import dev.umpire.harness.survey.DefectFinding;
import dev.umpire.harness.survey.DefectSurvey;
import dev.umpire.harness.survey.Seeds;
import dev.umpire.harness.survey.SurveyedPromises;
import dev.umpire.harness.survey.VirtualSheetRuns;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurveyTest {

    private static DefectFinding survey(String id, Seeds.Simulator simulator) {
        SimulatedTarget target = new SimulatedTarget();
        Defect defect = target.defects().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        return DefectSurvey.of(target, defect, new Seeds(1, 30), simulator);
    }

    @Test
    void aSurveySaysTheSameWhateverRunIsOverFirst() {
        DefectFinding first = survey("SL6", Runner::simulate);
        assertThat(first.asExpected()).isTrue();
        assertThat(survey("SL6", (plan, target) -> {
                    Runner.simulate(plan, target);
                    return Runner.simulate(plan, target);
                }))
                .isEqualTo(first);
    }

    @Test
    void whatNoRunCouldBeJudgedByIsNotSaidToBeKept() {
        DefectFinding finding = survey("SL1", (plan, target) -> unjudged("eventual", Runner.simulate(plan, target)));

        assertThat(finding.unjudged()).containsExactly("eventual");
        assertThat(finding.kept()).containsExactly("strict-consistent-prefix", "durability");
        assertThat(finding.asExpected()).isFalse();
    }

    @Test
    void seedsAreTriedUntilWhatIsKeptWasJudged() {
        DefectFinding finding = survey("SL1", (plan, target) -> {
            Run run = Runner.simulate(plan, target);
            return plan.seed() < 25 ? unjudged("eventual", run) : run;
        });

        assertThat(finding.seeds()).isEqualTo(25);
        assertThat(finding.asExpected()).isTrue();
    }

    private static Promises promises(Configuration configuration) {
        SimulatedTarget target = new SimulatedTarget();
        DatasheetSurvey survey = new DatasheetSurvey(
                new VirtualSheetRuns(target, new Seeds(1, 2), Runner::simulate), Datasheet.ALL_COVERED::equals);
        List<Datasheet.Row> rows = new ArrayList<>();
        survey.survey(configuration, rows::add);
        return SurveyedPromises.with(Promises.none(), target, List.of(new Datasheet(configuration, 2, rows)));
    }

    @Test
    void aConfigurationThatSeveralWorkloadsShowIsHeldToWhatEachCanShow() {
        Promises promises = promises(Plans.configuration("sl-ids"));

        Promises.Promise claims = promises.named("sl-ids").orElseThrow();
        assertThat(claims.workloads()).containsExactly("claims");
        assertThat(claims.guarantees()).contains("uniqueness", "durability");
        Promises.Promise register = promises.named("sl-ids/register").orElseThrow();
        assertThat(register.workloads()).containsExactly("register");
        assertThat(register.guarantees()).contains("durability").doesNotContain("uniqueness");
    }

    @Test
    void whatIsDocumentedStaysThoughASeedBrokeIt() {
        Configuration any = Plans.configuration("sl-any");
        Configuration boasting = new Configuration(
                any.name(), any.settings(), List.of("read-your-writes"), any.faults(), any.writeOrder(), any.meaning());

        assertThat(promises(boasting).named("sl-any").orElseThrow().guarantees())
                .contains("read-your-writes", "strict-consistent-prefix")
                .doesNotContain("linearizable");
    }

    private static Run unjudged(String guarantee, Run run) {
        List<Judged> judged = run.judged().stream()
                .map(one -> one.verdict().guarantee().equals(guarantee)
                        ? new Judged(Verdict.undecided(guarantee, "nobody looked"), one.elapsedNanos())
                        : one)
                .toList();
        return new Run(run.plan(), run.history(), judged, run.missing(), run.troubles(), run.historyFile());
    }
}
