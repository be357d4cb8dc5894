package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Checker;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.histories.History;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgingStatusTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong seconds = new AtomicLong();

    /** With a clock that is a second later each time that it is asked. */
    private JudgingStatus status(boolean terminal) {
        return new JudgingStatus(
                new Terminal(print(out), print(err), false, terminal, 200),
                () -> seconds.incrementAndGet() * 1_000_000_000L);
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Verdict judge(JudgingStatus status, Checker checker) throws IOException {
        Path file =
                Files.writeString(folder.resolve("deals.edn"), "{:type :invoke, :process 0, :f :read, :value nil}\n");
        History history = History.read(file);
        Guarantee told =
                status.telling(List.of(Guarantee.CAUSAL.judgedBy(checker))).get(0);
        return status.during(() -> told.check(history));
    }

    @Test
    void aTerminalIsToldWhatIsJudgedAndForHowLongUntilItIsDone() throws IOException {
        Verdict verdict = judge(status(true), (history, options) -> {
            await("the line").until(() -> shown().contains("deals.edn"));
            return Verdict.undecided("causal", "nothing was looked at");
        });
        assertThat(verdict.guarantee()).isEqualTo("causal");
        assertThat(shown()).containsPattern("judging causal for \\d+\\.0 s · .*deals\\.edn");
        assertThat(shown()).endsWith("\r\u001b[K");
        assertThat(out.size()).isZero();
    }

    @Test
    void whereThereIsNoTerminalNothingIsTold() throws IOException {
        judge(status(false), (history, options) -> Verdict.undecided("causal", "nothing was looked at"));
        assertThat(shown()).isEmpty();
        assertThat(out.size()).isZero();
    }

    @Test
    void integrityStaysItselfAsItIsJudgedBesideTheOthersInAnyCase() {
        assertThat(status(true).telling(List.of(Guarantee.INTEGRITY))).containsExactly(Guarantee.INTEGRITY);
    }
}
