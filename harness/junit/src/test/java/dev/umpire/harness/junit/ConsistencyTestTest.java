package dev.umpire.harness.junit;

import static dev.umpire.checkers.Guarantee.DURABILITY;
import static dev.umpire.checkers.Guarantee.READ_YOUR_WRITES;
import static dev.umpire.harness.junit.SampleTests.failure;
import static dev.umpire.harness.junit.SampleTests.message;
import static dev.umpire.harness.junit.SampleTests.names;
import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.junit.live.LiveCluster;
import dev.umpire.harness.junit.live.LiveNemesis;
import dev.umpire.harness.junit.recording.SessionRecorder;
import dev.umpire.harness.plan.Load;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.PartitionShape;
import dev.umpire.histories.History;
import dev.umpire.targets.simulated.SimulatedTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;

class ConsistencyTestTest {
    private static final Pattern REPLAY = Pattern.compile(
            "again: mvn test '?-Dtest=(?<test>[^# ]+)#(?<method>[^' ]+)'? -Dumpire.seed=(?<seed>-?\\d+)");

    @TempDir
    private Path folder;

    /** Test classes that are run by the tests here and by nothing else. */
    static final class Samples {
        @RegisterExtension
        static final UmpireExtension UMPIRE =
                UmpireExtension.of(new SimulatedTarget()).set("reads", "any-follower");

        @ConsistencyTest(target = SimulatedTarget.class, seeds = 3, operations = 300)
        void passes(Run run, History history, Plan plan) {
            assertThat(history.size()).isEqualTo(run.history().size());
            assertThat(plan).isEqualTo(run.plan());
            assertThat(run).satisfies(READ_YOUR_WRITES);
        }

        @ConsistencyTest(
                target = SimulatedTarget.class,
                settings = "reads=any-follower",
                nemesis = FaultKind.PARTITION,
                firstSeed = 7,
                operations = 3_000)
        void findsAStaleRead(Run run) {
            assertThat(run.history()).satisfies(READ_YOUR_WRITES);
        }

        @ConsistencyTest(target = SimulatedTarget.class, operations = 300)
        void makesItsOwnPlan(PlanBuilder plan, Runs runs) {
            assertThat(runs.run(plan.sessions(2)).history().sessionCount()).isLessThanOrEqualTo(3);
        }

        @ConsistencyTest(
                target = SimulatedTarget.class,
                settings = "reads=any-follower",
                guarantees = {"read-your-writes", "monotonic-reads"},
                ratePerSecond = 4_000,
                load = Load.OPEN_EVEN,
                failFast = true,
                operations = 3_000)
        void says(Plan plan, Run run) {
            assertThat(plan.guarantees()).containsExactly("read-your-writes", "monotonic-reads");
            assertThat(plan.ratePerSecond()).isEqualTo(4_000);
            assertThat(plan.load()).isEqualTo("open-even");
            assertThat(run.stopped()).isPresent();
            assertThat(run.history().size()).isLessThan(3_000);
        }

        @ConsistencyTest(target = SimulatedTarget.class, operations = 10, guarantees = "read-your-wishes")
        void judgesWhatIsNone(Plan plan) {
            assertThat(plan.guarantees()).isEmpty();
        }

        @ConsistencyTest(
                target = SimulatedTarget.class,
                nemesis = {FaultKind.PARTITION, FaultKind.SLOW},
                partitions = {PartitionShape.BRIDGE, PartitionShape.ONE_WAY},
                operations = 3_000)
        void isStruckByPartitionsOfSomeShapes(Plan plan, Run run) {
            assertThat(plan.nemesis().kinds()).containsExactly("partition:bridge", "partition:one-way", "slow");
            assertThat(run.history().nemesisEvents()).extracting("function").contains("confirm");
        }

        @ConsistencyTest(target = SimulatedTarget.class, operations = 10, partitions = PartitionShape.BRIDGE)
        void namesAShapeOfNoPartition(Plan plan) {
            assertThat(plan.nemesis().kinds()).isEmpty();
        }

        @ConsistencyTest(target = SimulatedTarget.class, operations = 1, nemesis = FaultKind.PARTITION)
        void showsNothing() {}

        @ConsistencyTest(
                target = SimulatedTarget.class,
                settings = "defect=LL5",
                nemesis = {FaultKind.CRASH, FaultKind.PARTITION},
                operations = 3_000)
        void looksAtNothing(Run run) {
            assertThat(run.history().size()).isPositive();
        }

        @ConsistencyTest(target = SimulatedTarget.class, operations = 300, keep = true)
        void isKept(Run run) {
            assertThat(run.history().size()).isPositive();
        }

        @ConsistencyTest(target = SimulatedTarget.class, operations = 300)
        @Seed({4, 5})
        void hasItsSeeds(Plan plan) {
            assertThat(plan.seed()).isBetween(4L, 5L);
        }

        @ConsistencyTest(target = SimulatedTarget.class, operations = 50_000_000)
        @Timeout(1)
        void takesTooLong(Run run) {
            assertThat(run.history().size()).isPositive();
        }

        @ConsistencyTest(target = SimulatedTarget.class, settings = "reads=nobody")
        void cannotBe(Run run) {
            assertThat(run.history().size()).isPositive();
        }

        @Test
        void holdsACluster(LiveCluster cluster, LiveNemesis nemesis, SessionRecorder recorder, PlanBuilder plan) {
            cluster.session("alice").write("cart", 1);
            recorder.session("bob").read("cart", () -> 1);
            assertThat(cluster.nemesis()).isSameAs(nemesis);
            assertThat(cluster.history().size()).isEqualTo(2);
            assertThat(plan.build().target()).isEqualTo("simulated");
        }

        @Test
        void awaitsInVain(LiveCluster cluster, LiveNemesis nemesis) {
            nemesis.crash("n2");
            await().atMost(Duration.ofMillis(200)).until(cluster.converged());
        }

        @ConsistencyTest(
                target = SimulatedTarget.class,
                nemesis = {FaultKind.PARTITION, FaultKind.CRASH},
                gapMillis = 20,
                holdMillis = {20, 40})
        void asksAClusterThatIsStruck(LiveCluster cluster) {
            for (int i = 0; i < 400; i++) {
                cluster.session("alice").write("cart", i);
            }
            assertThat(cluster.history().nemesisEvents()).extracting("function").contains("inject", "confirm", "heal");
            cluster.nemesis().healAll();
            int struck = cluster.history().nemesisEvents().size();
            await().until(cluster.converged());
            assertThat(cluster.session("alice").read("cart")).isNotNull();
            assertThat(cluster.history().nemesisEvents()).hasSize(struck);
        }

        @ConsistencyTest(target = SimulatedTarget.class, nemesis = FaultKind.PARTITION)
        void asksAClusterTooShortly(LiveCluster cluster) {
            assertThat(cluster.session("alice").write("cart", 1)).isNotNull();
        }

        @ConsistencyTest(target = SimulatedTarget.class, firstSeed = 3)
        void failsWithAClusterInItsHands(LiveCluster cluster) {
            cluster.nemesis().partition("n1");
            assertThat(cluster.session("alice").read("cart")).isNull();
        }

        @Test
        void looksAtTheUsualRun(History history, Run run) {
            assertThat(history).isSameAs(run.history());
        }

        @Test
        void runsAPlan() {
            Run run = UMPIRE.run(
                    plan -> plan.operations(3_000).nemesis("partition").workload("register", Map.of()));
            assertThat(run).satisfies(DURABILITY);
            assertThat(run).satisfies(READ_YOUR_WRITES);
        }
    }

    private EngineExecutionResults execute(String method, String... parameters) {
        return SampleTests.execute(Samples.class, folder, method, parameters);
    }

    private List<String> folders() throws IOException {
        if (!Files.exists(folder.resolve("runs"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
            return files.map(one -> one.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void thereIsOneInvocationForEachSeedAndWhatPassedLeavesNothing() throws IOException {
        EngineExecutionResults results = execute("passes");

        results.testEvents().assertStatistics(stats -> stats.started(3).succeeded(3));
        assertThat(names(results)).containsExactly("[seed 1]", "[seed 2]", "[seed 3]");
        assertThat(folders()).isEmpty();
        assertThat(folder.resolve("seeds")).doesNotExist();
    }

    @Test
    void aFailureTellsAllAndKeepsAndPublishesItsRun() throws IOException {
        EngineExecutionResults results = execute("findsAStaleRead");

        String message = message(results);
        assertThat(message)
                .startsWith("read-your-writes is broken: session ")
                .containsPattern("\n  session \\d+ +wrote ")
                .containsPattern("\n  session \\d+ +read ")
                .containsPattern("\n  fault in force: partition n\\d to n\\d.* from [0-9,]+ ms to ")
                .contains("\n  again: mvn test '-Dtest=ConsistencyTestTest$Samples#findsAStaleRead' -Dumpire.seed=7\n")
                .endsWith("Samples.findsAStaleRead-7/report.html");
        assertThat(message.lines().filter(line -> line.startsWith("  session")).count())
                .isLessThanOrEqualTo(10);
        assertThat(folders()).containsExactly("Samples.findsAStaleRead-7");
        assertThat(folder.resolve("runs/Samples.findsAStaleRead-7/report.html"))
                .content()
                .contains(">mvn test &#39;-Dtest=ConsistencyTestTest$Samples#findsAStaleRead&#39; -Dumpire.seed=7\n<");
        try (Stream<Path> published = Files.walk(folder.resolve("published"))) {
            assertThat(published.map(one -> one.getFileName().toString()))
                    .contains("report.html", "history.jsonl", "plan.json", "verdict.json");
        }
    }

    @Test
    void theLineToPasteReplaysTheFailure() {
        String message = message(execute("findsAStaleRead"));
        Matcher line = REPLAY.matcher(message);
        assertThat(line.find()).isTrue();
        assertThat(line.group("test")).isEqualTo("ConsistencyTestTest$Samples");

        EngineExecutionResults again = execute(line.group("method"), TestSettings.SEED, line.group("seed"));

        assertThat(names(again)).containsExactly("[seed 7]");
        assertThat(message(again)).isEqualTo(message);
    }

    @Test
    void aSeedThatFailedRunsFirstFromThenOn() throws IOException {
        execute("findsAStaleRead", TestSettings.SEED, "11");
        Path file = folder.resolve("seeds/" + Samples.class.getName() + ".seeds");
        assertThat(Files.readString(file)).startsWith("#").endsWith("\nfindsAStaleRead 11\n");

        EngineExecutionResults results = execute("findsAStaleRead");

        assertThat(names(results)).containsExactly("[seed 11, which failed before]", "[seed 7]");
        assertThat(Files.readAllLines(file)).contains("findsAStaleRead 11", "findsAStaleRead 7");
        assertThat(names(execute("passes"))).hasSize(3);
    }

    @Test
    void aTestThatAsksForWhatCannotBeHasNoSeedThatFailed() throws IOException {
        EngineExecutionResults results = execute("cannotBe");

        assertThat(message(results)).contains("reads: found nobody");
        assertThat(folder.resolve("seeds")).doesNotExist();
    }

    @Test
    void aSeedThatCannotBeRememberedIsToldAndHidesNothing() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "");

        EngineExecutionResults results = execute("findsAStaleRead", TestSettings.SEEDS_FOLDER, notAFolder.toString());

        assertThat(message(results)).startsWith("read-your-writes is broken").contains("-Dumpire.seed=7");
        assertThat(results.testEvents().reportingEntryPublished().list())
                .anySatisfy(event -> assertThat(event.getRequiredPayload(ReportEntry.class)
                                .getKeyValuePairs()
                                .get("umpire"))
                        .startsWith("the seed 7 could not be remembered: ")
                        .contains(notAFolder.toString()));
    }

    @Test
    void aFolderOfRunsThatCannotBeMadeIsToldWithItsName() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "");

        assertThat(failure(execute("passes", TestSettings.FOLDER, notAFolder.toString())))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("umpire.folder: found " + notAFolder + ", in which no folder can be made (")
                .hasMessageEndingWith("), expected one that can be written");
    }

    @Test
    void aFileOfSeedsThatIsNotUnderstoodIsToldWithItsLine() throws IOException {
        Path file = Files.createDirectories(folder.resolve("seeds")).resolve(Samples.class.getName() + ".seeds");
        Files.writeString(file, "passes 1\npasses one\n");

        Throwable failure = execute("passes").containerEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .findFirst()
                .orElseThrow();

        assertThat(failure).hasMessageContaining(":2: found passes one, expected the name of a method and a seed");
    }

    @Test
    void seedsAreThoseOfTheAnnotationOrOfTheProperty() {
        assertThat(names(execute("hasItsSeeds"))).containsExactly("[seed 4]", "[seed 5]");
        assertThat(names(execute("passes", TestSettings.SEED, "9,8"))).containsExactly("[seed 9]", "[seed 8]");
    }

    @Test
    void aTestMayMakeItsOwnPlan() {
        execute("makesItsOwnPlan").testEvents().assertStatistics(stats -> stats.succeeded(1));
    }

    @Test
    void theAnnotationSaysWhatIsJudgedHowRequestsComeAndWhenTheRunEnds() {
        execute("says").testEvents().assertStatistics(stats -> stats.started(1).succeeded(1));
        assertThat(failure(execute("judgesWhatIsNone"))).hasMessageContaining("read-your-wishes");
    }

    @Test
    void theAnnotationSaysWhichShapesPartitionsHave() {
        execute("isStruckByPartitionsOfSomeShapes").testEvents().assertStatistics(stats -> stats.succeeded(1));
        assertThat(failure(execute("namesAShapeOfNoPartition")))
                .hasMessage("partitions: found [BRIDGE] and the nemesis [], expected PARTITION in the nemesis, whose"
                        + " shapes they are");
    }

    @Test
    void aTestThatPassedWithoutEvidenceFails() {
        assertThat(message(execute("showsNothing")))
                .startsWith("the test passed, but nothing was shown, as its run lacks evidence")
                .contains("again: mvn test");
    }

    @Test
    void aTestThatPassedOnAHistoryThatNoStoreCanHaveGivenFails() {
        assertThat(message(execute("looksAtNothing")))
                .startsWith("[the test passed, but its run cannot be believed (evidenceRequired = false accepts that)]")
                .contains("integrity is broken", "again: mvn test");
    }

    @Test
    void aRunIsKeptWhereSomebodyAsksForIt() throws IOException {
        execute("isKept").testEvents().assertStatistics(stats -> stats.succeeded(1));
        execute("passes", TestSettings.KEEP, "true", TestSettings.SEED, "3");

        assertThat(folders()).containsExactly("Samples.isKept-1", "Samples.passes-3");
        assertThat(folder.resolve("runs/Samples.isKept-1/report.html")).isNotEmptyFile();
    }

    @Test
    void aRunEndsWithTheTimeOfItsTest() {
        assertThat(failure(execute("takesTooLong")))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("the run did not end within 1000 ms")
                .hasRootCauseMessage("the sessions: interrupted");
    }

    @Test
    void whatTheTargetCannotDoIsRefused() {
        assertThat(failure(execute("cannotBe")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reads: found nobody, expected one of");
    }

    @Test
    void aTestMayHoldAClusterOfWhichNothingIsLeft() throws IOException {
        execute("holdsACluster").testEvents().assertStatistics(stats -> stats.succeeded(1));
        execute("looksAtTheUsualRun").testEvents().assertStatistics(stats -> stats.succeeded(1));
        assertThat(folders()).isEmpty();
    }

    @Test
    void aConditionThatIsAwaitedInVainIsToldWithWhatItSaw() throws IOException {
        String message = message(execute("awaitsInVain"));

        assertThat(message)
                .startsWith("Condition returned by method \"converged\" in class ")
                .contains("was not fulfilled within 200 milliseconds.\n  in force: crash n2\n")
                .containsPattern("\n  awaited that all replicas have everything; last seen: n1 .*n2 does not answer")
                .contains("\n  again: mvn test '-Dtest=ConsistencyTestTest$Samples#awaitsInVain' -Dumpire.seed=1\n")
                .contains("\n  folder: ");
        assertThat(folder.resolve("runs/Samples.awaitsInVain-1/history.jsonl")).isNotEmptyFile();
    }

    @Test
    void aSeededTestMayHoldAClusterToo() {
        assertThat(message(execute("failsWithAClusterInItsHands")))
                .contains("\n  in force: partition n1 │ n2 n3\n")
                .contains("#failsWithAClusterInItsHands' -Dumpire.seed=3\n");
    }

    @Test
    void aRegisteredExtensionRunsPlansAndTellsTheSame() throws IOException {
        String message = message(execute("runsAPlan"));

        assertThat(message)
                .startsWith("read-your-writes is broken")
                .contains("again: mvn test '-Dtest=ConsistencyTestTest$Samples#runsAPlan' -Dumpire.seed=1")
                .contains("report: ");
        assertThat(folders()).containsExactly("Samples.runsAPlan-1");
        assertThat(message(execute("runsAPlan", TestSettings.SEED, "5"))).contains("-Dumpire.seed=5");
    }

    @Test
    void aClusterInHandIsStruckByWhatTheAnnotationNamesUntilItIsHealed() {
        execute("asksAClusterThatIsStruck")
                .testEvents()
                .assertStatistics(of -> of.succeeded(1).failed(0));
    }

    @Test
    void aClusterThatNothingStruckShowsNothing() {
        assertThat(message(execute("asksAClusterTooShortly")))
                .startsWith("the test passed, but nothing was shown")
                .contains("no partition struck");
    }
}
