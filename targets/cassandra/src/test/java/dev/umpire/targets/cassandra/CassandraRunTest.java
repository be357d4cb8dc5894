package dev.umpire.targets.cassandra;

import static dev.umpire.targets.testing.TestRun.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.targets.testing.GivenUpStart;
import dev.umpire.targets.testing.KilledHarness;
import dev.umpire.targets.testing.PretendedJar;
import dev.umpire.targets.testing.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on real Cassandra: minutes, of which the starts of nodes take most. */
@EnabledIfSystemProperty(named = "umpire.long", matches = "true", disabledReason = "asked for by the profile long")
@Timeout(600)
class CassandraRunTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        CassandraServer.required();
    }

    @Test
    void lightweightTransactionsAreLinearizableUnderAllFaults() throws Exception {
        assertKept(
                plan("lightweight-transactions")
                        .workload("cas-register", Map.of())
                        .nemesis("partition", "pause", "slow", "crash"),
                "linearizable",
                "durability");
    }

    @Test
    void aQuorumNeverGoesBackUnderAllFaults() throws Exception {
        assertKept(
                plan("quorum").nemesis("partition", "pause", "slow", "crash"),
                "read-your-writes",
                "monotonic-reads",
                "durability");
    }

    @Test
    void oneReplicaGoesBackAndAllAgreeInTheEnd() throws Exception {
        Run run = run(plan("one").nemesis("partition").guarantees("monotonic-reads", "eventual"));

        assertThat(run.missing()).isEmpty();
        assertThat(answers(run))
                .containsEntry("monotonic-reads", Answer.INVALID)
                .containsEntry("eventual", Answer.VALID);
    }

    @Test
    void whatIsDatedByAClockThatIsBehindIsLost() throws Exception {
        Run run = run(plan("quorum").set("skew", "2000").guarantees("durability"));

        assertThat(answers(run)).containsEntry("durability", Answer.INVALID);
    }

    @Test
    void whatAKilledHarnessLeftIsGoneAfterTheNextOneBegins() throws Exception {
        KilledHarness.assertTheNextOneUndoesAll("cassandra", "java", folder);
    }

    @Test
    void aNodeThatNeverGetsReadyIsGivenUpWithItsLastLines() throws Exception {
        Path home = PretendedJar.write(
                folder.resolve("mute"),
                Layout.MAIN_CLASS,
                "System.err.println(\"I take my time\"); Thread.currentThread().join();");

        assertThat(GivenUpStart.refusal(
                        new CassandraTarget(), folder, 3, "I take my time", "home=" + home, "version=any"))
                .hasMessageContainingAll("n1: n1 to listen: not within 150000 ms", "it runs", "I take my time");
    }

    private void assertKept(PlanBuilder plan, String... guarantees) throws Exception {
        Map<String, Answer> kept = Arrays.stream(guarantees).collect(Collectors.toMap(one -> one, one -> Answer.VALID));
        Run run = TestRun.assertShows(kept, plan, new CassandraTarget(), folder);
        TestRun.assertFaultsCameAndWent(run);
    }

    private static PlanBuilder plan(String configuration) {
        return PlanBuilder.real("cassandra").set("configuration", configuration).lasting(Duration.ofSeconds(60));
    }

    private Run run(PlanBuilder plan) throws Exception {
        return TestRun.run(plan, new CassandraTarget(), folder);
    }
}
