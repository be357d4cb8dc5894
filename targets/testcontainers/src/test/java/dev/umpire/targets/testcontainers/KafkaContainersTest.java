package dev.umpire.targets.testcontainers;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.targets.testing.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on Kafka in containers. */
@EnabledIfSystemProperty(named = "umpire.long", matches = "true", disabledReason = "asked for by the profile long")
@Timeout(240)
class KafkaContainersTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        StoresImage.required();
    }

    @Test
    void nothingIsLostThatTwoInSyncHave() throws Exception {
        Run run = assertShows(
                Map.of("log-order", Answer.VALID, "durability", Answer.VALID),
                plan().set("configuration", "in-sync-acks")
                        .workload("log", Map.of())
                        .nemesis("partition", "pause", "disconnect")
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .lasting(Duration.ofSeconds(10)));

        TestRun.assertFaultsCameAndWent(run);
    }

    private static PlanBuilder plan() {
        return PlanBuilder.real("kafka-containers")
                .sessions(6)
                .rate(40)
                .operationTimeout(Duration.ofSeconds(3))
                .gap(Duration.ofMillis(500), Duration.ofMillis(1_000));
    }

    private Run assertShows(Map<String, Answer> expected, PlanBuilder plan) throws Exception {
        return TestRun.assertShows(
                expected, plan, ContainerTarget.of("kafka-containers", new KafkaContainers(StoresImage.NAME)), folder);
    }
}
