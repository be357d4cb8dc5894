package dev.umpire.harness.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.report.RunExamples;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.survey.RealSheetRuns.Carried;
import dev.umpire.harness.target.Catalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A checker that ended with an exception has decided nothing, and that is told. */
class FailedCheckersTest {

    private final Run run = new Run(
            RunExamples.plan(),
            RunExamples.history(RunExamples.STALE_OWN_READ),
            List.of(new Judged(RunExamples.held("integrity"), 0)),
            List.of(new CheckerFailure("read-your-writes", new IllegalStateException("no such key"))),
            List.of(),
            List.of(),
            Path.of("runs/one/history.jsonl"));

    @Test
    void ofSeveralRunsOneInWhichACheckerFailedIsUndecided() {
        Repetition.Repeat repeat = Repetition.Repeat.of(run, Optional.empty());

        assertThat(repeat.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(repeat.with(Answer.UNKNOWN)).containsExactly("read-your-writes");
        assertThat(repeat.with(Answer.VALID)).containsExactly("integrity");
    }

    @Test
    void aRowOfASheetSaysThatACheckerFailed() {
        List<Seen> seen = new ArrayList<>();

        Optional<Datasheet.Gap> gap = new RealSheetRuns(
                        new Catalogue(),
                        new Seeds(1, 2),
                        Map.of(),
                        Duration.ofSeconds(1),
                        0,
                        plan -> new Carried(run, Optional.empty()))
                .make(seed -> run.plan(), seen::add);

        assertThat(gap)
                .contains(new Datasheet.Gap(
                        true, "the checker of read-your-writes failed: IllegalStateException: no such key"));
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).answers())
                .isEqualTo(Map.of("integrity", Answer.VALID, "read-your-writes", Answer.UNKNOWN));
    }
}
