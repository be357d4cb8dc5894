package dev.umpire.targets.simulated.multileader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.targets.simulated.SimulatedTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Leaders agree in the end and lose nothing, along every way, however conflicts are resolved and wherever sessions ask. */
class EveryWayAgreesTest {
    private static final long FIRST_SEED = Long.getLong("umpire.seed", 1);
    private static final long SEEDS = Math.max(1, Long.getLong("umpire.seeds", 200) / 200);

    static List<Map<String, String>> settings() {
        List<Map<String, String>> all = new ArrayList<>();
        for (String topology : List.of("all-to-all", "star", "circle")) {
            for (String conflicts : List.of("last-write-wins", "replica-priority", "siblings", "merge")) {
                for (String sessions : List.of("stay", "roam", "token")) {
                    // one of the two for each: the other stands in the named configurations
                    String causal = sessions.equals("roam") ? "off" : "on";
                    all.add(Map.of(
                            "store",
                            "multi-leader",
                            "topology",
                            topology,
                            "conflicts",
                            conflicts,
                            "sessions",
                            sessions,
                            "causal-delivery",
                            causal));
                }
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void leadersAgreeInTheEndAndLoseNothing(Map<String, String> settings) throws RunException {
        boolean merges = "merge".equals(settings.get("conflicts"));
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            PlanBuilder builder = PlanBuilder.simulated("simulated")
                    .workload(merges ? "set" : "register", Map.of())
                    .operations(800)
                    .nemesis("all")
                    .gap(Duration.ofMillis(20), Duration.ofMillis(150))
                    .hold(Duration.ofMillis(80), Duration.ofMillis(400))
                    .guarantees("eventual", "durability")
                    .writeOrder("none")
                    .seed(seed);
            settings.forEach(builder::set);
            Plan plan = builder.set("loss-percent", "3")
                    .set("duplication-percent", "3")
                    .build();
            Run run = Runner.simulate(plan, new SimulatedTarget());
            assertThat(run.judged())
                    .as("%s with seed %d", settings, seed)
                    .filteredOn(judged -> !judged.verdict().guarantee().equals("integrity"))
                    .hasSize(2)
                    .allSatisfy(judged -> assertThat(judged.verdict().answer())
                            .as("%s", judged.verdict())
                            .isEqualTo(Answer.VALID));
        }
    }
}
