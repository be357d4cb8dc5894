package dev.umpire.harness.junit;

import static dev.umpire.harness.junit.SampleTests.failure;
import static dev.umpire.harness.junit.SampleTests.message;
import static dev.umpire.harness.junit.SampleTests.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PromiseFile;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.plan.Promises.KnownAnomaly;
import dev.umpire.harness.plan.Promises.Promise;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.Datasheet;
import dev.umpire.harness.survey.DatasheetSurvey;
import dev.umpire.harness.survey.Seeds;
import dev.umpire.harness.survey.SurveyedPromises;
import dev.umpire.harness.survey.VirtualSheetRuns;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.targets.simulated.SimulatedTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** A suite whose tests say nothing and are judged by a file of promises. */
class PromiseFileOfTestsTest {
    private static final Path FILE = Path.of("target", "PromiseFileOfTestsTest.promise.json");

    @TempDir
    private Path folder;

    /** Test classes that are run by the tests here and by nothing else. */
    static final class Samples {
        @RegisterExtension
        static final UmpireExtension UMPIRE = UmpireExtension.of(new SimulatedTarget())
                .set("reads", "any-follower")
                .judgingBy(FILE);

        @ConsistencyTest(
                target = SimulatedTarget.class,
                settings = "reads=any-follower",
                nemesis = FaultKind.PARTITION,
                operations = 3_000,
                promise = "target/PromiseFileOfTestsTest.promise.json")
        void readsAtFollowers(Run run) {}

        @ConsistencyTest(
                nemesis = FaultKind.PARTITION,
                gapMillis = 50,
                holdMillis = {100, 200},
                operations = 3_000)
        void readsAtFollowersOfTheRegisteredTarget(Plan plan) {
            assertThat(plan.settings()).containsEntry("reads", "any-follower");
            assertThat(plan.nemesis()).isEqualTo(new Plan.NemesisPlan(List.of("partition"), 50, 50, 100, 200));
        }

        @Test
        void runsAPlan() {
            UMPIRE.run(plan -> plan.nemesis("partition").operations(3_000));
        }

        @ConsistencyTest(
                target = SimulatedTarget.class,
                settings = "configuration=sl-ids",
                nemesis = FaultKind.CRASH,
                operations = 400,
                promise = "target/PromiseFileOfTestsTest.promise.json")
        void givesOutIds(Run run) {}

        @ConsistencyTest(target = SimulatedTarget.class, promise = "target/nobody.promise.json")
        void hasNoFile(Run run) {}

        @ConsistencyTest(
                target = SimulatedTarget.class,
                gapMillis = {1, 2, 3})
        void hasThreeNumbers(Run run) {}
    }

    /** A test class that registers nothing. */
    static final class Unregistered {
        @ConsistencyTest
        void hasNoTarget(Run run) {}
    }

    private static void promise(List<String> guarantees, KnownAnomaly... known) throws IOException {
        promise(List.of(), guarantees, known);
    }

    private static void promise(List<String> faults, List<String> guarantees, KnownAnomaly... known)
            throws IOException {
        Files.createDirectories(FILE.getParent());
        PromiseFile.write(
                FILE,
                Promises.none()
                        .with(new Promise(
                                "followers",
                                "simulated",
                                Map.of("reads", "any-follower"),
                                List.of(),
                                faults,
                                guarantees,
                                "real-time",
                                List.of(known))));
    }

    private static KnownAnomaly known(LocalDate until) {
        return new KnownAnomaly("read-your-writes", "until readers are routed, see issue 17", until);
    }

    private EngineExecutionResults execute(String method) {
        return SampleTests.execute(Samples.class, folder, method);
    }

    private static List<String> published(EngineExecutionResults results) {
        return results.testEvents().reportingEntryPublished().stream()
                .map(event -> event.getRequiredPayload(ReportEntry.class))
                .map(entry -> String.valueOf(entry.getKeyValuePairs().get("umpire")))
                .toList();
    }

    @Test
    void whatNobodyPromisedFailsNobody() throws IOException {
        promise(List.of("consistent-prefix", "durability"));

        execute("readsAtFollowers").testEvents().assertStatistics(stats -> stats.succeeded(1));
    }

    @Test
    void whatASurveyPromisesIsUnderstood() throws IOException {
        SimulatedTarget target = new SimulatedTarget();
        Configuration configuration = SettingsResolver.configuration(target, "sl-ids");
        List<Datasheet.Row> rows = new ArrayList<>();
        new DatasheetSurvey(
                        new VirtualSheetRuns(target, new Seeds(1, 2), Runner::simulate), Datasheet.ALL_COVERED::equals)
                .survey(configuration, rows::add);
        Files.createDirectories(FILE.getParent());
        PromiseFile.write(
                FILE, SurveyedPromises.with(Promises.none(), target, List.of(new Datasheet(configuration, 2, rows))));

        execute("givesOutIds").testEvents().assertStatistics(stats -> stats.succeeded(1));
    }

    @Test
    void whatIsPromisedAndBrokenFailsATestThatPassed() throws IOException {
        promise(List.of("durability", "read-your-writes"));

        assertThat(message(execute("readsAtFollowers")))
                .startsWith("the promise followers of " + FILE + " was not kept:\nread-your-writes is broken: session ")
                .contains(
                        "\n  again: mvn test '-Dtest=PromiseFileOfTestsTest$Samples#readsAtFollowers' -Dumpire.seed=1\n");
        assertThat(names(execute("readsAtFollowers"))).containsExactly("[seed 1, which failed before]");
        assertThat(folder.resolve("runs/Samples.readsAtFollowers-1/report.html"))
                .isNotEmptyFile();
    }

    @Test
    void aKnownAnomalyIsBorneUntilItsDayAndTold() throws IOException {
        promise(List.of("durability", "read-your-writes"), known(LocalDate.of(9999, 12, 31)));

        EngineExecutionResults results = execute("readsAtFollowers");

        results.testEvents().assertStatistics(stats -> stats.succeeded(1));
        assertThat(published(results))
                .containsExactly(
                        "read-your-writes is broken, and borne until 9999-12-31: until readers are routed, see issue 17");
    }

    @Test
    void aKnownAnomalyFailsAfterItsDay() throws IOException {
        promise(List.of("durability", "read-your-writes"), known(LocalDate.of(2020, 2, 29)));

        assertThat(message(execute("readsAtFollowers")))
                .contains("read-your-writes is broken")
                .contains("\n  known: read-your-writes was borne until 2020-02-29 and counts again: until readers are");
    }

    @Test
    void theRegisteredTargetIsThatOfTheAnnotationWhereItNamesNone() throws IOException {
        promise(List.of("read-your-writes"));

        assertThat(message(execute("readsAtFollowersOfTheRegisteredTarget")))
                .startsWith("the promise followers of " + FILE + " was not kept:\nread-your-writes is broken");
        assertThat(failure(SampleTests.execute(Unregistered.class, folder, "hasNoTarget")))
                .hasMessageContaining("target: found none at @ConsistencyTest and 0 extensions");
    }

    @Test
    void runsOfARegisteredExtensionAreJudgedToo() throws IOException {
        promise(List.of("read-your-writes"));

        assertThat(message(execute("runsAPlan")))
                .startsWith("the promise followers of " + FILE + " was not kept:\nread-your-writes is broken")
                .contains("report: ");
    }

    @Test
    void aRunForWhichNothingIsMeantIsRefused() throws IOException {
        PromiseFile.write(
                FILE,
                Promises.none()
                        .with(new Promise(
                                "leader",
                                "simulated",
                                Map.of("reads", "leader"),
                                List.of(),
                                List.of(),
                                List.of("linearizable"),
                                "real-time",
                                List.of())));

        assertThat(failure(execute("readsAtFollowers")))
                .hasMessageContaining("promise: found none in " + FILE + " that is meant for a run of simulated with"
                        + " {reads=any-follower}, the workload register and the nemesis partition, expected one; it has"
                        + " [leader]");
    }

    @Test
    void aRunThatIsStruckByMoreThanIsPromisedIsRefused() throws IOException {
        promise(List.of("crash"), List.of("consistent-prefix"));

        assertThat(failure(execute("readsAtFollowers")))
                .hasMessageContaining("and the nemesis partition, expected one; it has [followers]");
    }

    @Test
    void aFileThatIsNotThereOrNotUnderstoodIsTold() throws IOException {
        assertThat(failure(execute("hasNoFile")))
                .hasMessageMatching("promise: found no file .*target/nobody.promise.json, expected promises .*");
        Files.writeString(FILE, "{\n  \"promisses\": []\n}");
        assertThat(failure(execute("readsAtFollowers")))
                .hasMessageContaining(FILE + ":3:1: version: found no such field");
    }

    @Test
    void threeNumbersAreNoSpan() {
        assertThat(failure(execute("hasThreeNumbers")))
                .hasMessageContaining("gapMillis: found [1, 2, 3], expected one number, or the least and the most");
    }
}
