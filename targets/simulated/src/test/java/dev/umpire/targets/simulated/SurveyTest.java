package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.DefectFinding;
import dev.umpire.harness.survey.DefectSurvey;
import dev.umpire.harness.survey.Seeds;
import dev.umpire.harness.target.Defect;
import org.junit.jupiter.api.Test;

class SurveyTest {

    private static DefectFinding survey(String id, Seeds.Simulator simulator) {
        SimulatedTarget target = new SimulatedTarget();
        Defect defect = target.defects().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        return DefectSurvey.of(target, defect, new Seeds(1, 10), simulator);
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
}
