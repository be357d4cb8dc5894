package dev.umpire.harness.junit;

import static dev.umpire.checkers.Guarantee.READ_YOUR_WRITES;
import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.umpire.harness.run.Run;
import dev.umpire.targets.simulated.SimulatedTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Consistency tests are Jupiter's own tests to its tags, its parallel execution and its {@code @TempDir}. */
class SideBySideTest {
    @TempDir
    private Path folder;

    /** Run by the tests here and by nothing else. */
    static final class Samples {
        /** Opens once three invocations are here at the same time, and so says that they run side by side. */
        private static final CyclicBarrier THREE = new CyclicBarrier(3);

        @Tag("nightly")
        @ConsistencyTest(target = SimulatedTarget.class, seeds = 3, operations = 300)
        void writesInAFolderOfItsOwn(Run run, @TempDir Path own) throws Exception {
            int unused = THREE.await(60, TimeUnit.SECONDS);
            Path file = own.resolve("seed");
            assertThat(file).doesNotExist();
            Files.writeString(file, Long.toString(run.plan().seed()));
            int unusedToo = THREE.await(60, TimeUnit.SECONDS);
            assertThat(file).hasContent(Long.toString(run.plan().seed()));
        }

        @Tag("stale")
        @ConsistencyTest(target = SimulatedTarget.class, settings = "reads=any-follower", seeds = 3, operations = 3_000)
        @Timeout(60)
        void findsAStaleRead(Run run) {
            assertThat(run.history()).satisfies(READ_YOUR_WRITES);
        }
    }

    private EngineExecutionResults tagged(String tag) {
        EngineTestKit.Builder kit = SampleTests.kit(
                folder,
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent",
                "junit.jupiter.execution.parallel.config.strategy",
                "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                "6");
        return kit.selectors(selectClass(Samples.class))
                .filters(TagFilter.includeTags(tag))
                .execute();
    }

    private static Condition<String> saying(String words) {
        return new Condition<>(text -> text.contains(words), "saying %s", words);
    }

    @Test
    void seedsRunSideBySideEachWithItsOwnFoldersAndTheTagChoosesThem() {
        EngineExecutionResults results = tagged("nightly");

        results.testEvents().assertStatistics(stats -> stats.started(3).succeeded(3));
        assertThat(SampleTests.names(results)).containsExactlyInAnyOrder("[seed 1]", "[seed 2]", "[seed 3]");
        assertThat(folder.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void failuresSideBySideAreEachRememberedKeptAndTold() throws IOException {
        EngineExecutionResults results = tagged("stale");

        results.testEvents().assertStatistics(stats -> stats.started(3).failed(3));
        List<String> messages = SampleTests.messages(results);
        for (int seed = 1; seed <= 3; seed++) {
            String folderOfRun = "Samples.findsAStaleRead-" + seed;
            assertThat(folder.resolve("runs").resolve(folderOfRun).resolve("report.html"))
                    .isNotEmptyFile();
            assertThat(messages)
                    .haveExactly(1, saying("-Dumpire.seed=" + seed + "\n"))
                    .haveExactly(1, saying(folderOfRun + "/report.html"));
        }
        try (Stream<String> lines = Files.lines(folder.resolve("seeds/" + Samples.class.getName() + ".seeds"))) {
            assertThat(lines.filter(line -> !line.startsWith("#")))
                    .containsExactlyInAnyOrder("findsAStaleRead 1", "findsAStaleRead 2", "findsAStaleRead 3");
        }
    }
}
