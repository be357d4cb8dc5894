package dev.umpire.harness.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class NodeClockTest {

    private static final Instant BEGIN = Instant.ofEpochSecond(1_000_000);

    @TempDir
    Path folder;

    @Test
    void aClockThatIsRightIsSetToNothing() {
        assertThat(new NodeClock.Deviation(Duration.ZERO, BEGIN, 0).setting(BEGIN))
                .isEqualTo("+0.000000000 x1.000000\n");
    }

    @Test
    void aClockThatJumpsAndRunsTooFastIsAheadByBoth() {
        Instant struck = BEGIN.plusSeconds(100);
        NodeClock.Deviation wrong =
                new NodeClock.Deviation(Duration.ZERO, BEGIN, 0).jumped(struck, Duration.ofMillis(700), 2_000);

        assertThat(wrong.aheadAt(struck)).isEqualTo(Duration.ofMillis(700));
        assertThat(wrong.aheadAt(struck.plusSeconds(10))).isEqualTo(Duration.ofMillis(720));
        // 0.5 s from the beginning and 0.2 % of 100 s are 0.7 s
        assertThat(wrong.setting(BEGIN)).isEqualTo("+0.500000000 x1.002000\n");
    }

    @Test
    void aClockThatJumpsBackKeepsWhatItsRateHasMadeOfIt() {
        Instant healed = BEGIN.plusSeconds(10);
        NodeClock.Deviation wrong = new NodeClock.Deviation(Duration.ofMillis(-300), BEGIN, -1_000);

        NodeClock.Deviation right = wrong.jumped(healed, Duration.ofMillis(300), 0);

        assertThat(right.aheadAt(healed.plusSeconds(60))).isEqualTo(Duration.ofMillis(-10));
        assertThat(right.setting(BEGIN)).isEqualTo("-0.010000000 x1.000000\n");
    }

    @Nested
    class WhereTheLibraryIs {

        @BeforeEach
        void installed() {
            assumeTrue(NodeClock.missing().isEmpty(), NodeClock.missing().orElse(""));
        }

        @Test
        void aProcessThatRunsAndOneThatIsStartedLaterGoByItAndNothingIsLeft() throws IOException {
            try (Launcher launcher = Launcher.open(state())) {
                NodeClock clock = launcher.newClock("n1", Optional.empty());
                NodeProcess process = launcher.converse(asked(launcher, clock));
                assertThat(ahead(process, clock)).isCloseTo(0, within(2L));

                clock.disturb(Duration.ofHours(1), 0);

                while (ahead(process, clock) < 10) {
                    assertThat(process.alive()).isTrue();
                }
                assertThat(ahead(process, clock)).isCloseTo(3_600, within(2L));
                process.restart();
                assertThat(ahead(process, clock)).isCloseTo(3_600, within(2L));
                process.kill();
                assertThat(shared()).hasSize(2);
                launcher.removeClock(clock);
                assertThat(shared()).isEmpty();
            }
        }

        @Test
        void aProcessOfAnotherUserGoesByIt() throws IOException {
            try (Launcher launcher = Launcher.open(state())) {
                Optional<String> user = launcher.serverUser();
                assumeTrue(user.isPresent(), "found another user than root, who starts nothing as another one");
                NodeClock clock = launcher.newClock("n1", user);
                clock.disturb(Duration.ofHours(-1), 0);
                Command command = asked(launcher, clock);
                NodeProcess process = launcher.converse(new Command(
                                command.name(),
                                command.program(),
                                command.arguments(),
                                launcher.newFolder("n1", user),
                                command.environment(),
                                command.log())
                        .as(user));
                assertThat(ahead(process, clock)).isCloseTo(-3_600, within(2L));
            }
            assertThat(shared()).isEmpty();
        }

        @Test
        void afterAKillTheNextHarnessRemovesWhatIsShared() throws Exception {
            Process harness = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DoomedHarness.class.getName(),
                            state().toString())
                    .redirectError(folder.resolve("err").toFile())
                    .start();
            try {
                assertThat(harness.inputReader().readLine()).isEqualTo("made");
            } finally {
                harness.destroyForcibly().waitFor();
            }
            String ofHarness = "umpire-" + harness.pid() + "-";
            assertThat(shared(ofHarness)).hasSize(2);

            try (Launcher next = Launcher.open(state())) {
                assertThat(next.undone())
                        .anySatisfy(sentence -> assertThat(sentence).startsWith("ran 'remove the clock " + ofHarness));
            }
            assertThat(shared(ofHarness)).isEmpty();
        }

        /** Says the seconds since 1970 when it is asked, by its own clock. */
        private Command asked(Launcher launcher, NodeClock clock) throws IOException {
            return new Command(
                            "n1",
                            launcher.program("bash", "bash"),
                            List.of("-c", "while read -r; do printf '%(%s)T\\n' -1; done"),
                            launcher.newFolder("asked"),
                            Map.of(),
                            folder.resolve("log"))
                    .with(clock.variables());
        }

        private static long ahead(NodeProcess process, NodeClock clock) throws IOException {
            process.input().write('\n');
            process.input().flush();
            String said =
                    new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.UTF_8)).readLine();
            return Long.parseLong(said) - clock.machineTime().getEpochSecond();
        }

        private Path state() {
            return folder.resolve("state");
        }
    }

    private static List<String> shared() throws IOException {
        return shared("umpire-" + ProcessHandle.current().pid() + "-");
    }

    private static List<String> shared(String begin) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/dev/shm"))) {
            return all.map(piece -> String.valueOf(piece.getFileName()))
                    .filter(name -> name.startsWith(begin) || name.startsWith("sem." + begin))
                    .toList();
        }
    }

    /** A harness with a clock, which waits to be killed. */
    static final class DoomedHarness {
        public static void main(String[] arguments) throws IOException {
            Launcher.open(Path.of(arguments[0])).newClock("n1", Optional.empty());
            System.out.println("made");
            if (System.in.read() < 0) {
                throw new IllegalStateException("nobody killed this harness");
            }
        }
    }
}
