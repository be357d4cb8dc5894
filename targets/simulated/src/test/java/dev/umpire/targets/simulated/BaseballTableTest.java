package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.BaseballTable;
import dev.umpire.harness.workload.Baseball.Participant;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each participant of the games is told nothing wrong under the guarantee that he needs, and something under a weaker one. */
class BaseballTableTest {
    /** Longer than a session that reads its own at the leader may be told something old. */
    private static final Duration BOUND = Duration.ofMillis(300);

    @Test
    void whereReadsAreLinearizableNobodyIsToldSomethingWrong() throws RunException {
        BaseballTable table = counted("sl-leader");
        for (Participant participant : Participant.values()) {
            assertThat(table.of(participant).wrong()).as("%s", participant).isZero();
            assertThat(table.of(participant).reads()).as("%s", participant).isPositive();
        }
    }

    @Test
    void theScorekeeperNeedsToReadHisOwnWrites() throws RunException {
        assertThat(counted("sl-token").of(Participant.SCOREKEEPER).wrong()).isZero();
        assertThat(counted("sl-any").of(Participant.SCOREKEEPER).percent()).isGreaterThan(5);
    }

    @Test
    void theReporterNeedsAPrefixThatNeverGoesBack() throws RunException {
        assertThat(counted("sl-sticky").of(Participant.RADIO_REPORTER).wrong()).isZero();
        assertThat(counted("sl-any").of(Participant.RADIO_REPORTER).wrong()).isPositive();
    }

    @Test
    void theSportswriterNeedsABoundOnStaleness() throws RunException {
        BaseballTable bounded = counted("sl-own-to-leader");
        assertThat(bounded.of(Participant.SPORTSWRITER).wrong()).isZero();
        assertThat(bounded.of(Participant.SPORTSWRITER).reads()).isPositive();
        assertThat(bounded.of(Participant.UMPIRE).wrong())
                .as("who is told something old within the bound")
                .isPositive();
        assertThat(counted("sl-any").of(Participant.SPORTSWRITER).percent()).isGreaterThan(5);
    }

    @Test
    void theUmpireIsToldSomethingOldWhereverReadsAreNotLinearizable() throws RunException {
        for (String configuration : new String[] {"sl-token", "sl-sticky", "sl-any"}) {
            BaseballTable table = counted(configuration);
            assertThat(table.of(Participant.UMPIRE).percent()).as(configuration).isGreaterThan(5);
            assertThat(table.of(Participant.STAT_WATCHER).wrong())
                    .as(configuration)
                    .isZero();
        }
    }

    private static BaseballTable counted(String configuration) throws RunException {
        BaseballTable table = new BaseballTable(BOUND);
        for (long seed = 1; seed <= 3; seed++) {
            Plan plan = PlanBuilder.simulated("simulated")
                    .set("configuration", configuration)
                    .workload("baseball", Map.of())
                    .operations(3_000)
                    .rate(1_000)
                    .nemesis("partition")
                    .hold(Duration.ofMillis(300), Duration.ofMillis(1_200))
                    .guarantees("integrity")
                    .seed(seed)
                    .build();
            table.add(Runner.simulate(plan, new SimulatedTarget()));
        }
        return table;
    }
}
