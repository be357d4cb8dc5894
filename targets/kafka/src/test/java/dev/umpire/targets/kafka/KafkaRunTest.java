package dev.umpire.targets.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.targets.testing.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on real Kafka. */
@Timeout(240)
class KafkaRunTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        KafkaServer.required();
    }

    @Test
    void aFailoverLosesNothingThatTwoInSyncHave() throws Exception {
        Run run = assertShows(
                Map.of("log-order", Answer.VALID, "durability", Answer.VALID),
                PlanBuilder.real("kafka")
                        .set("configuration", "in-sync-acks")
                        .workload("log", Map.of())
                        .nemesis("failover")
                        .gap(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .lasting(Duration.ofSeconds(10)));

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void aFailoverLosesWhatTheLeaderAloneAcknowledged() throws Exception {
        Run run = TestRun.assertShows(
                Map.of("durability", Answer.INVALID),
                Set.of("LOST_ELEMENT"),
                PlanBuilder.real("kafka")
                        .set("acks", "1")
                        .workload("log", Map.of("partitions", "1"))
                        .nemesis("failover")
                        .gap(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .lasting(Duration.ofSeconds(10)),
                new KafkaTarget(),
                folder);

        assertThat(run.judged().get(0).verdict().anomalies())
                .filteredOn(one -> one.kind().equals("LOST_ELEMENT"))
                .extracting(Anomaly::sentence)
                .allMatch(sentence -> sentence.contains("acknowledged at offset"));
    }

    @Test
    @EnabledIfSystemProperty(named = "umpire.long", matches = "true", disabledReason = "asked for by the profile long")
    void aGroupThatCommitsWhatItHasDeliveredPassesOverNothingInAFailover() throws Exception {
        Run run = assertShows(
                Map.of("log-order", Answer.VALID, "durability", Answer.VALID),
                PlanBuilder.real("kafka")
                        .set("configuration", "group-after")
                        .workload("log-group", Map.of())
                        .nemesis("failover")
                        .gap(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .lasting(Duration.ofSeconds(8)));

        TestRun.assertFaultsCameAndWent(run);
    }

    private Run assertShows(Map<String, Answer> expected, PlanBuilder plan) throws Exception {
        return TestRun.assertShows(expected, plan, new KafkaTarget(), folder);
    }
}
