package dev.umpire.harness.junit;

import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.umpire.harness.junit.recording.RecordedSession;
import dev.umpire.harness.junit.recording.SessionRecorder;
import dev.umpire.harness.plan.PromiseFile;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.plan.Promises.KnownAnomaly;
import dev.umpire.harness.plan.Promises.Promise;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.targets.simulated.SimulatedTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;

/** What a store or a file says is data in a test's message and in what is published: nothing in it is interpreted. */
class HostileStringsTest {
    private static final String HOSTILE = "<script>harmed=1</script>\u001b[31m\u202e]]>\n##[error]";
    private static final String SHOWN = "<script>harmed=1</script>\\u001b[31m\\u202e]]>\\n##[error]";
    private static final Path FILE = Path.of("target", "HostileStringsTest.promise.json");
    private static final int MESSAGE_CHARACTERS = 4_000;
    private static final String OLDER = "an older value";

    @TempDir
    private Path folder;

    /** Test classes that are run by the tests here and by nothing else. */
    static final class Samples {
        @ConsistencyTest(
                target = SimulatedTarget.class,
                settings = "reads=any-follower",
                nemesis = FaultKind.PARTITION,
                operations = 3_000,
                promise = "target/HostileStringsTest.promise.json")
        void isTold(Run run) {}
    }

    private static String message(String key, String value) throws Exception {
        SessionRecorder recorder = SessionRecorder.inMemory();
        RecordedSession alice = recorder.session(HOSTILE).at(HOSTILE);
        alice.write(key, OLDER, () -> {});
        alice.write(key, value, () -> {});
        String unused = alice.read(key, () -> OLDER);
        return String.valueOf(
                catchThrowable(() -> assertThat(recorder.history()).readsItsOwnWrites())
                        .getMessage());
    }

    private static void isPlain(String text) {
        assertThat(text).doesNotContain("\u001b", "\u202e", "\n##[error]");
    }

    @Test
    void aKeyAValueASessionAndANodeAreSpeltOut() throws Exception {
        String message = message(HOSTILE, HOSTILE);

        isPlain(message);
        assertThat(message).containsIgnoringCase(SHOWN).startsWith("read-your-writes is broken");
    }

    @Test
    void aValueOfAMebibyteIsCut() throws Exception {
        String message = message("x", HOSTILE.repeat((1 << 20) / HOSTILE.length()));

        isPlain(message);
        assertThat(message).contains("…\"").hasSizeLessThan(MESSAGE_CHARACTERS);
    }

    @Test
    void whatIsPublishedIsSpeltOutToo() throws IOException {
        Files.createDirectories(FILE.getParent());
        PromiseFile.write(
                FILE,
                Promises.none()
                        .with(new Promise(
                                HOSTILE,
                                "simulated",
                                Map.of(),
                                List.of(),
                                List.of(),
                                List.of("durability"),
                                "real-time",
                                List.of(new KnownAnomaly("read-your-writes", HOSTILE, LocalDate.of(9999, 12, 31))))));

        List<String> published =
                SampleTests.execute(Samples.class, folder, "isTold").testEvents().reportingEntryPublished().stream()
                        .map(event -> event.getRequiredPayload(ReportEntry.class))
                        .map(entry -> String.valueOf(entry.getKeyValuePairs()))
                        .toList();

        assertThat(published).isNotEmpty().allSatisfy(HostileStringsTest::isPlain);
        assertThat(String.join("", published)).contains(SHOWN);
    }
}
