package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Defect;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.HistoryFormat;
import dev.umpire.histories.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a single leader's log says of a change: statements, rows or pages. */
class LogFormatsTest {
    private static final SimulatedTarget TARGET = new SimulatedTarget();
    private static final long SEEDS = 15;

    @ParameterizedTest(name = "{0}, {1} log")
    @CsvSource({"sl-any, logical", "sl-any, physical", "sl-semisync, logical", "sl-semisync, physical"})
    void everyFormatKeepsThePromise(String configuration, String format) throws RunException {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Run run = Runner.simulate(
                    Plans.promise(Plans.configuration(configuration), Map.of("log", format), seed), TARGET);
            assertThat(Judge.broken(run)).as("seed %d", seed).isEmpty();
            assertThat(run.judged()).as("seed %d", seed).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"list-append", "set", "counter", "bank"})
    void whatAnOperationDoesWithARowIsTheSameInEveryFormat(String workload) throws Exception {
        byte[] statements = history(workload, "statement");
        assertThat(history(workload, "logical")).isEqualTo(statements);
        assertThat(history(workload, "physical")).isEqualTo(statements);
    }

    private static byte[] history(String workload, String format) throws RunException, IOException {
        Plan plan = PlanBuilder.of(TARGET, Map.of("configuration", "sl-leader", "log", format))
                .workload(workload, Map.of())
                .operations(400)
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistoryFiles.write(Runner.simulate(plan, TARGET).history(), bytes, HistoryFormat.BINARY);
        return bytes.toByteArray();
    }

    /** DDIA, ch. 5: a log of rows tells every replica what the leader drew. */
    @Test
    void aConditionThatEveryReplicaDrawsAnewHarmsStatementsAlone() throws RunException {
        assertThat(diverging("statement")).isPositive();
        assertThat(diverging("logical")).isZero();
        assertThat(diverging("physical")).isZero();
    }

    private static int diverging(String format) throws RunException {
        Defect drawnAnew = TARGET.defects().stream()
                .filter(defect -> defect.id().equals("SL7"))
                .findFirst()
                .orElseThrow();
        int diverging = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Plan plan = Trials.of(
                            TARGET,
                            Plans.configuration(drawnAnew.configuration()),
                            drawnAnew,
                            List.of("eventual"),
                            seed)
                    .withSetting("log", format);
            Run run = Runner.simulate(plan, TARGET);
            assertThat(acknowledgedWrites(run.history())).as("seed %d", seed).isGreaterThan(100);
            diverging += Judge.breaks(run, "eventual") ? 1 : 0;
        }
        return diverging;
    }

    private static long acknowledgedWrites(History history) {
        int write = history.functionId("write");
        return IntStream.range(0, history.size())
                .filter(operation -> history.function(operation) == write && history.outcome(operation) == Outcome.OK)
                .count();
    }
}
